"""Refusing: pages of a source that were found to be no article are not asked for again."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from storage.sqlite.file.values import dump, micros

MOST = 5_000  # of one source

REFUSED = """
SELECT page FROM refused_pages
WHERE source_id = :source_id AND page IN (SELECT value FROM json_each(:pages)) AND until > :now
"""

REFUSE = """
INSERT INTO refused_pages (source_id, page, until) VALUES (:source_id, :page, :until)
ON CONFLICT (source_id, page) DO UPDATE SET until = excluded.until
"""

FORGET_OVER = "DELETE FROM refused_pages WHERE until <= :now"

FORGET_OLDEST = """
DELETE FROM refused_pages WHERE source_id = :source_id AND page IN (
    SELECT page FROM refused_pages WHERE source_id = :source_id
    ORDER BY until DESC, page LIMIT -1 OFFSET :most)
"""


def refused(c: sqlite3.Connection, source_id: int, pages: Sequence[str], now: datetime) -> set[str]:
    """Those of the pages that are refused still."""
    values = {"source_id": source_id, "pages": dump(list(pages)), "now": micros(now)}
    return {row["page"] for row in c.execute(REFUSED, values)}


def refuse(
    c: sqlite3.Connection, source_id: int, pages: Collection[str], *, now: datetime, until: datetime
) -> None:
    """Remember them; what is over, and what is too many, goes."""
    rows = [{"source_id": source_id, "page": page, "until": micros(until)} for page in pages]
    c.execute(FORGET_OVER, {"now": micros(now)})
    c.executemany(REFUSE, rows)
    c.execute(FORGET_OLDEST, {"source_id": source_id, "most": MOST})
