"""Choosing for many: what is new is looked up once, and chosen once for chats that had the same."""

from datetime import datetime, timedelta
from typing import TypeVar

from bot.news.digest import choose
from storage.models import Story, Subscription
from storage.ports import Store

# Stories that the last digest had no room for may still come in the next one: nothing is passed
# over for good because ten better ones came in the same hour.
LOOK_BACK = timedelta(hours=24)
LONGEST_LOOK_BACK = timedelta(days=8)  # a weekly digest, and a day for its being late
CANDIDATES = 500  # newest first; what a digest is chosen from
REMEMBERED = 1_000  # answers of each sort: a bound on memory

NOBODY = 0  # stands for a chat that has had nothing

K = TypeVar("K")
V = TypeVar("V")


def looks_back_to(subscription: Subscription, now: datetime) -> datetime:
    """From when on stories may be given: the last slot, or a day ago if that is earlier."""
    at = min(subscription.slot or now, now - LOOK_BACK)
    return max(at, now - LONGEST_LOOK_BACK)


class Choosing:
    """Chooses stories as of `now`; make another one for another instant."""

    def __init__(self, store: Store, *, now: datetime) -> None:
        self._store = store
        self._now = now
        self._fresh: dict[tuple[object, ...], list[Story]] = {}
        self._had: dict[int, frozenset[int]] = {}
        self._chosen: dict[tuple[object, ...], list[Story]] = {}

    async def for_chat(
        self, chat_id: int, *, topics: tuple[str, ...], since: datetime, limit: int
    ) -> list[Story]:
        """What to give to this chat."""
        fresh = await self._load(chat_id, topics, since)
        return choose(fresh, topics=topics, now=self._now, limit=limit)

    async def for_subscription(
        self, subscription: Subscription, had: frozenset[int]
    ) -> list[Story]:
        """What to give to its chat, and to all others that want the same and had these choices."""
        topics, limit = subscription.topics, subscription.max_stories
        after = looks_back_to(subscription, self._now)
        key = (topics, limit, after, had)
        if key in self._chosen:
            return self._chosen[key]
        fresh = await self._fresh_to_nobody(topics, after)
        known = await self._stories_of(had)
        left = [story for story in fresh if story.id not in known]
        if len(left) < limit and len(fresh) == CANDIDATES:  # there is more, further back
            left = await self._load(subscription.chat_id, topics, after)
        chosen = choose(left, topics=topics, now=self._now, limit=limit)
        return _remember(self._chosen, key, chosen)

    async def _fresh_to_nobody(self, topics: tuple[str, ...], after: datetime) -> list[Story]:
        key = (topics, after)
        if key in self._fresh:
            return self._fresh[key]
        return _remember(self._fresh, key, await self._load(NOBODY, topics, after), most=20)

    async def _load(self, chat_id: int, topics: tuple[str, ...], after: datetime) -> list[Story]:
        return await self._store.stories.fresh(
            chat_id=chat_id, topics=topics, since=after, until=self._now, limit=CANDIDATES
        )

    async def _stories_of(self, had: frozenset[int]) -> set[int]:
        if unknown := had - self._had.keys():
            found = await self._store.stories.chosen(unknown)
            if len(self._had) > REMEMBERED:
                self._had.clear()
                found = await self._store.stories.chosen(had)
            self._had |= found
        return set().union(*(self._had[choice] for choice in had))


def _remember(kept: dict[K, V], key: K, value: V, *, most: int = REMEMBERED) -> V:
    """Keep it; when there is no room, all that was kept makes room."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = value
    return value
