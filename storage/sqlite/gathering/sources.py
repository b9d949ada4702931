"""Sources: the feeds we poll and the headings that imports stand under."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from storage.models import (
    Learned,
    NewSource,
    OffReason,
    PollOutcome,
    Source,
    SourceKind,
    SourceStats,
    TextFrom,
)
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, instant_or_none, load, micros
from storage.sqlite.gathering.outcomes import commit_outcome
from storage.sqlite.gathering.refusing import refuse, refused

ADD = """
INSERT INTO sources (
    url, title, kind, site_url, region, language, zone, selector, enabled, next_poll_at)
VALUES (
    :url, :title, :kind, :site_url, :region, :language, :zone, :selector, :enabled, :now)
ON CONFLICT (url) DO UPDATE SET
    title = excluded.title, kind = excluded.kind, site_url = excluded.site_url,
    region = excluded.region, language = excluded.language, zone = excluded.zone,
    selector = excluded.selector, enabled = excluded.enabled,
    next_poll_at = excluded.next_poll_at, interval_s = excluded.interval_s,
    etag = NULL, last_modified = NULL, last_success_at = NULL, failures = 0, last_error = NULL,
    removed = 0,
    ttl_s = NULL, skip_hours = '[]', skip_days = '[]', moved_to = NULL, moved_times = 0,
    text_from = NULL, text_judged_at = NULL, wordless = 0,
    failing_since = NULL, off_at = NULL, off_because = NULL, same_as = NULL
WHERE sources.removed = 1
"""

BY_URL = "SELECT * FROM sources WHERE url = :url"
GET = "SELECT * FROM sources WHERE id = :id AND removed = 0"
ALL = "SELECT * FROM sources WHERE removed = 0 ORDER BY id"
TITLES = "SELECT title FROM sources WHERE removed = 0 ORDER BY id"
REMOVE = "UPDATE sources SET removed = 1 WHERE id = :id AND removed = 0"

ENABLE = """
UPDATE sources SET enabled = 1, next_poll_at = :now,
    failures = 0, last_error = NULL,
    failing_since = NULL, off_at = NULL, off_because = NULL, same_as = NULL
WHERE id = :id AND removed = 0
"""

DISABLE = "UPDATE sources SET enabled = 0 WHERE id = :id AND removed = 0"

# One that was removed keeps no address from another.
YIELD = "UPDATE sources SET url = 'removed:' || id WHERE url = :url AND removed = 1"

MOVE = """
UPDATE OR IGNORE sources SET
    url = :url, etag = NULL, last_modified = NULL, moved_to = NULL, moved_times = 0
WHERE id = :id
"""

# The kinds in POLLED, written as the index sources_due has them.
DUE = """
SELECT * FROM sources
WHERE kind NOT IN ('posts', 'import', 'sample') AND enabled = 1 AND removed = 0
  AND next_poll_at <= :now AND (wait_until IS NULL OR wait_until <= :now)
ORDER BY next_poll_at, id
LIMIT :limit
"""

LEASE = "UPDATE sources SET next_poll_at = :until WHERE id = :id"

# The middle of each source's delays; of an even number the mean of the two in the middle.
# What a source already held in the first hour of our reading it says nothing of its delay.
STATS = """
WITH seen AS (
    SELECT source_id, whole, edited_at IS NOT NULL AS edited, published_at,
           CASE WHEN dated AND NOT backfill AND seen_at - 3600000000
                     > min(seen_at) OVER (PARTITION BY source_id)
                THEN seen_at - published_at END AS delay
    FROM articles INDEXED BY articles_seen
    WHERE seen_at >= :since
), ranked AS (
    SELECT source_id, delay,
           row_number() OVER (PARTITION BY source_id ORDER BY delay) AS place,
           count(*) OVER (PARTITION BY source_id) AS of
    FROM seen WHERE delay IS NOT NULL
), medians AS (
    SELECT source_id, avg(delay) AS delay FROM ranked
    WHERE place IN ((of + 1) / 2, (of + 2) / 2)
    GROUP BY source_id
)
SELECT s.source_id, count(*) AS entries, sum(s.whole) AS whole, sum(s.edited) AS edited,
       max(s.published_at) AS newest_at, m.delay
FROM seen AS s LEFT JOIN medians AS m ON m.source_id = s.source_id
GROUP BY s.source_id
"""

LEARNED = "SELECT texts, lines FROM learned WHERE source_id = :source_id"

LEARN = """
INSERT INTO learned (source_id, texts, lines) VALUES (:source_id, :texts, :lines)
ON CONFLICT (source_id) DO UPDATE SET texts = excluded.texts, lines = excluded.lines
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
            "selector": source.selector,
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

    async def titles(self) -> list[str]:
        return await self._db.read(lambda c: [row["title"] for row in c.execute(TITLES)])

    async def remove(self, source_id: int) -> bool:
        return await self._db.write(lambda c: c.execute(REMOVE, {"id": source_id}).rowcount > 0)

    async def enable(self, source_id: int, enabled: bool, *, now: datetime) -> bool:
        values = {"id": source_id, "now": micros(now)}
        sentence = ENABLE if enabled else DISABLE
        return await self._db.write(lambda c: c.execute(sentence, values).rowcount > 0)

    async def move(self, source_id: int, url: str) -> bool:
        values = {"id": source_id, "url": url}

        def work(c: sqlite3.Connection) -> bool:
            c.execute(YIELD, values)
            return c.execute(MOVE, values).rowcount > 0

        return await self._db.write(work)

    async def claim_due(self, *, now: datetime, limit: int, lease_s: int) -> list[Source]:
        until = micros(now + timedelta(seconds=lease_s))

        def work(c: sqlite3.Connection) -> list[Source]:
            rows = c.execute(DUE, {"now": micros(now), "limit": limit}).fetchall()
            c.executemany(LEASE, [{"id": row["id"], "until": until} for row in rows])
            return [source_of(row) for row in rows]

        return await self._db.write(work)

    async def failed(self, outcome: PollOutcome) -> None:
        await self._db.write(lambda c: commit_outcome(c, outcome))

    async def failed_all(self, outcomes: Sequence[PollOutcome]) -> None:
        def work(c: sqlite3.Connection) -> None:
            for outcome in outcomes:
                commit_outcome(c, outcome)

        await self._db.write(work)

    async def by_url(self, url: str) -> Source | None:
        def work(c: sqlite3.Connection) -> Source | None:
            row = c.execute(BY_URL, {"url": url}).fetchone()
            return None if row is None or row["removed"] else source_of(row)

        return await self._db.read(work)

    async def stats(self, *, since: datetime) -> dict[int, SourceStats]:
        def work(c: sqlite3.Connection) -> dict[int, SourceStats]:
            return {row["source_id"]: stats_of(row) for row in c.execute(STATS, values)}

        values = {"since": micros(since)}
        return await self._db.alone(work)  # a month of a thousand sources takes a second

    async def learned(self, source_id: int) -> Learned:
        def work(c: sqlite3.Connection) -> Learned:
            row = c.execute(LEARNED, {"source_id": source_id}).fetchone()
            return Learned() if row is None else Learned(texts=row[0], lines=load(row[1]))

        return await self._db.read(work)

    async def learn(self, source_id: int, learned: Learned) -> None:
        values = {
            "source_id": source_id,
            "texts": learned.texts,
            "lines": dump(dict(learned.lines)),
        }
        await self._db.write(lambda c: c.execute(LEARN, values))

    async def refused(self, source_id: int, pages: Sequence[str], *, now: datetime) -> set[str]:
        return await self._db.read(lambda c: refused(c, source_id, pages, now))

    async def refuse(
        self, source_id: int, pages: Collection[str], *, now: datetime, until: datetime
    ) -> None:
        await self._db.write(lambda c: refuse(c, source_id, pages, now=now, until=until))


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
        selector=row["selector"],
        ttl_s=row["ttl_s"],
        skip_hours=frozenset(load(row["skip_hours"])),
        skip_days=frozenset(load(row["skip_days"])),
        moved_to=row["moved_to"],
        moved_times=row["moved_times"],
        text_from=None if row["text_from"] is None else TextFrom(row["text_from"]),
        text_judged_at=instant_or_none(row["text_judged_at"]),
        failing_since=instant_or_none(row["failing_since"]),
        off_at=instant_or_none(row["off_at"]),
        off_because=None if row["off_because"] is None else OffReason(row["off_because"]),
        same_as=row["same_as"],
        wordless=row["wordless"],
    )


def stats_of(row: sqlite3.Row) -> SourceStats:
    return SourceStats(
        entries=row["entries"],
        whole=row["whole"],
        edited=row["edited"],
        median_delay_s=None if row["delay"] is None else row["delay"] / 1_000_000,
        newest_at=instant_or_none(row["newest_at"]),
    )
