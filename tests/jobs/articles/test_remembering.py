"""Remembered words over a real store and real workers: kept, of one version, made anew in time."""

import asyncio
import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from bot.jobs.articles import remembering
from bot.news.words.morphology import kept
from bot.news.words.vocabulary import frequent, recall
from bot.workers import WorkerFailed, Workers
from storage.models import NewArticle, NewSource, Understanding
from storage.ports import Store

TOPICS = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


class Here(Workers):
    async def run(self, work, *args, timeout_s=60):
        return work(*args)


async def words_for_workers(store: Store) -> str:
    _, (_, words) = await remembering.preparation(store, TOPICS)
    return str(words)


async def write(store: Store, numbers: range) -> None:
    source = await store.sources.add(NewSource(url="import:a", title="Вести"), now=NOW)
    batch = [
        NewArticle(
            source_id=source.id,
            key=str(number),
            url=None,
            published_at=NOW,
            seen_at=NOW,
            dated=True,
            understanding=Understanding(
                title="Рейсы", text="Рейсов в Минск три.", language="be" if number == 1 else "ru"
            ),
        )
        for number in numbers
    ]
    await store.articles.add(batch)


async def test_a_worker_that_begins_recalls_the_words_of_before(store):
    assert await words_for_workers(store) == ""
    await write(store, range(3))
    assert await remembering.refresh(store, Here())
    cold = Workers(count=1)
    warm = Workers(count=1, prepare=lambda: remembering.preparation(store, TOPICS))
    try:
        assert await cold.run(kept, "ru") == {}
        assert (await warm.run(kept, "ru"))["Рейсов"] == "рейс"
    finally:
        await cold.close()
        await warm.close()


async def test_words_are_counted_anew_when_many_articles_came(store):
    assert not await remembering.refresh(store, Here())  # there is nothing to count
    await write(store, range(2))
    assert await remembering.refresh(store, Here())
    await write(store, range(2, 4))
    assert not await remembering.refresh(store, Here(), anew=3)
    await write(store, range(4, 5))
    assert await remembering.refresh(store, Here(), anew=3)


async def test_a_stop_notes_the_words_of_a_short_life(store):
    await write(store, range(2))
    await remembering.refresh_at_last(store, Here())
    assert await words_for_workers(store)


async def test_a_stop_does_not_fail_for_words_that_cannot_be_noted(store, monkeypatch):
    class Failing(Here):
        async def run(self, work, *args, timeout_s=60):
            raise WorkerFailed("frequent ended its process")

    class Slow(Here):
        async def run(self, work, *args, timeout_s=60):
            await asyncio.Event().wait()

    monkeypatch.setattr(remembering, "LAST_S", 0)
    await write(store, range(2))
    for workers in (Failing(), Slow()):
        await remembering.refresh_at_last(store, workers)
    assert await words_for_workers(store) == ""


async def test_words_of_other_rules_are_left_alone_and_replaced(store):
    await write(store, range(1))
    note = json.dumps({"rules": "others", "articles": 1}) + '\n{"рейсов": "чушь"}'
    await store.notes.set(remembering.NOTE, note)
    assert await words_for_workers(store) == ""
    assert await remembering.refresh(store, Here())
    assert "чушь" not in (await store.notes.get(remembering.NOTE) or "")


def test_frequent_words_come_in_lower_case_with_their_lemmas() -> None:
    assert frequent(["Рейсов 2, рейсов; COVID-19"]) == {"рейсов": "рейс", "covid": "covid"}


@pytest.mark.parametrize("words", ["", "{", "[]", '{"рейсов": 1}', "7"])
def test_what_are_no_words_is_left_alone(words: str) -> None:
    before = dict(kept("ru"))
    assert recall(words) == 0
    assert kept("ru") == before
