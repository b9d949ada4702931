"""What every store promises about itself: notes, copies, checks, tidying, one owner."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.connect import open_store
from storage.errors import StorageError, StoreBusy
from storage.models import Chat, ChatKind, DeliveryState, Query, Source
from storage.ports import Store
from tests.storage.conftest import Make

DAY = timedelta(days=1)


async def test_a_note_outlives_the_process(
    store: Store, open_again: Callable[[], Awaitable[Store]]
) -> None:
    assert await store.notes.get("offset") is None
    await store.notes.set("offset", "1")
    await store.notes.set("offset", "2")
    assert await (await open_again()).notes.get("offset") == "2"


async def test_a_copy_made_while_writing_goes_on_is_whole(
    store: Store, source: Source, make: Make, tmp_path: Path
) -> None:
    await store.articles.add([make.article(source, str(n), "Рейс") for n in range(50)])

    async def keep_writing() -> None:
        for n in range(20):
            await store.articles.add([make.article(source, f"later {n}", "Рейс")])

    copy = tmp_path / "copies" / "svodka.db"
    await asyncio.gather(store.backup(str(copy)), keep_writing())
    restored = await open_store(f"sqlite:///{copy}")
    try:
        assert await restored.check() == []
        assert await restored.articles.count() >= 50
        hits = await restored.articles.search(Query(raw="", terms=("рейс",)), limit=50)
        assert len(hits) == 50
    finally:
        await restored.close()


async def test_a_copy_that_cannot_be_written_is_said_plainly(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be written"):
        await store.backup(str(tmp_path / "file" / "copy.db"))
    with pytest.raises(StorageError, match="the database itself"):
        await store.backup(str(tmp_path / "svodka.db"))
    assert await store.check() == []


async def test_nothing_is_wrong_with_a_store_that_was_used(
    store: Store, source: Source, sample_source: Source, make: Make
) -> None:
    await store.articles.add([make.article(source, "1"), make.article(sample_source, "2")])
    await store.articles.drop_samples()
    assert await store.check() == []


async def test_tidying_takes_what_is_settled_and_old(
    store: Store, make: Make, now: datetime
) -> None:
    await store.chats.see(Chat(id=7, kind=ChatKind.PRIVATE), now=now)
    for key, at in [("old", now - 31 * DAY), ("new", now)]:
        await store.outbox.add(make.delivery(key), now=at)
        [delivery] = await store.outbox.claim(owner="o", now=at, limit=1, lease_s=60)
        await store.outbox.sending(delivery.id, floor=None, now=at)
        await store.outbox.sent(delivery.id, message_id=100 if key == "old" else 900, now=at)
        await store.outbox.saw_message(8, delivery.id)
    await store.outbox.add(make.delivery("open"), now=now - 99 * DAY)

    assert await store.outbox.known_ids(7, above=0) == {1, 2, 100, 900}
    assert await store.tidy(now=now, keep_days=30) == 4
    assert [d.key for d in await store.outbox.list()] == ["open", "new"]
    assert await store.outbox.known_ids(7, above=0) == {900}
    assert await store.tidy(now=now, keep_days=30) == 0
    assert await store.tidy(now=now + 99 * DAY, keep_days=30) == 1
    assert await store.outbox.floor(7) == 900  # what the next request starts from
    assert (await store.outbox.counts())[DeliveryState.PLANNED] == 1


async def test_a_digest_given_last_week_stays_given_however_tidy(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    [article] = await store.articles.add([make.article(source, "1")])
    assert article is not None
    await store.outbox.plan(make.digest("d", stories=(article.story_id,)))
    await store.tidy(now=now + 7 * DAY, keep_days=1)
    assert await store.stories.fresh(chat_id=7, since=now - DAY, until=now, limit=5) == []


async def test_a_database_has_one_owner_at_a_time(
    store: Store, open_again: Callable[[], Awaitable[Store]]
) -> None:
    store.own()
    store.own()
    second = await open_again()
    await second.notes.set("a command", "works beside the bot")
    with pytest.raises(StoreBusy, match="Another Svodka is running"):
        second.own()
    await store.close()
    second.own()


async def test_a_closed_store_says_so_and_may_be_closed_again(store: Store) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StorageError, match="closed"):
        await store.notes.get("x")
