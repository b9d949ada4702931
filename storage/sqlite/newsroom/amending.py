"""Amending: what an editor has a story say, or that it is told no more."""

import sqlite3
from collections.abc import Sequence

from storage.models import CorrectionKind
from storage.sqlite.file.values import dump

NOTE = """
INSERT INTO corrections (kind, at, story_id, other_id, articles, headline, summary, reason)
SELECT :kind, :at, id, id, '[]', :headline, :summary, :reason FROM stories WHERE id = :story_id
"""

# A story that was never amended, or was restored, cannot be restored.
AMENDED = """
SELECT 1 FROM stories AS s JOIN corrections AS e ON e.id = s.amendment_id
WHERE s.id = :story_id AND e.kind <> 'restore'
"""

AMEND = "UPDATE stories SET amendment_id = :amendment_id WHERE id = :story_id"


def amend(
    c: sqlite3.Connection,
    story_id: int,
    kind: CorrectionKind,
    at: int,
    *,
    headline: str | None = None,
    summary: Sequence[str] | None = None,
    reason: str | None = None,
) -> bool:
    """Note it, and have the story go by it; False if the story is not there."""
    values = {
        "kind": kind,
        "at": at,
        "story_id": story_id,
        "headline": headline,
        "summary": None if summary is None else dump(list(summary)),
        "reason": reason,
    }
    noted = c.execute(NOTE, values)
    if not noted.rowcount:
        return False
    c.execute(AMEND, {"story_id": story_id, "amendment_id": noted.lastrowid})
    return True


def restore(c: sqlite3.Connection, story_id: int, at: int) -> bool:
    """Have it told as it was; False if nothing was amended."""
    if c.execute(AMENDED, {"story_id": story_id}).fetchone() is None:
        return False
    return amend(c, story_id, CorrectionKind.RESTORE, at)
