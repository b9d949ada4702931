"""From the bytes of feeds to stored articles, against feedparser alone on the same bytes.

Ours is a whole poll but for the network: the bytes are parsed, texts taken out of their markup,
understood, placed into stories and stored, in the bot's own worker processes and store.
"""

import os
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.resources import files

import feedparser

from bench.figures import Figure, Size, ratios
from bench.processes import own_peak, peak_mb, tree
from bench.sources import add
from bench.texts import feed
from bot.clock import now as present
from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import FEEDS as ACCEPT
from bot.sources.http import MAX_BYTES, Fetcher, Response
from bot.workers import Workers
from storage.connect import open_store
from storage.models import Source
from storage.ports import Store

FEEDS, QUICK_FEEDS = 12, 2
ITEMS, QUICK_ITEMS = 50, 5


class Shelf(Fetcher):
    """Gives the bytes that lie here instead of asking the network."""

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        super().__init__("bench")
        self._bodies = bodies

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int = MAX_BYTES,
        accept: str = ACCEPT,
        robots: bool = False,
    ) -> Response:
        return Response(
            url=url, status=200, body=self._bodies[url], content_type="application/rss+xml"
        )


async def measure(size: Size) -> list[Figure]:
    items = size.of(ITEMS, QUICK_ITEMS)
    ours, bare, peaks = [], [], []
    for run in range(size.runs):
        bodies = _feeds(random.Random(run), size.of(FEEDS, QUICK_FEEDS), items)
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            took_s, peak = await _ours(folder, bodies)
        ours.append(len(bodies) * items / took_s)
        bare.append(len(bodies) * items / _bare_s(bodies))
        peaks.append(peak)
    megabytes = sum(map(len, bodies.values())) / 1e6
    name = f"{len(bodies)} feeds of {items} full texts, {megabytes:.1f} MB: articles stored"
    return [
        Figure(name=name, unit="/s", runs=tuple(ours)),
        Figure(name="feedparser alone: items parsed", unit="/s", runs=tuple(bare)),
        Figure(name="time against feedparser's", unit="×", runs=ratios(bare, ours)),
        Figure(name="peak memory of a worker", unit="MB", runs=tuple(peaks)),
        own_peak(),
    ]


def _feeds(
    chance: random.Random, count: int, items: int, *, name: str = "outlet"
) -> dict[str, bytes]:
    sites = [f"https://{name}{number}.example" for number in range(count)]
    now = present()
    return {f"{site}/rss": feed(chance, items=items, now=now, site=site) for site in sites}


async def _ours(folder: str, bodies: Mapping[str, bytes]) -> tuple[float, float]:
    """Seconds, and the most that a worker held."""
    warm = _feeds(random.Random(-1), 2, 4, name="warm")  # for two workers
    store = await open_store(f"sqlite:///{folder}/svodka.db")
    workers = Workers()
    ingest = Ingest(
        store=store,
        fetcher=Shelf({**warm, **bodies}),
        workers=workers,
        topics_toml=(files("bot.news.topics") / "topics.toml").read_text("utf-8"),
        clock=present,
    )
    try:
        await ingest.poll_all(await _sources(store, list(warm)))
        sources = await _sources(store, list(bodies))
        before = await store.articles.count()
        began = time.perf_counter()
        reports = await ingest.poll_all(sources)
        took_s = time.perf_counter() - began
        stored = await store.articles.count() - before
        assert stored == sum(len(report.new) for report in reports) > 0, reports
        return took_s, max(peak_mb(pid) for pid in tree(os.getpid())[1:])
    finally:
        await workers.close()
        await store.close()


async def _sources(store: Store, urls: Sequence[str]) -> list[Source]:
    return [await add(store, url) for url in urls]


def _bare_s(bodies: Mapping[str, bytes]) -> float:
    began = time.perf_counter()
    for body in bodies.values():
        feedparser.parse(body)
    return time.perf_counter() - began
