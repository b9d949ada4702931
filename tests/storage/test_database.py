"""The SQLite file itself: whole transactions, one private call, faults said in one sentence."""

import asyncio
import inspect
import sqlite3
import threading
from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import aiosqlite
import pytest

from storage.connect import open_store
from storage.errors import SchemaTooNew, StoreBusy, StoreUnusable
from storage.sqlite.file.database import Database, connect, prepare, transaction
from storage.sqlite.file.faults import translated
from tests.conftest import opened

COUNT = "SELECT count(*) FROM notes"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "svodka.db")
    yield opened
    await opened.close()


def note(name: str, c: sqlite3.Connection) -> None:
    c.execute("INSERT INTO notes (name, value) VALUES (:name, '')", {"name": name})


async def names(database: Database) -> set[str]:
    return await database.read(lambda c: {row["name"] for row in c.execute("SELECT * FROM notes")})


def test_the_one_private_call_is_still_what_we_think() -> None:
    """aiosqlite has no public way to run a function on its thread; a new one may change this."""
    assert version("aiosqlite").startswith("0.22.")
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters) == [
        "self",
        "fn",
        "args",
        "kwargs",
    ]
    sources = Path(inspect.getfile(Database)).parent.glob("*.py")
    users = [file.name for file in sources if "._execute" in file.read_text(encoding="utf-8")]
    assert users == ["database.py"]


async def test_a_transaction_runs_whole_on_one_thread(database: Database) -> None:
    def where(c: sqlite3.Connection) -> tuple[int, bool]:
        return threading.get_ident(), c.in_transaction

    first, second = await database.write(where), await database.write(where)
    assert first == second == (first[0], True)
    assert first[0] != threading.get_ident()


async def test_a_neighbour_that_rolls_back_takes_nothing_of_ours(database: Database) -> None:
    def fail(c: sqlite3.Connection) -> None:
        note("broken", c)
        raise LookupError("on purpose")

    async def keep(number: int) -> None:
        await database.write(lambda c: note(f"kept {number}", c))

    async def break_() -> None:
        with pytest.raises(LookupError):
            await database.write(fail)

    await asyncio.gather(*(work for n in range(50) for work in (keep(n), break_())))
    assert await names(database) == {f"kept {n}" for n in range(50)}


async def test_a_cancelled_caller_leaves_its_transaction_whole_and_the_next_writer_well(
    database: Database,
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(c: sqlite3.Connection) -> None:
        note("first", c)
        begun.set()
        go_on.wait(10)
        note("second", c)

    caller = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    next_writer = asyncio.create_task(database.write(lambda c: note("third", c)))
    go_on.set()
    await next_writer
    assert await names(database) == {"first", "second", "third"}


async def test_closing_waits_for_the_transaction_of_a_cancelled_caller(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "svodka.db")
    caller = asyncio.create_task(database.write(lambda c: note("kept", c)))
    await asyncio.sleep(0)
    caller.cancel()
    await database.close()
    again = await Database.open(tmp_path / "svodka.db")
    assert await names(again) == {"kept"}
    await again.close()


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StoreUnusable):
        await database.read(lambda c: note("x", c))
    with pytest.raises(StoreUnusable):
        await database.alone(lambda c: note("x", c))
    assert await names(database) == set()


async def test_a_read_sees_one_instant(database: Database) -> None:
    first_count, go_on = threading.Event(), threading.Event()

    def twice(c: sqlite3.Connection) -> tuple[int, int]:
        before = c.execute(COUNT).fetchone()[0]
        first_count.set()
        go_on.wait(10)
        return before, c.execute(COUNT).fetchone()[0]

    reading = asyncio.create_task(database.read(twice))
    await asyncio.to_thread(first_count.wait, 10)
    await database.write(lambda c: note("x", c))
    go_on.set()
    assert await reading == (0, 0)
    assert await names(database) == {"x"}


async def test_a_slow_read_holds_up_no_other(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: sqlite3.Connection) -> None:
        begun.set()
        go_on.wait(10)

    reading = asyncio.create_task(database.read(slow))
    await asyncio.to_thread(begun.wait, 10)
    for _ in range(5):
        assert await names(database) == set()
    go_on.set()
    await reading


def test_a_durable_transaction_is_on_disk_before_it_returns(tmp_path: Path) -> None:
    prepare(tmp_path / "svodka.db")
    connection = connect(tmp_path / "svodka.db")
    level = "PRAGMA synchronous"
    levels = [
        transaction(lambda c: int(c.execute(level).fetchone()[0]), connection, durable=durable)
        for durable in (True, False, True)
    ]
    journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
    connection.close()
    assert (levels, journal) == ([2, 1, 2], "wal")


async def test_commands_wait_for_the_bots_transaction(tmp_path: Path) -> None:
    bot = await Database.open(tmp_path / "svodka.db")
    command = await Database.open(tmp_path / "svodka.db")
    begun, go_on = threading.Event(), threading.Event()

    def slow(c: sqlite3.Connection) -> None:
        note("bot", c)
        begun.set()
        go_on.wait(10)

    writing = asyncio.create_task(bot.write(slow))
    await asyncio.to_thread(begun.wait, 10)
    waiting = asyncio.create_task(command.write(lambda c: note("command", c)))
    go_on.set()
    await asyncio.gather(writing, waiting)
    assert await names(command) == {"bot", "command"}
    await bot.close()
    await command.close()


async def test_a_lock_held_too_long_is_said_plainly(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "svodka.db")
    other = sqlite3.connect(tmp_path / "svodka.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def hurry(c: sqlite3.Connection) -> None:
        c.execute("PRAGMA busy_timeout = 0")

    await database.read(hurry)
    await database._writer.run(hurry)
    with pytest.raises(StoreBusy, match="held by another process"):
        await database.write(lambda c: note("x", c))
    other.execute("ROLLBACK")
    other.close()
    await database.write(lambda c: note("x", c))
    await database.close()


async def test_a_full_disk_is_said_plainly_and_costs_only_that_transaction(
    database: Database,
) -> None:
    def fill(c: sqlite3.Connection) -> None:
        pages = c.execute("PRAGMA page_count").fetchone()[0]
        c.execute(f"PRAGMA max_page_count = {pages}")
        for n in range(10_000):
            note(f"{n} {'x' * 500}", c)

    with pytest.raises(StoreUnusable, match="free some disk space"):
        await database.write(fill)
    await database.write(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())
    await database.write(lambda c: note("x", c))
    assert await names(database) == {"x"}


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("dear diary " * 100)
    with pytest.raises(StoreUnusable, match="not a database"):
        await open_store(f"sqlite:///{file}")
    assert file.read_text().startswith("dear diary")


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreUnusable, match="another program"):
        await open_store(f"sqlite:///{file}")
    other = sqlite3.connect(file)
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    other.close()


async def test_a_database_of_a_newer_svodka_is_not_touched(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/svodka.db"
    await (await open_store(url)).close()
    newer = sqlite3.connect(tmp_path / "svodka.db")
    newer.execute("PRAGMA user_version = 9999")
    newer.close()
    with pytest.raises(SchemaTooNew, match="upgrade Svodka"):
        await open_store(url)


async def test_a_folder_in_the_files_place_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="is a folder"):
        await open_store(f"sqlite:///{tmp_path}")


async def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnusable, match="cannot be made"):
        await open_store(f"sqlite:///{tmp_path}/file/svodka.db")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("INSERT INTO notes (name, value) VALUES ('x', '')", "right to write"),
        ("ATTACH '/nowhere/at/all.db' AS x", "cannot be opened"),
    ],
)
def test_what_the_operator_can_mend_is_one_sentence(
    tmp_path: Path, sentence: str, said: str
) -> None:
    prepare(tmp_path / "svodka.db")
    connection = sqlite3.connect(f"file:{tmp_path}/svodka.db?mode=ro", uri=True)
    with pytest.raises(StoreUnusable, match=said) as caught, translated(tmp_path):
        connection.execute(sentence)
    connection.close()
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_mistake_of_ours_rises_as_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    with pytest.raises(sqlite3.OperationalError, match="syntax"), translated(tmp_path):
        connection.execute("SELEKT")
    connection.close()


async def test_damage_is_found_by_the_check(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/svodka.db") as store:
        damaged = sqlite3.connect(tmp_path / "svodka.db", isolation_level=None)
        damaged.execute(
            "INSERT INTO article_topics (article_id, slug, published_at) VALUES (5, 'x', 0)"
        )
        damaged.execute("INSERT INTO article_words VALUES (77, 'a', 'b', '')")
        damaged.execute("DELETE FROM search_docsize WHERE id = 77")
        damaged.close()
        found = await store.check()
    assert len(found) == 3
    assert "points to a row of articles" in found[0]
    assert "missing from the search index" in found[1]
