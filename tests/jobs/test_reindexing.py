"""Re-indexing over a real store: other rules, restarts, edits meanwhile."""

import json
from datetime import UTC, datetime

import pytest

from bot.jobs import reindexing
from bot.news.indexing import rules
from bot.workers import WorkerFailed, Workers
from storage.models import NewArticle, NewSource, Query, Understanding
from storage.ports import Store

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


class Here(Workers):
    """Work done where it is asked for; `fails` after so many batches."""

    def __init__(self, fails: int | None = None) -> None:
        super().__init__()
        self.fails = fails
        self.batches = 0

    async def run(self, work, *args, timeout_s=60):
        if self.batches == self.fails:
            raise WorkerFailed("it is enough")
        self.batches += 1
        return work(*args)


async def write(store: Store, number: int, words: str = "по старинке") -> NewArticle:
    source = await store.sources.add(NewSource(url="import:a", title="Вести"), now=NOW)
    new = NewArticle(
        source_id=source.id,
        key=str(number),
        url=None,
        published_at=NOW,
        seen_at=NOW,
        dated=True,
        understanding=Understanding(
            title="Рейсы", text=f"Рейсы в Минск, {number}", language="ru", index_text=words
        ),
    )
    await store.articles.add([new])
    return new


async def found(store: Store, word: str) -> int:
    return len(await store.articles.search(Query(raw="", terms=(word,)), limit=100))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "BATCH", 2)


async def test_what_other_rules_indexed_is_found_by_todays(store, few):
    for number in range(5):
        await write(store, number)
    assert (await reindexing.progress(store)).left == 5
    steps: list[int] = []
    assert await reindexing.reindex(store, Here(), step=steps.append) == 5
    assert steps == [2, 2, 1]
    assert (await found(store, "рейс"), await found(store, "старинке")) == (5, 0)
    assert await store.check() == []
    assert (await reindexing.progress(store)).done
    assert await reindexing.reindex(store, Here()) == 0


async def test_a_restart_goes_on_where_it_ended_and_old_words_answer_until_then(store, few):
    for number in range(5):
        await write(store, number)
    with pytest.raises(WorkerFailed):
        await reindexing.reindex(store, Here(fails=1))
    assert (await found(store, "рейс"), await found(store, "старинке")) == (2, 3)
    await write(store, 5, "уже по новым")  # stored meanwhile: not its business
    assert (await reindexing.progress(store)).left == 3
    assert await reindexing.reindex(store, Here()) == 3
    assert (await found(store, "рейс"), await found(store, "новым")) == (5, 1)


async def test_a_new_store_is_by_todays_rules_from_its_first_article(store):
    await reindexing.begin(store)
    await write(store, 1)
    assert await reindexing.reindex(store, Here()) == 0


async def test_other_rules_begin_anew(store):
    await reindexing.begin(store)
    await write(store, 1)
    await store.notes.set(reindexing.NOTE, json.dumps({"rules": "0/0", "below": 0}))
    assert (await reindexing.progress(store)).left == 1
    assert await reindexing.reindex(store, Here()) == 1
    assert json.loads(await store.notes.get(reindexing.NOTE))["rules"] == rules()


async def test_all_can_be_asked_for_again(store):
    await reindexing.begin(store)
    await write(store, 1)
    await reindexing.begin_anew(store)
    assert await reindexing.reindex(store, Here()) == 1


async def test_a_worker_of_another_process_does_it(store):
    await write(store, 1)
    workers = Workers(count=1)
    try:
        await reindexing.reindex(store, workers)
    finally:
        await workers.close()
    assert await found(store, "рейс") == 1
