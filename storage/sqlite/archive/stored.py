"""What was stored just now, as reading it back would give it: the batch itself knows all of it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.models import Article, Fact, NewArticle
from storage.sqlite.file.values import dump

SOURCES = """
SELECT id, title, kind = 'sample' AS sample FROM sources
WHERE id IN (SELECT value FROM json_each(:ids))
"""


def as_stored(
    c: sqlite3.Connection,
    batch: Sequence[NewArticle],
    ids: Sequence[int | None],
    stories: Sequence[int],
) -> list[Article | None]:
    """Of each article of the batch, where it got an id, by that and the story it is in."""
    bound = {"ids": dump(sorted({article.source_id for article in batch}))}
    sources = {row["id"]: row for row in c.execute(SOURCES, bound)}
    return [
        None if id_ is None else _article(new, id_, story_id, sources[new.source_id])
        for new, id_, story_id in zip(batch, ids, stories, strict=True)
    ]


def _article(new: NewArticle, article_id: int, story_id: int, source: sqlite3.Row) -> Article:
    u = new.understanding
    return Article(
        id=article_id,
        source_id=new.source_id,
        source=source["title"],
        sample=bool(source["sample"]),
        url=new.url,
        title=u.title,
        text=u.text,
        headings=u.headings,
        author=u.author,
        photo_credit=u.photo_credit,
        dateline=u.dateline,
        image_url=new.image_url,
        language=u.language,
        published_at=new.published_at.astimezone(UTC),
        seen_at=new.seen_at.astimezone(UTC),
        dated=new.dated,
        topics=u.topics,
        entities=u.entities,
        story_id=story_id,
        summary=u.summary,
        facts=tuple(map(_fact, u.facts)),
        whole=new.whole,
    )


def _fact(fact: Fact) -> Fact:
    if fact.since is None and fact.until is None:
        return fact
    return replace(fact, since=_in_utc(fact.since), until=_in_utc(fact.until))


def _in_utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)
