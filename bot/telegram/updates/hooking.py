"""Being called by Telegram at an address of ours, and seeing to it that it stays ours.

A copy that polls with the same token takes the webhook away, one with another address takes it
over; neither is ever told, so the address is looked at.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.telegram.updates.rivals import STOPS, AnotherCopy

log = logging.getLogger("svodka.telegram")

LOOK_S = 30.0
TAKEN_TIMES = 2  # at looks in a row: it was set anew in between, so somebody takes it away


async def be_called(
    bot: Bot,
    url: str,
    *,
    secret: str | None,
    kinds: Sequence[str],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Have Telegram call `url`, until cancelled. Raises AnotherCopy."""
    taken = 0
    ours = False
    while True:
        try:
            if not ours:
                await bot.set_webhook(url, secret_token=secret, allowed_updates=list(kinds))
            ours = True
            await sleep(LOOK_S)
            ours = (await bot.get_webhook_info()).url == url
        except (TelegramAPIError, ClientDecodeError) as e:
            log.warning("Telegram did not take the webhook, or does not tell of it: %s", e)
            await sleep(LOOK_S)
            continue
        taken = 0 if ours else taken + 1
        if taken == TAKEN_TIMES:
            raise AnotherCopy(STOPS)
        if taken:
            log.warning("Another copy of the bot took the webhook of this token away.")
