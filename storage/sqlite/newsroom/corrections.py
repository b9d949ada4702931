"""Corrections: an editor merges and splits stories, and says what belongs together and what not."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.models import Correction, CorrectionKind, Decision, Story
from storage.sqlite.archive.decisions import decisions
from storage.sqlite.archive.editing import mend_topics
from storage.sqlite.archive.rows import stories_by_id
from storage.sqlite.archive.samples import DROP_STORY, MEND_STORY
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, instant, load, micros
from storage.sqlite.newsroom.amending import amend, restore

NOTE = """
INSERT INTO corrections (kind, at, story_id, other_id, articles)
VALUES (:kind, :at, :story_id, :other_id, :articles)
"""

AFTER = "SELECT * FROM corrections WHERE id > :after_id ORDER BY id LIMIT :limit"

NEWEST = """
SELECT * FROM corrections WHERE :story_id IS NULL OR :story_id IN (story_id, other_id)
ORDER BY id DESC LIMIT :limit
"""

ARTICLES = "SELECT id FROM articles WHERE story_id = :id ORDER BY id"

STORIES_OF = """
SELECT DISTINCT story_id FROM articles WHERE id IN (SELECT value FROM json_each(:articles))
"""

MOVE = """
UPDATE articles SET story_id = :story_id WHERE id IN (SELECT value FROM json_each(:articles))
"""

# Who had the one has had the other: nobody is told a thing twice.
GIVE = """
INSERT OR IGNORE INTO choice_stories (choice_id, story_id)
SELECT choice_id, :story_id FROM choice_stories WHERE story_id = :other_id
"""

# Whoever is given the same list of stories now is given other stories than those who had it.
SHARE_NO_MORE = """
UPDATE choices SET corrected = 1
WHERE id IN (SELECT choice_id FROM choice_stories WHERE story_id = :other_id)
"""

# All of it is set right by MEND_STORY; when it became news, and to whom, is as it was.
BEGIN_LIKE = """
INSERT INTO stories (lead_id, articles, first_at, last_at, came_at, backfill)
SELECT :lead_id, 0, first_at, last_at, came_at, backfill FROM stories WHERE id = :other_id
"""

LEAD_STAYS = """
UPDATE stories SET lead_id = :lead_id
WHERE id = :story_id AND EXISTS (
    SELECT 1 FROM articles WHERE id = :lead_id AND story_id = :story_id)
"""

# Posts that tell the one tell the other: they are edited when that is amended.
TELL = """
UPDATE post_stories SET story_id = :story_id WHERE story_id = :other_id
"""

# Who saved the one has saved the other; what is left of it goes with its story.
SAVE = """
UPDATE OR IGNORE saved SET story_id = :story_id WHERE story_id = :other_id
"""

MERGED_INTO = "SELECT story_id FROM corrections WHERE kind = 'merge' AND other_id = :id"

THREAD = """
SELECT s.id FROM stories AS s
WHERE s.thread_id = (SELECT thread_id FROM stories WHERE id = :id)
ORDER BY s.first_at, s.id
"""

LINK = """
UPDATE stories SET thread_id = (
    SELECT min(coalesce(thread_id, id)) FROM stories WHERE id IN (:story_id, :other_id))
WHERE id IN (:story_id, :other_id)
   OR thread_id IN (SELECT thread_id FROM stories WHERE id IN (:story_id, :other_id))
"""

UNLINK = """
UPDATE stories SET thread_id = NULL
WHERE id = :other_id AND thread_id = (SELECT thread_id FROM stories WHERE id = :story_id)
"""


class SqliteCorrections:
    """storage.ports.Corrections over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def merge(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        def work(c: sqlite3.Connection) -> bool:
            if story_id == other_id or not _both(c, story_id, other_id):
                return False
            articles = [row["id"] for row in c.execute(ARTICLES, {"id": other_id})]
            c.execute(SAVE, {"story_id": story_id, "other_id": other_id})
            _move(c, articles, story_id)
            _give(c, story_id, other_id)
            c.execute("DELETE FROM choice_stories WHERE story_id = :id", {"id": other_id})
            c.execute(TELL, {"story_id": story_id, "other_id": other_id})
            _note(c, CorrectionKind.MERGE, story_id, other_id, articles, now)
            return True

        return await self._db.write(work)

    async def split(self, articles: Sequence[int], *, now: datetime) -> int | None:
        def work(c: sqlite3.Connection) -> int | None:
            wanted = sorted(set(articles))
            found = [row["story_id"] for row in c.execute(STORIES_OF, {"articles": dump(wanted)})]
            if len(found) != 1:
                return None
            [other_id] = found
            all_ = {row["id"] for row in c.execute(ARTICLES, {"id": other_id})}
            if not all_ > set(wanted):
                return None
            lead = {"lead_id": wanted[0], "other_id": other_id}
            story_id = int(c.execute(BEGIN_LIKE, lead).lastrowid or 0)
            _move(c, wanted, story_id)
            _give(c, story_id, other_id)
            _note(c, CorrectionKind.SPLIT, story_id, other_id, wanted, now)
            return story_id

        return await self._db.write(work)

    async def apart(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        return await self._say(CorrectionKind.APART, UNLINK, story_id, other_id, now)

    async def link(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        return await self._say(CorrectionKind.CHAPTER, LINK, story_id, other_id, now)

    async def reword(
        self, story_id: int, *, headline: str, summary: Sequence[str] | None, now: datetime
    ) -> bool:
        def work(c: sqlite3.Connection) -> bool:
            kind, at = CorrectionKind.REWORD, micros(now)
            return amend(c, story_id, kind, at, headline=headline, summary=summary)

        return await self._db.write(work, durable=True)

    async def withdraw(self, story_id: int, *, reason: str | None, now: datetime) -> bool:
        kind, at = CorrectionKind.WITHDRAW, micros(now)
        return await self._db.write(
            lambda c: amend(c, story_id, kind, at, reason=reason), durable=True
        )

    async def restore(self, story_id: int, *, now: datetime) -> bool:
        return await self._db.write(lambda c: restore(c, story_id, micros(now)), durable=True)

    async def since(self, *, after_id: int = 0, limit: int) -> list[Correction]:
        return await self._many(AFTER, after_id=after_id, limit=limit)

    async def newest(self, *, story_id: int | None = None, limit: int) -> list[Correction]:
        return await self._many(NEWEST, story_id=story_id, limit=limit)

    async def chapters(self, story_id: int) -> list[Story]:
        def work(c: sqlite3.Connection) -> list[Story]:
            return stories_by_id(c, [row["id"] for row in c.execute(THREAD, {"id": story_id})])

        return await self._db.read(work)

    async def decisions(self, story_id: int) -> dict[int, Decision]:
        return await self._db.read(lambda c: decisions(c, story_id))

    async def now_called(self, story_id: int) -> int:
        def work(c: sqlite3.Connection) -> int:
            id_ = story_id
            while (row := c.execute(MERGED_INTO, {"id": id_}).fetchone()) is not None:
                id_ = row["story_id"]
            return id_

        return await self._db.read(work)

    async def _many(self, sentence: str, **bound: int | None) -> list[Correction]:
        return await self._db.read(
            lambda c: [_correction(row) for row in c.execute(sentence, bound).fetchall()]
        )

    async def _say(
        self, kind: CorrectionKind, sentence: str, story_id: int, other_id: int, now: datetime
    ) -> bool:
        def work(c: sqlite3.Connection) -> bool:
            if story_id == other_id or not _both(c, story_id, other_id):
                return False
            c.execute(sentence, {"story_id": story_id, "other_id": other_id})
            _note(c, kind, story_id, other_id, (), now)
            return True

        return await self._db.write(work)


def _both(c: sqlite3.Connection, story_id: int, other_id: int) -> bool:
    return len(stories_by_id(c, [story_id, other_id])) == 2


def _give(c: sqlite3.Connection, story_id: int, other_id: int) -> None:
    values = {"story_id": story_id, "other_id": other_id}
    c.execute(GIVE, values)
    c.execute(SHARE_NO_MORE, values)


def _move(c: sqlite3.Connection, articles: Sequence[int], story_id: int) -> None:
    """Articles of one story into another one; both are set right, an empty one goes."""
    moved = dump(list(articles))
    left = [row["story_id"] for row in c.execute(STORIES_OF, {"articles": moved})]
    leads = {
        id_: c.execute("SELECT lead_id FROM stories WHERE id = :id", {"id": id_}).fetchone()[0]
        for id_ in (*left, story_id)
    }
    c.execute(MOVE, {"story_id": story_id, "articles": moved})
    for id_, lead_id in leads.items():
        if c.execute(DROP_STORY, {"id": id_}).rowcount:
            continue
        c.execute(MEND_STORY, {"id": id_})
        c.execute(LEAD_STAYS, {"story_id": id_, "lead_id": lead_id})
        mend_topics(c, id_)


def _note(
    c: sqlite3.Connection,
    kind: CorrectionKind,
    story_id: int,
    other_id: int,
    articles: Sequence[int],
    now: datetime,
) -> None:
    row = {"kind": kind, "at": micros(now), "story_id": story_id, "other_id": other_id}
    c.execute(NOTE, row | {"articles": dump(list(articles))})


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        id=row["id"],
        kind=CorrectionKind(row["kind"]),
        at=instant(row["at"]),
        story_id=row["story_id"],
        other_id=row["other_id"],
        articles=tuple(load(row["articles"])),
    )
