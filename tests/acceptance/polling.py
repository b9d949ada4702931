"""A process that polls all its sources over and over, whatever their interval, until it is killed.

python polling.py DATABASE_URL; run (and killed) by test_polls_killed.py.
"""

import asyncio
import sys
import time
from importlib.resources import files

from bot.clock import now
from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import Fetcher
from bot.sources.wire.manners import Manners
from bot.workers import Workers
from storage.connect import open_store


async def main(database_url: str) -> None:
    store = await open_store(database_url)
    store.own()
    ingest = Ingest(
        store=store,
        fetcher=Fetcher(
            "Svodka/test",
            allow_private=True,
            manners=Manners(monotonic=time.monotonic, between_s=0),
        ),
        workers=Workers(),
        topics_toml=(files("bot.news.topics") / "topics.toml").read_text(encoding="utf-8"),
        clock=now,
    )
    while True:
        await ingest.poll_all(await store.sources.all())


asyncio.run(main(*sys.argv[1:]))
