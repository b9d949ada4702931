"""A thousand feeds on loopback, polled by the bot's own engine: all changed, then all the same.

Beside it a bare loop on the same feeds: aiohttp, feedparser and the same understanding in two
processes, without a store; and the same loop that also finds each article's story, in memory. Each
feed has a host name of its own, which leads to loopback.
"""

import asyncio
import os
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from multiprocessing import get_context

import aiohttp
import feedparser
from aiohttp.abc import AbstractResolver, ResolveResult

from bench.figures import Figure, Size, ratios
from bench.processes import line_with, module, own_peak, peak_mb, pss_mb, tree
from bot.clock import now as present
from bot.jobs.articles import remembering
from bot.jobs.gathering.ingest import Ingest
from bot.news.stories.index import StoryIndex
from bot.news.understanding import Raw, understand
from bot.sources.http import Fetcher
from bot.sources.markup import to_text
from bot.sources.wire.manners import Manners
from bot.workers import Workers
from storage.connect import open_store
from storage.models import NewSource, PollOutcome, Source, TextFrom, Understanding
from storage.ports import Store

HOSTS, QUICK_HOSTS = 1_000, 8
ITEMS, QUICK_ITEMS = 20, 3
AT_ONCE = 16
BEAT_S = 0.005


class Loopback(AbstractResolver):
    """Every name is this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Runs:
    """What each run gave."""

    changed: list[float] = field(default_factory=list)  # feeds a second
    bare: list[float] = field(default_factory=list)
    placed: list[float] = field(default_factory=list)  # by a bare loop that finds stories too
    same: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)  # of all processes, when all is stored
    resident_mb: list[float] = field(default_factory=list)  # their peaks, what they share thrice
    held_ms: list[float] = field(default_factory=list)  # the event loop, at the longest
    busy_ms: list[float] = field(default_factory=list)  # the same by its own CPU time


async def measure(size: Size) -> list[Figure]:
    hosts, items = size.of(HOSTS, QUICK_HOSTS), size.of(ITEMS, QUICK_ITEMS)
    runs = Runs()
    async with module("bench.feed_server", str(hosts), str(items)) as server:
        port = int(await line_with(server, r"port (\d+)"))
        urls = [f"http://site{number}.example:{port}/rss" for number in range(hosts)]
        for _ in range(size.runs):
            with tempfile.TemporaryDirectory(dir=size.folder) as folder:
                await _ours(folder, urls, hosts * items, runs)
            runs.bare.append(hosts / await _bare_s(urls, hosts * items))
            runs.placed.append(hosts / await _bare_s(urls, hosts * items, StoryIndex()))
    named = f"{hosts:,} feeds of {items}".replace(",", " ")
    return [
        Figure(name=f"{named}, all changed: polled and stored", unit="/s", runs=(*runs.changed,)),
        Figure(name="a bare loop without a store", unit="/s", runs=(*runs.bare,)),
        Figure(
            name="ours against the bare loop",
            unit="×",
            runs=ratios(runs.changed, runs.bare),
            at_least=0.7,
        ),
        Figure(name="that loop with each story found in memory", unit="/s", runs=(*runs.placed,)),
        Figure(
            name="ours against it with stories", unit="×", runs=ratios(runs.changed, runs.placed)
        ),
        Figure(name="all 304: polled", unit="/s", runs=(*runs.same,), at_least=800),
        Figure(name="all processes (PSS)", unit="MB", runs=(*runs.memory_mb,), at_most=300),
        Figure(name="their peaks (resident), added up", unit="MB", runs=(*runs.resident_mb,)),
        Figure(name="event loop held, longest", unit="ms", runs=(*runs.held_ms,), at_most=50),
        Figure(name="the same in its CPU time", unit="ms", runs=(*runs.busy_ms,)),
        own_peak(),
    ]


async def _ours(folder: str, urls: Sequence[str], articles: int, runs: Runs) -> None:
    store = await open_store(f"sqlite:///{folder}/svodka.db")
    topics_toml = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
    workers = Workers(prepare=partial(remembering.preparation, store, topics_toml))
    fetcher = Fetcher(
        "bench",
        allow_private=True,
        resolver=Loopback(),
        manners=Manners(monotonic=time.monotonic, at_once=AT_ONCE),
    )
    ingest = Ingest(
        store=store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=topics_toml,
        clock=present,
    )
    try:
        for url in urls:
            await add(store, url)
        async with _heartbeat(runs):
            runs.changed.append(len(urls) / await _pass(store, ingest))
        assert await store.articles.count() == articles
        ours = [os.getpid(), *filter(_ours_is, tree(os.getpid())[1:])]
        runs.memory_mb.append(sum(map(pss_mb, ours)))
        runs.resident_mb.append(sum(map(peak_mb, ours)))
        runs.same.append(len(urls) / await _pass(store, ingest))
        assert await store.articles.count() == articles
    finally:
        await fetcher.close()
        await workers.close()
        await store.close()


async def add(store: Store, url: str) -> Source:
    """A source as it is from its second day on: its feed is known to hold the whole text."""
    now = present()
    source = await store.sources.add(NewSource(url=url, title=url), now=now)
    told = PollOutcome(source_id=source.id, at=now, next_poll_at=now, text_from=TextFrom.FEED)
    await store.sources.failed(told)
    return replace(source, text_from=TextFrom.FEED, text_judged_at=now)


def _ours_is(pid: int) -> bool:
    """Whether it is a worker; the server of feeds is not."""
    with open(f"/proc/{pid}/cmdline", "rb") as told:
        return b"bot.worker" in told.read()


async def _pass(store: Store, ingest: Ingest) -> float:
    """Seconds that one poll of every source takes."""
    sources = await store.sources.all()
    began = time.perf_counter()
    reports = await ingest.poll_all(sources, keep=False)
    took_s = time.perf_counter() - began
    assert not [report.error for report in reports if report.error]
    return took_s


@asynccontextmanager
async def _heartbeat(runs: Runs) -> AsyncIterator[None]:
    """How long the loop kept a task waiting that only wants to wake often."""
    held: list[tuple[float, float]] = []

    async def beat() -> None:
        while True:
            at, cpu = time.perf_counter(), time.thread_time()
            await asyncio.sleep(BEAT_S)
            held.append((time.perf_counter() - at - BEAT_S, time.thread_time() - cpu))

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
    runs.held_ms.append(1000 * max(wall for wall, _ in held))
    runs.busy_ms.append(1000 * max(cpu for _, cpu in held))


async def _bare_s(urls: Sequence[str], articles: int, stories: StoryIndex | None = None) -> float:
    """Seconds of a loop that anyone would write first; with `stories`, of one that finds them."""
    topics = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
    places = asyncio.Semaphore(AT_ONCE)
    loop = asyncio.get_running_loop()
    connector = aiohttp.TCPConnector(resolver=Loopback(), limit=AT_ONCE)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, _read, b"", topics) for _ in range(2)))
        async with aiohttp.ClientSession(connector=connector) as session:

            async def one(number: int, url: str) -> int:
                async with places, session.get(url) as answer:
                    body = await answer.read()
                    if stories is None:
                        return await loop.run_in_executor(pool, _read, body, topics)
                    found = await loop.run_in_executor(pool, _understood, body, topics)
                    return _place(stories, number, found)

            began = time.perf_counter()
            understood = sum(await asyncio.gather(*(one(n, url) for n, url in enumerate(urls))))
            took_s = time.perf_counter() - began
    assert understood == articles
    return took_s


def _read(body: bytes, topics: str) -> int:
    return len(_understood(body, topics))


def _understood(body: bytes, topics: str) -> list[Understanding]:
    entries = feedparser.parse(body).entries
    raws = [Raw(title=entry.title, text=to_text(entry.summary).text) for entry in entries]
    return understand(raws, topics)


def _place(stories: StoryIndex, source_id: int, found: Sequence[Understanding]) -> int:
    """Put all of a feed into the index, each in its story; how many."""
    now = present()
    for one in found:
        new = stories.weigh(one, source_id=source_id, published_at=now)
        own_id = len(stories) + 1
        story_id = stories.decide(new, one.fingerprint).story_id or own_id
        stories.put(own_id, story_id, one.fingerprint, new)
    return len(found)
