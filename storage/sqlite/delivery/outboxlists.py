"""What is asked of the outbox: what waits, is under way or was refused, and when to look again."""

import sqlite3
from collections import Counter
from datetime import datetime

from storage.models import Delivery, DeliveryState
from storage.sqlite.delivery.posts import delivery_of
from storage.sqlite.file.values import instant_or_none

# In the order of the index, so that nothing is sorted.
COUNTS = """
SELECT state, count(*) AS n FROM deliveries INDEXED BY deliveries_in_turn
GROUP BY broadcast_id, state
"""

NEWEST = """
SELECT d.*, p.post FROM deliveries AS d LEFT JOIN posts AS p ON p.id = d.post_id
ORDER BY d.id DESC LIMIT :limit
"""

# The words are those of planning.CANCELLED and takeback.MERGED, as in the index.
LETTERS = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_letters
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state = 'dead'
  AND d.error NOT IN ('its broadcast was cancelled', 'merged into the next digest')
ORDER BY d.id DESC LIMIT :limit
"""

NEWEST_OF = """
SELECT d.*, p.post FROM deliveries AS d LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state = :state
ORDER BY d.id DESC LIMIT :limit
"""

UNDER_WAY = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_held
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state IN ('claimed', 'sending', 'unknown', 'retry') AND d.state = :state
ORDER BY d.id DESC LIMIT :limit
"""

# The first that would be claimed: not one that waits for an earlier delivery of its chat, or who
# asks would be told of an instant that has passed, again and again.
NEXT_RETRY = """
SELECT min(at) FROM (
    SELECT * FROM (
        SELECT d.not_before AS at FROM deliveries AS d INDEXED BY deliveries_waiting
        WHERE d.state = 'retry'
          AND ifnull(d.broadcast_id, 0) NOT IN (
              SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS e INDEXED BY deliveries_held
            WHERE e.chat_id = d.chat_id AND e.state IN ('claimed', 'sending', 'unknown', 'retry')
              AND (e.id < d.id OR e.state IN ('claimed', 'sending', 'unknown')))
        ORDER BY d.not_before LIMIT 1)
    UNION ALL
    SELECT * FROM (
        SELECT d.not_before AS at FROM deliveries AS d INDEXED BY deliveries_later
        WHERE d.state = 'planned' AND d.not_before IS NOT NULL
          AND ifnull(d.broadcast_id, 0) NOT IN (
              SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS e INDEXED BY deliveries_held
            WHERE e.chat_id = d.chat_id AND e.state IN ('claimed', 'sending', 'unknown', 'retry')
              AND (e.id < d.id OR e.state IN ('claimed', 'sending', 'unknown')))
        ORDER BY d.not_before LIMIT 1))
"""


def counts(c: sqlite3.Connection) -> dict[DeliveryState, int]:
    """How many there are in each state."""
    counted: Counter[str] = Counter()
    for row in c.execute(COUNTS):
        counted[row["state"]] += row["n"]
    return {state: counted[state] for state in DeliveryState}


def newest(c: sqlite3.Connection, state: DeliveryState | None, *, limit: int) -> list[Delivery]:
    """Of one state, or of all; newest first."""
    values = {"state": state, "limit": limit}
    return [delivery_of(row) for row in c.execute(_newest_of(state), values)]


def _newest_of(state: DeliveryState | None) -> str:
    if state is None:
        return NEWEST
    at_rest = (DeliveryState.PLANNED, DeliveryState.SENT, DeliveryState.DEAD)
    return NEWEST_OF if state in at_rest else UNDER_WAY


def letters(c: sqlite3.Connection, *, limit: int) -> list[Delivery]:
    """Those that could not be delivered, newest first; not what was taken back on purpose."""
    return [delivery_of(row) for row in c.execute(LETTERS, {"limit": limit})]


def next_retry_at(c: sqlite3.Connection) -> datetime | None:
    """When the first that waits for an instant may be claimed."""
    return instant_or_none(c.execute(NEXT_RETRY).fetchone()[0])
