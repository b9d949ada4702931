"""Importance: what of some days one should not have missed."""

import math
from collections.abc import Iterable
from datetime import datetime

from bot.news.digests.digest import NONE, OTHER, Leanings
from storage.models import NOT_NEWS, Story

THREAD = 0.5  # what each doubling of a thread's length adds
GOES_ON = 0.7  # of a story that began before these days: most of it is known
UNSURE = 0.8  # of one that is about nothing in particular


def top(
    stories: Iterable[tuple[Story, int]],
    *,
    since: datetime,
    limit: int,
    leanings: Leanings = NONE,
) -> list[Story]:
    """The most important of these, first; each comes with how many chapters its thread has.

    What is no news is none of them, nor is what is muted.
    """
    weights = {
        story: importance(story, chapters, since=since) * leanings.factors.get(story.id, 1.0)
        for story, chapters in stories
        if story.id not in leanings.muted and NOT_NEWS not in {t.slug for t in story.topics}
    }
    return sorted(weights, key=lambda one: (-weights[one], -one.last_at.timestamp(), one.id))[
        :limit
    ]


def importance(story: Story, chapters: int, *, since: datetime) -> float:
    """By how many sources tell it, how long its thread is, and how much of it is new."""
    told = math.log2(1 + len(story.sources)) + math.log2(max(1, story.articles)) / 4
    weight = told + THREAD * math.log2(max(1, chapters))
    if story.first_at < since:
        weight *= GOES_ON
    about = {topic.slug for topic in story.topics} - {OTHER}
    return weight if about else weight * UNSURE
