"""Sharing a digest: subscriptions that are given and shown the same are one group, drawn once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.jobs.choosing import Choosing, looks_back_to
from bot.jobs.sending import Renderer
from bot.news.schedule import Due, delay_of, due_slot
from storage.models import (
    Chat,
    ChatKind,
    DeliveryKind,
    DueSubscription,
    Post,
    Schedule,
    SharedDigest,
    Story,
    Subscription,
)
from storage.ports import Store

REMEMBERED = 500  # digests drawn, and slots worked out: a bound on memory


@dataclass(frozen=True, slots=True)
class Group:
    """Subscriptions that are due alike. Any of them, and its chat, stand for all."""

    subscription: Subscription
    chat: Chat
    had: frozenset[int]
    due: Due
    next_runs: dict[int, datetime | None] = field(default_factory=dict)  # by subscription id


class Sharing:
    """Groups what is due at `now` and makes each group's digest; remembers them for the next piece.

    `spread` is the window over which the digests of one slot leave.
    """

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        *,
        now: datetime,
        default_zone: str,
        spread: timedelta,
    ) -> None:
        self._choosing = Choosing(store, now=now)
        self._renderer = renderer
        self._now = now
        self._zone = default_zone
        self._spread = spread
        self._dues: dict[tuple[Schedule, str, datetime, timedelta], Due] = {}
        self._drawn: dict[tuple[object, ...], tuple[Post, ...]] = {}

    def groups(self, due: Iterable[DueSubscription]) -> Iterable[Group]:
        """In the order in which the first of each was due."""
        found: dict[tuple[object, ...], Group] = {}
        for one in due:
            subscription, chat = one.subscription, one.chat
            delay = delay_of(chat.id, self._spread) if self._spread else self._spread
            when = self._due(subscription, chat, delay)
            after = looks_back_to(subscription, self._now)
            wish = (subscription.topics, subscription.max_stories, after, one.had)
            key = (wish, _look(chat), _says_empty(chat), when)
            group = found.get(key)
            if group is None:
                group = found[key] = Group(subscription, chat, one.had, when)
            next_slot = when.next_slot
            group.next_runs[subscription.id] = None if next_slot is None else next_slot + delay
        return found.values()

    async def digest(self, group: Group, slot: datetime) -> SharedDigest:
        """Without posts when there is no news and silence is wanted."""
        stories = await self._choosing.for_subscription(group.subscription, group.had)
        posts: tuple[Post, ...] = ()
        if stories or _says_empty(group.chat):
            posts = self._draw(group, stories)
        channel = group.chat.kind is ChatKind.CHANNEL
        return SharedDigest(
            to=group.next_runs,
            slot=slot,
            stories=tuple(story.id for story in stories),
            posts=posts,
            kind=DeliveryKind.CHANNEL if channel else DeliveryKind.DIGEST,
            at=self._now,
        )

    def _due(self, subscription: Subscription, chat: Chat, delay: timedelta) -> Due:
        at = subscription.next_run_at
        assert at is not None  # or it would not be due
        zone = chat.zone or self._zone
        key = (subscription.schedule, zone, at, delay)
        if key not in self._dues:
            if len(self._dues) >= REMEMBERED:
                self._dues.clear()
            self._dues[key] = due_slot(
                subscription.schedule, zone, next_run_at=at, now=self._now, delay=delay
            )
        return self._dues[key]

    def _draw(self, group: Group, stories: list[Story]) -> tuple[Post, ...]:
        ids = tuple(story.id for story in stories)
        key = (ids, group.subscription.topics, _look(group.chat), group.due)
        if key not in self._drawn:
            if len(self._drawn) >= REMEMBERED:
                self._drawn.clear()
            posts = self._renderer.digest(
                chat=group.chat,
                subscription=group.subscription,
                stories=stories,
                now=self._now,
                late=group.due.late,
                next_run_at=group.due.next_slot,
            )
            self._drawn[key] = tuple(posts)
        return self._drawn[key]


def _look(chat: Chat) -> tuple[object, ...]:
    """All of a chat that its digests show."""
    return chat.language, chat.zone, chat.header, chat.kind is ChatKind.CHANNEL


def _says_empty(chat: Chat) -> bool:
    return chat.kind is ChatKind.PRIVATE if chat.say_empty is None else chat.say_empty
