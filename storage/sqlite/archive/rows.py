"""Reading articles and stories back: one sentence of SQL for a page of them, never one a row."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from storage.models import (
    Amendment,
    Article,
    CorrectionKind,
    Entity,
    EntityKind,
    Story,
    TopicScore,
)
from storage.sqlite.archive.facts import loaded
from storage.sqlite.file.values import dump, instant, instant_or_none, load

ARTICLES = """
SELECT a.*, s.title AS source, s.kind = 'sample' AS sample
FROM articles AS a JOIN sources AS s ON s.id = a.source_id
WHERE a.id IN (SELECT value FROM json_each(:ids))
"""

STORIES = """
SELECT t.id, t.articles, t.first_at, t.last_at, coalesce(e.headline, a.title) AS title,
       coalesce(e.summary, t.summary, a.summary) AS summary, a.url, a.image_url, a.language,
       s.kind = 'sample' AS sample,
       e.id AS amendment_id, e.kind AS amended_how, e.at AS amended_at, e.reason,
       e.summary IS NOT NULL AS sums_up
FROM stories AS t
JOIN articles AS a ON a.id = t.lead_id
JOIN sources AS s ON s.id = a.source_id
LEFT JOIN corrections AS e ON e.id = t.amendment_id
WHERE t.id IN (SELECT value FROM json_each(:ids))
"""

TOPICS = """
SELECT story_id, slug, score FROM story_topics
WHERE story_id IN (SELECT value FROM json_each(:ids))
ORDER BY story_id, score DESC, slug
"""

SOURCES = """
SELECT a.story_id, s.title, min(a.id) AS joined_id, max(a.id) AS newest,
       max(a.id = t.lead_id) AS leads
FROM articles AS a
JOIN stories AS t ON t.id = a.story_id
JOIN sources AS s ON s.id = a.source_id
WHERE a.story_id IN (SELECT value FROM json_each(:ids))
GROUP BY a.story_id, a.source_id
ORDER BY a.story_id, leads DESC, joined_id
"""


def articles_by_id(c: sqlite3.Connection, ids: Sequence[int]) -> list[Article]:
    """In the order asked for; unknown ids are left out."""
    found = {row["id"]: article_of(row) for row in c.execute(ARTICLES, {"ids": dump(list(ids))})}
    return [found[id_] for id_ in ids if id_ in found]


def article_of(row: sqlite3.Row) -> Article:
    return Article(
        id=row["id"],
        source_id=row["source_id"],
        source=row["source"],
        sample=bool(row["sample"]),
        url=row["url"],
        title=row["title"],
        text=row["text"],
        headings=tuple(load(row["headings"])),
        author=row["author"],
        photo_credit=row["photo_credit"],
        dateline=row["dateline"],
        image_url=row["image_url"],
        language=row["language"],
        published_at=instant(row["published_at"]),
        seen_at=instant(row["seen_at"]),
        dated=bool(row["dated"]),
        topics=tuple(TopicScore(slug=slug, score=score) for slug, score in load(row["topics"])),
        entities=tuple(
            Entity(kind=EntityKind(kind), name=name) for kind, name in load(row["entities"])
        ),
        story_id=row["story_id"],
        summary=tuple(load(row["summary"])),
        facts=loaded(row["facts"]),
        whole=bool(row["whole"]),
        edited_at=instant_or_none(row["edited_at"]),
    )


def stories_by_id(c: sqlite3.Connection, ids: Iterable[int]) -> list[Story]:
    """In the order asked for; unknown ids are left out."""
    wanted = list(ids)
    bound = {"ids": dump(wanted)}
    topics: dict[int, list[TopicScore]] = defaultdict(list)
    for row in c.execute(TOPICS, bound):
        topics[row["story_id"]].append(TopicScore(slug=row["slug"], score=row["score"]))
    sources: dict[int, dict[str, None]] = defaultdict(dict)  # a set that keeps its order
    newest: dict[int, int] = defaultdict(int)
    for row in c.execute(SOURCES, bound):
        sources[row["story_id"]][row["title"]] = None
        newest[row["story_id"]] = max(newest[row["story_id"]], row["newest"])
    found = {
        row["id"]: story_of(row, topics[row["id"]], tuple(sources[row["id"]]), newest[row["id"]])
        for row in c.execute(STORIES, bound)
    }
    return [found[id_] for id_ in wanted if id_ in found]


def story_of(
    row: sqlite3.Row, topics: Sequence[TopicScore], sources: tuple[str, ...], newest: int
) -> Story:
    return Story(
        id=row["id"],
        headline=row["title"],
        summary=tuple(load(row["summary"])),
        url=row["url"],
        topics=tuple(topics),
        sources=sources,
        articles=row["articles"],
        first_at=instant(row["first_at"]),
        last_at=instant(row["last_at"]),
        language=row["language"],
        sample=bool(row["sample"]),
        image_url=row["image_url"],
        newest=newest,
        amendment=None if row["amendment_id"] is None else amendment_of(row),
    )


def amendment_of(row: sqlite3.Row) -> Amendment:
    return Amendment(
        id=row["amendment_id"],
        kind=CorrectionKind(row["amended_how"]),
        at=instant(row["amended_at"]),
        reason=row["reason"],
        sums_up=bool(row["sums_up"]),
    )
