"""Texts to stored articles: cleaned, understood, placed in stories and indexed, on two cores.

Beside it a naive pipeline of the same libraries: razdel and pymorphy3 on every word of every text,
in two processes, and a row with a full-text index for each. Also how fast new processes are that
recall the words of before, and whether an article costs more where 100,000 are stored.

Texts are invented, each anew, of words that fall as those of news do (see bench.texts).
"""

import asyncio
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from pymorphy3 import MorphAnalyzer
from razdel import sentenize, tokenize

from bench.archive import ARTICLES, archive
from bench.figures import Figure, Size, ratios
from bench.processes import cpu_s, own_peak, peak_mb, tree
from bench.texts import paragraphs, title
from bot.clock import now as present
from bot.jobs.articles import remembering
from bot.jobs.articles.filing import Filing, Piece
from bot.workers import Workers
from storage.connect import open_store
from storage.models import Entry, NewSource, Source
from storage.ports import Store

WORDS = 350
COLD, QUICK_COLD = 200, 4  # articles of which the time of new processes is taken
WARM, QUICK_WARM = 1_000, 8
GROWN, QUICK_GROWN = 50, 1  # articles filed into the large and the small store at each of
TURNS = 4
FEW, QUICK_FEW = 1_000, 40  # articles of the small one
NAIVE, QUICK_NAIVE = 60, 2
FEEDS, QUICK_FEEDS = 4, 1  # filed at once, as polls do

Text = tuple[str, str]  # title, text


class Room(NamedTuple):
    """A store, and what files into it."""

    store: Store
    workers: Workers
    filing: Filing


@dataclass(slots=True)
class Runs:
    """What each run gave."""

    cold: list[float] = field(default_factory=list)  # articles a second
    recalled: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)  # an article, of all processes
    naive: list[float] = field(default_factory=list)
    few_ms: list[float] = field(default_factory=list)  # an article
    many_ms: list[float] = field(default_factory=list)
    workers_mb: list[float] = field(default_factory=list)  # all of them


async def measure(size: Size) -> list[Figure]:
    runs = Runs()
    many, few = await archive(size), await archive(size, size.of(FEW, QUICK_FEW))
    for run in range(size.runs):
        chance = random.Random(run)
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            await _run(Path(folder), chance, size, runs, few, many)
        runs.naive.append(await _naive(_texts(chance, size.of(NAIVE, QUICK_NAIVE))))
    return _figures(runs)


def _figures(runs: Runs) -> list[Figure]:
    stored = f"{ARTICLES:,}".replace(",", " ")
    return [
        Figure(
            name=f"articles of {WORDS} words understood and stored, warm",
            unit="/s",
            runs=(*runs.warm,),
            at_least=200,
        ),
        Figure(name="CPU time of one, all processes", unit="ms", runs=(*runs.cpu_ms,), at_most=10),
        Figure(name="articles a second by new processes", unit="/s", runs=(*runs.cold,)),
        Figure(name="by new ones that recall words", unit="/s", runs=(*runs.recalled,)),
        Figure(name="a naive pipeline", unit="/s", runs=(*runs.naive,)),
        Figure(name="ours, warm, against the naive", unit="×", runs=ratios(runs.warm, runs.naive)),
        Figure(name="peak memory of all workers", unit="MB", runs=(*runs.workers_mb,), at_most=350),
        Figure(name="an article, 1 000 stored", unit="ms", runs=(*runs.few_ms,)),
        Figure(name=f"an article, {stored} stored", unit="ms", runs=(*runs.many_ms,)),
        Figure(
            name=f"time with {stored} against 1 000",
            unit="×",
            runs=ratios(runs.many_ms, runs.few_ms),
            at_most=1.2,
        ),
        own_peak(),
    ]


async def _run(
    folder: Path, chance: random.Random, size: Size, runs: Runs, few: Path, many: Path
) -> None:
    """Cold, then warm, then into other stores; then new processes that recall what these left."""
    some, feeds = size.of(COLD, QUICK_COLD), size.of(FEEDS, QUICK_FEEDS)
    async with _newsroom(folder / "svodka.db") as room:
        runs.cold.append(some / await _filed_s(room, _texts(chance, some), feeds))
        await _filed_s(room, _texts(chance, size.of(WARM, QUICK_WARM)), feeds)
        warm = _texts(chance, size.of(WARM, QUICK_WARM))
        had_s = _cpu_s()
        runs.warm.append(len(warm) / await _filed_s(room, warm, feeds))
        runs.cpu_ms.append(1000 * (_cpu_s() - had_s) / len(warm))
        few_ms, many_ms = await _grown(folder, chance, size, room.workers, (few, many))
        runs.few_ms.append(few_ms)
        runs.many_ms.append(many_ms)
        runs.workers_mb.append(sum(peak_mb(pid) for pid in tree(os.getpid())[1:]))
        await remembering.refresh(room.store, room.workers)
        words = await room.store.notes.get(remembering.NOTE)
    async with _newsroom(folder / "other.db") as room:
        await room.store.notes.set(remembering.NOTE, words or "")
        runs.recalled.append(some / await _filed_s(room, _texts(chance, some), feeds))


async def _grown(
    folder: Path, chance: random.Random, size: Size, workers: Workers, stored: Sequence[Path]
) -> list[float]:
    """Milliseconds of an article in each of these stores.

    They take turns, so that a minute in which the machine is slow costs all of them alike.
    """
    each, feeds = size.of(GROWN, QUICK_GROWN), size.of(FEEDS, QUICK_FEEDS)
    copies = [Path(shutil.copyfile(one, folder / one.name)) for one in stored]
    took_s = [0.0 for _ in copies]
    async with AsyncExitStack() as stack:
        rooms = [await stack.enter_async_context(_newsroom(one, workers)) for one in copies]
        for room in rooms:
            await _filed_s(room, _texts(chance, 1), 1)  # the index of stories is filled
        for _ in range(TURNS):
            for place, room in enumerate(rooms):
                took_s[place] += await _filed_s(room, _texts(chance, each), feeds)
    for one in copies:
        one.unlink()
    return [1000 * spent_s / (TURNS * each) for spent_s in took_s]


def _cpu_s() -> float:
    return sum(map(cpu_s, tree(os.getpid())))


@asynccontextmanager
async def _newsroom(path: Path, workers: Workers | None = None) -> AsyncIterator[Room]:
    """A store, and what files into it; by worker processes of its own, unless some are given."""
    store = await open_store(f"sqlite:///{path}")
    topics = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
    own = workers or Workers(prepare=partial(remembering.preparation, store, topics))
    try:
        yield Room(store, own, Filing(store=store, workers=own, topics_toml=topics, clock=present))
    finally:
        if workers is None:
            await own.close()
        await store.close()


async def _filed_s(room: Room, texts: Sequence[Text], feeds: int) -> float:
    """Seconds that it takes to understand and store them, as of so many sources at once."""
    sources = [await _source(room.store, n) for n in range(feeds)]
    pieces = [_piece(text, number) for number, text in enumerate(texts)]
    before, began = await room.store.articles.count(), time.perf_counter()
    await asyncio.gather(
        *(room.filing.file(source, pieces[n::feeds]) for n, source in enumerate(sources))
    )
    took_s = time.perf_counter() - began
    assert await room.store.articles.count() == before + len(texts)
    return took_s


async def _source(store: Store, number: int) -> Source:
    new = NewSource(url=f"https://bench{number}.example/rss", title=f"Вести {number}")
    return await store.sources.add(new, now=present())


def _piece(text: Text, number: int) -> Piece:
    at = present() - timedelta(minutes=number % 1000)
    entry = Entry(key=f"{text[0]} {hash(text)}", title=text[0], published_at=at)
    return Piece(entry=entry, text=text[1])


def _texts(chance: random.Random, count: int) -> list[Text]:
    return [(title(chance), "\n\n".join(paragraphs(chance, WORDS))) for _ in range(count)]


async def _naive(texts: Sequence[Text]) -> float:
    """Articles a second of a pipeline that anyone would write first."""
    loop = asyncio.get_running_loop()
    c = sqlite3.connect(":memory:")
    c.execute("CREATE VIRTUAL TABLE articles USING fts5 (title, summary, lemmas)")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, _read, ("", "Рейс.")) for _ in range(2)))
        began = time.perf_counter()
        found = await asyncio.gather(*(loop.run_in_executor(pool, _read, one) for one in texts))
        for row in found:
            c.execute("INSERT INTO articles VALUES (?, ?, ?)", row)
            c.commit()
        took_s = time.perf_counter() - began
    c.close()
    return len(texts) / took_s


def _read(text: Text) -> tuple[str, str, str]:
    """Its first two sentences, and the lemma of each of its words: no topic, name or story."""
    sentences = [one.text for one in sentenize(text[1])]
    lemmas = [_analyzer().parse(one.text)[0].normal_form for one in tokenize(text[1])]
    return text[0], " ".join(sentences[:2]), " ".join(lemmas)


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer()
