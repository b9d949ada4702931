"""The file: one writer and a few readers, each on a thread of its own, and whole transactions.

A transaction is one function of a connection, run from BEGIN to COMMIT on that thread. Nothing
else can come between its statements, and a caller that is cancelled leaves nothing half done.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from storage.errors import StoreUnusable
from storage.sqlite.file.faults import translated
from storage.sqlite.file.migrate import migrate

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

BUSY_TIMEOUT_MS = 10_000
READERS = 2

# The words of the search index, a row each; a temporary table, so nothing is written.
WORDS = "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab (main, search, row)"


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit: BEGIN and COMMIT are ours to say."""
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # first: the rest may wait
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -8000")  # KiB
    # 16 MB of log: a piece of planning writes some 9, and would move them over after every one.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, whatever it is asked."""
    connection = connect(path)
    connection.execute(WORDS)
    connection.execute("PRAGMA query_only = ON")
    return connection


def prepare(path: Path) -> None:
    """Make the folder and the file, and bring the schema up to date."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnusable(
            f"The folder {path.parent} for the database cannot be made ({error.strerror}): make it "
            "yourself, or choose another DATABASE_URL."
        ) from error
    if path.is_dir():
        raise StoreUnusable(f"{path} is a folder: DATABASE_URL must name a file.")
    with translated(path):
        connection = connect(path)
        try:
            if journal_mode(connection) != "wal":
                raise StoreUnusable(
                    f"The disk under {path} cannot hold a write-ahead log, as network disks often "
                    "cannot: choose a local one in DATABASE_URL."
                )
            migrate(connection, path)
        finally:
            connection.close()


def journal_mode(connection: sqlite3.Connection) -> str:
    """Switch to the write-ahead log, and say what the mode is now.

    SQLite does not wait here as it waits elsewhere: two processes that open a new file at once
    would see one of them refused.
    """
    for _ in range(BUSY_TIMEOUT_MS // 20):
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.02)
    return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])


def transaction(work: Work[T], connection: sqlite3.Connection, *, durable: bool = False) -> T:
    """Run `work` as one write transaction; what it raises takes everything back."""
    # Lost power may take the newest commits of NORMAL with it, in order; never those of FULL.
    connection.execute("PRAGMA synchronous = FULL" if durable else "PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some failures have rolled back already
            connection.execute("ROLLBACK")
        raise
    return result


def _fenced(fence: Work[None], work: Work[T], connection: sqlite3.Connection) -> T:
    fence(connection)
    return work(connection)


def snapshot(work: Work[T], connection: sqlite3.Connection) -> T:
    """Run `work` as one read transaction: all its statements see the same instant."""
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


class Thread:
    """One connection on a thread of its own, taking one function after another."""

    def __init__(self, path: Path, connector: Callable[[Path], sqlite3.Connection]) -> None:
        self._path = path
        self._connector = connector
        self.waiting = 0

    async def open(self) -> "Thread":
        with translated(self._path):
            self._aio = await aiosqlite.Connection(self._connect, iter_chunk_size=64)
        return self

    def _connect(self) -> sqlite3.Connection:
        self._raw = self._connector(self._path)
        return self._raw

    async def run(self, work: Work[T]) -> T:
        self.waiting += 1
        try:
            # The one private call: aiosqlite 0.22 has no public way to run a function of ours on
            # its thread. tests/storage/test_database.py guards it.
            execute: Callable[[Callable[[], T]], Awaitable[T]] = self._aio._execute
            return await execute(partial(self._translated, work))
        finally:
            self.waiting -= 1

    def _translated(self, work: Work[T]) -> T:
        with translated(self._path):
            return work(self._raw)

    async def close(self) -> None:
        await self._aio.close()


class Database:
    """One open file. `write` and `read` are the only ways in."""

    def __init__(self, path: Path, writer: Thread, readers: list[Thread]) -> None:
        self.path = path
        self.fence: Work[None] | None = None  # raises when we may write no more
        self._writer = writer
        self._readers = readers
        self._closed = False

    @classmethod
    async def open(cls, path: Path) -> "Database":
        await asyncio.to_thread(prepare, path)
        writer = await Thread(path, connect).open()
        readers = [await Thread(path, connect_reader).open() for _ in range(READERS)]
        return cls(path, writer, readers)

    async def write(self, work: Work[T], *, durable: bool = False) -> T:
        """Run `work` as one transaction; `durable`: it survives a loss of power once returned.

        A caller that is cancelled stops waiting; what it asked for is in the queue already, and
        runs whole.
        """
        self._refuse_closed()
        if self.fence is not None:
            work = partial(_fenced, self.fence, work)
        return await self._writer.run(partial(transaction, work, durable=durable))

    async def read(self, work: Work[T]) -> T:
        """Run `work` on the least busy reader, seeing everything written before."""
        self._refuse_closed()
        reader = min(self._readers, key=lambda thread: thread.waiting)
        return await reader.run(partial(snapshot, work))

    async def alone(self, work: Work[T]) -> T:
        """Run long `work` on a read-only connection opened for it, so that no reader waits."""
        self._refuse_closed()
        thread = await Thread(self.path, connect_reader).open()
        try:
            return await thread.run(work)
        finally:
            await thread.close()

    async def close(self) -> None:
        """Finish what was asked, even by callers cancelled since; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        for thread in (*self._readers, self._writer):
            await thread.close()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreUnusable("The store was closed before this was asked of it.")
