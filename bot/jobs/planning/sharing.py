"""Sharing a digest: those who would be given and shown the same have it chosen and drawn once."""

import asyncio
from datetime import datetime, timedelta

from bot.jobs.delivery.sending import Renderer
from bot.jobs.planning.choosing import Choosing, Chosen, missed_since
from bot.jobs.planning.disputing import Disputes, disputes
from bot.jobs.work.bounded import Kept
from bot.news.times.schedule import Due, alert_due, due_slot, next_run
from storage.models import (
    ChatKind,
    DeliveryKind,
    DueGroup,
    Post,
    Schedule,
    SharedDigest,
    Subscription,
)
from storage.ports import Store

REMEMBERED = 2_000  # digests drawn, and slots worked out: a bound on memory


class Sharing:
    """Makes digests as of `now`, and remembers them. Make another for another instant."""

    def __init__(
        self, store: Store, renderer: Renderer, *, now: datetime, default_zone: str
    ) -> None:
        self._choosing = Choosing(store, now=now)
        self._renderer = renderer
        self._now = now
        self._zone = default_zone
        self._dues: Kept[tuple[Schedule, str, datetime, int], Due] = Kept(REMEMBERED)
        self._store = store
        self._disputes: Disputes = {}
        self._drawn: Kept[tuple[object, ...], tuple[Post, ...]] = Kept(REMEMBERED)

    def due(self, group: DueGroup) -> Due:
        """Which slot the group's digest is for."""
        subscription = group.subscription
        schedule, at = subscription.schedule, subscription.next_run_at
        assert at is not None  # or it would not be due
        zone = group.chat.zone or self._zone
        paused = subscription.paused_until
        if paused is not None and paused > self._now:
            return Due(
                slot=None, late=False, next_slot=self._after_pause(subscription, zone, paused)
            )
        if subscription.instant:
            return alert_due(group.chat.quiet, zone, now=self._now)
        key = (schedule, zone, at, group.minute)
        if key in self._dues:
            return self._dues[key]
        due = due_slot(schedule, zone, next_run_at=at, now=self._now, delay=delay_of(group))
        return self._dues.keep(key, due)

    def _after_pause(self, paused: Subscription, zone: str, until: datetime) -> datetime | None:
        """Its first slot that is not before then; an alert waits for news."""
        if paused.instant:
            return None
        return next_run(paused.schedule, zone, after=until - timedelta(microseconds=1))

    async def digest(self, group: DueGroup, due: Due, slot: datetime) -> SharedDigest:
        """Without posts when there is no news and silence is wanted."""
        subscription, chat = group.subscription, group.chat
        chosen = await self._choosing.for_subscription(subscription, group.had, chat.tastes)
        says_empty = chat.say_empty
        if says_empty is None:
            says_empty = chat.kind is ChatKind.PRIVATE
        speaks = chosen.stories or (says_empty and not subscription.instant)
        channel = chat.kind is ChatKind.CHANNEL
        return SharedDigest(
            to=group.ids,
            slot=slot.replace(second=0, microsecond=0),  # as its keys say
            next_run_at=next_run_of(group, due),
            stories=chosen.ids,
            upto=chosen.upto,
            posts=await self._draw(group, due, chosen) if speaks else (),
            kind=DeliveryKind.CHANNEL if channel else DeliveryKind.DIGEST,
        )

    async def _draw(self, group: DueGroup, due: Due, chosen: Chosen) -> tuple[Post, ...]:
        chat, subscription = group.chat, group.subscription
        missed = missed_since(subscription, self._now)
        muted = 0 if chosen.stories else chosen.muted
        told = (chosen.ids, *chosen.changes.items(), missed, muted)
        wants = (subscription.topics, subscription.follows, subscription.reading_s)
        form = (subscription.layout, subscription.silent, subscription.instant)
        look = (chat.language, chat.zone, chat.header, chat.kind)
        key = (told, wants, form, look, due)
        if key in self._drawn:
            return self._drawn[key]
        posts = self._renderer.digest(
            chat=chat,
            subscription=subscription,
            stories=chosen.stories,
            now=self._now,
            late=due.late,
            next_run_at=due.next_slot,
            changes=chosen.changes,
            missed_since=missed,
            muted=muted,
            disputes=await disputes(self._store, chosen.stories, self._disputes),
        )
        await asyncio.sleep(0)  # drawing takes milliseconds: people are answered meanwhile
        return self._drawn.keep(key, tuple(posts))


def delay_of(group: DueGroup) -> timedelta:
    """How long after their slots the group's digests leave."""
    return timedelta(0) if group.subscription.instant else timedelta(minutes=group.minute)


def next_run_of(group: DueGroup, due: Due) -> datetime | None:
    return None if due.next_slot is None else due.next_slot + delay_of(group)
