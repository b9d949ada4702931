"""Saved stories: what somebody keeps to read again."""

import sqlite3
from datetime import datetime

from storage.models import Story
from storage.sqlite.archive.rows import stories_by_id
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import micros

MOST = 500  # of a chat

ADD = """
INSERT OR IGNORE INTO saved (chat_id, story_id, at)
SELECT c.id, s.id, :now FROM chats AS c, stories AS s WHERE c.id = :chat_id AND s.id = :story_id
"""

MAKE_ROOM = """
DELETE FROM saved WHERE chat_id = :chat_id AND story_id IN (
    SELECT story_id FROM saved INDEXED BY saved_newest WHERE chat_id = :chat_id
    ORDER BY at DESC, story_id DESC LIMIT -1 OFFSET :most)
"""

REMOVE = "DELETE FROM saved WHERE chat_id = :chat_id AND story_id = :story_id"

PAGE = """
SELECT story_id FROM saved INDEXED BY saved_newest
WHERE chat_id = :chat_id AND story_id NOT IN (SELECT story_id FROM withdrawn)
ORDER BY at DESC, story_id DESC LIMIT :limit OFFSET :offset
"""

HAS = "SELECT 1 FROM saved WHERE chat_id = :chat_id AND story_id = :story_id"


class SqliteSaved:
    """storage.ports.Saved over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(self, chat_id: int, story_id: int, *, now: datetime) -> bool:
        values = {"chat_id": chat_id, "story_id": story_id, "now": micros(now), "most": MOST}

        def work(c: sqlite3.Connection) -> bool:
            c.execute(ADD, values)
            c.execute(MAKE_ROOM, values)
            return c.execute(HAS, values).fetchone() is not None

        return await self._db.write(work)

    async def remove(self, chat_id: int, story_id: int) -> bool:
        values = {"chat_id": chat_id, "story_id": story_id}
        return await self._db.write(lambda c: c.execute(REMOVE, values).rowcount > 0)

    async def of(self, chat_id: int, *, limit: int, offset: int = 0) -> list[Story]:
        values = {"chat_id": chat_id, "limit": limit, "offset": offset}

        def work(c: sqlite3.Connection) -> list[Story]:
            return stories_by_id(c, [row["story_id"] for row in c.execute(PAGE, values)])

        return await self._db.read(work)

    async def has(self, chat_id: int, story_id: int) -> bool:
        values = {"chat_id": chat_id, "story_id": story_id}
        return await self._db.read(lambda c: c.execute(HAS, values).fetchone() is not None)
