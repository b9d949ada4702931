"""What a chat may be given: stories that came, that match, that grew; and what it has had."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from storage.models import Choice, Query, Story
from storage.sqlite.archive.adding import NEWS_AGE, first_search_id
from storage.sqlite.archive.match import expression
from storage.sqlite.archive.rows import stories_by_id
from storage.sqlite.archive.search import source_ids
from storage.sqlite.file.values import dump, micros

FRESH = """
SELECT s.id FROM stories AS s INDEXED BY stories_came
WHERE s.came_at > :since AND s.came_at <= :until
  AND s.id NOT IN (SELECT story_id FROM withdrawn)
  AND s.id NOT IN (
      SELECT h.story_id FROM deliveries AS d INDEXED BY deliveries_of_chat
          JOIN choice_stories AS h ON h.choice_id = d.choice_id
      WHERE d.chat_id = :chat_id)
  AND (:anything
       OR EXISTS (
           SELECT 1 FROM story_topics AS t
           WHERE t.story_id = s.id AND t.slug IN (SELECT value FROM json_each(:topics)))
       OR s.id IN (SELECT value FROM json_each(:among)))
"""
NEWEST_FIRST = f"{FRESH} ORDER BY s.came_at DESC, s.id DESC LIMIT :limit"
MOST_TOLD_FIRST = f"{FRESH} ORDER BY s.articles DESC, s.came_at DESC, s.id DESC LIMIT :limit"

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
WINDOW = 5_000

# By the articles that came, the newest of which say it all.
GROWN = """
SELECT a.story_id, max(a.id) AS newest
FROM (
    SELECT id FROM articles INDEXED BY articles_seen
    WHERE seen_at > :since AND seen_at <= :until
    ORDER BY seen_at DESC LIMIT :window
) AS came
CROSS JOIN articles AS a ON a.id = came.id
CROSS JOIN stories AS s ON s.id = a.story_id
WHERE s.articles > 1 AND s.id NOT IN (SELECT story_id FROM withdrawn)
GROUP BY a.story_id
"""

ARRIVED = """
SELECT a.id, a.story_id, s.came_at FROM articles AS a JOIN stories AS s ON s.id = a.story_id
WHERE a.id > :after AND s.id NOT IN (SELECT story_id FROM withdrawn)
ORDER BY a.id LIMIT :limit
"""

COMPLETED = """
SELECT w.article_id AS id, a.story_id, s.came_at > :since AND s.id NOT IN (
    SELECT story_id FROM withdrawn) AS told
FROM completed_articles AS w JOIN articles AS a ON a.id = w.article_id
    JOIN stories AS s ON s.id = a.story_id
ORDER BY w.article_id LIMIT :limit
"""

CHOSEN = """
SELECT c.id, c.upto, s.story_id
FROM choices AS c JOIN choice_stories AS s ON s.choice_id = c.id
WHERE c.id IN (SELECT value FROM json_each(:choices))
"""


def fresh(
    c: sqlite3.Connection,
    *,
    chat_id: int,
    topics: Sequence[str],
    among: Collection[int] | None,
    since: datetime,
    until: datetime,
    limit: int,
    most_told: bool,
) -> list[Story]:
    values = {
        "chat_id": chat_id,
        "since": micros(since),
        "until": micros(until),
        "anything": not topics and among is None,
        "topics": dump([*topics]),
        "among": dump([*(among or ())]),
        "limit": limit,
    }
    rows = c.execute(MOST_TOLD_FIRST if most_told else NEWEST_FIRST, values)
    return stories_by_id(c, [row["id"] for row in rows])


def matching(
    c: sqlite3.Connection, wanted: Sequence[Sequence[Query]], since: datetime
) -> list[frozenset[int]]:
    first = first_search_id(micros(since - NEWS_AGE))

    def matched(query: Query) -> Iterator[int]:
        match = expression(query, source_ids(c, query), any_word=False)
        if match is not None:
            values = {"match": match, "first": first, "window": WINDOW}
            yield from (row["story_id"] for row in c.execute(MATCHING, values))

    return [frozenset(id_ for query in queries for id_ in matched(query)) for queries in wanted]


def arrived(
    c: sqlite3.Connection, *, after_id: int, since: datetime, limit: int
) -> tuple[list[Story], int]:
    rows = c.execute(ARRIVED, {"after": after_id, "limit": limit}).fetchall()
    came = {row["story_id"] for row in rows if row["came_at"] > micros(since)}
    return stories_by_id(c, came), max((row["id"] for row in rows), default=after_id)


def completed(
    c: sqlite3.Connection, *, since: datetime, limit: int
) -> tuple[list[Story], list[int]]:
    rows = c.execute(COMPLETED, {"since": micros(since), "limit": limit}).fetchall()
    came = {row["story_id"] for row in rows if row["told"]}
    return stories_by_id(c, came), [row["id"] for row in rows]


def grown(c: sqlite3.Connection, since: datetime, until: datetime) -> dict[int, int]:
    values = {"since": micros(since), "until": micros(until), "window": WINDOW}
    return {row["story_id"]: row["newest"] for row in c.execute(GROWN, values)}


def chosen(c: sqlite3.Connection, choices: Collection[int]) -> dict[int, Choice]:
    found: dict[int, set[int]] = {choice: set() for choice in choices}
    upto = dict.fromkeys(choices, 0)
    for row in c.execute(CHOSEN, {"choices": dump([*choices])}):
        found[row["id"]].add(row["story_id"])
        upto[row["id"]] = row["upto"]
    return {id_: Choice(stories=frozenset(found[id_]), upto=upto[id_]) for id_ in found}
