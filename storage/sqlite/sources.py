"""Sources: the feeds we poll and the headings that imports stand under."""

import sqlite3
from datetime import datetime, timedelta

from storage.models import NewSource, PollOutcome, Source, SourceKind
from storage.sqlite.database import Database
from storage.sqlite.values import instant_or_none, micros

ADD = """
INSERT INTO sources (url, title, kind, site_url, region, language, zone, enabled, next_poll_at)
VALUES (:url, :title, :kind, :site_url, :region, :language, :zone, :enabled, :now)
ON CONFLICT (url) DO UPDATE SET
    title = excluded.title, kind = excluded.kind, site_url = excluded.site_url,
    region = excluded.region, language = excluded.language, zone = excluded.zone,
    enabled = excluded.enabled, next_poll_at = excluded.next_poll_at,
    etag = NULL, last_modified = NULL, failures = 0, last_error = NULL, removed = 0
WHERE sources.removed = 1
"""

BY_URL = "SELECT * FROM sources WHERE url = :url"
GET = "SELECT * FROM sources WHERE id = :id AND removed = 0"
ALL = "SELECT * FROM sources WHERE removed = 0 ORDER BY id"
REMOVE = "UPDATE sources SET removed = 1 WHERE id = :id AND removed = 0"

ENABLE = """
UPDATE sources SET enabled = :enabled, next_poll_at = :now
WHERE id = :id AND removed = 0
"""

MOVE = """
UPDATE OR IGNORE sources SET url = :url, etag = NULL, last_modified = NULL WHERE id = :id
"""

DUE = """
SELECT * FROM sources
WHERE kind = 'feed' AND enabled = 1 AND removed = 0 AND next_poll_at <= :now
  AND (wait_until IS NULL OR wait_until <= :now)
ORDER BY next_poll_at, id
LIMIT :limit
"""

LEASE = "UPDATE sources SET next_poll_at = :until WHERE id = :id"

# A 304 repeats no validators, and those of an older answer do no harm: they only fail to match.
SUCCEEDED = """
UPDATE sources SET
    title = coalesce(:title, title),
    etag = CASE WHEN :etag IS NULL AND :last_modified IS NULL THEN etag ELSE :etag END,
    last_modified =
        CASE WHEN :etag IS NULL AND :last_modified IS NULL THEN last_modified
             ELSE :last_modified END,
    next_poll_at = :next_poll_at, wait_until = :wait_until, last_success_at = :at,
    failures = 0, last_error = NULL, enabled = enabled AND NOT :switch_off
WHERE id = :source_id
"""

FAILED = """
UPDATE sources SET
    title = coalesce(:title, title),
    next_poll_at = :next_poll_at, wait_until = :wait_until,
    failures = failures + 1, last_error = :error, enabled = enabled AND NOT :switch_off
WHERE id = :source_id
"""


class SqliteSources:
    """storage.ports.Sources over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        values = {
            "url": source.url,
            "title": source.title,
            "kind": source.kind,
            "site_url": source.site_url,
            "region": source.region,
            "language": source.language,
            "zone": source.zone,
            "enabled": source.enabled,
            "now": micros(now),
        }

        def work(c: sqlite3.Connection) -> Source:
            c.execute(ADD, values)
            return source_of(c.execute(BY_URL, {"url": source.url}).fetchone())

        return await self._db.write(work)

    async def get(self, source_id: int) -> Source | None:
        def work(c: sqlite3.Connection) -> Source | None:
            row = c.execute(GET, {"id": source_id}).fetchone()
            return None if row is None else source_of(row)

        return await self._db.read(work)

    async def all(self) -> list[Source]:
        return await self._db.read(lambda c: [source_of(row) for row in c.execute(ALL)])

    async def remove(self, source_id: int) -> bool:
        return await self._db.write(lambda c: c.execute(REMOVE, {"id": source_id}).rowcount > 0)

    async def enable(self, source_id: int, enabled: bool, *, now: datetime) -> bool:
        values = {"id": source_id, "enabled": enabled, "now": micros(now)}
        return await self._db.write(lambda c: c.execute(ENABLE, values).rowcount > 0)

    async def move(self, source_id: int, url: str) -> bool:
        values = {"id": source_id, "url": url}
        return await self._db.write(lambda c: c.execute(MOVE, values).rowcount > 0)

    async def claim_due(self, *, now: datetime, limit: int, lease_s: int) -> list[Source]:
        until = micros(now + timedelta(seconds=lease_s))

        def work(c: sqlite3.Connection) -> list[Source]:
            rows = c.execute(DUE, {"now": micros(now), "limit": limit}).fetchall()
            c.executemany(LEASE, [{"id": row["id"], "until": until} for row in rows])
            return [source_of(row) for row in rows]

        return await self._db.write(work)

    async def failed(self, outcome: PollOutcome) -> None:
        await self._db.write(lambda c: commit_outcome(c, outcome))


def commit_outcome(c: sqlite3.Connection, outcome: PollOutcome) -> None:
    """Write what a poll taught us; inside the transaction that stores its articles."""
    values = {
        "source_id": outcome.source_id,
        "at": micros(outcome.at),
        "next_poll_at": micros(outcome.next_poll_at),
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "title": outcome.title,
        "error": outcome.error,
        "wait_until": micros(outcome.wait_until),
        "switch_off": outcome.switch_off,
    }
    c.execute(SUCCEEDED if outcome.error is None else FAILED, values)


def source_of(row: sqlite3.Row) -> Source:
    return Source(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        kind=SourceKind(row["kind"]),
        site_url=row["site_url"],
        region=row["region"],
        language=row["language"],
        zone=row["zone"],
        enabled=bool(row["enabled"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        interval_s=row["interval_s"],
        next_poll_at=instant_or_none(row["next_poll_at"]),
        last_success_at=instant_or_none(row["last_success_at"]),
        failures=row["failures"],
        last_error=row["last_error"],
        wait_until=instant_or_none(row["wait_until"]),
    )
