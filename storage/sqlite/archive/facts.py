"""Facts: with their article as JSON, and those to come once more, by the days they are for."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from storage.models import Event, Fact, FactKind
from storage.sqlite.archive.match import any_of
from storage.sqlite.file.values import dump, instant, instant_or_none, load, micros

A_DAY = timedelta(days=1)

ADD_EVENT = """
INSERT INTO article_events (article_id, number, since, until)
VALUES (:article_id, :number, :since, :until)
"""

DROP_EVENTS = "DELETE FROM article_events WHERE article_id = :article_id"

# Of a common word the newest articles that have it.
AHEAD = """
SELECT article_id, number FROM article_events AS e INDEXED BY article_events_ahead
WHERE since >= :since AND since < :until
  AND article_id NOT IN (SELECT id FROM withdrawn_articles)
  AND (:match IS NOT NULL OR :topics IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM article_topics AS n
      WHERE n.article_id = e.article_id AND n.slug = 'not_news'))
  AND (:topics IS NULL OR EXISTS (
      SELECT 1 FROM article_topics AS t
      WHERE t.article_id = e.article_id AND t.slug IN (SELECT value FROM json_each(:topics))))
  AND (:match IS NULL OR e.article_id IN (
      SELECT w.id FROM (
          SELECT rowid AS search_id FROM search WHERE search MATCH :match
          ORDER BY rowid DESC LIMIT 5000) AS hit
      CROSS JOIN articles AS w INDEXED BY articles_by_search ON w.search_id = hit.search_id))
ORDER BY since, until, article_id, number LIMIT :limit
"""

# Ids grow as articles come: those of the last weeks are a slice of the table. The signs of plus
# keep the index of all days out of it.
UNDER_WAY = """
SELECT e.article_id, e.number
FROM article_events AS e CROSS JOIN articles AS a ON a.id = e.article_id
WHERE e.article_id >= (
    SELECT id FROM articles INDEXED BY articles_newest
    WHERE published_at >= :told_since ORDER BY published_at LIMIT 1)
  AND +e.since < :at AND +e.until > :at AND a.published_at >= :told_since
  AND e.article_id NOT IN (SELECT id FROM withdrawn_articles)
  AND (:match IS NOT NULL OR :topics IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM article_topics AS n
      WHERE n.article_id = e.article_id AND n.slug = 'not_news'))
  AND (:topics IS NULL OR EXISTS (
      SELECT 1 FROM article_topics AS t
      WHERE t.article_id = e.article_id AND t.slug IN (SELECT value FROM json_each(:topics))))
  AND (:match IS NULL OR e.article_id IN (
      SELECT w.id FROM (
          SELECT rowid AS search_id FROM search WHERE search MATCH :match
          ORDER BY rowid DESC LIMIT 5000) AS hit
      CROSS JOIN articles AS w INDEXED BY articles_by_search ON w.search_id = hit.search_id))
ORDER BY e.until, e.since, e.article_id, e.number LIMIT :limit
"""

# `events` are pairs of an article's id and the number of its fact.
EVENTS = """
SELECT a.id, a.story_id, s.title AS source, s.kind = 'sample' AS sample, a.url, a.title, a.language,
       coalesce(a.edited_at, a.seen_at) AS told_at,
       a.facts -> ('$[' || (e.value ->> 1) || ']') AS fact
FROM json_each(:events) AS e
    CROSS JOIN articles AS a ON a.id = e.value ->> 0
    CROSS JOIN sources AS s ON s.id = a.source_id
ORDER BY e.key
"""


def dumped(facts: Sequence[Fact]) -> str:
    return dump(
        [[f.kind, f.value, f.unit, micros(f.since), micros(f.until), f.sentence] for f in facts]
    )


def loaded(column: str) -> tuple[Fact, ...]:
    return tuple(_fact(values) for values in load(column))


def _fact(values: Sequence[Any]) -> Fact:
    kind, value, unit, since, until, sentence = values
    return Fact(
        kind=FactKind(kind),
        value=value,
        unit=unit,
        since=instant_or_none(since),
        until=instant_or_none(until),
        sentence=sentence,
    )


def store_events(c: sqlite3.Connection, article_id: int, facts: Sequence[Fact]) -> None:
    """The events of an article, in place of those it had."""
    c.execute(DROP_EVENTS, {"article_id": article_id})
    add_events(c, [(article_id, facts)])


def add_events(c: sqlite3.Connection, told: Iterable[tuple[int, Sequence[Fact]]]) -> None:
    """The events among the facts of articles that have none yet."""
    rows = [
        {
            "article_id": article_id,
            "number": number,
            "since": micros(fact.since),
            "until": micros(fact.until or fact.since + A_DAY),  # of an open one, its first day
        }
        for article_id, facts in told
        for number, fact in enumerate(facts)
        if fact.kind is FactKind.EVENT and fact.since
    ]
    c.executemany(ADD_EVENT, rows)


def ahead(
    c: sqlite3.Connection,
    *,
    since: datetime,
    until: datetime,
    limit: int,
    words: Sequence[str],
    topics: Sequence[str],
) -> list[Event]:
    values = {"since": micros(since), "until": micros(until), "limit": limit}
    return _events(c, c.execute(AHEAD, values | _about(words, topics)))


def under_way(
    c: sqlite3.Connection,
    *,
    at: datetime,
    told_since: datetime,
    limit: int,
    words: Sequence[str],
    topics: Sequence[str],
) -> list[Event]:
    values = {"at": micros(at), "told_since": micros(told_since), "limit": limit}
    return _events(c, c.execute(UNDER_WAY, values | _about(words, topics)))


def _about(words: Sequence[str], topics: Sequence[str]) -> dict[str, str | None]:
    return {"match": any_of(words), "topics": dump([*topics]) if topics else None}


def _events(c: sqlite3.Connection, found: Iterable[sqlite3.Row]) -> list[Event]:
    pairs = [[row["article_id"], row["number"]] for row in found]
    return [_event(row) for row in c.execute(EVENTS, {"events": dump(pairs)})]


def _event(row: sqlite3.Row) -> Event:
    return Event(
        fact=_fact(load(row["fact"])),
        article_id=row["id"],
        story_id=row["story_id"],
        source=row["source"],
        sample=bool(row["sample"]),
        url=row["url"],
        title=row["title"],
        language=row["language"],
        told_at=instant(row["told_at"]),
    )
