"""A week of polling, with the bot's own engine, store and fetcher, and a clock that jumps."""

import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from aiohttp.abc import AbstractResolver, ResolveResult

from bench.etiquette.judge import Judge
from bench.etiquette.server import Sites, serving
from bench.etiquette.sites import DAY, Site
from bench.etiquette.world import World
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.life.startup import remember_waits
from bot.sources.http import Fetcher, user_agent
from bot.sources.wire.manners import Manners
from bot.workers import Workers
from storage.connect import open_store
from storage.models import NewSource
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

BELL_S = 60  # the bot looks so often at what is due
CONTACT = "https://svodka.example/about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What came of it."""

    judge: Judge
    restarts: int
    stored: int
    lost: tuple[str, ...]  # keys of entries that were listed and are not stored


class _Loopback(AbstractResolver):
    """Every name is this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=port,
            family=socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        return [found]

    async def close(self) -> None:
        """Nothing is open."""


async def live(sites: Sequence[Site], folder: Path, *, days: float, restarts: int) -> Week:
    """Poll these sites for so long; the bot is ended and begun anew several times in between."""
    world, judge = World(), Judge()
    asked = Sites(sites, world, judge)
    store = await open_store(f"sqlite:///{folder}/svodka.db")
    try:
        async with serving(asked) as port:
            for site in sites:
                url = f"http://{site.host}:{port}{site.path}"
                await store.sources.add(NewSource(url=url, title=url), now=world.now())
            for life in range(restarts + 1):
                until_s = days * DAY * (life + 1) / (restarts + 1)
                async with _bot(store, world) as ingest:
                    await _polled(store, ingest, world, until_s)
                judge.restarted()
        return Week(
            judge=judge,
            restarts=restarts,
            stored=await store.articles.count(),
            lost=tuple(await _lost(store, asked)),
        )
    finally:
        await store.close()


class Here(Workers):
    """Does the work in this process: the time of the world stands still meanwhile anyway."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        return work(*args)


@asynccontextmanager
async def _bot(store: Store, world: World) -> AsyncIterator[Ingest]:
    fetcher = Fetcher(
        user_agent(CONTACT),
        allow_private=True,
        manners=Manners(monotonic=world.monotonic, sleep=world.sleep),
        resolver=_Loopback(),
        now=world.now,
        total_s=DAY,  # by this machine's clock, which is not the world's
        idle_s=DAY,
        connect_s=DAY,
    )
    remember_waits(await store.sources.all(), fetcher, now=world.now())
    try:
        yield Ingest(
            store=store,
            fetcher=fetcher,
            workers=Here(),
            topics_toml=(files("bot.news.topics") / "topics.toml").read_text("utf-8"),
            clock=world.now,
        )
    finally:
        await fetcher.close()


async def _polled(store: Store, ingest: Ingest, world: World, until_s: float) -> None:
    """Jump from bell to bell at which something is due."""
    while world.at_s < until_s:
        await ingest.poll_due(limit=1_000)
        due = [source.next_poll_at for source in await store.sources.all() if source.enabled]
        wait_s = (min(at for at in due if at) - world.now()).total_seconds() if due else until_s
        bell_s = ceil((world.at_s + max(wait_s, 1)) / BELL_S) * BELL_S
        world.at_s = max(world.at_s, bell_s)


async def _lost(store: Store, asked: Sites) -> list[str]:
    """Keys of entries that were listed, and that nobody has."""
    lost: list[str] = []
    for source, site in zip(await store.sources.all(), asked.all, strict=True):
        keys = [site.key(entry) for entry in sorted(asked.listed.get(site.number, ()))]
        known = await store.articles.known(source.id, keys)
        lost += [key for key in keys if key not in known]
    return lost
