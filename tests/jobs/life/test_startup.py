"""What a start puts into the store: listed sources once, samples while nothing else is there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest

from bot.jobs.articles.filing import Filing, Piece
from bot.jobs.life.startup import STALE, load_samples, remember_waits, sync_sources
from bot.sources import errors
from bot.sources.http import Fetcher
from bot.workers import Workers
from storage.models import Entry, NewSource, PollOutcome, SourceKind
from storage.ports import Store

TOPICS = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
OUTLETS = """
[[outlet]]
key = "tom"
title = "Томь"
site = "https://tom.example"
language = "ru"
region = "Кузбасс"
zone = "Asia/Novokuznetsk"
"""
ARTICLE = """
[[article]]
outlet = "tom"
minutes_ago = {minutes}
path = "/{minutes}"
title = "Новость {minutes}"
text = '''
В Кемерове открыли мост номер {minutes}, движение по нему начнётся завтра утром.
'''
"""
SAMPLES = {
    "outlets.toml": OUTLETS,
    "news.toml": ARTICLE.format(minutes=5) + ARTICLE.format(minutes=90),
}


@pytest.fixture
async def filing(store: Store, now: datetime) -> AsyncIterator[Filing]:
    workers = Workers(count=1)
    yield Filing(store=store, workers=workers, topics_toml=TOPICS, clock=lambda: now)
    await workers.close()


def source(name: str) -> NewSource:
    return NewSource(url=f"https://{name}.example/rss", title=name)


async def test_samples_fill_an_empty_store_once(
    store: Store, filing: Filing, now: datetime
) -> None:
    assert await load_samples(store, filing, SAMPLES, now=now) == 2
    assert await load_samples(store, filing, SAMPLES, now=now) == 0
    newest = await store.articles.latest(limit=1)
    assert newest[0].sample
    assert newest[0].published_at == now - timedelta(minutes=5)


async def test_samples_that_a_kill_cut_short_are_completed(
    store: Store, filing: Filing, now: datetime
) -> None:
    half = SAMPLES | {"news.toml": ARTICLE.format(minutes=5)}
    await load_samples(store, filing, half, now=now)
    assert await load_samples(store, filing, SAMPLES, now=now) == 1
    assert await store.articles.count() == 2


async def test_samples_of_yesterday_give_way_to_fresh_ones(
    store: Store, filing: Filing, now: datetime
) -> None:
    await load_samples(store, filing, SAMPLES, now=now - timedelta(days=1))
    assert await load_samples(store, filing, SAMPLES, now=now) == 2
    assert await store.articles.count() == 2


async def test_samples_never_join_real_news(store: Store, filing: Filing, now: datetime) -> None:
    real = await store.sources.add(source("real"), now=now)
    await filing.file(real, [Piece(entry=Entry(key="1", title="Мост"), text="Открыли мост.")])
    assert await load_samples(store, filing, SAMPLES, now=now) == 0


async def test_a_listed_source_that_was_removed_stays_removed(store: Store, now: datetime) -> None:
    assert await sync_sources(store, [source("a"), source("b")], now=now) == 2
    first, second = await store.sources.all()
    await store.sources.remove(first.id)
    await store.sources.move(second.id, "https://b.example/feed")
    assert await sync_sources(store, [source("a"), source("b"), source("c")], now=now) == 1
    urls = [kept.url for kept in await store.sources.all()]
    assert urls == ["https://b.example/feed", "https://c.example/rss"]


async def test_a_selector_said_anew_is_taken_over(store: Store, now: datetime) -> None:
    page = replace(source("a"), kind=SourceKind.PAGE)
    await sync_sources(store, [page, source("b")], now=now)
    (first, _) = await store.sources.all()
    chosen = replace(page, selector=".news a")
    assert await sync_sources(store, [chosen, source("b")], now=now) == 0
    changed = await store.sources.get(first.id)
    assert changed is not None
    assert (changed.kind, changed.selector) == (SourceKind.PAGE, ".news a")
    await store.sources.remove(first.id)
    await sync_sources(store, [page], now=now)
    assert await store.sources.get(first.id) is None


async def test_a_host_that_said_to_wait_is_left_alone_after_a_restart_too(
    store: Store, site: Any, fetcher: Fetcher, now: datetime
) -> None:
    told = await store.sources.add(NewSource(url=f"{site.url}/rss", title="А"), now=now)
    wait = PollOutcome(source_id=told.id, at=now, next_poll_at=now, wait_until=now + STALE)
    await store.sources.failed(wait)
    remember_waits(await store.sources.all(), fetcher, now=now + STALE / 2)
    with pytest.raises(errors.ToldToWait):
        await fetcher.get(f"{site.url}/other")
    assert site.requests == []
    remember_waits(await store.sources.all(), fetcher, now=now + STALE)  # it is over: nothing
