"""Asking Telegram for updates, for as long as the bot lives, through every failure of the network.

aiogram's own poller logs each failed try, never gives up on a wrong token, and one update it
cannot read blocks all that follow; so we ask ourselves and feed aiogram's dispatcher.
Rules: https://core.telegram.org/bots/api#getupdates
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import Update, User
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.jobs.sending import TokenRefused
from bot.telegram.posts import shorten
from bot.telegram.rivals import ALONE_S, Rivals
from storage.errors import StorageError

log = logging.getLogger("svodka.telegram")

Handle = Callable[[Update], Awaitable[object]]
Sleep = Callable[[float], Awaitable[None]]

LONG_POLL_S = 25
ANSWER_WAIT_S = 15  # beyond the long poll, before the connection counts as lost
AFTER_CONFLICT_S = 3
BATCH_WAIT_S = 2.0  # a slow handler delays the next batch by no more
HANDLED_WITHIN_S = 30.0  # until then an update is not confirmed before its handler has ended
TRIES = 6  # of an update that the store failed before it was looked at, a second and more apart
MAX_WAIT_S = 60.0
WEBHOOK = "webhook is active"


class Patience:
    """Waits that double up to a minute; what went wrong is said once, and once that it is over."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._tries = 0

    async def wait(self, why: Exception) -> None:
        if self._tries == 0:
            said = shorten(str(why), 200)  # a stranger's whole page may be in it
            log.warning("Telegram cannot be reached (%s); trying until it answers.", said)
        self._tries += 1
        await self._sleep(min(MAX_WAIT_S, 2.0 ** (self._tries - 1)))

    def over(self) -> None:
        if self._tries:
            log.info("Telegram answers again, after %d tries.", self._tries)
        self._tries = 0


async def meet(bot: Bot, *, sleep: Sleep = asyncio.sleep) -> User:
    """Who the bot is, as soon as Telegram can be reached. Raises TokenRefused."""
    patience = Patience(sleep)
    while True:
        try:
            me = await bot.me()
        except (TelegramAPIError, ClientDecodeError) as e:
            _stop_if_refused(e)
            await patience.wait(e)
        else:
            patience.over()
            return me


async def poll(
    bot: Bot,
    handle: Handle,
    *,
    kinds: Sequence[str],
    monotonic: Callable[[], float],
    sleep: Sleep = asyncio.sleep,
    rivals: Rivals | None = None,
) -> None:
    """Feed `handle` every update of these kinds until cancelled.

    Updates of one chat are handled in order, chats beside each other. Raises TokenRefused, and
    AnotherCopy when conflicts go on.
    """
    rivals = rivals or Rivals(monotonic)
    patience = Patience(sleep)
    lanes = Lanes(handle, monotonic=monotonic, sleep=sleep)
    offset: int | None = None
    try:
        while True:
            try:
                waits_s = LONG_POLL_S if rivals.alone else ALONE_S
                updates, after = await _next(bot, offset, kinds, waits_s)
                rivals.heard()
                if rivals.near and updates and after is not None:
                    await _confirm(bot, after)  # before another copy is handed them, too
            except TelegramRetryAfter as e:
                await sleep(e.retry_after)
            except TelegramConflictError as e:
                rivals.met()
                if WEBHOOK in e.message:
                    await _unhook(bot)
                await sleep(AFTER_CONFLICT_S)
            except (TelegramAPIError, ClientDecodeError) as e:
                _stop_if_refused(e)
                await patience.wait(e)
            else:
                patience.over()
                offset = after
                await lanes.put(updates, wait_s=BATCH_WAIT_S)
                offset = lanes.unhandled(within_s=HANDLED_WITHIN_S) or offset
    finally:
        await lanes.finish(wait_s=5)
        if offset is not None and not rivals.near:  # or it would end the other's poll once more
            with suppress(TelegramAPIError, ClientDecodeError):
                await _confirm(bot, offset)


async def _unhook(bot: Bot) -> None:
    """A webhook was left behind, or another copy has set one."""
    with suppress(TelegramAPIError, ClientDecodeError):
        await bot.delete_webhook()


async def _confirm(bot: Bot, offset: int) -> None:
    """Updates below `offset` were handled: a restart must not see them again."""
    await bot.get_updates(offset=offset, limit=1, timeout=0, request_timeout=5)


async def _next(
    bot: Bot, offset: int | None, kinds: Sequence[str], timeout_s: int
) -> tuple[list[Update], int | None]:
    """The next updates and the offset that confirms them; an unreadable one is left out."""
    try:
        updates = await bot.get_updates(
            offset=offset,
            timeout=timeout_s,
            allowed_updates=list(kinds),
            request_timeout=timeout_s + ANSWER_WAIT_S,
        )
    except ClientDecodeError as e:
        raw = e.data.get("result") if isinstance(e.data, dict) else None
        if not isinstance(raw, list) or not raw:
            raise
        return _readable(bot, raw), int(raw[-1]["update_id"]) + 1
    return updates, updates[-1].update_id + 1 if updates else offset


def _readable(bot: Bot, raw: Sequence[dict[str, Any]]) -> list[Update]:
    found = []
    for one in raw:
        try:
            found.append(Update.model_validate(one, context={"bot": bot}))
        except ValidationError as e:
            log.error("Update %s cannot be read, skipped: %s", one.get("update_id"), e)
    return found


def _stop_if_refused(e: Exception) -> None:
    """telegram.org answers 401 to a token it does not know, 404 to one that is none."""
    wrong = isinstance(e, TelegramNotFound) and e.message == "Not Found"
    if wrong or isinstance(e, TelegramUnauthorizedError):
        raise TokenRefused(
            "Telegram does not know this BOT_TOKEN; copy it again from @BotFather into .env."
        ) from e


class Lanes:
    """Handlers at work: one lane a chat, in order; lanes beside each other."""

    def __init__(
        self, handle: Handle, *, monotonic: Callable[[], float], sleep: Sleep = asyncio.sleep
    ) -> None:
        self._handle = handle
        self._monotonic = monotonic
        self._sleep = sleep
        self._tails: dict[int, asyncio.Task[None]] = {}
        self._open: dict[int, float] = {}  # updates whose handlers have not ended, and since when
        self._newest = 0

    async def put(self, updates: Sequence[Update], *, wait_s: float) -> None:
        """Start handling those that are new; wait for them, but not longer than `wait_s`."""
        for update in updates:
            if update.update_id <= self._newest:
                continue  # asked for again only because an earlier one is not done
            self._newest = update.update_id
            self._open[update.update_id] = self._monotonic()
            lane = lane_of(update)
            task = asyncio.create_task(self._after(self._tails.get(lane), update))
            self._tails[lane] = task
            task.add_done_callback(partial(self._leave, lane))
        await self.finish(wait_s=wait_s)

    async def finish(self, *, wait_s: float) -> None:
        if self._tails:
            await asyncio.wait(self._tails.values(), timeout=wait_s)

    def unhandled(self, *, within_s: float) -> int | None:
        """The first update that is being handled, and has been for no longer than that."""
        since = self._monotonic() - within_s
        return min((id_ for id_, began in self._open.items() if began > since), default=None)

    async def _after(self, before: asyncio.Task[None] | None, update: Update) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._try(update)
        except Exception:
            log.exception("Update %d failed; the rest goes on.", update.update_id)
        finally:
            self._open.pop(update.update_id)

    async def _try(self, update: Update) -> None:
        """A full disk or a locked database may pass: nobody's command is lost over it."""
        for tried in range(1, TRIES):
            try:
                await self._handle(update)
            except StorageError:
                await self._sleep(tried)
            else:
                return
        await self._handle(update)

    def _leave(self, lane: int, task: asyncio.Task[None]) -> None:
        if self._tails.get(lane) is task:
            del self._tails[lane]


def lane_of(update: Update) -> int:
    """The chat, else the person, an update is about; 0 when it is about neither."""
    try:
        event: Any = update.event
    except UpdateTypeLookupError:
        return 0
    if (query_message := getattr(event, "message", None)) is not None:
        event = query_message
    chat = getattr(event, "chat", None) or getattr(event, "from_user", None)
    return int(chat.id) if chat is not None else 0
