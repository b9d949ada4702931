"""Gold stories of one template: what must never be merged."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from bench.quality.reading import Labelled


def twin_pairs(articles: Sequence[Labelled]) -> list[tuple[str, str]]:
    """Every two stories of one template: a twin's twin is of the same group.

    `twin_of` names a story, or an article of it; one that is not there is no twin.
    """
    stories = {one.id: one.story for one in articles if one.story is not None}
    known = set(stories.values())
    leader: dict[str, str] = {}

    def lead(story: str) -> str:
        while leader.get(story, story) != story:
            story = leader[story]
        return story

    for one in articles:
        other = one.twin_of if one.twin_of in known else stories.get(one.twin_of or "")
        if other is not None and one.story is not None:
            leader[lead(one.story)] = lead(other)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for story in sorted(known):
        groups[lead(story)].append(story)
    return [pair for group in groups.values() for pair in combinations(group, 2)]
