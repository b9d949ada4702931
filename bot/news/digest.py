"""Which stories a digest gives, and in what order."""

import math
from collections.abc import Sequence
from datetime import datetime

from storage.models import NOT_NEWS, Story

HALF_LIFE_H = 24.0  # a story a day older weighs half
UNSURE = 0.2  # what a story without any of the topics asked for, or with `other` alone, counts
OTHER = "other"


def choose(
    stories: Sequence[Story], *, topics: Sequence[str], now: datetime, limit: int
) -> list[Story]:
    """The heaviest stories, at most `limit`, those of one topic together.

    Topics follow each other by their heaviest story; `topics` are those asked for, empty for all.
    What is no news is left out unless its topic (`weather` of a forecast) was asked for.
    """
    if not topics:
        stories = [one for one in stories if NOT_NEWS not in {t.slug for t in one.topics}]
    weights = {story.id: weight(story, topics=topics, now=now) for story in stories}

    def heavier(story: Story) -> tuple[float, float, int]:
        return -weights[story.id], -story.last_at.timestamp(), story.id

    groups: dict[str, list[Story]] = {}
    for story in sorted(stories, key=heavier)[: max(0, limit)]:
        groups.setdefault(heading_topic(story, topics), []).append(story)
    return [story for group in groups.values() for story in group]


def weight(story: Story, *, topics: Sequence[str], now: datetime) -> float:
    """How much a story deserves its place: sources, freshness, how surely it is on topic."""
    age_h = max(0.0, (now - story.last_at).total_seconds() / 3600)
    scores = {t.slug: t.score for t in story.topics if t.slug != OTHER}
    wanted = [scores[slug] for slug in topics if slug in scores] if topics else scores.values()
    sure = max(wanted, default=UNSURE)
    told = 1 + math.log2(max(1, len(story.sources)))
    return told * math.exp2(-age_h / HALF_LIFE_H) * sure


def heading_topic(story: Story, topics: Sequence[str]) -> str:
    """The topic a story stands under: its surest of those asked for, else its surest of all."""
    wanted = [t for t in story.topics if t.slug in topics] or story.topics
    return max(wanted, key=lambda t: (t.slug != OTHER, t.score)).slug if wanted else OTHER
