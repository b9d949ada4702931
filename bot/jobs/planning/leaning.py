"""What chats' interests say of stories: each interest is looked up once, for all who have it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.jobs.work.bounded import Kept
from bot.news.digests.digest import Leanings
from bot.news.digests.interests import queries
from storage.models import Interest, InterestKind, Story, Taste, Verdict
from storage.ports import Stories

REMEMBERED = 2_000  # interests
LESS, MORE = 0.4, 2.0  # what a story weighs, of what it would
LEAST, MOST = 0.1, 4.0  # however many tastes have to say of it


class Leaning:
    """Knows the stories that interests match, among those that came since some time."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._matches: Kept[tuple[Interest, datetime], frozenset[int]] = Kept(REMEMBERED)

    async def followed(self, follows: Sequence[Interest], since: datetime) -> frozenset[int]:
        """The stories that any of them matches."""
        return frozenset().union(*await self.matching(follows, since))

    async def of(
        self,
        stories: Sequence[Story],
        tastes: Sequence[Taste],
        since: datetime,
        *,
        followed: frozenset[int] = frozenset(),
    ) -> Leanings:
        """A story that several sources tell is muted when all of them are."""
        if not (tastes and stories):
            return Leanings(followed=followed)
        factors: dict[int, float] = {}
        muted: set[int] = set()
        silenced: Counter[int] = Counter()  # how many of a story's sources are
        told = await self._among(stories, [taste.interest for taste in tastes], since)
        for taste, found in zip(tastes, told, strict=True):
            if taste.verdict is not Verdict.MUTE:
                by = LESS if taste.verdict is Verdict.LESS else MORE
                factors |= {id_: factors.get(id_, 1.0) * by for id_ in found}
            elif taste.interest.kind is InterestKind.SOURCE:
                silenced.update(found)
            else:
                muted |= found
        muted |= {one.id for one in stories if silenced[one.id] >= max(1, len(one.sources))}
        bounded = {id_: min(MOST, max(LEAST, by)) for id_, by in factors.items()}
        return Leanings(followed=followed, muted=frozenset(muted), factors=bounded)

    async def matching(
        self, interests: Sequence[Interest], since: datetime
    ) -> list[frozenset[int]]:
        """The stories that each of them matches."""
        kept = self._matches
        found = {one: kept[one, since] for one in interests if (one, since) in kept}
        if unknown := [one for one in dict.fromkeys(interests) if one not in found]:
            wanted = [queries(one) for one in unknown]
            matched = await self._stories.matching(wanted, since=since)
            for one, ids in zip(unknown, matched, strict=True):
                found[one] = kept.keep((one, since), ids)
        return [found[one] for one in interests]

    async def _among(
        self, stories: Sequence[Story], interests: Sequence[Interest], since: datetime
    ) -> list[set[int]]:
        """Those of the stories that each interest matches; topics are known without asking."""
        topic = InterestKind.TOPIC
        others = [one for one in interests if one.kind is not topic]
        matched = dict(zip(others, await self.matching(others, since), strict=True))
        return [
            {story.id for story in stories if is_about(story, one.value)}
            if one.kind is topic
            else {story.id for story in stories if story.id in matched[one]}
            for one in interests
        ]


def is_about(story: Story, slug: str) -> bool:
    return any(topic.slug == slug for topic in story.topics)
