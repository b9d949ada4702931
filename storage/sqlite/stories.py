"""Stories: articles about one event, and which of them a chat has not had."""

import heapq
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice

from storage.models import Article, Query, Story
from storage.sqlite.adding import NEWS_AGE, first_search_id
from storage.sqlite.counting import counted
from storage.sqlite.database import Database
from storage.sqlite.match import expression
from storage.sqlite.rows import articles_by_id, stories_by_id
from storage.sqlite.search import source_ids
from storage.sqlite.values import dump, micros

ARTICLES = """
SELECT a.id FROM articles AS a JOIN stories AS s ON s.id = a.story_id
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

FRESH = """
SELECT s.id FROM stories AS s INDEXED BY stories_came
WHERE s.came_at > :since AND s.came_at <= :until
  AND s.id NOT IN (SELECT story_id FROM withdrawn)
  AND s.id NOT IN (
      SELECT h.story_id FROM deliveries AS d INDEXED BY deliveries_of_chat
          JOIN choice_stories AS h ON h.choice_id = d.choice_id
      WHERE d.chat_id = :chat_id)
  AND (:any_topic OR EXISTS (
      SELECT 1 FROM story_topics AS t
      WHERE t.story_id = s.id AND t.slug IN (SELECT value FROM json_each(:topics))))
ORDER BY s.came_at DESC, s.id DESC
LIMIT :limit
"""

# The newest articles that match, by the index alone; a common word is in half of all.
MATCHING = """
SELECT DISTINCT a.story_id
FROM (
    SELECT rowid AS search_id FROM search
    WHERE search MATCH :match AND rowid >= :first
      AND rowid NOT IN (SELECT search_id FROM withdrawn_articles)
    ORDER BY rowid DESC LIMIT :window
) AS hit
CROSS JOIN articles AS a INDEXED BY articles_by_search ON a.search_id = hit.search_id
"""
LOOKED_THROUGH = 5_000

CHOSEN = """
SELECT choice_id, story_id FROM choice_stories
WHERE choice_id IN (SELECT value FROM json_each(:choices))
"""

TELL = """
UPDATE stories SET lead_id = :lead_id, summary = :summary
WHERE id = :id AND EXISTS (SELECT 1 FROM articles WHERE id = :lead_id AND story_id = :id)
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
        since: datetime,
        until: datetime,
        limit: int,
    ) -> list[Story]:
        values = {
            "chat_id": chat_id,
            "since": micros(since),
            "until": micros(until),
            "any_topic": not topics,
            "topics": dump(list(topics)),
            "limit": limit,
        }

        def work(c: sqlite3.Connection) -> list[Story]:
            return stories_by_id(c, [row["id"] for row in c.execute(FRESH, values)])

        return await self._db.read(work)

    async def matching(self, queries: Sequence[Query], *, since: datetime) -> frozenset[int]:
        first = first_search_id(micros(since - NEWS_AGE))

        def work(c: sqlite3.Connection) -> frozenset[int]:
            found: set[int] = set()
            for query in queries:
                match = expression(query, source_ids(c, query), any_word=False)
                values = {"match": match, "first": first, "window": LOOKED_THROUGH}
                if match is not None:
                    found.update(row["story_id"] for row in c.execute(MATCHING, values))
            return frozenset(found)

        return await self._db.read(work)

    async def chosen(self, choices: Collection[int]) -> dict[int, frozenset[int]]:
        values = {"choices": dump([*choices])}

        def work(c: sqlite3.Connection) -> dict[int, frozenset[int]]:
            found: dict[int, set[int]] = {choice: set() for choice in choices}
            for row in c.execute(CHOSEN, values):
                found[row["choice_id"]].add(row["story_id"])
            return {choice: frozenset(stories) for choice, stories in found.items()}

        return await self._db.read(work)

    async def tell(self, story_id: int, *, lead_id: int, summary: Sequence[str]) -> None:
        values = {"id": story_id, "lead_id": lead_id, "summary": dump(list(summary))}

        def work(c: sqlite3.Connection) -> None:
            c.execute(TELL, values)

        await self._db.write(work)

    async def counted(self, spans: Sequence[tuple[datetime, datetime]]) -> list[dict[str, int]]:
        return await self._db.read(lambda c: counted(c, spans))

    async def count(self) -> int:
        return await self._db.read(lambda c: int(c.execute(COUNT).fetchone()[0]))


def _latest_of_topics(
    c: sqlite3.Connection, topics: Sequence[str], limit: int, offset: int
) -> list[int]:
    """One ordered list per topic, no longer than the page's end, merged."""
    end = offset + limit
    lists = [c.execute(LATEST_OF_TOPIC, {"topic": slug, "end": end}) for slug in topics]
    keys = [[(row["last_at"], row["story_id"]) for row in rows] for rows in lists]
    merged = dict.fromkeys(id_ for _, id_ in heapq.merge(*keys, reverse=True))
    return list(islice(merged, offset, end))
