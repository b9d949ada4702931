"""The SQLite store: one file, its nouns, and the lock of its one owner."""

from datetime import datetime, timedelta
from pathlib import Path

from storage.sqlite.articles import SqliteArticles
from storage.sqlite.awaited import SqliteAwaitedPages
from storage.sqlite.broadcasts import SqliteBroadcasts
from storage.sqlite.chats import SqliteChats
from storage.sqlite.corrections import SqliteCorrections
from storage.sqlite.database import Database
from storage.sqlite.edits import SqliteEdits
from storage.sqlite.hubs import SqliteHubs
from storage.sqlite.lock import OwnerLock
from storage.sqlite.notes import SqliteNotes
from storage.sqlite.outbox import SqliteOutbox
from storage.sqlite.ownership import SqliteOwnership
from storage.sqlite.saved import SqliteSaved
from storage.sqlite.sources import SqliteSources
from storage.sqlite.stories import SqliteStories
from storage.sqlite.subscriptions import SqliteSubscriptions
from storage.sqlite.upkeep import HAD_DAYS, backup, faults, tidy_slice
from storage.sqlite.values import micros


class SqliteStore:
    """storage.ports.Store over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._lock = OwnerLock(database.path)
        self.sources = SqliteSources(database)
        self.hubs = SqliteHubs(database)
        self.articles = SqliteArticles(database)
        self.awaited = SqliteAwaitedPages(database)
        self.stories = SqliteStories(database)
        self.corrections = SqliteCorrections(database)
        self.chats = SqliteChats(database)
        self.saved = SqliteSaved(database)
        self.subscriptions = SqliteSubscriptions(database)
        self.outbox = SqliteOutbox(database)
        self.edits = SqliteEdits(database)
        self.broadcasts = SqliteBroadcasts(database)
        self.notes = SqliteNotes(database)
        self.ownership = SqliteOwnership(database)

    @classmethod
    async def open(cls, path: Path) -> "SqliteStore":
        return cls(await Database.open(path))

    def own(self) -> None:
        self._lock.take()

    async def backup(self, path: str) -> None:
        await self._db.alone(lambda c: backup(c, self._db.path, Path(path)))

    async def check(self) -> list[str]:
        return await self._db.alone(faults)

    async def tidy(self, *, now: datetime, keep_days: int) -> int:
        before = micros(now - timedelta(days=max(keep_days, HAD_DAYS)))
        total = 0
        while gone := await self._db.write(lambda c: tidy_slice(c, before)):
            total += gone
        return total

    async def close(self) -> None:
        await self._db.close()
        self._lock.release()
