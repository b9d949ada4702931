"""Articles: cleaned, understood texts; stored with what their source taught us, or not at all."""

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.models import (
    Article,
    Event,
    Hit,
    NewArticle,
    PastVersion,
    PollOutcome,
    Query,
    Renewed,
    StoryPoint,
    Told,
)
from storage.sqlite.archive.adding import add_batch
from storage.sqlite.archive.editing import edit
from storage.sqlite.archive.facts import ahead, under_way
from storage.sqlite.archive.reindexing import COUNT_BELOW, before, renew
from storage.sqlite.archive.rows import articles_by_id
from storage.sqlite.archive.samples import drop_samples
from storage.sqlite.archive.search import having, newest, search
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, instant, load, micros
from storage.sqlite.gathering.outcomes import commit_outcome

KNOWN = """
SELECT key, version FROM articles
WHERE source_id = :source_id AND key IN (SELECT value FROM json_each(:keys))
"""

TOLD = """
SELECT key, url, title, substr(text, 1, 4000) AS text, published_at FROM articles
WHERE source_id = :source_id AND key IN (SELECT value FROM json_each(:keys))
"""

KNOWN_VERSIONS = """
SELECT version, url FROM articles INDEXED BY articles_versions
WHERE source_id = :source_id AND version IN (SELECT value FROM json_each(:versions))
  AND seen_at >= :since
"""

PAST = "SELECT title, text, until FROM article_past WHERE article_id = :id ORDER BY id DESC"

SHARING = """
SELECT source_id, count(*) AS n FROM articles
WHERE url IN (SELECT value FROM json_each(:urls))
GROUP BY source_id
"""

AT = """
SELECT url, source_id, key, version FROM articles
WHERE url IN (SELECT value FROM json_each(:urls))
"""

NOTE_VERSION = """
UPDATE articles SET version = :version WHERE source_id = :source_id AND key = :key
"""

FIND = """
SELECT id FROM (
    SELECT id, 1 AS preference FROM articles WHERE source_id = :source_id AND key = :key
    UNION ALL
    SELECT id, 2 FROM articles WHERE url = :url
    UNION ALL
    SELECT id, 3 FROM articles WHERE url IN (SELECT value FROM json_each(:also_at)))
ORDER BY preference LIMIT 1
"""

NEWER = "SELECT 1 FROM articles WHERE id > :after_id LIMIT 1"

# By the index of dates, though sorted by id: a window of a week is far smaller than the table.
SINCE = """
SELECT id FROM articles INDEXED BY articles_newest
WHERE published_at >= :since AND id > :after_id
ORDER BY id
"""

POINTS = """
SELECT p.article_id, a.story_id, a.source_id, a.published_at, p.terms, p.marks, p.fingerprint
FROM json_each(:ids) AS page
CROSS JOIN articles AS a ON a.id = page.value
CROSS JOIN article_points AS p ON p.article_id = a.id
"""

STORIES_OF = """
SELECT id, story_id FROM articles WHERE id IN (SELECT value FROM json_each(:ids))
"""

COUNT = "SELECT count(*) FROM articles"

SAMPLES = """
SELECT count(*) FROM articles WHERE source_id IN (SELECT id FROM sources WHERE kind = 'sample')
"""


class SqliteArticles:
    """storage.ports.Articles over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(
        self, batch: Sequence[NewArticle], *, outcome: PollOutcome | None = None
    ) -> list[Article | None]:
        def work(c: sqlite3.Connection) -> list[Article | None]:
            if outcome is not None:
                commit_outcome(c, outcome)
            return add_batch(c, batch)

        return await self._db.write(work)

    async def known(self, source_id: int, keys: Sequence[str]) -> dict[str, str | None]:
        values = {"source_id": source_id, "keys": dump(list(keys))}
        return await self._db.read(
            lambda c: {row["key"]: row["version"] for row in c.execute(KNOWN, values)}
        )

    async def told(self, source_id: int, keys: Sequence[str]) -> dict[str, Told]:
        values = {"source_id": source_id, "keys": dump(list(keys))}
        return await self._db.read(
            lambda c: {
                row["key"]: Told(
                    url=row["url"],
                    title=row["title"],
                    text=row["text"],
                    published_at=instant(row["published_at"]),
                )
                for row in c.execute(TOLD, values)
            }
        )

    async def known_versions(
        self, source_id: int, versions: Sequence[str], *, since: datetime
    ) -> dict[str, list[str]]:
        def work(c: sqlite3.Connection) -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for version, url in c.execute(KNOWN_VERSIONS, values):
                found.setdefault(version, []).extend([url] if url else [])
            return found

        values = {
            "source_id": source_id,
            "versions": dump(list(versions)),
            "since": micros(since),
        }
        return await self._db.read(work)

    async def edit(self, source_id: int, article: NewArticle, *, now: datetime) -> Article | None:
        def work(c: sqlite3.Connection) -> list[Article]:
            article_id = edit(c, source_id, article, micros(now))
            return [] if article_id is None else articles_by_id(c, [article_id])

        edited = await self._db.write(work)
        return edited[0] if edited else None

    async def past(self, article_id: int) -> list[PastVersion]:
        def work(c: sqlite3.Connection) -> list[PastVersion]:
            return [
                PastVersion(title=row["title"], text=row["text"], until=instant(row["until"]))
                for row in c.execute(PAST, {"id": article_id})
            ]

        return await self._db.read(work)

    async def sharing(self, urls: Sequence[str]) -> dict[int, int]:
        values = {"urls": dump(list(urls))}
        return await self._db.read(
            lambda c: {row["source_id"]: row["n"] for row in c.execute(SHARING, values)}
        )

    async def at(self, urls: Sequence[str]) -> dict[str, tuple[int, str, str | None]]:
        values = {"urls": dump(list(urls))}

        def work(c: sqlite3.Connection) -> dict[str, tuple[int, str, str | None]]:
            rows = c.execute(AT, values)
            return {row["url"]: (row["source_id"], row["key"], row["version"]) for row in rows}

        return await self._db.read(work)

    async def note_versions(self, source_id: int, versions: Mapping[str, str]) -> None:
        rows = [
            {"source_id": source_id, "key": key, "version": version}
            for key, version in versions.items()
        ]
        await self._db.write(lambda c: c.executemany(NOTE_VERSION, rows))

    async def get(self, article_id: int) -> Article | None:
        found = await self._db.read(lambda c: articles_by_id(c, [article_id]))
        return found[0] if found else None

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        return await self._db.read(lambda c: articles_by_id(c, article_ids))

    async def find(
        self, source_id: int, *, key: str, url: str | None, also_at: Sequence[str] = ()
    ) -> Article | None:
        values = {"source_id": source_id, "key": key, "url": url, "also_at": dump(list(also_at))}

        def work(c: sqlite3.Connection) -> list[Article]:
            return articles_by_id(c, [row["id"] for row in c.execute(FIND, values)])

        found = await self._db.read(work)
        return found[0] if found else None

    async def latest(
        self, *, topic: str | None = None, limit: int, offset: int = 0
    ) -> list[Article]:
        query = Query(raw="", topics=() if topic is None else (topic,))

        def work(c: sqlite3.Connection) -> list[Article]:
            return articles_by_id(c, newest(c, query, limit=limit, offset=offset))

        return await self._db.read(work)

    async def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        any_word: bool = False,
        stories: int | None = None,
    ) -> list[Hit]:
        def work(c: sqlite3.Connection) -> list[Hit]:
            ranks = dict(search(c, query, limit=limit, offset=offset, any_word=any_word))
            ids = list(ranks) if stories is None else _of_stories(c, list(ranks), stories)
            return [Hit(article=a, rank=ranks[a.id]) for a in articles_by_id(c, ids)]

        return await self._db.read(work)

    async def having(self, words: Sequence[str]) -> dict[str, int]:
        return await self._db.read(lambda c: having(c, words))

    async def since(self, since: datetime, *, after_id: int = 0) -> list[int]:
        values = {"since": micros(since), "after_id": after_id}

        def work(c: sqlite3.Connection) -> list[int]:
            if c.execute(NEWER, {"after_id": after_id}).fetchone() is None:
                return []  # as mostly: nothing came, and the window need not be looked through
            return [row["id"] for row in c.execute(SINCE, values)]

        return await self._db.read(work)

    async def points(self, article_ids: Sequence[int]) -> list[StoryPoint]:
        values = {"ids": dump(list(article_ids))}

        def work(c: sqlite3.Connection) -> list[StoryPoint]:
            found = {row["article_id"]: point_of(row) for row in c.execute(POINTS, values)}
            return [found[id_] for id_ in article_ids if id_ in found]

        return await self._db.read(work)

    async def ahead(
        self,
        *,
        since: datetime,
        until: datetime,
        limit: int,
        words: Sequence[str] = (),
        topics: Sequence[str] = (),
    ) -> list[Event]:
        return await self._db.read(
            lambda c: ahead(c, since=since, until=until, limit=limit, words=words, topics=topics)
        )

    async def under_way(
        self,
        *,
        at: datetime,
        told_since: datetime,
        limit: int,
        words: Sequence[str] = (),
        topics: Sequence[str] = (),
    ) -> list[Event]:
        return await self._db.read(
            lambda c: under_way(
                c, at=at, told_since=told_since, limit=limit, words=words, topics=topics
            )
        )

    async def before(self, article_id: int | None, *, limit: int) -> list[Article]:
        return await self._db.read(lambda c: articles_by_id(c, before(c, article_id, limit=limit)))

    async def renew(self, batch: Sequence[Renewed]) -> list[Article]:
        return await self._db.write(lambda c: articles_by_id(c, renew(c, batch)))

    async def count(self, *, below: int | None = None) -> int:
        sentence = COUNT if below is None else COUNT_BELOW
        values = {} if below is None else {"below": below}
        return await self._db.read(lambda c: int(c.execute(sentence, values).fetchone()[0]))

    async def samples(self) -> int:
        return await self._db.read(lambda c: int(c.execute(SAMPLES).fetchone()[0]))

    async def drop_samples(self) -> int:
        return await self._db.write(drop_samples)


def _of_stories(c: sqlite3.Connection, ids: Sequence[int], stories: int) -> list[int]:
    """Those of the articles that belong to the first so many stories that occur among them."""
    of = {row["id"]: row["story_id"] for row in c.execute(STORIES_OF, {"ids": dump(list(ids))})}
    first = set(list(dict.fromkeys(of[id_] for id_ in ids))[:stories])
    return [id_ for id_ in ids if of[id_] in first]


def point_of(row: sqlite3.Row) -> StoryPoint:
    fingerprint = row["fingerprint"]
    return StoryPoint(
        article_id=row["article_id"],
        story_id=row["story_id"],
        source_id=row["source_id"],
        published_at=instant(row["published_at"]),
        terms=load(row["terms"]),
        marks=frozenset(load(row["marks"])),
        fingerprint=struct.unpack(f"<{len(fingerprint) // 4}I", fingerprint),
    )
