"""The week behind: its most important stories, as the chat's tastes have it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.jobs.planning.leaning import Leaning
from bot.news.digests.importance import top
from storage.models import Chat, Story
from storage.ports import Store

WEEK = timedelta(days=7)
CANDIDATES = 50  # those that most articles tell
MOST = 21


async def week(store: Store, chat: Chat, *, topics: Sequence[str], now: datetime) -> list[Story]:
    """The most important stories of these topics, or of all, first."""
    since = now - WEEK
    candidates = await store.stories.weightiest(
        topics=topics, since=since, until=now, limit=CANDIDATES
    )
    stories = [story for story, _ in candidates]
    leanings = await Leaning(store.stories).of(stories, chat.tastes, since)
    return top(candidates, since=since, limit=MOST, leanings=leanings)
