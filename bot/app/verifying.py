"""Asking the real service what reconciliation relies on."""

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bot.app.house import CannotStart, House
from bot.jobs.delivery.pacing import Pacer

if TYPE_CHECKING:
    from bot.telegram.network.verifying import Seen


async def verify_telegram(house: House, chat: int | str) -> AsyncIterator["Seen"]:
    """What the real service does of what reconciliation relies on. Raises CannotStart."""
    from bot.telegram.network.session import build_bot
    from bot.telegram.network.verifying import CannotVerify, verify

    given = house.settings
    if given.sandbox:
        raise CannotStart("There is no BOT_TOKEN, so there is no real service to ask.")
    bot = build_bot(
        given.bot_token,
        pacer=Pacer(given.send_rate, monotonic=time.monotonic),
        api_url=given.telegram_api_url,
        proxy=given.telegram_proxy,
        noted=house.store.outbox.saw_message,
    )
    try:
        async for seen in verify(bot, chat):
            yield seen
    except CannotVerify as e:
        raise CannotStart(str(e)) from e
    finally:
        await bot.session.close()
