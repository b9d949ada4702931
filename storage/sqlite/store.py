"""The SQLite store: one file, its nouns, and the lock of its one owner."""

from datetime import datetime, timedelta
from pathlib import Path

from storage.sqlite.archive.articles import SqliteArticles
from storage.sqlite.audience.chats import SqliteChats
from storage.sqlite.audience.subscriptions import SqliteSubscriptions
from storage.sqlite.delivery.broadcasts import SqliteBroadcasts
from storage.sqlite.delivery.edits import SqliteEdits
from storage.sqlite.delivery.outbox import SqliteOutbox
from storage.sqlite.file.database import Database
from storage.sqlite.file.lock import OwnerLock
from storage.sqlite.file.notes import SqliteNotes
from storage.sqlite.file.ownership import SqliteOwnership
from storage.sqlite.file.upkeep import HAD_DAYS, backup, faults, tidy_slice
from storage.sqlite.file.values import micros
from storage.sqlite.gathering.awaited import SqliteAwaitedPages
from storage.sqlite.gathering.hubs import SqliteHubs
from storage.sqlite.gathering.sources import SqliteSources
from storage.sqlite.newsroom.corrections import SqliteCorrections
from storage.sqlite.newsroom.saved import SqliteSaved
from storage.sqlite.newsroom.stories import SqliteStories


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
