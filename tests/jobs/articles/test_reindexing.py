"""Re-indexing over a real store: other rules, restarts, edits, texts that break a worker."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.jobs.articles import reindexing
from bot.jobs.articles.filing import Filing, Piece
from bot.jobs.articles.reindexing import NOTE, Reindexing
from bot.news.indexing import rules
from bot.news.understanding import Raw
from bot.workers import WorkerFailed, Workers
from storage.models import EntityKind, Entry, NewArticle, NewSource, Query, Source, Understanding
from storage.ports import Store

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
TOPICS = """
[[topic]]
slug = "flights"
emoji = "✈️"
title = { ru = "Рейсы", be = "Рэйсы", en = "Flights" }
description = { ru = "Рейсы", be = "Рэйсы", en = "Flights" }

[[topic.rule]]
weight = 5
words = ["рейс", "авиакомпания"]
"""


class Killed(BaseException):
    """The end of the process, as far as one can tell from within."""


class Here(Workers):
    """Work done where it is asked for, until `killed` after so many batches; `bad` texts crash."""

    def __init__(self, killed: int | None = None, bad: str = "никогда") -> None:
        super().__init__()
        self.killed = killed
        self.bad = bad
        self.batches = 0

    async def run(self, work, *args, timeout_s=60):
        if self.batches == self.killed:
            raise Killed
        self.batches += 1
        if any(isinstance(raw, Raw) and self.bad in raw.text for raw in args[0]):
            raise WorkerFailed("it crashed")
        return work(*args)


@pytest.fixture
def renewal(store: Store) -> Reindexing:
    return Reindexing(store=store, topics_toml=TOPICS)


async def source_of(store: Store) -> Source:
    return await store.sources.add(NewSource(url="import:a", title="Вести"), now=NOW)


async def write(
    store: Store, number: int, words: str = "по старинке", text: str = ""
) -> NewArticle:
    """As other rules understood it: hardly at all."""
    new = NewArticle(
        source_id=(await source_of(store)).id,
        key=str(number),
        url=None,
        published_at=NOW,
        seen_at=NOW,
        dated=True,
        understanding=Understanding(
            title="Рейсы",
            text=text or f"Авиакомпания открывает рейсы в Минск, {number} в неделю.",
            language="ru",
            index_text=words,
        ),
    )
    await store.articles.add([new])
    return new


async def found(store: Store, word: str) -> int:
    return len(await store.articles.search(Query(raw="", terms=(word,)), limit=100))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "PART", 2)


async def test_what_other_rules_indexed_is_found_by_todays(store, renewal, few):
    for number in range(5):
        await write(store, number)
    assert (await renewal.progress()).left == 5
    steps: list[int] = []
    assert await renewal.run(Here(), step=steps.append) == 5
    assert steps == [2, 2, 1]
    assert (await found(store, "рейс"), await found(store, "старинке")) == (5, 0)
    assert await store.check() == []
    assert (await renewal.progress()).done
    assert await renewal.run(Here()) == 0


async def test_topics_names_and_summary_are_renewed_and_the_story_stays(store, renewal):
    await write(store, 1)
    [before] = await store.articles.latest(limit=1)
    await renewal.run(Here())
    [after] = await store.articles.latest(topic="flights", limit=1)
    assert (after.id, after.story_id, after.text) == (before.id, before.story_id, before.text)
    assert [one.slug for one in after.topics] == ["flights"]
    assert [one.name for one in after.entities if one.kind is EntityKind.PLACE] == ["Минск"]
    assert after.summary == (after.text,)
    [story] = await store.stories.latest(topics=["flights"], limit=1)
    assert (story.id, story.summary) == (before.story_id, after.summary)


async def test_other_topics_are_other_rules(store, renewal):
    await renewal.begin()
    filing = Filing(store=store, workers=Here(), topics_toml=TOPICS, clock=lambda: NOW)
    entry = Entry(key="1", title="Рейсы", published_at=NOW)
    await filing.file(await source_of(store), [Piece(entry=entry, text="Новые рейсы в Минск.")])
    assert (await renewal.progress()).done
    renamed = replace(renewal, topics_toml=TOPICS.replace('"flights"', '"planes"'))
    assert (await renamed.progress()).left == 1
    assert await renamed.run(Here(), renew=filing.renew) == 1
    assert await store.articles.latest(topic="flights", limit=1) == []
    assert len(await store.stories.latest(topics=["planes"], limit=1)) == 1


async def test_a_restart_goes_on_where_it_ended_and_old_words_answer_until_then(
    store, renewal, few
):
    for number in range(5):
        await write(store, number)
    with pytest.raises(Killed):
        await renewal.run(Here(killed=1))
    assert (await found(store, "рейс"), await found(store, "старинке")) == (2, 3)
    await write(store, 5, "уже по новым")  # stored meanwhile: not its business
    assert (await renewal.progress()).left == 3
    assert await renewal.run(Here()) == 3
    assert (await found(store, "рейс"), await found(store, "новым")) == (5, 1)


async def test_a_text_that_breaks_its_worker_costs_only_itself(store, renewal, few):
    for number in range(3):
        await write(store, number, text=f"Рейсы в Минск, {number}-й плох")
    assert await renewal.run(Here(bad="1-й")) == 3
    assert (await found(store, "рейс"), await found(store, "старинке")) == (2, 1)
    assert (await renewal.progress()).done


async def test_where_nothing_can_be_understood_all_stays_to_do(store, renewal):
    for number in range(3):
        await write(store, number)
    with pytest.raises(WorkerFailed):
        await renewal.run(Here(bad="в неделю"))
    assert (await renewal.progress()).left == 3


async def test_a_new_store_is_by_todays_rules_from_its_first_article(store, renewal):
    await renewal.begin()
    await write(store, 1)
    assert await renewal.run(Here()) == 0


async def test_other_rules_begin_anew(store, renewal):
    await renewal.begin()
    await write(store, 1)
    await store.notes.set(NOTE, json.dumps({"rules": "0/0", "below": 0}))
    assert (await renewal.progress()).left == 1
    assert await renewal.run(Here()) == 1
    assert json.loads(await store.notes.get(NOTE))["rules"] == rules(TOPICS)


async def test_all_can_be_asked_for_again(store, renewal):
    await renewal.begin()
    await write(store, 1)
    await renewal.begin_anew()
    assert await renewal.run(Here()) == 1


async def test_workers_of_other_processes_do_it_all_at_once(store, renewal, few):
    for number in range(3):
        await write(store, number)
    workers = Workers(count=2)
    try:
        await replace(renewal, gently=False).run(workers)
    finally:
        await workers.close()
    assert await found(store, "рейс") == 3
