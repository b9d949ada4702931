"""A process that edits what an editor corrected, and nothing else, until it is ended.

python editing.py DATABASE_URL API_URL; run (and killed) by test_editing.py.
"""

import asyncio
import sys
import time

from bot.clock import now
from bot.jobs.delivery.editing import Editing
from bot.jobs.delivery.network import Network
from bot.jobs.delivery.pacing import Pacer
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.amending import Amend
from bot.telegram.writing.texts import Texts
from storage.connect import open_store


async def main(database_url: str, api_url: str) -> None:
    """Edit what is due, for ever."""
    store = await open_store(database_url)
    store.own()
    pacer = Pacer(400, monotonic=time.monotonic)
    bot = build_bot("1:sandbox", pacer=pacer, api_url=api_url)
    amend = Amend(Texts(), default_zone="Europe/Minsk")
    sender = TelegramSender(bot)
    editing = Editing(store, sender, amend, pacer, clock=now, network=Network())
    while True:
        await editing.amend()
        await editing.drain()
        await asyncio.sleep(0.1)


asyncio.run(main(*sys.argv[1:]))
