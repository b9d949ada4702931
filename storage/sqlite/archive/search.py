"""Search: words through FTS5, everything else through indexes; ids and ranks come out.

A common word is in half of the articles, and ranking them all takes a second. So the newest that
match are taken first, by the order of the index itself, and only these are ranked.
"""

import heapq
import sqlite3
from collections.abc import Sequence
from itertools import islice

from storage.models import Query
from storage.sqlite.archive.adding import PER_HOUR, first_search_id
from storage.sqlite.archive.match import NOTHING, any_of, expression
from storage.sqlite.file.values import dump, micros

WINDOW = 500
FRESH = 0.2  # what the newest of those that match gains in rank; one a week older, half of it
WEEK = 7.0 * 24 * PER_HOUR  # in search ids
LAST = (1 << 63) - 1

# A word in the title says four times more than one in the text; a label says nothing.
WORDS = """
SELECT a.id, hit.rank
FROM (
    SELECT
        search_id,
        rank * (1 + :fresh / (1 + (max(search_id) OVER () - search_id) / :week)) AS rank
    FROM (
        SELECT rowid AS search_id, bm25(search, 4.0, 1.0, 0.0) AS rank
        FROM search
        WHERE search MATCH :match AND rowid NOT IN (SELECT search_id FROM withdrawn_articles)
        ORDER BY rowid DESC LIMIT :window
    )
    ORDER BY rank, search_id DESC LIMIT :limit OFFSET :offset
) AS hit
CROSS JOIN articles AS a INDEXED BY articles_by_search ON a.search_id = hit.search_id
ORDER BY hit.rank, hit.search_id DESC
"""

# The same between two instants: by the hours in the index, then by the articles' own dates.
WORDS_BETWEEN = """
SELECT id, rank * (1 + :fresh / (1 + (max(search_id) OVER () - search_id) / :week)) AS rank
FROM (
    SELECT a.id, search.rowid AS search_id, bm25(search, 4.0, 1.0, 0.0) AS rank
    FROM search
    CROSS JOIN articles AS a INDEXED BY articles_by_search ON a.search_id = search.rowid
    WHERE search MATCH :match AND search.rowid >= :first AND search.rowid < :end
      AND a.published_at >= :since AND a.published_at < :until
      AND search.rowid NOT IN (SELECT search_id FROM withdrawn_articles)
    ORDER BY search.rowid DESC LIMIT :window
)
ORDER BY rank, search_id DESC LIMIT :limit OFFSET :offset
"""

# By date alone, of the newest that match.
WORDS_BY_DATE = """
SELECT id FROM (
    SELECT a.id, a.published_at
    FROM search
    CROSS JOIN articles AS a INDEXED BY articles_by_search ON a.search_id = search.rowid
    WHERE search MATCH :match AND search.rowid >= :first AND search.rowid < :end
      AND a.published_at >= :since AND a.published_at < :until
      AND search.rowid NOT IN (SELECT search_id FROM withdrawn_articles)
    ORDER BY search.rowid DESC LIMIT :window
)
ORDER BY published_at DESC, id DESC LIMIT :limit OFFSET :offset
"""

NEWEST = """
SELECT published_at, id FROM articles INDEXED BY articles_newest
WHERE published_at >= :since AND published_at < :until
  AND id NOT IN (SELECT id FROM withdrawn_articles)
  AND (:nothing_excluded
       OR search_id NOT IN (SELECT rowid FROM search WHERE search MATCH :excluded))
ORDER BY published_at DESC, id DESC LIMIT :page_end
"""

NEWEST_OF_TOPIC = """
SELECT t.published_at, t.article_id AS id FROM article_topics AS t INDEXED BY article_topics_newest
WHERE t.slug = :topic AND t.published_at >= :since AND t.published_at < :until
  AND t.article_id NOT IN (SELECT id FROM withdrawn_articles)
  AND (:unfiltered OR EXISTS (
      SELECT 1 FROM articles AS a
      WHERE a.id = t.article_id
        AND (:sources IS NULL OR a.source_id IN (SELECT value FROM json_each(:sources)))
        AND a.search_id NOT IN (SELECT rowid FROM search WHERE search MATCH :excluded)))
ORDER BY t.published_at DESC, t.article_id DESC LIMIT :page_end
"""

NEWEST_OF_SOURCE = """
SELECT published_at, id FROM articles INDEXED BY articles_of_source
WHERE source_id = :source AND published_at >= :since AND published_at < :until
  AND id NOT IN (SELECT id FROM withdrawn_articles)
  AND (:nothing_excluded
       OR search_id NOT IN (SELECT rowid FROM search WHERE search MATCH :excluded))
ORDER BY published_at DESC, id DESC LIMIT :page_end
"""

# Each word is looked up by itself; the table would else be read from end to end.
HAVING = """
SELECT w.term, w.doc FROM json_each(:words) AS asked
CROSS JOIN search_words AS w ON w.term = asked.value
"""

SOURCE_IDS = "SELECT id FROM sources WHERE title IN (SELECT value FROM json_each(:titles))"


def search(
    c: sqlite3.Connection, query: Query, *, limit: int, offset: int, any_word: bool
) -> list[tuple[int, float]]:
    """(article id, rank) of a page of what matches, best first; without words, newest first.

    `newest` orders by date, and rank is the place on the page.
    """
    if not (query.terms or query.phrases or query.near or query.names):
        return [(id_, 0.0) for id_ in newest(c, query, limit=limit, offset=offset)]
    sources = source_ids(c, query)
    match = expression(query, sources, any_word=any_word)
    if match is None or sources == []:  # words that no index could hold, sources nobody has
        return []
    values = {
        "match": match,
        "window": WINDOW,
        "fresh": FRESH,
        "week": WEEK,
        "limit": limit,
        "offset": offset,
    }
    if query.newest:
        rows = c.execute(WORDS_BY_DATE, values | _between(query))
        return [(row["id"], float(place)) for place, row in enumerate(rows)]
    sentence = WORDS
    if query.since or query.until:
        sentence = WORDS_BETWEEN
        values |= _between(query)
    return [(row["id"], row["rank"]) for row in c.execute(sentence, values)]


def newest(c: sqlite3.Connection, query: Query, *, limit: int, offset: int) -> list[int]:
    """Ids of a page of what passes the filters, newest first."""
    excluded = any_of(query.excluded)
    sources = source_ids(c, query)
    values: dict[str, object] = {
        **_between(query),
        "excluded": excluded or NOTHING,
        "nothing_excluded": excluded is None,
        "unfiltered": excluded is None and sources is None,
        "sources": None if sources is None else dump(sources),
        "page_end": offset + limit,
    }
    # One ordered list per topic or source, each by its own index and no longer than the page's
    # end, merged: no sorting of all that a topic ever had.
    if query.topics:
        lists = [c.execute(NEWEST_OF_TOPIC, values | {"topic": slug}) for slug in query.topics]
    elif sources is not None:
        lists = [c.execute(NEWEST_OF_SOURCE, values | {"source": id_}) for id_ in sources]
    else:
        lists = [c.execute(NEWEST, values)]
    keys = [[(row["published_at"], row["id"]) for row in rows] for rows in lists]
    merged = dict.fromkeys(id_ for _, id_ in heapq.merge(*keys, reverse=True))
    return list(islice(merged, offset, offset + limit))


def having(c: sqlite3.Connection, words: Sequence[str]) -> dict[str, int]:
    """By word, in how many articles it is; only by a reader's connection."""
    rows = c.execute(HAVING, {"words": dump(list(words))})
    return {row["term"]: row["doc"] for row in rows}


def _between(query: Query) -> dict[str, int]:
    since = -LAST if query.since is None else micros(query.since)
    until = LAST if query.until is None else micros(query.until)
    return {
        "since": since,
        "until": until,
        "first": first_search_id(since),
        # The hour that `until` falls in is looked through to its end, and one hour further: ids
        # spill over when an hour is full.
        "end": first_search_id(until) + 2 * PER_HOUR,
    }


def source_ids(c: sqlite3.Connection, query: Query) -> list[int] | None:
    """Those of which an article must be; None: of any."""
    if not (query.sources or query.source_ids):
        return None
    titled = c.execute(SOURCE_IDS, {"titles": dump(query.sources)}) if query.sources else ()
    return [*dict.fromkeys((*query.source_ids, *(row["id"] for row in titled)))]
