"""Stories: articles about one event, and which of them a chat has not had."""

import heapq
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import islice

from storage.models import Account, Accounts, Article, Choice, Query, Story
from storage.sqlite.archive.rows import articles_by_id, stories_by_id
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import dump, instant, load, micros
from storage.sqlite.newsroom.counting import counted
from storage.sqlite.newsroom.fresh import arrived, chosen, completed, fresh, grown, matching
from storage.sqlite.newsroom.weighty import weighty

ARTICLES = """
SELECT a.id FROM articles AS a JOIN stories AS s ON s.id = a.story_id
WHERE a.story_id = :story_id
ORDER BY a.id <> s.lead_id, a.published_at, a.id
LIMIT :limit
"""

TOLD = """
SELECT t.id, coalesce(e.summary, t.summary, a.summary) AS summary
FROM json_each(:came) AS came
CROSS JOIN stories AS t ON t.id = came.value ->> 0
JOIN articles AS a ON a.id = t.lead_id
LEFT JOIN corrections AS e ON e.id = t.amendment_id
WHERE t.articles >= 2 AND t.articles - (came.value ->> 1) < :limit
"""

ACCOUNTS = """
SELECT a.id, a.source_id, a.language, a.published_at, a.title, a.text, a.summary
FROM articles AS a JOIN stories AS s ON s.id = a.story_id
WHERE a.story_id = :story_id
ORDER BY a.id <> s.lead_id, a.published_at, a.id
LIMIT :limit
"""

LATEST = """
SELECT id FROM stories AS s INDEXED BY stories_newest
WHERE NOT EXISTS (
    SELECT 1 FROM story_topics AS n WHERE n.story_id = s.id AND n.slug = 'not_news')
  AND s.id NOT IN (SELECT story_id FROM withdrawn)
ORDER BY last_at DESC, id DESC LIMIT :limit OFFSET :offset
"""

LATEST_OF_TOPIC = """
SELECT last_at, story_id FROM story_topics INDEXED BY story_topics_newest
WHERE slug = :topic AND story_id NOT IN (SELECT story_id FROM withdrawn)
ORDER BY last_at DESC, story_id DESC LIMIT :end
"""

TELL = """
UPDATE stories SET lead_id = :lead_id, summary = :summary
WHERE id = :id AND EXISTS (SELECT 1 FROM articles WHERE id = :lead_id AND story_id = :id)
"""

FORGET_COMPLETED = """
DELETE FROM completed_articles WHERE article_id IN (SELECT value FROM json_each(:ids))
"""

COUNT = "SELECT count(*) FROM stories"


class SqliteStories:
    """storage.ports.Stories over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self, story_id: int) -> Story | None:
        found = await self._db.read(lambda c: stories_by_id(c, [story_id]))
        return found[0] if found else None

    async def many(self, story_ids: Sequence[int]) -> list[Story]:
        return await self._db.read(lambda c: stories_by_id(c, story_ids))

    async def articles(self, story_id: int, *, limit: int = 50) -> list[Article]:
        def work(c: sqlite3.Connection) -> list[Article]:
            rows = c.execute(ARTICLES, {"story_id": story_id, "limit": limit})
            return articles_by_id(c, [row["id"] for row in rows])

        return await self._db.read(work)

    async def accounts(self, came: Mapping[int, int], *, limit: int) -> list[Accounts]:
        values = {"came": dump([*came.items()]), "limit": limit}

        def work(c: sqlite3.Connection) -> list[Accounts]:
            return [_accounts(c, row, limit) for row in c.execute(TOLD, values).fetchall()]

        return await self._db.read(work)

    async def latest(
        self, *, topics: Sequence[str] = (), limit: int, offset: int = 0
    ) -> list[Story]:
        def work(c: sqlite3.Connection) -> list[Story]:
            if topics:
                return stories_by_id(c, _latest_of_topics(c, topics, limit, offset))
            rows = c.execute(LATEST, {"limit": limit, "offset": offset})
            return stories_by_id(c, [row["id"] for row in rows])

        return await self._db.read(work)

    async def fresh(
        self,
        *,
        chat_id: int,
        topics: Sequence[str] = (),
        among: Collection[int] | None = None,
        since: datetime,
        until: datetime,
        limit: int,
        most_told: bool = False,
    ) -> list[Story]:
        return await self._db.read(
            lambda c: fresh(
                c,
                chat_id=chat_id,
                topics=topics,
                among=among,
                since=since,
                until=until,
                limit=limit,
                most_told=most_told,
            )
        )

    async def matching(
        self, wanted: Sequence[Sequence[Query]], *, since: datetime
    ) -> list[frozenset[int]]:
        return await self._db.read(lambda c: matching(c, wanted, since))

    async def arrived(
        self, *, after_id: int, since: datetime, limit: int
    ) -> tuple[list[Story], int]:
        return await self._db.read(
            lambda c: arrived(c, after_id=after_id, since=since, limit=limit)
        )

    async def completed(self, *, since: datetime, limit: int) -> tuple[list[Story], list[int]]:
        return await self._db.read(lambda c: completed(c, since=since, limit=limit))

    async def forget_completed(self, article_ids: Sequence[int]) -> None:
        values = {"ids": dump(list(article_ids))}
        await self._db.write(lambda c: c.execute(FORGET_COMPLETED, values))

    async def grown(self, *, since: datetime, until: datetime) -> dict[int, int]:
        return await self._db.read(lambda c: grown(c, since, until))

    async def weightiest(
        self, *, topics: Sequence[str] = (), since: datetime, until: datetime, limit: int
    ) -> list[tuple[Story, int]]:
        first, end = micros(since), micros(until)
        return await self._db.read(
            lambda c: weighty(c, topics=topics, since=first, until=end, limit=limit)
        )

    async def chosen(self, choices: Collection[int]) -> dict[int, Choice]:
        return await self._db.read(lambda c: chosen(c, choices))

    async def tell(self, story_id: int, *, lead_id: int, summary: Sequence[str]) -> None:
        values = {"id": story_id, "lead_id": lead_id, "summary": dump(list(summary))}

        def work(c: sqlite3.Connection) -> None:
            c.execute(TELL, values)

        await self._db.write(work)

    async def counted(self, spans: Sequence[tuple[datetime, datetime]]) -> list[dict[str, int]]:
        return await self._db.read(lambda c: counted(c, spans))

    async def count(self) -> int:
        return await self._db.read(lambda c: int(c.execute(COUNT).fetchone()[0]))


def _accounts(c: sqlite3.Connection, story: sqlite3.Row, limit: int) -> Accounts:
    rows = c.execute(ACCOUNTS, {"story_id": story["id"], "limit": limit})
    return Accounts(
        story_id=story["id"],
        summary=tuple(load(story["summary"])),
        articles=tuple(
            Account(
                id=row["id"],
                source_id=row["source_id"],
                language=row["language"],
                published_at=instant(row["published_at"]),
                title=row["title"],
                text=row["text"],
                summary=tuple(load(row["summary"])),
            )
            for row in rows
        ),
    )


def _latest_of_topics(
    c: sqlite3.Connection, topics: Sequence[str], limit: int, offset: int
) -> list[int]:
    """One ordered list per topic, no longer than the page's end, merged."""
    end = offset + limit
    lists = [c.execute(LATEST_OF_TOPIC, {"topic": slug, "end": end}) for slug in topics]
    keys = [[(row["last_at"], row["story_id"]) for row in rows] for rows in lists]
    merged = dict.fromkeys(id_ for _, id_ in heapq.merge(*keys, reverse=True))
    return list(islice(merged, offset, end))
