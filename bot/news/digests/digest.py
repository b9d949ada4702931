"""Which stories a digest gives, and in what order."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.news.stories.changes import Change
from storage.models import NOT_NEWS, Layout, Story

HALF_LIFE = timedelta(hours=24)  # a story so much older weighs half
UNSURE = 0.2  # what a story without any of the topics asked for, or with `other` alone, counts
OTHER = "other"
AGAIN = 5  # one place in so many, and one at least, is for stories told before that changed
GROWN = 0.5  # what such a story weighs that more sources tell, but nothing new
WORDS_A_MINUTE = 180

NO_CHANGES: Mapping[int, Change] = MappingProxyType({})
NO_WEIGHTS: Mapping[int, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leanings:
    """What a chat's own interests say of stories, by their ids."""

    followed: frozenset[int] = frozenset()  # by name, word or source, whatever their topics
    muted: frozenset[int] = frozenset()
    factors: Mapping[int, float] = field(default_factory=dict)  # of weight, where not 1


NONE = Leanings()


def choose(
    stories: Sequence[Story],
    *,
    topics: Sequence[str],
    now: datetime,
    limit: int,
    reading_s: int | None = None,
    layout: Layout = Layout.STANDARD,
    half_life: timedelta = HALF_LIFE,
    leanings: Leanings = NONE,
    changes: Mapping[int, Change] = NO_CHANGES,
    known: Mapping[int, float] = NO_WEIGHTS,
) -> list[Story]:
    """The heaviest stories, at most `limit`, those of one topic together.

    Topics follow each other by their heaviest story; `topics` are those asked for, empty for all.
    What is no news is left out unless its topic (`weather` of a forecast) was asked for. With
    `reading_s` those that can be read in that time, but one at least; what is too long for what is
    left of it gives way to the next. Stories with `changes` were told before, and come last.
    `known`: what stories weigh, worked out once for many who lean otherwise; see `weigh`.
    """
    coming = [story for story in stories if _may_come(story, topics, leanings)]
    unknown = [story for story in coming if story.id not in known]
    weights = {story.id: known[story.id] for story in coming if story.id in known} | weigh(
        unknown, topics=topics, now=now, half_life=half_life, followed=leanings.followed
    )
    weights |= {id_: weights[id_] * by for id_, by in leanings.factors.items() if id_ in weights}
    weights |= {
        id_: weights[id_] * GROWN for id_, one in changes.items() if one.grows and id_ in weights
    }

    def heavier(story: Story) -> tuple[bool, float, float, int]:
        waits = limit < AGAIN and story.id in changes  # where there is little room
        return waits, -weights[story.id], -story.last_at.timestamp(), story.id

    ranked = sorted(coming, key=heavier)
    groups: dict[str, list[Story]] = {}
    again: list[Story] = []
    for story in _fitting(ranked, limit, reading_s, layout, changes):
        if story.id in changes:
            again.append(story)
        else:
            groups.setdefault(heading_topic(story, topics), []).append(story)
    return [story for group in (*groups.values(), again) for story in group]


def weigh(
    stories: Sequence[Story],
    *,
    topics: Sequence[str],
    now: datetime,
    half_life: timedelta = HALF_LIFE,
    followed: Collection[int] = (),
) -> dict[int, float]:
    """By id, how much each deserves its place, whatever a chat's tastes."""
    return {
        story.id: _weight(story, topics, now, half_life, is_followed=story.id in followed)
        for story in stories
    }


def _weight(
    story: Story, topics: Sequence[str], now: datetime, half_life: timedelta, *, is_followed: bool
) -> float:
    """Sources, freshness, how surely it is wanted."""
    age = max(0.0, (now - story.last_at) / half_life)
    scores = {t.slug: t.score for t in story.topics if t.slug != OTHER}
    wanted = [scores[slug] for slug in topics if slug in scores] if topics else scores.values()
    sure = 1.0 if is_followed else max(wanted, default=UNSURE)
    told = 1 + math.log2(max(1, len(story.sources)))
    return told * math.exp2(-age) * sure


def heading_topic(story: Story, topics: Sequence[str]) -> str:
    """The topic a story stands under: its surest of those asked for, else its surest of all."""
    wanted = [t for t in story.topics if t.slug in topics] or story.topics
    return max(wanted, key=lambda t: (t.slug != OTHER, t.score)).slug if wanted else OTHER


def reading_time_s(
    story: Story, change: Change | None = None, *, layout: Layout = Layout.STANDARD
) -> float:
    """How long it takes to read what a digest shows unfolded: the headline and a sentence.

    Of one that was told before, the sentences that are new.
    """
    shown = story.summary[:1] if change is None else change.sentences
    said = (story.headline, *(() if layout is Layout.BRIEF else shown))
    return 60 * sum(len(text.split()) for text in said) / WORDS_A_MINUTE


def _may_come(story: Story, topics: Sequence[str], leanings: Leanings) -> bool:
    if story.id in leanings.muted:
        return False
    slugs = {t.slug for t in story.topics}
    return NOT_NEWS not in slugs or not slugs.isdisjoint(topics)


def _fitting(
    ranked: Sequence[Story],
    limit: int,
    reading_s: int | None,
    layout: Layout,
    changes: Mapping[int, Change],
) -> list[Story]:
    chosen: list[Story] = []
    left_s = math.inf if reading_s is None else float(reading_s)
    again = max(1, limit // AGAIN)
    for story in ranked:
        if len(chosen) >= limit:
            break
        change = changes.get(story.id)
        takes_s = reading_time_s(story, change, layout=layout)
        if (chosen and takes_s > left_s) or (change is not None and not again):
            continue
        chosen.append(story)
        left_s -= takes_s
        again -= change is not None
    return chosen
