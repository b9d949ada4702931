"""Re-indexing: articles in order of id, and what other rules understand of them."""

import sqlite3
from collections.abc import Mapping, Sequence

from storage.models import Renewed
from storage.sqlite.archive.adding import ADD_WORDS, point_columns, understood, words_of
from storage.sqlite.archive.editing import DROP_WORDS, EDIT_POINT, FORGET_TELLING, retopic
from storage.sqlite.archive.facts import store_events
from storage.sqlite.file.values import micros

BEFORE = """
SELECT id FROM articles WHERE :below IS NULL OR id < :below ORDER BY id DESC LIMIT :limit
"""

COUNT_BELOW = "SELECT count(*) FROM articles WHERE id < :below"

# What an edit made of an article meanwhile is newer than ours.
STORED = """
SELECT id, search_id, source_id, story_id, published_at,
       language, topics, entities, summary, facts
FROM articles WHERE id = :article_id AND edited_at IS :edited_at
"""

WORDS = "SELECT search_id, title, text, labels FROM article_words WHERE search_id = :search_id"

POINT = "SELECT terms, marks, fingerprint FROM article_points WHERE article_id = :id"

RENEW = """
UPDATE articles SET
    language = :language, topics = :topics, entities = :entities, summary = :summary,
    facts = :facts
WHERE id = :id
"""


def before(c: sqlite3.Connection, below: int | None, *, limit: int) -> list[int]:
    """Ids below that one, highest first."""
    return [row["id"] for row in c.execute(BEFORE, {"below": below, "limit": limit})]


def renew(c: sqlite3.Connection, batch: Sequence[Renewed]) -> list[int]:
    """Store what is understood of these articles; the ids of those of which it was otherwise."""
    return [one.article_id for one in batch if _renew(c, one)]


def _renew(c: sqlite3.Connection, one: Renewed) -> bool:
    values = {"article_id": one.article_id, "edited_at": micros(one.edited_at)}
    stored = c.execute(STORED, values).fetchone()
    if stored is None:
        return False
    changed = [_renew_columns(c, one, stored), _renew_words(c, one, stored), _renew_point(c, one)]
    return any(changed)


def _renew_columns(c: sqlite3.Connection, one: Renewed, stored: sqlite3.Row) -> bool:
    new = understood(one.understanding)
    if _same(new, stored):
        return False
    c.execute(RENEW, new | {"id": one.article_id})
    if new["facts"] != stored["facts"]:
        store_events(c, one.article_id, one.understanding.facts)
    if new["topics"] != stored["topics"]:
        retopic(c, one.understanding, stored)
    if new["summary"] != stored["summary"]:
        c.execute(FORGET_TELLING, {"story_id": stored["story_id"]})
    return True


def _renew_words(c: sqlite3.Connection, one: Renewed, stored: sqlite3.Row) -> bool:
    words = words_of(one.understanding, stored["source_id"], stored["search_id"])
    if tuple(c.execute(WORDS, {"search_id": stored["search_id"]}).fetchone()) == words:
        return False
    c.execute(DROP_WORDS, {"search_id": stored["search_id"]})  # triggers tell the index
    c.execute(ADD_WORDS, words)
    return True


def _renew_point(c: sqlite3.Connection, one: Renewed) -> bool:
    new = point_columns(one.understanding, one.article_id)
    if _same(new, c.execute(POINT, {"id": one.article_id}).fetchone()):
        return False
    c.execute(EDIT_POINT, new)
    return True


def _same(new: Mapping[str, object], stored: sqlite3.Row) -> bool:
    return all(new[name] == stored[name] for name in stored.keys() & new.keys())
