"""Planning: subscriptions whose time has come become digests, their deliveries and a next time.

A piece of them at a time, each piece one transaction under the keys of its slots, so a kill plans
a digest once or not yet. Those who get the same share it: it is chosen, drawn and stored once.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.jobs.broadcasts import settle
from bot.jobs.choosing import LONGEST_LOOK_BACK, LOOK_BACK, Choosing
from bot.jobs.disputing import disputes
from bot.jobs.sending import Renderer
from bot.jobs.sharing import Sharing, next_run_of
from storage.errors import StorageError
from storage.models import (
    Chat,
    DeliveryKind,
    DueGroup,
    NewDelivery,
    NewDigest,
    Post,
    SharedDigest,
    Story,
)
from storage.ports import Store

log = logging.getLogger("svodka.plan")

PIECE = 4_000  # subscriptions planned in one transaction, so that a sender never waits long
AFTER_FAILURE = timedelta(minutes=10)


async def plan_due(
    store: Store,
    renderer: Renderer,
    *,
    now: datetime,
    default_zone: str,
    spread_min: int = 1,
    ring: Callable[[], None] = lambda: None,
    piece: int = PIECE,
) -> int:
    """Plan all that is due; how many digests. `ring` is called when some of it may be sent.

    All of it is planned as of `now`, however long it takes. What fails costs only those who
    would share it. The digests of a slot leave over `spread_min` minutes, each chat in its own.
    """
    sharing = Sharing(store, renderer, now=now, default_zone=default_zone)
    planned = 0
    while groups := await _next_piece(store, now=now, spread_min=spread_min, limit=piece):
        planned += await _plan_piece(store, sharing, groups, now=now)
        ring()
    await settle(store.broadcasts, now=now)
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
    since = now - LOOK_BACK
    chosen = await Choosing(store, now=now).for_chat(
        chat.id, topics=tuple(topics), since=since, limit=limit, tastes=chat.tastes
    )
    posts = renderer.digest(
        chat=chat,
        subscription=None,
        stories=chosen.stories,
        now=now,
        topics=topics,
        muted=0 if chosen.stories else chosen.muted,
        disputes=await disputes(store, chosen.stories, {}),
    )
    digest = NewDigest(
        chat_id=chat.id,
        key=key,
        stories=chosen.ids,
        upto=chosen.upto,
        deliveries=_deliveries(key, chat.id, thread_id, posts),
        at=now,
    )
    await store.outbox.plan(digest)
    return len(chosen.stories)


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
    choosing = Choosing(store, now=now)
    chosen = await choosing.for_chat(chat_id, topics=tuple(topics), since=since, limit=limit)
    return list(chosen.stories)


async def _next_piece(
    store: Store, *, now: datetime, spread_min: int, limit: int
) -> list[DueGroup]:
    """Those that have been due longest. What they still wait for comes in the new digest."""
    since = now - LONGEST_LOOK_BACK

    async def due() -> list[DueGroup]:
        return await store.subscriptions.due(
            now=now, limit=limit, had_since=since, minutes=spread_min
        )

    groups = await due()
    if waiting := [id_ for group in groups if group.waits for id_ in group.ids]:
        merged = await store.outbox.merge_into_next(waiting, now=now)
        log.warning("digests that had not left are merged into the next", extra={"count": merged})
        return await due()
    return groups


async def _plan_piece(
    store: Store, sharing: Sharing, groups: Sequence[DueGroup], *, now: datetime
) -> int:
    digests: list[SharedDigest] = []
    put_off: dict[int, datetime | None] = {}
    for group in groups:
        try:
            due = sharing.due(group)
            if due.slot is None:
                put_off |= dict.fromkeys(group.ids, next_run_of(group, due))
            else:
                digests.append(await sharing.digest(group, due, due.slot))
        except StorageError:
            raise
        except Exception:
            log.exception("digest could not be made", extra={"subscriptions": len(group.ids)})
            put_off |= dict.fromkeys(group.ids, now + AFTER_FAILURE)
    if put_off:
        await store.subscriptions.put_off(put_off, now=now)
    return await store.outbox.plan_shared(digests, now=now) if digests else 0


def _deliveries(
    key: str, chat_id: int, thread_id: int | None, posts: Sequence[Post]
) -> tuple[NewDelivery, ...]:
    kind = DeliveryKind.ASKED
    return tuple(
        NewDelivery(key=f"{key}:{part}", chat_id=chat_id, kind=kind, post=post, thread_id=thread_id)
        for part, post in enumerate(posts, 1)
    )
