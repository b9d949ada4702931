"""Planning: a million subscriptions due in the same minute, of chats that differ as people do.

Half of them want all topics in one language; the rest differ in topics, language and zone, and a
fifth had something else before: what is shared, and how often, is left to the planner.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import asyncio
import json
import random
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from bench.figures import Figure, Size, p99
from bench.processes import own_peak
from bench.texts import paragraphs, title
from bot.jobs.planning.plan import plan_due
from bot.news.topics.scores import parse_topics
from bot.telegram.rendering.render import Render
from bot.telegram.writing.texts import Texts
from storage.connect import open_store
from storage.models import (
    DeliveryKind,
    DeliveryState,
    NewArticle,
    NewDelivery,
    NewDigest,
    NewSource,
    Post,
    TopicScore,
    Understanding,
)
from storage.ports import Store
from storage.sqlite.file.values import micros

CHATS, QUICK_CHATS = 1_000_000, 60
ARTICLES, QUICK_ARTICLES = 600, 40
NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # 08:00 in Novokuznetsk, 04:00 in Minsk
TOPICS = ("flights", "trade", "coal", "sport", "incidents", "weather")
SCATTER = 2_654_435_761  # ids of people come in no order
FILLED = 10_000
BEAT_S = 0.005
READ_S = 0.05

CHAT = """
INSERT INTO chats (id, kind, title, language, zone, changed_at) VALUES (?, 'private', ?, ?, ?, ?)
"""
SUBSCRIPTION = """
INSERT INTO subscriptions (chat_id, topics, topics_key, minutes, days, max_stories, active, asleep,
                           created_at, next_run_at, slot)
VALUES (?, ?, ?, ?, '[1,2,3,4,5,6,7]', 10, 1, 0, ?, ?, ?)
"""
HAD = """
INSERT INTO deliveries (key, chat_id, kind, state, created_at, changed_at, post_id, choice_id)
VALUES (?, ?, 'asked', 'sent', ?, ?, 1, ?)
"""


@dataclass
class Runs:
    """What was measured, a value for each run."""

    rate: list[float] = field(default_factory=list)
    by_cpu: list[float] = field(default_factory=list)  # per second of the process's own time
    megabytes: list[float] = field(default_factory=list)
    held_ms: list[float] = field(default_factory=list)
    read_ms: list[float] = field(default_factory=list)


async def measure(size: Size) -> list[Figure]:
    chats, runs = size.of(CHATS, QUICK_CHATS), Runs()
    for _ in range(size.runs):
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            await _run(Path(folder) / "svodka.db", chats, size.of(ARTICLES, QUICK_ARTICLES), runs)
    named = f"{chats:,} subscriptions".replace(",", " ")
    peak = own_peak()
    return [
        Figure(name=f"{named}: deliveries planned", unit="/s", runs=(*runs.rate,), at_least=20_000),
        Figure(name="the same per second of its CPU time", unit="/s", runs=(*runs.by_cpu,)),
        Figure(name="event loop held, p99", unit="ms", runs=(*runs.held_ms,)),
        Figure(name="a page of stories meanwhile, p99", unit="ms", runs=(*runs.read_ms,)),
        Figure(name="database, per million planned", unit="MB", runs=(*runs.megabytes,)),
        Figure(name=peak.name, unit=peak.unit, runs=peak.runs, at_most=400),
    ]


async def _run(path: Path, chats: int, articles: int, runs: Runs) -> None:
    store = await open_store(f"sqlite:///{path}")
    try:
        await _news(store, articles)
        await asyncio.to_thread(_fill, path, chats)
        before = _bytes(path)
        topics = parse_topics(
            (files("bot.news.topics") / "topics.toml").read_text("utf-8"), name="topics"
        )
        render = Render(Texts(), topics, default_zone="Asia/Novokuznetsk", default_language="ru")
        held: list[float] = []
        read: list[float] = []
        others = [asyncio.create_task(_beat(held)), asyncio.create_task(_read(store, read))]
        began, cpu = time.perf_counter(), time.process_time()
        planned = await plan_due(store, render, now=NOW, default_zone="Asia/Novokuznetsk")
        took_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        for task in others:
            task.cancel()
        counts = await store.outbox.counts()
        assert planned == chats <= counts[DeliveryState.PLANNED], (planned, counts)
    finally:
        await store.close()
    runs.rate.append(counts[DeliveryState.PLANNED] / took_s)
    runs.by_cpu.append(counts[DeliveryState.PLANNED] / cpu_s)
    runs.megabytes.append((_bytes(path) - before) / 1e6 * 1_000_000 / chats)
    runs.held_ms.append(1000 * p99(held))
    runs.read_ms.append(1000 * p99(read))


async def _news(store: Store, articles: int) -> None:
    """A day's stories, and choices of them that chats have had."""
    chance = random.Random(7)
    source = await store.sources.add(
        NewSource(url="https://outlet.example/rss", title="Вести"), now=NOW
    )
    batch = [
        NewArticle(
            source_id=source.id,
            key=str(number),
            url=f"https://outlet.example/{number}",
            published_at=(at := NOW - timedelta(minutes=2 * number + 1)),
            seen_at=at,
            dated=True,
            understanding=Understanding(
                title=title(chance),
                text="\n\n".join(said := paragraphs(chance, 3)),
                language="ru",
                topics=(TopicScore(slug=chance.choice(TOPICS), score=chance.uniform(0.3, 1)),),
                summary=tuple(part[:200] for part in said[:2]),
            ),
        )
        for number in range(articles)
    ]
    stories = [one.story_id for one in await store.articles.add(batch) if one]
    for number in range(5):
        given = tuple(stories[number * 7 : number * 7 + 10])
        key = f"had:{number}"
        part = NewDelivery(key=key, chat_id=1, kind=DeliveryKind.ASKED, post=Post(text=key))
        digest = NewDigest(chat_id=1, key=key, stories=given, deliveries=(part,), at=NOW)
        await store.outbox.plan(digest)


def _fill(path: Path, chats: int) -> None:
    """A chat and a subscription each, in no order of ids, and what some of them had."""
    chance, at, day_ago = random.Random(11), micros(NOW), micros(NOW - timedelta(days=1))
    c = sqlite3.connect(path)
    c.execute("PRAGMA synchronous = OFF")
    choices = [id_ for (id_,) in c.execute("SELECT id FROM choices")]
    for begin in range(0, chats, FILLED):
        people = [_person(number, chance) for number in range(begin, min(begin + FILLED, chats))]
        had = [id_ for id_, *_ in people if chance.random() < 0.2]
        c.executemany(CHAT, [(id_, "Ann", lang, zone, at) for id_, _, lang, zone in people])
        c.executemany(
            SUBSCRIPTION,
            [
                (id_, topics, topics, "[240]" if zone else "[480]", day_ago, at, day_ago)
                for id_, topics, _, zone in people
            ],
        )
        c.executemany(
            HAD, [(f"asked:{id_}", id_, day_ago, day_ago, chance.choice(choices)) for id_ in had]
        )
        c.commit()
    c.close()


def _person(number: int, chance: random.Random) -> tuple[int, str, str | None, str | None]:
    """A chat's id, topics, language and zone."""
    id_ = 10**9 + number * SCATTER % 7_000_000_001
    if chance.random() < 0.5:
        return id_, "[]", "ru", None
    slugs = sorted(chance.sample(TOPICS, 2))
    language = chance.choice(("ru", "be", "en", None))
    return id_, json.dumps(slugs), language, chance.choice((None, "Europe/Minsk"))


async def _beat(held: list[float]) -> None:
    """How late a task is that only wants to wake often."""
    while True:
        at = time.perf_counter()
        await asyncio.sleep(BEAT_S)
        held.append(time.perf_counter() - at - BEAT_S)


async def _read(store: Store, took: list[float]) -> None:
    """How long somebody waits for a page of the newest."""
    while True:
        at = time.perf_counter()
        await store.stories.latest(limit=10)
        took.append(time.perf_counter() - at)
        await asyncio.sleep(READ_S)


def _bytes(path: Path) -> int:
    """Of the database and its log, when the log is written back."""
    c = sqlite3.connect(path)
    c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    return path.stat().st_size
