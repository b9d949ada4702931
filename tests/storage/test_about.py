"""What is stored about a chat is told whole and forgotten whole, in every table that knows it."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

import pytest

from storage.models import Chat, ChatKind, Interest, InterestKind, Schedule, Source, Taste, Verdict
from storage.ports import Store
from storage.sqlite.file.database import Database
from storage.sqlite.store import SqliteStore
from tests.storage.conftest import Make

KNOW_CHATS = ("chat_id", "owner_id", "user_id", "reader_id")  # what such a column is called
ANNA = Chat(id=7, kind=ChatKind.PRIVATE, title="Анна", username="anna_k", language="be")
CHANNEL = Chat(id=-1_001_234_567_890, kind=ChatKind.CHANNEL, title="Канал", owner_id=ANNA.id)
TOWN = Interest(kind=InterestKind.NAME, value="гомель", label="Гомель")


@pytest.fixture
def database(store: Store) -> Database:
    assert isinstance(store, SqliteStore)
    return store._db


@pytest.fixture
async def told(store: Store, source: Source, make: Make, now: datetime) -> None:
    """Something about Anna in every table that knows chats."""
    for chat in (ANNA, CHANNEL):
        await store.chats.see(chat, now=now)
    await store.chats.taste(ANNA.id, Taste(interest=TOWN, verdict=Verdict.MUTE))
    await store.chats.ask(ANNA.id, "zone", now=now)
    await store.subscriptions.add(
        chat_id=ANNA.id, topics=("trade",), schedule=Schedule(), next_run_at=now, now=now
    )
    [article] = await store.articles.add([make.article(source, "1")])
    assert article is not None
    assert article.story_id is not None
    await store.saved.add(ANNA.id, article.story_id, now=now)
    digest = make.digest("d", chat_id=ANNA.id, stories=(article.story_id,))
    await store.outbox.plan(digest)


async def tables(database: Database) -> list[tuple[str, str]]:
    """(table, column) of all that know chats."""

    def work(c: sqlite3.Connection) -> Iterator[tuple[str, str]]:
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in c.execute(names).fetchall():
            for column in c.execute(f"PRAGMA table_info({table})").fetchall():
                if column["name"] in KNOW_CHATS:
                    yield table, column["name"]

    return await database.read(lambda c: list(work(c)))


async def rows_of(database: Database, table: str, column: str) -> int:
    sentence = f"SELECT count(*) FROM {table} WHERE {column} = {ANNA.id}"
    return await database.read(lambda c: int(c.execute(sentence).fetchone()[0]))


@pytest.mark.usefixtures("told")
async def test_every_table_that_knows_chats_tells_all_and_forgets_all(
    store: Store, database: Database
) -> None:
    known = await tables(database)
    assert len(known) >= 5
    data = await store.chats.data(ANNA.id)
    for table, column in known:
        count = await rows_of(database, table, column)
        assert count, f"give Anna a row in {table}, so that this test may see it go"
        assert len(data["channels" if column == "owner_id" else table]) == count
    assert len(data["chats"]) == 1

    await store.chats.forget(ANNA.id)
    for table, column in known:
        assert await rows_of(database, table, column) == 0, table
    assert not any((await store.chats.data(ANNA.id)).values())


@pytest.mark.usefixtures("told")
async def test_what_is_told_can_be_read(store: Store, now: datetime) -> None:
    data = json.loads(json.dumps(await store.chats.data(ANNA.id)))
    assert data["chats"][0]["title"] == "Анна"
    assert data["chats"][0]["tastes"] == [["name", "гомель", "Гомель", "mute"]]
    [mine] = data["subscriptions"]
    assert (mine["topics"], mine["minutes"], mine["next_run_at"]) == (
        ["trade"],
        [480],
        now.isoformat(),
    )
    [sent] = data["deliveries"]
    assert sent["stories"]
    assert sent["text"]
    assert data["saved"][0]["title"]
    assert data["channels"][0]["title"] == "Канал"


@pytest.mark.usefixtures("told")
async def test_of_somebody_else_nothing_is_told(store: Store) -> None:
    assert not any((await store.chats.data(8)).values())
