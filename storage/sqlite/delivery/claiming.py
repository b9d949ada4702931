"""Claiming deliveries: which may leave now, asked for first, and each chat's in their order.

Every second one is a channel's as long as there are any, so that neither channels nor people wait
for the end of the others' broadcast.
"""

import heapq
import sqlite3
from collections.abc import Iterator

from storage.models import Delivery
from storage.sqlite.delivery.posts import delivery_of
from storage.sqlite.delivery.replying import as_reply
from storage.sqlite.file.values import dump

# How many of those whose wait or lease is over one claim looks at: the longest over come first,
# so that after an outage a claim stays short however many there are.
LOOK = 1_000

ALONE = None  # the broadcast of those that belong to none
TO_PEOPLE = {"first": 0, "last": 1}
TO_CHANNELS = {"first": 2, "last": 2}

EXPIRE = """
UPDATE deliveries SET state = 'dead', error = 'expired before it could be sent', changed_at = :now
WHERE id IN (
    SELECT id FROM deliveries INDEXED BY deliveries_perishable
    WHERE expires_at <= :now AND expires_at IS NOT NULL AND state IN ('planned', 'retry')
    LIMIT :look)
"""

RUNNING = "SELECT id FROM broadcasts WHERE state = 'running' ORDER BY id"

# Of one broadcast, in order. The lanes: what was asked for, the rest to people, posts to channels.
PLANNED = """
SELECT (d.lane > 0) AS later, d.id, d.chat_id FROM deliveries AS d INDEXED BY deliveries_in_turn
WHERE d.broadcast_id IS :broadcast AND d.state = 'planned' AND d.lane BETWEEN :first AND :last
  AND (d.not_before IS NULL OR d.not_before <= :now)
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY d.lane, d.id
"""

WAITED = """
SELECT (d.lane > 0) AS later, d.id, d.chat_id FROM deliveries AS d
    INDEXED BY deliveries_waiting
WHERE d.state = 'retry' AND d.not_before <= :now
  AND ifnull(d.broadcast_id, 0) NOT IN (
      SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY d.not_before LIMIT :look
"""

LAPSED = """
SELECT (d.lane > 0) AS later, d.id, d.chat_id FROM deliveries AS d
    INDEXED BY deliveries_leased
WHERE d.state = 'claimed' AND d.lease_until <= :now
  AND NOT EXISTS (SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL)
ORDER BY d.lease_until LIMIT :look
"""

# Also a later one that was asked for and is under way: two in doubt in one chat could not be told
# from each other.
AHEAD = """
SELECT id FROM deliveries INDEXED BY deliveries_held
WHERE chat_id = :chat_id AND state IN ('claimed', 'sending', 'unknown', 'retry')
  AND (id < :id OR state IN ('sending', 'unknown') OR (state = 'claimed' AND lease_until > :now))
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


Candidate = tuple[int, int, int]  # later, id, chat


def claim(
    c: sqlite3.Connection, *, owner: str, now: int, until: int, limit: int, only_asked: bool
) -> list[Delivery]:
    """Take up to `limit` of those that may leave, in the order in which they should."""
    values: dict[str, object] = {"owner": owner, "now": now, "until": until, "look": LOOK}
    c.execute(EXPIRE, values)
    ids = list(_choose(c, values, limit, only_asked))
    bound = values | {"ids": dump(ids)}
    c.execute(TAKE, bound)
    taken = {row["id"]: delivery_of(row) for row in c.execute(TAKEN, bound)}
    return [as_reply(c, taken[id_]) for id_ in ids]


def _choose(
    c: sqlite3.Connection, values: dict[str, object], limit: int, only_asked: bool
) -> Iterator[int]:
    """Ids in order, passing over those that have to wait for an earlier one of their chat."""
    chosen: set[int] = set()
    passed_over: dict[int, int] = {}  # the first of a chat: what was planned after it waits, too
    waited = [tuple(row) for row in c.execute(WAITED, values)]
    lapsed = [tuple(row) for row in c.execute(LAPSED, values)]
    people = heapq.merge(sorted(waited + lapsed), _planned(c, TO_PEOPLE, values))
    for later, id_, chat_id in _in_turn(people, _planned(c, TO_CHANNELS, values)):
        if len(chosen) == limit or (only_asked and later):
            return
        if id_ > passed_over.get(chat_id, id_):
            continue
        ahead = c.execute(AHEAD, {"chat_id": chat_id, "id": id_, "now": values["now"]})
        if all(row["id"] in chosen for row in ahead):
            chosen.add(id_)
            yield id_
        else:
            passed_over[chat_id] = id_


def _in_turn(people: Iterator[Candidate], channels: Iterator[Candidate]) -> Iterator[Candidate]:
    """What was asked for, then one and one; what has waited already is among the first."""
    for candidate in people:
        yield candidate
        if candidate[0] and (channel := next(channels, None)):
            yield channel
    yield from channels


def _planned(
    c: sqlite3.Connection, lanes: dict[str, int], values: dict[str, object]
) -> Iterator[Candidate]:
    """Those of no broadcast and of each that runs, in order, read only as far as needed."""
    broadcasts = [ALONE, *(row["id"] for row in c.execute(RUNNING))]

    def of(broadcast: int | None) -> Iterator[Candidate]:
        for row in c.execute(PLANNED, values | lanes | {"broadcast": broadcast}):
            yield row["later"], row["id"], row["chat_id"]

    return heapq.merge(*(of(id_) for id_ in broadcasts))
