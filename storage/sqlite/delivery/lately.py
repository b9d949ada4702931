"""What earlier lives sent and were told, of which the limits of rate still speak."""

import sqlite3
from datetime import datetime

from storage.sqlite.file.values import instant

LEFT = """
SELECT chat_id, at FROM (
    SELECT chat_id, changed_at AS at FROM deliveries INDEXED BY deliveries_settled
    WHERE state IN ('sent', 'dead') AND state = 'sent' AND changed_at > :since
    UNION ALL
    SELECT chat_id, changed_at FROM deliveries INDEXED BY deliveries_doubtful
    WHERE state IN ('sending', 'unknown') AND state = 'unknown' AND changed_at > :since
    ORDER BY at DESC LIMIT :limit)
ORDER BY at
"""

# Those that wait because Telegram said so name it; others wait for a connection.
WAITS = """
SELECT chat_id, max(not_before) AS until FROM deliveries INDEXED BY deliveries_waiting
WHERE state = 'retry' AND not_before > :now AND error LIKE 'retry after %'
GROUP BY chat_id ORDER BY until DESC LIMIT :limit
"""


def left(c: sqlite3.Connection, *, since: int, limit: int) -> list[tuple[int, datetime]]:
    rows = c.execute(LEFT, {"since": since, "limit": limit})
    return [(row["chat_id"], instant(row["at"])) for row in rows]


def waits(c: sqlite3.Connection, *, now: int, limit: int) -> dict[int, datetime]:
    rows = c.execute(WAITS, {"now": now, "limit": limit})
    return {row["chat_id"]: instant(row["until"]) for row in rows}
