"""Claiming deliveries: which may leave now, asked for first, and each chat's in their order."""

import heapq
import sqlite3
from collections.abc import Iterator

from storage.models import Delivery
from storage.sqlite.posts import delivery_of
from storage.sqlite.values import dump

# How many of those whose wait or lease is over one claim looks at: the longest over come first,
# so that after an outage a claim stays short however many there are.
LOOK = 1_000

ALONE = 0  # stands for the broadcast of those that belong to none

EXPIRE = """
UPDATE deliveries SET state = 'dead', error = 'expired before it could be sent', changed_at = :now
WHERE id IN (
    SELECT id FROM deliveries INDEXED BY deliveries_perishable
    WHERE expires_at <= :now AND expires_at IS NOT NULL AND state IN ('planned', 'retry')
    LIMIT :look)
"""

RUNNING = "SELECT id FROM broadcasts WHERE state = 'running' ORDER BY id"

PLANNED = """
SELECT (d.kind <> 'asked') AS later, d.id, d.chat_id FROM deliveries AS d
    INDEXED BY deliveries_planned
WHERE d.state = 'planned' AND ifnull(d.broadcast_id, 0) = :broadcast
  AND (d.not_before IS NULL OR d.not_before <= :now)
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY (d.kind = 'asked') DESC, d.id
"""

WAITED = """
SELECT (d.kind <> 'asked') AS later, d.id, d.chat_id FROM deliveries AS d
    INDEXED BY deliveries_waiting
WHERE d.state = 'retry' AND d.not_before <= :now
  AND ifnull(d.broadcast_id, 0) NOT IN (
      SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY d.not_before LIMIT :look
"""

LAPSED = """
SELECT (d.kind <> 'asked') AS later, d.id, d.chat_id FROM deliveries AS d
    INDEXED BY deliveries_leased
WHERE d.state = 'claimed' AND d.lease_until <= :now
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY d.lease_until LIMIT :look
"""

AHEAD = """
SELECT id FROM deliveries INDEXED BY deliveries_held
WHERE chat_id = :chat_id AND id < :id AND state IN ('claimed', 'sending', 'unknown', 'retry')
"""

# What it waited for has come: given back, it does not wait for it again by another clock.
TAKE = """
UPDATE deliveries SET
    state = 'claimed', owner = :owner, lease_until = :until, not_before = NULL, changed_at = :now
WHERE id IN (SELECT value FROM json_each(:ids))
"""

TAKEN = """
SELECT d.*, p.post FROM deliveries AS d LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.id IN (SELECT value FROM json_each(:ids))
"""


def claim(c: sqlite3.Connection, *, owner: str, now: int, until: int, limit: int) -> list[Delivery]:
    """Take up to `limit` of those that may leave, in the order in which they should."""
    values: dict[str, object] = {"owner": owner, "now": now, "until": until, "look": LOOK}
    c.execute(EXPIRE, values)
    ids = list(_choose(c, values, limit))
    bound = values | {"ids": dump(ids)}
    c.execute(TAKE, bound)
    taken = {row["id"]: delivery_of(row) for row in c.execute(TAKEN, bound)}
    return [taken[id_] for id_ in ids]


def _planned(
    c: sqlite3.Connection, values: dict[str, object], broadcast: int
) -> Iterator[tuple[int, int, int]]:
    """Those of one broadcast in order, read only as far as needed."""
    for row in c.execute(PLANNED, values | {"broadcast": broadcast}):
        yield row["later"], row["id"], row["chat_id"]


def _choose(c: sqlite3.Connection, values: dict[str, object], limit: int) -> Iterator[int]:
    """Ids in order, passing over those that have to wait for an earlier one of their chat."""
    waited = [tuple(row) for row in c.execute(WAITED, values)]
    lapsed = [tuple(row) for row in c.execute(LAPSED, values)]
    broadcasts = [ALONE, *(row["id"] for row in c.execute(RUNNING))]
    planned = heapq.merge(*(_planned(c, values, id_) for id_ in broadcasts))
    chosen: set[int] = set()
    for _, id_, chat_id in heapq.merge(sorted(waited + lapsed), planned):
        if len(chosen) == limit:
            return
        ahead = c.execute(AHEAD, {"chat_id": chat_id, "id": id_})
        if all(row["id"] in chosen for row in ahead):
            chosen.add(id_)
            yield id_
