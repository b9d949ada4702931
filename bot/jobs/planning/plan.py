"""Planning: subscriptions whose time has come become digests, their deliveries and a next time.

A piece of them at a time, each piece one transaction under the keys of its slots, so a kill plans
a digest once or not yet. Those who get the same share it: it is chosen, drawn and stored once.
"""

import asyncio
import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.jobs.delivery.sending import Renderer
from bot.jobs.planning.broadcasts import settle
from bot.jobs.planning.choosing import LONGEST_LOOK_BACK, LOOK_BACK, Choosing
from bot.jobs.planning.disputing import disputes
from bot.jobs.planning.sharing import Sharing, next_run_of
from bot.jobs.work.beforehand import beforehand
from storage.errors import StorageError
from storage.models import (
    Chat,
    DeliveryKind,
    DueGroup,
    Interest,
    NewDelivery,
    NewDigest,
    Place,
    Post,
    SharedDigest,
    Story,
)
from storage.ports import Store

log = logging.getLogger("svodka.plan")

READ = 20_000  # subscriptions that are read at once: the more, the more of them share a digest
PIECE = 4_000  # subscriptions planned in one transaction, so that a sender never waits long
MERGED = 1_000  # digests merged in one, each of which takes some statements
BREATH = 50  # digests, each some 50 µs of Python when it is drawn already
AFTER_FAILURE = timedelta(minutes=10)


async def plan_due(
    store: Store,
    renderer: Renderer,
    *,
    now: datetime,
    default_zone: str,
    spread_min: int = 1,
    ring: Callable[[], None] = lambda: None,
    read: int = READ,
    piece: int = PIECE,
) -> int:
    """Plan all that is due; how many digests. `ring` is called when some of it may be sent.

    All of it is planned as of `now`, however long it takes. What fails costs only those who
    would share it. The digests of a slot leave over `spread_min` minutes, each chat in its own.
    """
    await _merge_waiting(store, now=now)
    sharing = Sharing(store, renderer, now=now, default_zone=default_zone)
    planned = 0
    async for groups in _due(store, now=now, minutes=spread_min, limit=read):
        put_off: dict[int, datetime | None] = {}
        digests = _digests(sharing, groups, put_off, now=now)
        async for some in beforehand(_pieces(digests, piece)):
            planned += await store.outbox.plan_shared(some, now=now)
            ring()
        if put_off:
            await store.subscriptions.put_off(put_off, now=now)
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
    follows: Sequence[Interest] = (),
) -> int:
    """Plan a digest that was asked for; how many stories it gives.

    With none it says so. `key` names the asking (digest:asked:<chat>:<update>): asked twice with
    the same key it is planned once. `default_zone` is that of chats without one.
    """
    since = now - LOOK_BACK
    chosen = await Choosing(store, now=now).for_chat(
        chat.id,
        topics=tuple(topics),
        follows=follows,
        since=since,
        limit=limit,
        tastes=chat.tastes,
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
    follows: Sequence[Interest] = (),
) -> list[Story]:
    """What a digest of these would give to that chat, or to one that has had nothing."""
    choosing = Choosing(store, now=now)
    chosen = await choosing.for_chat(
        chat_id, topics=tuple(topics), follows=follows, since=since, limit=limit
    )
    return list(chosen.stories)


async def _due(
    store: Store, *, now: datetime, minutes: int, limit: int
) -> AsyncIterator[list[DueGroup]]:
    """All that is due, so many at a time; the next are read while these are planned."""
    since = now - LONGEST_LOOK_BACK

    async def read() -> AsyncIterator[list[DueGroup]]:
        last: Place | None = None
        while groups := await store.subscriptions.due(
            now=now, limit=limit, had_since=since, minutes=minutes, after=last
        ):
            last = max(group.last for group in groups)
            yield groups

    async for groups in beforehand(read()):
        yield groups


async def _merge_waiting(store: Store, *, now: datetime) -> None:
    """What those who are due still wait for comes in their new digest.

    All of it before anything is planned: who was passed over is then the first to be served.
    """
    merged, last = 0, None
    while waiting := await store.subscriptions.waiting(now=now, after=last, limit=MERGED):
        merged += await store.outbox.merge_into_next([at.id for at in waiting], now=now)
        last = waiting[-1]
    if merged:
        log.warning("digests that had not left are merged into the next", extra={"count": merged})


async def _digests(
    sharing: Sharing,
    groups: Sequence[DueGroup],
    put_off: dict[int, datetime | None],
    *,
    now: datetime,
) -> AsyncIterator[SharedDigest]:
    """The groups' digests; who gets none now is added to `put_off`, with the next time."""
    for number, group in enumerate(groups):
        if number % BREATH == 0:
            await asyncio.sleep(0)  # people are answered meanwhile
        try:
            due = sharing.due(group)
            if due.slot is not None:
                yield await sharing.digest(group, due, due.slot)
            else:
                put_off |= dict.fromkeys(group.ids, next_run_of(group, due))
        except StorageError:
            raise
        except Exception:
            log.exception("digest could not be made", extra={"subscriptions": len(group.ids)})
            put_off |= dict.fromkeys(group.ids, now + AFTER_FAILURE)


async def _pieces(
    digests: AsyncIterable[SharedDigest], size: int
) -> AsyncIterator[list[SharedDigest]]:
    """The digests, for so many subscriptions at a time; one for more of them is cut."""
    piece: list[SharedDigest] = []
    room = size
    async for digest in digests:
        left = digest.to
        while left:
            piece.append(replace(digest, to=left[:room]))
            room, left = room - len(left[:room]), left[room:]
            if not room:
                yield piece
                piece, room = [], size
    if piece:
        yield piece


def _deliveries(
    key: str, chat_id: int, thread_id: int | None, posts: Sequence[Post]
) -> tuple[NewDelivery, ...]:
    kind = DeliveryKind.ASKED
    return tuple(
        NewDelivery(key=f"{key}:{part}", chat_id=chat_id, kind=kind, post=post, thread_id=thread_id)
        for part, post in enumerate(posts, 1)
    )
