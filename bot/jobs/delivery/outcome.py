"""What becomes of a delivery that was not acknowledged: by kind of failure, as one table."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.jobs.delivery.notices import tell_owner
from bot.jobs.delivery.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    NotSent,
    Refused,
    Renderer,
    RetryLater,
    SendError,
    TokenRefused,
    Uneditable,
)
from storage.models import Delivery, Post
from storage.ports import Store

log = logging.getLogger("svodka.outbox")

T = TypeVar("T")

TEXT_UNITS = 4096  # UTF-16, as Telegram's entities are counted
LONGEST_BACK_OFF_S = 60


async def record(
    store: Store,
    delivery: Delivery,
    error: SendError,
    *,
    now: datetime,
    renderer: Renderer | None = None,
) -> bool:
    """Commit what the failure means; True when the chat's next delivery may go at once.

    With a `renderer` the owner of a channel that fell asleep is told.
    """
    outbox, why = store.outbox, str(error)
    fields = {"delivery": delivery.id, "chat": delivery.chat_id, "why": why}
    match error:
        case RetryLater():
            not_before = now + timedelta(seconds=error.retry_after_s)
            await outbox.retry(delivery.id, not_before=not_before, error=why, now=now)
            log.warning("told to wait", extra=fields)
        case NotSent() | TokenRefused():
            await put_off(store, delivery, error, now=now)
        case ChatMigrated():
            await store.chats.migrate(delivery.chat_id, error.new_id, now=now)
            await outbox.retry(delivery.id, not_before=now, error=why, now=now)
            log.info("group became a supergroup", extra=fields)
        case ChatGone():
            await outbox.dead(delivery.id, error=why, now=now)
            await store.chats.sleep(delivery.chat_id, reason=why, now=now)
            log.info("chat fell asleep", extra=fields)
            if renderer is not None:
                await _tell_owner(store, renderer, delivery, now=now)
        case Refused():
            await outbox.dead(delivery.id, error=why, now=now)
            log.error("delivery refused for good", extra=fields)
            return True
        case InDoubt() | _:
            await outbox.unknown(delivery.id, error=why, now=now)
            log.warning("delivery in doubt", extra=fields)
    return False


async def put_off(store: Store, delivery: Delivery, why: SendError, *, now: datetime) -> None:
    """It has not left, and is tried again."""
    not_before = now + back_off(delivery.attempts)
    await store.outbox.retry(delivery.id, not_before=not_before, error=str(why), now=now)


async def _tell_owner(
    store: Store, renderer: Renderer, delivery: Delivery, *, now: datetime
) -> None:
    key = f"asleep:{delivery.id}"
    await tell_owner(store, renderer, delivery.chat_id, name="notice-asleep", key=key, now=now)


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … 60 seconds."""
    return timedelta(seconds=min(LONGEST_BACK_OFF_S, 2 ** min(attempts, 6)))


async def in_some_form(
    post: Post,
    request: Callable[[Post], Awaitable[T]],
    turn: Callable[[], Awaitable[None]],
    **fields: object,
) -> T:
    """Request it; when Telegram refuses that very post, after a turn, in a plainer form."""
    forms = [post, *([replace(post, rich=None)] if post.rich else [])]
    for form in forms:
        try:
            return await request(form)
        except Uneditable:
            raise
        except Refused as e:
            log.error("post refused, trying a plainer form", extra={**fields, "why": str(e)})
        await turn()
    return await request(plain(post))


def plain(post: Post) -> Post:
    """The same words with nothing that could be refused: no entities, buttons or preview."""
    cut = post.text.encode("utf-16-le")[: 2 * TEXT_UNITS].decode("utf-16-le", "ignore")
    return Post(text=cut, silent=post.silent)
