"""Known articles: the keys and addresses under which those of a batch may be stored already."""

import sqlite3
from collections.abc import Iterator, Sequence

from storage.models import NewArticle
from storage.sqlite.file.values import dump

Place = tuple[int, str] | str  # source and key, or an address

KNOWN = """
SELECT a.source_id, a.key, a.story_id FROM json_each(:keys) AS wanted
CROSS JOIN articles AS a ON a.source_id = wanted.value ->> 0 AND a.key = wanted.value ->> 1
"""
KNOWN_AT = "SELECT url, story_id FROM articles WHERE url IN (SELECT value FROM json_each(:urls))"


def stories_known(c: sqlite3.Connection, batch: Sequence[NewArticle]) -> dict[Place, int]:
    """By places of these, the stories of the articles that are stored there."""
    keys = [(article.source_id, article.key) for article in batch]
    urls = [url for article in batch for url in (article.url, *article.also_at) if url]
    known: dict[Place, int] = {
        row["url"]: row["story_id"] for row in c.execute(KNOWN_AT, {"urls": dump(urls)})
    }
    for row in c.execute(KNOWN, {"keys": dump(keys)}):
        known[row["source_id"], row["key"]] = row["story_id"]
    return known


def own_places(article: NewArticle) -> Iterator[Place]:
    """Where it is stored."""
    yield article.source_id, article.key
    if article.url is not None:
        yield article.url


def places(article: NewArticle) -> Iterator[Place]:
    """Where it may be stored already, the surest first."""
    yield from own_places(article)
    yield from article.also_at
