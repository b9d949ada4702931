"""Notes: small facts that must outlive the process."""

import sqlite3

from storage.sqlite.file.database import Database

GET = "SELECT value FROM notes WHERE name = :name"

SET = """
INSERT INTO notes (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


class SqliteNotes:
    """storage.ports.Notes over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self, name: str) -> str | None:
        def work(c: sqlite3.Connection) -> str | None:
            row = c.execute(GET, {"name": name}).fetchone()
            return None if row is None else str(row["value"])

        return await self._db.read(work)

    async def set(self, name: str, value: str) -> None:
        def work(c: sqlite3.Connection) -> None:
            c.execute(SET, {"name": name, "value": value})

        await self._db.write(work)
