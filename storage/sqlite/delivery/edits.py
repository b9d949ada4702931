"""Edits: messages that tell a story otherwise than an editor has it told now, until they say so.

A correction touches no message. Posts that are older than it are found by their stories, whenever
they were stored, and replaced piece by piece; so nothing is lost between two pieces.
"""

import builtins
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from storage.models import Edit, EditState, OutdatedPost, Post, StoryEdits
from storage.sqlite.archive.rows import stories_by_id
from storage.sqlite.delivery.posts import delivery_of, post_id, read_post
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, micros

HOLDING = """
SELECT count(*) FROM deliveries
WHERE state IN ('claimed', 'sending', 'unknown', 'sent')
  AND post_id IN (SELECT post_id FROM post_stories WHERE story_id = :story_id)
"""

# A post that is older than the amendment is to be drawn again, whatever became of its last edit.
OF_STORY = """
WITH telling AS (
    SELECT t.post_id, max(t.amendment_id <> s.amendment_id) AS outdated
    FROM stories AS s JOIN post_stories AS t ON t.story_id = s.id
    WHERE s.id = :story_id AND s.amendment_id IS NOT NULL
    GROUP BY t.post_id
)
SELECT iif(t.outdated, 'planned', e.state) AS state, iif(t.outdated, NULL, e.error) AS error,
       count(*) AS n
FROM telling AS t
    JOIN deliveries AS d INDEXED BY deliveries_of_post ON d.post_id = t.post_id
    LEFT JOIN edits AS e ON e.delivery_id = d.id
WHERE d.state IN ('claimed', 'sending', 'unknown', 'sent') AND (t.outdated OR e.state IS NOT NULL)
GROUP BY 1, 2 ORDER BY n DESC, error
"""

OUTDATED = """
SELECT DISTINCT t.post_id
FROM stories AS s INDEXED BY stories_amended CROSS JOIN post_stories AS t ON t.story_id = s.id
WHERE s.amendment_id IS NOT NULL AND t.amendment_id <> s.amendment_id AND t.post_id > :after_id
ORDER BY t.post_id LIMIT :limit
"""

POST = "SELECT post FROM posts WHERE id = :id"

TELLS = """
SELECT t.number, t.story_id
FROM post_stories AS t JOIN stories AS s ON s.id = t.story_id
WHERE t.post_id = :id AND s.amendment_id IS NOT NULL AND t.amendment_id <> s.amendment_id
"""

PIECE = """
SELECT id FROM deliveries INDEXED BY deliveries_of_post WHERE post_id = :post_id LIMIT :limit
"""

LEFT_BEHIND = "its group became a supergroup"

# One that is claimed may leave with the post that its sender has read already.
PLAN = """
INSERT INTO edits (delivery_id, state, attempts, not_before, error, changed_at)
SELECT d.id, iif(c.asleep IS NULL AND NOT d.left_behind, 'planned', 'dead'), 0, :now,
       iif(d.left_behind, :left_behind, 'its chat is asleep: ' || c.asleep), :now
FROM deliveries AS d LEFT JOIN chats AS c ON c.id = d.chat_id
WHERE d.id IN (SELECT value FROM json_each(:ids))
  AND d.state IN ('claimed', 'sending', 'unknown', 'sent')
ON CONFLICT (delivery_id) DO UPDATE SET
    state = excluded.state, attempts = 0, not_before = excluded.not_before,
    error = excluded.error, changed_at = excluded.changed_at
"""

REPLACE = """
UPDATE deliveries SET post_id = :new_id WHERE id IN (SELECT value FROM json_each(:ids))
"""

DROP_UNUSED = """
DELETE FROM posts
WHERE id = :post_id AND NOT EXISTS (SELECT 1 FROM deliveries WHERE post_id = :post_id)
"""

DUE = """
SELECT d.*, p.post, e.attempts AS edited
FROM edits AS e INDEXED BY edits_planned
    CROSS JOIN deliveries AS d ON d.id = e.delivery_id
    CROSS JOIN posts AS p ON p.id = d.post_id
WHERE e.state = 'planned' AND e.not_before <= :now AND d.state IN ('sent', 'dead')
ORDER BY e.not_before, e.delivery_id LIMIT :limit
"""

# What is said of an edit holds while its delivery has that post: a newer one is to be made yet.
SETTLE = """
UPDATE edits SET state = :state, error = :error, changed_at = :now
WHERE delivery_id = :id AND state = 'planned'
  AND EXISTS (SELECT 1 FROM deliveries WHERE id = :id AND post_id = :post_id)
"""

PUT_OFF = """
UPDATE edits SET attempts = :attempts, not_before = :until, error = :error, changed_at = :now
WHERE delivery_id = :id AND state = 'planned'
  AND EXISTS (SELECT 1 FROM deliveries WHERE id = :id AND post_id = :post_id)
"""

COUNTS = "SELECT state, count(*) AS n FROM edits GROUP BY state"

REASONS = """
SELECT error, count(*) AS n FROM edits WHERE state = 'dead'
GROUP BY error ORDER BY n DESC, error LIMIT :limit
"""


class SqliteEdits:
    """storage.ports.Edits over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def holding(self, story_id: int) -> int:
        values = {"story_id": story_id}
        return await self._db.read(lambda c: int(c.execute(HOLDING, values).fetchone()[0]))

    async def of_story(self, story_id: int) -> StoryEdits:
        values = {"story_id": story_id}
        rows = await self._db.read(lambda c: c.execute(OF_STORY, values).fetchall())
        counts = dict.fromkeys(EditState, 0)
        for row in rows:
            counts[EditState(row["state"])] += row["n"]
        dead = {row["error"]: row["n"] for row in rows if row["state"] == EditState.DEAD}
        return StoryEdits(counts=counts, reasons=dead)

    async def outdated(self, *, after_id: int = 0, limit: int) -> builtins.list[OutdatedPost]:
        values = {"after_id": after_id, "limit": limit}

        def work(c: sqlite3.Connection) -> builtins.list[OutdatedPost]:
            return [_outdated(c, row["post_id"]) for row in c.execute(OUTDATED, values).fetchall()]

        return await self._db.read(work)

    async def replace(self, old_id: int, post: Post, *, now: datetime, limit: int) -> int:
        def work(c: sqlite3.Connection) -> int:
            values: dict[str, object] = {"post_id": old_id, "limit": limit, "now": micros(now)}
            values["left_behind"] = LEFT_BEHIND
            ids = [row["id"] for row in c.execute(PIECE, values)]
            if ids:
                values |= {"ids": dump(ids), "new_id": post_id(c, post)}
                c.execute(PLAN, values)
                c.execute(REPLACE, values)
            c.execute(DROP_UNUSED, values)
            return len(ids)

        return await self._db.write(work)

    async def due(self, *, now: datetime, limit: int) -> builtins.list[Edit]:
        values = {"now": micros(now), "limit": limit}

        def work(c: sqlite3.Connection) -> builtins.list[Edit]:
            return [
                Edit(delivery=delivery_of(row), post_id=row["post_id"], attempts=row["edited"])
                for row in c.execute(DUE, values)
            ]

        return await self._db.read(work)

    async def done(self, edit: Edit, *, now: datetime) -> None:
        await self._settle(SETTLE, edit, now, state=EditState.DONE, error=None)

    async def put_off(
        self, edit: Edit, *, until: datetime, attempts: int, error: str, now: datetime
    ) -> None:
        at = micros(until)
        await self._settle(PUT_OFF, edit, now, until=at, attempts=attempts, error=error)

    async def dead(self, edit: Edit, *, error: str, now: datetime) -> None:
        await self._settle(SETTLE, edit, now, state=EditState.DEAD, error=error)

    async def counts(self) -> Mapping[EditState, int]:
        def work(c: sqlite3.Connection) -> dict[EditState, int]:
            counted = {row["state"]: row["n"] for row in c.execute(COUNTS)}
            return {state: counted.get(state, 0) for state in EditState}

        return await self._db.read(work)

    async def reasons(self, *, limit: int) -> dict[str, int]:
        rows = await self._db.read(lambda c: c.execute(REASONS, {"limit": limit}).fetchall())
        return {row["error"]: row["n"] for row in rows}

    async def _settle(
        self, sentence: str, edit: Edit, now: datetime, **columns: str | int | None
    ) -> None:
        values = {"id": edit.delivery.id, "post_id": edit.post_id, "now": micros(now)} | columns
        await self._db.write(lambda c: c.execute(sentence, values))


def _outdated(c: sqlite3.Connection, id_: int) -> OutdatedPost:
    tells = {row["number"]: row["story_id"] for row in c.execute(TELLS, {"id": id_})}
    stories = {story.id: story for story in stories_by_id(c, tells.values())}
    return OutdatedPost(
        id=id_,
        post=read_post(c.execute(POST, {"id": id_}).fetchone()["post"]),
        stories={number: stories[story_id] for number, story_id in tells.items()},
    )
