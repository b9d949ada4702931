"""Taking digests back of which nothing has left: to come merged into the next, or not at all."""

import sqlite3
from collections.abc import Iterable, Sequence

from storage.sqlite.file.values import dump

NEWEST = """
SELECT 'digest:' || s.id || ':' || strftime('%Y%m%dT%H%MZ', s.slot / 1000000, 'unixepoch') AS key
FROM json_each(:ids) AS t CROSS JOIN subscriptions AS s ON s.id = t.value
WHERE s.slot IS NOT NULL
"""

# The parts of a digest: ';' follows ':'.
HAS_LEFT = """
SELECT 1 FROM deliveries
WHERE key > :digest || ':' AND key < :digest || ';'
  AND state IN ('claimed', 'sending', 'sent', 'unknown')
"""

KILL = """
UPDATE deliveries SET state = 'dead', error = :reason, changed_at = :now
WHERE key > :digest || ':' AND key < :digest || ';' AND state IN ('planned', 'retry')
"""

NOT_HAD = "UPDATE deliveries SET choice_id = NULL WHERE key = :digest || ':1'"

# To the newest slot that gave something, or was told that there is nothing, so that the next digest
# looks back as far as this one.
BACK = """
UPDATE subscriptions SET slot = (
    SELECT max(b.slot) FROM deliveries AS d JOIN broadcasts AS b ON b.id = d.broadcast_id
    WHERE d.key > 'digest:' || :id || ':' AND d.key < 'digest:' || :id || ';'
      AND (d.choice_id IS NOT NULL OR d.state = 'sent'))
WHERE id = :id
  AND slot = (
      SELECT b.slot FROM deliveries AS d JOIN broadcasts AS b ON b.id = d.broadcast_id
      WHERE d.key = :digest || ':1')
"""

OF_CHAT = "SELECT id FROM subscriptions WHERE chat_id = :chat_id"

MERGED = "merged into the next digest"


def merge_into_next(c: sqlite3.Connection, subscription_ids: Sequence[int], now: int) -> int:
    """Kill the newest digests of these subscriptions, unless some of it has left; how many."""
    waiting = [one for one in _newest(c, subscription_ids) if not _has_left(c, one)]
    for digest in waiting:
        c.execute(KILL, {"digest": digest, "reason": MERGED, "now": now})
    count_as_not_had(c, waiting)
    return len(waiting)


def not_had_by(c: sqlite3.Connection, chat_id: int) -> None:
    """The newest digest of each of its subscriptions gave nothing, unless some of it has left."""
    ids = [row["id"] for row in c.execute(OF_CHAT, {"chat_id": chat_id})]
    count_as_not_had(c, _newest(c, ids))


def count_as_not_had(c: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Those of these digests (by key) of which nothing has left gave nothing.

    The next digest may give their stories, and looks back as far as they did.
    """
    for digest in digests:
        if not _has_left(c, digest):
            c.execute(NOT_HAD, {"digest": digest})
            c.execute(BACK, {"digest": digest, "id": int(digest.split(":")[1])})


def _newest(c: sqlite3.Connection, subscription_ids: Sequence[int]) -> list[str]:
    return [row["key"] for row in c.execute(NEWEST, {"ids": dump([*subscription_ids])})]


def _has_left(c: sqlite3.Connection, digest: str) -> bool:
    return c.execute(HAS_LEFT, {"digest": digest}).fetchone() is not None
