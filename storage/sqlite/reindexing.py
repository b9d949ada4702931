"""Re-indexing: articles in order of id, and other words for them in the search index."""

import sqlite3
from collections.abc import Sequence

from storage.models import IndexWords
from storage.sqlite.adding import ADD_WORDS
from storage.sqlite.editing import DROP_WORDS
from storage.sqlite.values import micros

BEFORE = """
SELECT id FROM articles WHERE :below IS NULL OR id < :below ORDER BY id DESC LIMIT :limit
"""

COUNT_BELOW = "SELECT count(*) FROM articles WHERE id < :below"

# Of an article that was edited meanwhile the words are newer than ours.
INDEXED = """
SELECT w.search_id, w.title, w.text, w.labels
FROM articles AS a JOIN article_words AS w ON w.search_id = a.search_id
WHERE a.id = :article_id AND a.edited_at IS :edited_at
"""


def before(c: sqlite3.Connection, below: int | None, *, limit: int) -> list[int]:
    """Ids below that one, highest first."""
    return [row["id"] for row in c.execute(BEFORE, {"below": below, "limit": limit})]


def reindex(c: sqlite3.Connection, batch: Sequence[IndexWords]) -> int:
    """Put these words into the index in place of the former; how many articles had others."""
    return sum(_reindex(c, words) for words in batch)


def _reindex(c: sqlite3.Connection, words: IndexWords) -> bool:
    values = {"article_id": words.article_id, "edited_at": micros(words.edited_at)}
    row = c.execute(INDEXED, values).fetchone()
    if row is None or (row["title"], row["text"]) == (words.title, words.text):
        return False
    c.execute(DROP_WORDS, {"search_id": row["search_id"]})  # triggers tell the index
    c.execute(ADD_WORDS, (row["search_id"], words.title, words.text, row["labels"]))
    return True
