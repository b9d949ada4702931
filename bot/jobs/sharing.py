"""Sharing a digest: those who would be given and shown the same have it chosen and drawn once."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.jobs.choosing import Choosing
from bot.jobs.disputing import Disputes, disputes
from bot.jobs.sending import Renderer
from bot.news.schedule import Due, due_slot
from storage.models import ChatKind, DeliveryKind, DueGroup, Post, Schedule, SharedDigest, Story
from storage.ports import Store

REMEMBERED = 2_000  # digests drawn, and slots worked out: a bound on memory

K = TypeVar("K")
V = TypeVar("V")


class Sharing:
    """Makes digests as of `now`, and remembers them. Make another for another instant."""

    def __init__(
        self, store: Store, renderer: Renderer, *, now: datetime, default_zone: str
    ) -> None:
        self._choosing = Choosing(store, now=now)
        self._renderer = renderer
        self._now = now
        self._zone = default_zone
        self._dues: dict[tuple[Schedule, str, datetime, int], Due] = {}
        self._store = store
        self._disputes: Disputes = {}
        self._drawn: dict[tuple[object, ...], tuple[Post, ...]] = {}

    def due(self, group: DueGroup) -> Due:
        """Which slot the group's digest is for."""
        subscription = group.subscription
        schedule, at = subscription.schedule, subscription.next_run_at
        assert at is not None  # or it would not be due
        zone = group.chat.zone or self._zone
        key = (schedule, zone, at, group.minute)
        if key not in self._dues:
            _make_room(self._dues)
            self._dues[key] = due_slot(
                schedule, zone, next_run_at=at, now=self._now, delay=delay_of(group)
            )
        return self._dues[key]

    async def digest(self, group: DueGroup, due: Due, slot: datetime) -> SharedDigest:
        """Without posts when there is no news and silence is wanted."""
        stories = await self._choosing.for_subscription(group.subscription, group.had)
        says_empty = group.chat.say_empty
        if says_empty is None:
            says_empty = group.chat.kind is ChatKind.PRIVATE
        channel = group.chat.kind is ChatKind.CHANNEL
        return SharedDigest(
            to=group.ids,
            slot=slot.replace(second=0, microsecond=0),  # as its keys say
            next_run_at=next_run_of(group, due),
            stories=tuple(story.id for story in stories),
            posts=await self._draw(group, due, stories) if stories or says_empty else (),
            kind=DeliveryKind.CHANNEL if channel else DeliveryKind.DIGEST,
        )

    async def _draw(self, group: DueGroup, due: Due, stories: Sequence[Story]) -> tuple[Post, ...]:
        chat, topics = group.chat, group.subscription.topics
        look = (chat.language, chat.zone, chat.header, chat.kind is ChatKind.CHANNEL)
        key = (tuple(story.id for story in stories), topics, look, due)
        if key not in self._drawn:
            _make_room(self._drawn)
            posts = self._renderer.digest(
                chat=chat,
                subscription=group.subscription,
                stories=stories,
                now=self._now,
                late=due.late,
                next_run_at=due.next_slot,
                disputes=await disputes(self._store, stories, self._disputes),
            )
            self._drawn[key] = tuple(posts)
            await asyncio.sleep(0)  # drawing takes milliseconds: people are answered meanwhile
        return self._drawn[key]


def _make_room(kept: dict[K, V]) -> None:
    if len(kept) >= REMEMBERED:
        kept.clear()


def delay_of(group: DueGroup) -> timedelta:
    """How long after their slots the group's digests leave."""
    return timedelta(minutes=group.minute)


def next_run_of(group: DueGroup, due: Due) -> datetime | None:
    return None if due.next_slot is None else due.next_slot + delay_of(group)
