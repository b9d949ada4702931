"""Edits: a stored article takes over what its source says anew, and keeps what it said before."""

import sqlite3

from storage.models import NewArticle, Understanding
from storage.sqlite.archive.adding import (
    ADD_TOPIC,
    ADD_WORDS,
    NEWS_AGE,
    point_columns,
    said,
    words_of,
)
from storage.sqlite.archive.facts import store_events
from storage.sqlite.file.values import MICROSECOND
from storage.sqlite.gathering.awaited import await_no_more

KEPT = 20  # past versions of one article

STORED = """
SELECT id, search_id, source_id, story_id, published_at, seen_at, title, text, whole FROM articles
WHERE source_id = :source_id AND key = :key
"""

NOTE_VERSION = """
UPDATE articles SET version = coalesce(:version, version), whole = max(whole, :whole)
WHERE id = :id
"""

ADD_PAST = """
INSERT INTO article_past (article_id, until, title, text)
VALUES (:id, :until, :title, :text)
"""

COMPLETE = "INSERT OR IGNORE INTO completed_articles (article_id) VALUES (:id)"

# What it is about is known only now: whoever was not told of its story may be, as of one that came.
COMES_NOW = """
UPDATE stories SET came_at = max(came_at, :now)
WHERE id = :story_id AND NOT backfill
"""

DROP_PAST = """
DELETE FROM article_past WHERE article_id = :id AND id <= (
    SELECT id FROM article_past WHERE article_id = :id ORDER BY id DESC LIMIT 1 OFFSET :kept)
"""

EDIT = """
UPDATE articles SET
    language = :language, title = :title, author = :author, photo_credit = :photo_credit,
    dateline = :dateline, image_url = coalesce(:image_url, image_url), topics = :topics,
    entities = :entities, summary = :summary, headings = :headings, text = :text,
    facts = :facts, version = coalesce(:version, version), whole = :whole,
    edited_at = coalesce(:edited_at, edited_at)
WHERE id = :id
"""

# Replaced as a whole: the triggers on article_words then tell the index what to forget.
DROP_WORDS = "DELETE FROM article_words WHERE search_id = :search_id"

DROP_ARTICLE_TOPICS = "DELETE FROM article_topics WHERE article_id = :id"

EDIT_POINT = """
UPDATE article_points SET terms = :terms, marks = :marks, fingerprint = :fingerprint
WHERE article_id = :article_id
"""

# A sentence that was told of it may not be there any more.
FORGET_TELLING = "UPDATE stories SET summary = NULL WHERE id = :story_id"

DROP_TOPICS = "DELETE FROM story_topics WHERE story_id = :id"

MEND_TOPICS = """
INSERT INTO story_topics (story_id, slug, score, last_at)
SELECT s.id, t.value ->> 0, max(t.value ->> 1), s.last_at
FROM stories AS s
JOIN articles AS a ON a.story_id = s.id
JOIN json_each(a.topics) AS t
WHERE s.id = :id
GROUP BY t.value ->> 0
"""


def edit(c: sqlite3.Connection, source_id: int, article: NewArticle, now: int) -> int | None:
    """The id of the article with that key, brought up to date; None if there is none."""
    stored = c.execute(STORED, {"source_id": source_id, "key": article.key}).fetchone()
    if stored is None:
        return None
    id_ = int(stored["id"])
    u = article.understanding
    if article.whole:
        await_no_more(c, id_)
    if (stored["title"], stored["text"]) == (u.title, u.text):
        noted = {"id": id_, "version": article.version, "whole": article.whole}
        c.execute(NOTE_VERSION, noted)
        return id_
    came_whole = article.whole and not stored["whole"]
    if came_whole:
        _complete(c, stored, now)
    completes = came_whole and stored["title"] == u.title
    if not completes:
        past = {"id": id_, "until": now, "title": stored["title"], "text": stored["text"]}
        c.execute(ADD_PAST, past)
        c.execute(DROP_PAST, {"id": id_, "kept": KEPT})
    c.execute(EDIT, said(article) | {"id": id_, "edited_at": None if completes else now})
    c.execute(DROP_WORDS, {"search_id": stored["search_id"]})
    c.execute(ADD_WORDS, words_of(u, stored["source_id"], stored["search_id"]))
    c.execute(EDIT_POINT, point_columns(u, id_))
    store_events(c, id_, u.facts)
    c.execute(FORGET_TELLING, {"story_id": stored["story_id"]})
    retopic(c, u, stored)
    return id_


def _complete(c: sqlite3.Connection, stored: sqlite3.Row, now: int) -> None:
    """Its whole text is here: alerts are to look at it again, and digests for two days."""
    c.execute(COMPLETE, {"id": stored["id"]})
    since = now - NEWS_AGE // MICROSECOND
    if stored["seen_at"] > since:
        c.execute(COMES_NOW, {"story_id": stored["story_id"], "now": now})


def mend_topics(c: sqlite3.Connection, story_id: int) -> None:
    """Give a story the topics of the articles it has now."""
    c.execute(DROP_TOPICS, {"id": story_id})
    c.execute(MEND_TOPICS, {"id": story_id})


def retopic(c: sqlite3.Connection, u: Understanding, stored: sqlite3.Row) -> None:
    """Give an article (its id, story_id, published_at) these topics, and its story with it."""
    c.execute(DROP_ARTICLE_TOPICS, {"id": stored["id"]})
    rows = [
        {"article_id": stored["id"], "slug": topic.slug, "published_at": stored["published_at"]}
        for topic in u.topics
    ]
    c.executemany(ADD_TOPIC, rows)
    mend_topics(c, stored["story_id"])
