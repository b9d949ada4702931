"""A process that delivers and nothing else: planner, outbox and reconciliation, until it is ended.

python delivering.py DATABASE_URL API_URL; run (and killed) by test_delivery.py.
"""

import asyncio
import sys
import time
from datetime import timedelta
from importlib.resources import files

from bot.clock import now
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.reconcile import settle
from bot.jobs.planning.plan import plan_due
from bot.news.topics.scores import parse_topics
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.render import Render
from bot.telegram.writing.texts import Texts
from storage.connect import open_store

ZONE = "Asia/Novokuznetsk"
WAIT = timedelta(seconds=1)


async def main(database_url: str, api_url: str) -> None:
    """Deliver what is due, for ever."""
    store = await open_store(database_url)
    store.own()
    toml = (files("bot.news.topics") / "topics.toml").read_text(encoding="utf-8")
    topics = parse_topics(toml, name="topics.toml")
    render = Render(Texts(), topics, default_zone=ZONE, default_language="ru")
    pacer = Pacer(400, monotonic=time.monotonic)
    bot = build_bot("1:sandbox", pacer=pacer, api_url=api_url, noted=store.outbox.saw_message)
    sender = TelegramSender(bot)
    outbound = Outbound(store, sender, pacer, owner="bot", clock=now, renderer=render)
    sending = asyncio.create_task(outbound.run())
    while not sending.done():
        await plan_due(store, render, now=now(), default_zone=ZONE)
        await settle(store, sender, now=now(), wait=WAIT, renderer=render)
        outbound.bell.set()
        await asyncio.sleep(0.1)
    await sending


asyncio.run(main(*sys.argv[1:]))
