"""Facts: with their article as JSON, and those to come once more, by the days they are for."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.models import Fact, FactKind
from storage.sqlite.values import dump, instant_or_none, load, micros

A_DAY = timedelta(days=1)

ADD_EVENT = """
INSERT INTO article_events (article_id, number, since, until)
VALUES (:article_id, :number, :since, :until)
"""

DROP_EVENTS = "DELETE FROM article_events WHERE article_id = :article_id"

AHEAD = """
SELECT article_id, number FROM article_events INDEXED BY article_events_ahead
WHERE since >= :since AND since < :until
  AND article_id NOT IN (SELECT id FROM withdrawn_articles)
ORDER BY since, until, article_id, number LIMIT :limit
"""

# Ids grow as articles come: those of the last weeks are a slice of the table.
UNDER_WAY = """
SELECT e.article_id, e.number
FROM article_events AS e CROSS JOIN articles AS a ON a.id = e.article_id
WHERE e.article_id >= (
    SELECT id FROM articles INDEXED BY articles_newest
    WHERE published_at >= :told_since ORDER BY published_at LIMIT 1)
  AND e.since < :at AND e.until > :at AND a.published_at >= :told_since
  AND e.article_id NOT IN (SELECT id FROM withdrawn_articles)
ORDER BY e.until, e.since, e.article_id, e.number LIMIT :limit
"""


def dumped(facts: Sequence[Fact]) -> str:
    return dump(
        [[f.kind, f.value, f.unit, micros(f.since), micros(f.until), f.sentence] for f in facts]
    )


def loaded(column: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            kind=FactKind(kind),
            value=value,
            unit=unit,
            since=instant_or_none(since),
            until=instant_or_none(until),
            sentence=sentence,
        )
        for kind, value, unit, since, until, sentence in load(column)
    )


def store_events(c: sqlite3.Connection, article_id: int, facts: Sequence[Fact]) -> None:
    """The events of an article, in place of those it had."""
    c.execute(DROP_EVENTS, {"article_id": article_id})
    add_events(c, article_id, facts)


def add_events(c: sqlite3.Connection, article_id: int, facts: Sequence[Fact]) -> None:
    """The events of an article that has none yet."""
    c.executemany(
        ADD_EVENT,
        [
            {
                "article_id": article_id,
                "number": number,
                "since": micros(fact.since),
                "until": micros(fact.until or fact.since + A_DAY),  # of an open one, its first day
            }
            for number, fact in enumerate(facts)
            if fact.kind is FactKind.EVENT and fact.since
        ],
    )


def ahead(
    c: sqlite3.Connection, *, since: datetime, until: datetime, limit: int
) -> list[tuple[int, int]]:
    """(article id, number of the fact) of events that begin between, earliest first."""
    values = {"since": micros(since), "until": micros(until), "limit": limit}
    return [(row["article_id"], row["number"]) for row in c.execute(AHEAD, values)]


def under_way(
    c: sqlite3.Connection, *, at: datetime, told_since: datetime, limit: int
) -> list[tuple[int, int]]:
    """The same of events that are on, soonest to end first."""
    values = {"at": micros(at), "told_since": micros(told_since), "limit": limit}
    return [(row["article_id"], row["number"]) for row in c.execute(UNDER_WAY, values)]
