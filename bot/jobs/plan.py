"""Planning: a subscription whose time has come becomes a digest, its deliveries and its next time.

All of that is one transaction under the key of its slot, so a kill plans a digest once or not yet.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.jobs.sending import Renderer
from bot.news.digest import choose
from bot.news.schedule import Due, due_slot
from storage.errors import StorageError
from storage.models import (
    Chat,
    ChatKind,
    DeliveryKind,
    NewDelivery,
    NewDigest,
    Post,
    Story,
    Subscription,
)
from storage.ports import Store

log = logging.getLogger("svodka.plan")

# Stories that the last digest had no room for may still come in the next one: nothing is passed
# over for good because ten better ones came in the same hour.
LOOK_BACK = timedelta(hours=24)
LONGEST_LOOK_BACK = timedelta(days=8)  # a weekly digest, and a day for its being late
CANDIDATES = 500  # newest first; what a digest is chosen from
AFTER_FAILURE = timedelta(minutes=10)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


async def plan_due(
    store: Store, renderer: Renderer, *, now: datetime, default_zone: str, limit: int = 200
) -> int:
    """Plan the digests that are due; how many were. One that fails costs only itself."""
    planned = 0
    for subscription in await store.subscriptions.due(now=now, limit=limit):
        try:
            planned += await _plan(store, renderer, subscription, now=now, zone=default_zone)
        except StorageError:
            raise
        except Exception:
            log.exception("digest could not be made", extra={"subscription": subscription.id})
            await store.subscriptions.change(subscription.id, next_run_at=now + AFTER_FAILURE)
    return planned


async def digest_now(
    store: Store,
    renderer: Renderer,
    *,
    chat: Chat,
    topics: Sequence[str],
    key: str,
    now: datetime,
    default_zone: str,
    limit: int = 10,
    thread_id: int | None = None,
) -> int:
    """Plan a digest that was asked for; how many stories it gives.

    With none it says so. `key` names the asking (digest:asked:<chat>:<update>): asked twice with
    the same key it is planned once. `default_zone` is that of chats without one.
    """
    stories = await _choose(
        store, chat.id, topics=topics, since=now - LOOK_BACK, now=now, limit=limit
    )
    posts = renderer.digest(chat=chat, subscription=None, stories=stories, now=now, topics=topics)
    digest = NewDigest(
        chat_id=chat.id,
        key=key,
        stories=tuple(story.id for story in stories),
        deliveries=_deliveries(key, chat.id, thread_id, DeliveryKind.ASKED, posts),
        at=now,
    )
    await store.outbox.plan(digest)
    return len(stories)


async def preview(
    store: Store,
    *,
    topics: Sequence[str],
    since: datetime,
    now: datetime,
    limit: int,
    chat_id: int = 0,
) -> list[Story]:
    """What a digest of these topics would give to that chat, or to one that has had nothing."""
    return await _choose(store, chat_id, topics=topics, since=since, now=now, limit=limit)


async def _plan(
    store: Store, renderer: Renderer, subscription: Subscription, *, now: datetime, zone: str
) -> bool:
    """Plan one subscription's newest slot, or move on when it is too late for it."""
    chat = await store.chats.get(subscription.chat_id)
    if chat is None or subscription.next_run_at is None:
        raise LookupError(f"subscription {subscription.id} has no chat or no time")
    due = due_slot(
        subscription.schedule, chat.zone or zone, next_run_at=subscription.next_run_at, now=now
    )
    if due.slot is not None:
        digest = await _digest(store, renderer, chat, subscription, due, due.slot, now)
        if await store.outbox.plan(digest):
            return True
    else:
        log.warning("digest too late, skipped", extra={"subscription": subscription.id})
    # The digest's own transaction did not: too late, or planned before under the same key.
    await store.subscriptions.change(subscription.id, next_run_at=due.next_run_at or NEVER)
    return False


async def _digest(
    store: Store,
    renderer: Renderer,
    chat: Chat,
    subscription: Subscription,
    due: Due,
    slot: datetime,
    now: datetime,
) -> NewDigest:
    """The digest of one slot; without deliveries when there is no news and silence is wanted."""
    stories = await _choose(
        store,
        chat.id,
        topics=subscription.topics,
        since=_since(subscription, now),
        now=now,
        limit=subscription.max_stories,
    )
    posts: list[Post] = []
    if stories or _says_empty(chat):
        posts = renderer.digest(
            chat=chat,
            subscription=subscription,
            stories=stories,
            now=now,
            late=due.late,
            next_run_at=due.next_run_at,
        )
    key = f"digest:{subscription.id}:{slot:%Y%m%dT%H%MZ}"
    kind = DeliveryKind.CHANNEL if chat.kind is ChatKind.CHANNEL else DeliveryKind.DIGEST
    return NewDigest(
        chat_id=chat.id,
        key=key,
        stories=tuple(story.id for story in stories),
        deliveries=_deliveries(key, chat.id, subscription.thread_id, kind, posts),
        subscription_id=subscription.id,
        slot=slot,
        next_run_at=due.next_run_at,
        at=now,
    )


async def _choose(
    store: Store, chat_id: int, *, topics: Sequence[str], since: datetime, now: datetime, limit: int
) -> list[Story]:
    fresh = await store.stories.fresh(
        chat_id=chat_id, topics=topics, since=since, until=now, limit=CANDIDATES
    )
    return choose(fresh, topics=topics, now=now, limit=limit)


def _since(subscription: Subscription, now: datetime) -> datetime:
    """The last slot, or a day ago if that is earlier."""
    since = min(subscription.slot or now, now - LOOK_BACK)
    return max(since, now - LONGEST_LOOK_BACK)


def _says_empty(chat: Chat) -> bool:
    return chat.kind is ChatKind.PRIVATE if chat.say_empty is None else chat.say_empty


def _deliveries(
    key: str, chat_id: int, thread_id: int | None, kind: DeliveryKind, posts: Sequence[Post]
) -> tuple[NewDelivery, ...]:
    return tuple(
        NewDelivery(key=f"{key}:{part}", chat_id=chat_id, kind=kind, post=post, thread_id=thread_id)
        for part, post in enumerate(posts, 1)
    )
