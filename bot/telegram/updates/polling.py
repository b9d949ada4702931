"""Asking Telegram for updates, for as long as the bot lives, through every failure of the network.

aiogram's own poller logs each failed try, never gives up on a wrong token, and one update it
cannot read blocks all that follow; so we ask ourselves and feed aiogram's dispatcher.
Rules: https://core.telegram.org/bots/api#getupdates
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
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
from pydantic import ValidationError

from bot.jobs.delivery.sending import TokenRefused
from bot.telegram.updates.ears import Heard, deaf
from bot.telegram.updates.lanes import Admits, Handle, Lanes, Sleep, everybody
from bot.telegram.updates.rivals import ALONE_S, Rivals
from bot.telegram.writing.posts import shorten

log = logging.getLogger("svodka.telegram")

LONG_POLL_S = 25
ANSWER_WAIT_S = 15  # beyond the long poll, before the connection counts as lost
AFTER_CONFLICT_S = 3
LOOK_AGAIN_S = 1  # for updates that are left with Telegram
MOST_AT_ONCE = 100  # updates that Telegram gives in one answer
BATCH_WAIT_S = 0.5  # a slow handler delays the next batch by no more
HANDLED_WITHIN_S = 30.0  # until then an update is not confirmed before its handler has ended
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
    handled_within_s: float = HANDLED_WITHIN_S,
    admits: Admits = everybody,
    heard: Heard = deaf,
) -> None:
    """Feed `handle` every update of these kinds that is admitted, until cancelled.

    `heard` is told of each before that, and whether Telegram has more.
    Updates of one chat are handled in order, chats beside each other. Raises TokenRefused, and
    AnotherCopy when conflicts go on.
    """
    rivals = rivals or Rivals(monotonic)
    patience = Patience(sleep)
    lanes = Lanes(handle, monotonic=monotonic, sleep=sleep, admits=admits)
    offset: int | None = None
    try:
        while True:
            try:
                waits_s = LONG_POLL_S if rivals.alone else ALONE_S
                updates, after = await _next(bot, offset, kinds, waits_s)
                rivals.heard(updates[0].update_id if updates else None)
                if updates and not rivals.alone:
                    await sleep(LOOK_AGAIN_S)  # they stay with Telegram, for whoever remains
                    continue
                if updates and rivals.careful and after is not None:
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
                await heard(updates, all_of_them=len(updates) < MOST_AT_ONCE)
                await lanes.put(updates, wait_s=BATCH_WAIT_S)
                if len(updates) < MOST_AT_ONCE:  # else others would wait behind these
                    offset = lanes.unhandled(within_s=handled_within_s) or offset
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
            limit=MOST_AT_ONCE,
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
