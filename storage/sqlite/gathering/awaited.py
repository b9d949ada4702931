"""Awaited pages: what stored leads wait for, and when it is asked for again."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.models import AwaitedPage
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, instant, micros

AWAIT = "INSERT INTO awaited_pages (article_id, ask_at, tries) VALUES (:id, :ask_at, 1)"

NOT_AWAITED = "DELETE FROM awaited_pages WHERE article_id = :id"

DUE = """
SELECT p.article_id, a.source_id, a.key, p.ask_at, p.tries
FROM awaited_pages AS p JOIN articles AS a ON a.id = p.article_id
WHERE p.ask_at <= :now
ORDER BY p.ask_at, p.article_id
LIMIT :limit
"""

PUT_OFF = "UPDATE awaited_pages SET ask_at = :ask_at, tries = :tries WHERE article_id = :id"

DROP = "DELETE FROM awaited_pages WHERE article_id IN (SELECT value FROM json_each(:ids))"


class SqliteAwaitedPages:
    """storage.ports.AwaitedPages over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def due(self, *, now: datetime, limit: int) -> list[AwaitedPage]:
        values = {"now": micros(now), "limit": limit}
        return await self._db.read(lambda c: [page_of(row) for row in c.execute(DUE, values)])

    async def put_off(self, pages: Sequence[AwaitedPage]) -> None:
        rows = [{"id": p.article_id, "ask_at": micros(p.ask_at), "tries": p.tries} for p in pages]
        await self._db.write(lambda c: c.executemany(PUT_OFF, rows))

    async def drop(self, article_ids: Sequence[int]) -> None:
        values = {"ids": dump(list(article_ids))}
        await self._db.write(lambda c: c.execute(DROP, values))


def await_page(c: sqlite3.Connection, article_id: int, ask_at: datetime | None) -> None:
    """Note it with its article, in one transaction; None: there is nothing to wait for."""
    if ask_at is not None:
        c.execute(AWAIT, {"id": article_id, "ask_at": micros(ask_at)})


def await_no_more(c: sqlite3.Connection, article_id: int) -> None:
    """The article has its whole text."""
    c.execute(NOT_AWAITED, {"id": article_id})


def page_of(row: sqlite3.Row) -> AwaitedPage:
    return AwaitedPage(
        article_id=row["article_id"],
        source_id=row["source_id"],
        key=row["key"],
        ask_at=instant(row["ask_at"]),
        tries=row["tries"],
    )
