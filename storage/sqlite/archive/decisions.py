"""Decisions as rows: why each article is in its story, and the thread its story is a chapter of."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from storage.models import Decision, Likeness, NewArticle
from storage.sqlite.file.values import dump, load

Stored = Callable[[int | None], int | None]  # a place in the batch, as a negative number → id

ADD_DECISION = """
INSERT INTO article_decisions (article_id, decision) VALUES (:article_id, :decision)
"""

OF_STORY = """
SELECT d.article_id, d.decision
FROM article_decisions AS d JOIN articles AS a ON a.id = d.article_id
WHERE a.story_id = :story_id
"""

# The thread bears the id of the earliest story in it. What is in a thread already stays there.
BEGIN_THREAD = """
UPDATE stories SET thread_id = coalesce(thread_id, id)
WHERE id = (SELECT story_id FROM articles WHERE id = :follows) AND id <> :story_id
"""
JOIN_THREAD = """
UPDATE stories SET thread_id = (
    SELECT s.thread_id FROM stories AS s JOIN articles AS a ON a.story_id = s.id
    WHERE a.id = :follows)
WHERE id = :story_id AND thread_id IS NULL
"""


def add_decisions(
    c: sqlite3.Connection, batch: Sequence[NewArticle], ids: Sequence[int | None]
) -> None:
    """Of those of the batch that were stored; what names another by its place gets its id."""

    def stored(number: int | None) -> int | None:
        return ids[-number - 1] if number is not None and number < 0 else number

    decided = [
        _row(article.decision, article_id, stored)
        for article, article_id in zip(batch, ids, strict=True)
        if article_id is not None and article.decision is not None
    ]
    c.executemany(ADD_DECISION, decided)
    for article, article_id in zip(batch, ids, strict=True):
        if article_id is None:
            continue
        if (follows := stored(article.follows)) is not None:
            story_id = _story_of(c, article_id)
            bound = {"follows": follows, "story_id": story_id}
            if c.execute(BEGIN_THREAD, bound).rowcount:
                c.execute(JOIN_THREAD, bound)


def decisions(c: sqlite3.Connection, story_id: int) -> dict[int, Decision]:
    rows = c.execute(OF_STORY, {"story_id": story_id})
    return {row["article_id"]: _decision(load(row["decision"])) for row in rows}


def _row(decision: Decision, article_id: int, stored: Stored) -> dict[str, object]:
    through, nearest = (_known(one, stored) for one in (decision.through, decision.nearest))
    why = decision.why
    for was, now in ((decision.through, through), (decision.nearest, nearest)):
        if was is not None and now is not None:
            why = why.replace(f"article {was.article_id}:", f"article {now.article_id}:")
    value = {"why": why, "through": _plain(through), "nearest": _plain(nearest)}
    return {"article_id": article_id, "decision": dump(value)}


def _known(one: Likeness | None, stored: Stored) -> Likeness | None:
    """With the id that it has in the store; None if it was not stored after all."""
    other = None if one is None else stored(one.article_id)
    return None if one is None or other is None else replace(one, article_id=other)


def _plain(one: Likeness | None) -> dict[str, object] | None:
    """By hand: `asdict` copies all that is in it, and took a third of a write."""
    if one is None:
        return None
    return {
        "article_id": one.article_id,
        "score": one.score,
        "reasons": one.reasons,
        "agreed": one.agreed,
    }


def _decision(value: Any) -> Decision:
    through, nearest = (_likeness(value[name]) for name in ("through", "nearest"))
    return Decision(why=value["why"], through=through, nearest=nearest)


def _likeness(value: Any) -> Likeness | None:
    if value is None:
        return None
    return Likeness(
        article_id=value["article_id"],
        score=value["score"],
        reasons=tuple((reason, by) for reason, by in value["reasons"]),
        agreed=tuple((kind, what, weight) for kind, what, weight in value["agreed"]),
    )


def _story_of(c: sqlite3.Connection, article_id: int) -> int:
    row = c.execute("SELECT story_id FROM articles WHERE id = :id", {"id": article_id}).fetchone()
    return int(row["story_id"])
