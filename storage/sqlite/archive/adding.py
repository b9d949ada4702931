"""Storing a batch of articles: the rows, their words, and the stories they begin or join."""

import sqlite3
import struct
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from storage.models import Article, NewArticle, Understanding
from storage.sqlite.archive.decisions import add_decisions
from storage.sqlite.archive.facts import add_events, dumped
from storage.sqlite.archive.known import own_places, places, stories_known
from storage.sqlite.archive.match import JOINT, name_labels, source_label, topic_label
from storage.sqlite.archive.stored import as_stored
from storage.sqlite.file.values import HOUR_US, dump, micros
from storage.sqlite.gathering.awaited import await_page

NEWS_AGE = timedelta(hours=48)  # older when first seen: a backfill, not news
NEVER = 0  # comes after no digest's `since`

PER_HOUR = 1 << 20  # search ids in an hour of publication
LAST_HOUR = 1 << 42

NEWEST_OF_HOUR = """
SELECT max(search_id) FROM articles WHERE search_id >= :first AND search_id < :end
"""

ADD_WORDS = """
INSERT INTO article_words (search_id, title, text, labels)
VALUES (?, ?, ?, ?)
"""
Words = tuple[int, str, str, str]

ADD_ARTICLE = """
INSERT INTO articles (
    search_id, source_id, story_id, published_at, seen_at, dated, reprint, key, url, language,
    title, author, photo_credit, dateline, image_url, topics, entities, summary, headings, text,
    facts, version, whole, backfill)
VALUES (
    :search_id, :source_id, :story_id, :published_at, :seen_at, :dated, :reprint, :key, :url,
    :language, :title, :author, :photo_credit, :dateline, :image_url, :topics, :entities, :summary,
    :headings, :text, :facts, :version, :whole, :backfill)
"""

ADD_TOPIC = """
INSERT OR IGNORE INTO article_topics (article_id, slug, published_at)
VALUES (:article_id, :slug, :published_at)
"""

ADD_POINT = """
INSERT INTO article_points (article_id, terms, marks, fingerprint)
VALUES (:article_id, :terms, :marks, :fingerprint)
"""

BEGIN_STORY = """
INSERT INTO stories (lead_id, articles, first_at, last_at, came_at, backfill)
VALUES (0, 1, :published_at, :published_at, :came_at, :backfill)
"""

LEAD_STORY = "UPDATE stories SET lead_id = :article_id WHERE id = :story_id"

# A story that was only backfilled becomes news with its first article that is.
JOIN_STORY = """
UPDATE stories SET
    articles = articles + 1,
    first_at = min(first_at, :published_at), last_at = max(last_at, :published_at),
    came_at = CASE WHEN backfill AND NOT :backfill THEN :came_at ELSE came_at END,
    backfill = backfill AND :backfill
WHERE id = :story_id
"""

JOIN_TOPIC = """
INSERT INTO story_topics (story_id, slug, score, last_at)
VALUES (:story_id, :slug, :score, :published_at)
ON CONFLICT (story_id, slug) DO UPDATE SET score = max(score, excluded.score)
"""

DATE_TOPICS = """
UPDATE story_topics SET last_at = (SELECT last_at FROM stories WHERE id = :story_id)
WHERE story_id = :story_id
"""


def add_batch(c: sqlite3.Connection, batch: Sequence[NewArticle]) -> list[Article | None]:
    """Store those that are new; per article what is stored, or None if it was known."""
    ids: list[int | None] = []
    stories: list[int] = []
    words: list[Words] = []
    added: list[_Added] = []
    known = stories_known(c, batch)
    for position, article in enumerate(batch):
        told = next((known[place] for place in places(article) if place in known), None)
        if told is not None:
            ids.append(None)
            stories.append(told)
            continue
        if article.joins is not None and not 0 <= article.joins < position:
            raise ValueError(f"article {position} joins {article.joins}, which is not before it")
        story_id = article.story_id if article.joins is None else stories[article.joins]
        search_id = _free_search_id(c, micros(article.published_at))
        words.append(words_of(article.understanding, article.source_id, search_id))
        one = _add(c, article, search_id, story_id)
        known |= dict.fromkeys(own_places(article), one.story_id)
        ids.append(one.article_id)
        stories.append(one.story_id)
        added.append(one)
    _add_rest(c, added)
    # Feeds list the newest first, and each id below the last one makes FTS5 write out what it has.
    c.executemany(ADD_WORDS, sorted(words))
    add_decisions(c, batch, ids)
    return as_stored(c, batch, ids, stories)


class _Added(NamedTuple):
    """An article that has its row, and whether it began its story."""

    article: NewArticle
    article_id: int
    story_id: int
    begins: bool


def _add(
    c: sqlite3.Connection, article: NewArticle, search_id: int, story_id: int | None
) -> _Added:
    """Store the article's row, and its story's if there is none."""
    event = {
        "published_at": micros(article.published_at),
        "came_at": _came_at(article),
        "backfill": is_backfill(article),
    }
    # A story that is gone (samples dropped meanwhile) must not cost the batch: begin anew.
    begins = story_id is None or not c.execute(JOIN_STORY, event | {"story_id": story_id}).rowcount
    if story_id is None or begins:
        story_id = _rowid(c.execute(BEGIN_STORY, event))
    article_id = _rowid(c.execute(ADD_ARTICLE, _columns(article, search_id, story_id)))
    if begins:
        c.execute(LEAD_STORY, {"article_id": article_id, "story_id": story_id})
    await_page(c, article_id, article.page_at)
    return _Added(article, article_id, story_id, begins)


def _add_rest(c: sqlite3.Connection, added: Sequence[_Added]) -> None:
    """What else is kept of these articles, of all of them with few statements."""
    topics = [row for one in added for row in _topic_rows(one)]
    c.executemany(ADD_TOPIC, topics)
    c.executemany(JOIN_TOPIC, topics)
    joined = dict.fromkeys(one.story_id for one in added if not one.begins)
    c.executemany(DATE_TOPICS, [{"story_id": story_id} for story_id in joined])
    understood = [(one.article_id, one.article.understanding) for one in added]
    c.executemany(ADD_POINT, [point_columns(u, article_id) for article_id, u in understood])
    add_events(c, [(article_id, u.facts) for article_id, u in understood])


def is_backfill(article: NewArticle) -> bool:
    """Whether it was no news when we saw it, by what its filer says or else by its age."""
    if article.backfill is not None:
        return article.backfill
    return article.seen_at - article.published_at > NEWS_AGE


def _came_at(article: NewArticle) -> int:
    """When it becomes news to us; what is stored but never to be announced came before all time."""
    if article.backfill:
        return NEVER
    return micros(article.published_at if is_backfill(article) else article.seen_at)


def _columns(article: NewArticle, search_id: int, story_id: int) -> dict[str, object]:
    return said(article) | {
        "search_id": search_id,
        "source_id": article.source_id,
        "story_id": story_id,
        "published_at": micros(article.published_at),
        "seen_at": micros(article.seen_at),
        "dated": article.dated,
        "reprint": article.reprint,
        "key": article.key,
        "url": article.url,
        "backfill": is_backfill(article),
    }


def said(article: NewArticle) -> dict[str, object]:
    """The columns that an edit may change."""
    u = article.understanding
    return understood(u) | {
        "title": u.title,
        "author": u.author,
        "photo_credit": u.photo_credit,
        "dateline": u.dateline,
        "image_url": article.image_url,
        "headings": dump(u.headings),
        "text": u.text,
        "version": article.version,
        "whole": article.whole,
    }


def understood(u: Understanding) -> dict[str, object]:
    """The columns that other rules may change."""
    return {
        "language": u.language,
        "topics": dump([[topic.slug, topic.score] for topic in u.topics]),
        "entities": dump([[entity.kind, entity.name] for entity in u.entities]),
        "summary": dump(u.summary),
        "facts": dumped(u.facts),
    }


def _free_search_id(c: sqlite3.Connection, published_at: int) -> int:
    """The next id of the hour of publication that no article has."""
    first = first_search_id(published_at)
    while True:
        hour = {"first": first, "end": first + PER_HOUR}
        newest = c.execute(NEWEST_OF_HOUR, hour).fetchone()[0]
        search_id = first if newest is None else int(newest) + 1
        if search_id < first + PER_HOUR:
            return search_id
        first += PER_HOUR  # a million undated texts in one hour: on into the next


def first_search_id(published_at: int) -> int:
    """The lowest search id of the hour of that instant, which may be any the calendar has."""
    return min(max(published_at // HOUR_US, 0), LAST_HOUR) * PER_HOUR


def words_of(u: Understanding, source_id: int, search_id: int) -> Words:
    labels = [source_label(source_id), *(topic_label(t.slug) for t in u.topics)]
    for entity, key in zip(u.entities, u.entity_keys, strict=False):
        labels += [*name_labels(entity.kind, key.split()), JOINT]  # no phrase reaches over two
    return search_id, u.index_title, u.index_text, " ".join(labels)


def _topic_rows(one: _Added) -> list[dict[str, object]]:
    return [
        {
            "article_id": one.article_id,
            "story_id": one.story_id,
            "slug": topic.slug,
            "score": topic.score,
            "published_at": micros(one.article.published_at),
        }
        for topic in one.article.understanding.topics
    ]


def point_columns(u: Understanding, article_id: int) -> dict[str, object]:
    return {
        "article_id": article_id,
        "terms": dump(dict(u.terms)),
        "marks": dump(sorted(u.marks)),
        "fingerprint": struct.pack(f"<{len(u.fingerprint)}I", *u.fingerprint),
    }


def _rowid(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise AssertionError("an INSERT without a row")
    return cursor.lastrowid
