"""Changing what a chat is subscribed to: presses into topics and schedules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.news.times.schedule import next_run
from bot.telegram.rendering.render import Render
from storage.models import Chat, ChatKind, Interest, Layout, Schedule, Subscription
from storage.ports import Store

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORKDAYS = (1, 2, 3, 4, 5)


async def draft(store: Store, chat_id: int, *, now: datetime) -> Subscription:
    """The subscription that the first steps are about: due at no time until they are done."""
    for known in await store.subscriptions.of_chat(chat_id):
        if not known.instant:
            return known
    return await store.subscriptions.add(
        chat_id=chat_id, topics=(), schedule=Schedule(), next_run_at=None, now=now
    )


def begun(subscriptions: Sequence[Subscription]) -> list[Subscription]:
    """Without one whose first steps were left before a time was chosen."""
    return [s for s in subscriptions if s.instant or s.next_run_at is not None]


@dataclass(frozen=True, slots=True)
class Held:
    """A subscription, the chat it is for, and the zone its times are in."""

    subscription: Subscription
    chat: Chat
    zone: str


async def held(store: Store, render: Render, subscription_id: int, *, chat: Chat) -> Held | None:
    """A subscription that may be changed from here: of this chat, or of a channel.

    That it is a channel of theirs, OnlyAdmins has made sure of.
    """
    subscription = await store.subscriptions.get(subscription_id)
    if subscription is None:
        return None
    if subscription.chat_id == chat.id:
        return Held(subscription, chat, render.reader(chat).zone)
    channel = await store.chats.get(subscription.chat_id)
    if channel is None or channel.kind is not ChatKind.CHANNEL:
        return None
    return Held(subscription, channel, render.reader(channel).zone)


class Changes(TypedDict, total=False):
    """What may be set of a subscription; see Subscriptions.change."""

    topics: Sequence[str]
    follows: Sequence[Interest]
    schedule: Schedule
    next_run_at: datetime | None
    max_stories: int
    reading_s: int
    layout: Layout
    silent: bool


async def change(store: Store, held: Held | None, **changes: Unpack[Changes]) -> Held | None:
    """It with these set; None if it is not there, or no more."""
    if held is None:
        return None
    changed = await store.subscriptions.change(held.subscription.id, **changes)
    return replace(held, subscription=changed) if changed else None


async def reschedule(store: Store, held: Held, schedule: Schedule, *, now: datetime) -> Held | None:
    """Give it this schedule, and the next run that follows from it, not before a pause ends."""
    after = max(now, held.subscription.paused_until or now)
    due = next_run(schedule, held.zone, after=after)
    return await change(store, held, schedule=schedule, next_run_at=due)


async def move(store: Store, chat: Chat, zone: str, *, now: datetime) -> Chat:
    """The chat lives in this zone now, and its digests come by that clock."""
    await store.chats.choose(chat.id, zone=zone)
    for subscription in await store.subscriptions.of_chat(chat.id):
        if subscription.next_run_at is not None and not subscription.instant:
            after = max(now, subscription.paused_until or now)
            due = next_run(subscription.schedule, zone, after=after)
            await store.subscriptions.change(subscription.id, next_run_at=due)
    return replace(chat, zone=zone)


def switched(chosen: Sequence[str], slug: str) -> tuple[str, ...]:
    """The topics with this one switched; '' is all of them, and so is none."""
    if not slug:
        return ()
    return tuple(s for s in chosen if s != slug) if slug in chosen else (*chosen, slug)


def with_time(schedule: Schedule, minutes: int) -> Schedule | None:
    """With this time switched; None if that would leave no time at all."""
    times = set(schedule.minutes) ^ {minutes}
    return replace(schedule, minutes=tuple(sorted(times))) if times else None


def with_day(schedule: Schedule, day: int) -> Schedule | None:
    """With this ISO weekday switched; 0 is every day, 8 Monday to Friday; None if none is left."""
    if day in (0, 8):
        return replace(schedule, days=WORKDAYS if day else EVERY_DAY)
    days = set(schedule.days) ^ {day}
    return replace(schedule, days=tuple(sorted(days))) if days else None
