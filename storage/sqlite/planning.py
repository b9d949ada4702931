"""Planning: digests, their deliveries and what they give, stored whole or not at all.

What is equal is stored once: a post, and a choice of stories. A piece of a million subscriptions
is planned by a few statements, however many they are.
"""

import sqlite3
from collections.abc import Sequence

from storage.models import BroadcastState, NewDelivery, NewDigest, SharedDigest
from storage.sqlite.posts import post_id
from storage.sqlite.values import dump, micros

CHOICE = """
INSERT INTO choices (stories, corrected, at) VALUES (:stories, 0, :at)
ON CONFLICT (stories) WHERE corrected = 0 DO UPDATE SET at = max(at, excluded.at)
RETURNING id
"""

CHOICE_STORIES = """
INSERT OR IGNORE INTO choice_stories (choice_id, story_id)
SELECT :id, value FROM json_each(:stories)
"""

ADD_DELIVERY = """
INSERT INTO deliveries (key, chat_id, thread_id, kind, state, not_before, expires_at, post_id,
                        choice_id, created_at, changed_at)
VALUES (:key, :chat_id, :thread_id, :kind, 'planned', :not_before, :expires_at, :post_id,
        :choice_id, :now, :now)
ON CONFLICT (key) DO NOTHING
"""

BROADCAST = """
INSERT INTO broadcasts (slot, state, began_at, changed_at) VALUES (:slot, 'running', :at, :at)
ON CONFLICT (slot) DO UPDATE SET
    changed_at = iif(state = 'done', excluded.changed_at, changed_at),
    state = iif(state = 'done', 'running', state)
RETURNING id, state
"""

# `digests` are lists of what _columns says, `ids` lists of their subscriptions. The chats are those
# that these belong to at this moment.
ADD_DELIVERIES = """
WITH shared AS MATERIALIZED (
    SELECT key AS number, value ->> 0 AS slot, value ->> 2 AS name, value ->> 3 AS kind,
           value ->> 4 AS choice_id, value ->> 5 AS broadcast_id, value ->> 6 AS state,
           value ->> 7 AS error, value -> 8 AS posts
    FROM json_each(:digests))
INSERT INTO deliveries (key, chat_id, thread_id, kind, state, error, post_id, broadcast_id,
                        choice_id, created_at, changed_at)
SELECT 'digest:' || s.id || ':' || g.name || ':' || (p.key + 1), s.chat_id, s.thread_id, g.kind,
       g.state, g.error, p.value, g.broadcast_id, iif(p.key = 0, g.choice_id, NULL), :at, :at
FROM json_each(:ids) AS i
    CROSS JOIN shared AS g ON g.number = i.key
    CROSS JOIN json_each(i.value) AS t
    CROSS JOIN subscriptions AS s ON s.id = t.value
    CROSS JOIN json_each(g.posts) AS p
WHERE s.active = 1 AND s.asleep = 0 AND coalesce(s.slot < g.slot, 1)
ON CONFLICT (key) DO NOTHING
"""

# The next run is set only while it is the one that was due: a reader who changed the time in the
# meantime has set another.
MOVE_ON = """
WITH shared AS MATERIALIZED (
    SELECT key AS number, value ->> 0 AS slot, value ->> 1 AS next FROM json_each(:digests))
UPDATE subscriptions SET
    slot = g.slot, next_run_at = iif(next_run_at <= :at, g.next, next_run_at)
FROM (
    SELECT t.value AS id, g.slot, g.next
    FROM json_each(:ids) AS i
        CROSS JOIN shared AS g ON g.number = i.key
        CROSS JOIN json_each(i.value) AS t) AS g
WHERE subscriptions.id = g.id AND coalesce(subscriptions.slot < g.slot, 1)
  AND active = 1 AND asleep = 0
"""

STAY = """
UPDATE subscriptions SET next_run_at = iif(next_run_at <= :at, :next, next_run_at)
WHERE id IN (SELECT value FROM json_each(:ids)) AND slot >= :slot
"""

CANCELLED = "its broadcast was cancelled"


def plan(c: sqlite3.Connection, digest: NewDigest) -> bool:
    """Store the digest; False if its key is there."""
    at = micros(digest.at)
    first, *others = digest.deliveries
    if not add_delivery(c, first, at, choice_id=_choice_id(c, digest.stories, at)):
        return False
    for delivery in others:
        add_delivery(c, delivery, at)
    return True


def plan_shared(c: sqlite3.Connection, digests: Sequence[SharedDigest], at: int) -> int:
    """Store them for all their subscriptions that are there; for how many it is new."""
    values: dict[str, object] = {
        "digests": dump([_columns(c, digest, at) for digest in digests]),
        "ids": dump([digest.to for digest in digests]),
        "at": at,
    }
    c.execute(ADD_DELIVERIES, values)
    c.execute(MOVE_ON, values)
    planned = int(c.execute("SELECT changes()").fetchone()[0])  # no rowcount after a WITH
    if planned < sum(len(digest.to) for digest in digests):  # some had one of this slot before
        for digest in digests:
            slot, next_run_at = micros(digest.slot), micros(digest.next_run_at)
            passed = {"ids": dump(digest.to), "slot": slot, "next": next_run_at, "at": at}
            c.execute(STAY, passed)
    return planned


def add_delivery(
    c: sqlite3.Connection, delivery: NewDelivery, now: int, *, choice_id: int | None = None
) -> bool:
    """Store one delivery; False if its key is already there."""
    values = {
        "key": delivery.key,
        "chat_id": delivery.chat_id,
        "thread_id": delivery.thread_id,
        "kind": delivery.kind,
        "not_before": micros(delivery.not_before),
        "expires_at": micros(delivery.expires_at),
        "post_id": post_id(c, delivery.post),
        "choice_id": choice_id,
        "now": now,
    }
    return c.execute(ADD_DELIVERY, values).rowcount > 0


def _columns(c: sqlite3.Connection, digest: SharedDigest, at: int) -> list[object]:
    """Slot, next run, name of the slot, kind, choice, broadcast, state, error, posts."""
    slot = micros(digest.slot)
    broadcast_id, state = None, BroadcastState.RUNNING
    if digest.posts:
        broadcast_id, state = c.execute(BROADCAST, {"slot": slot, "at": at}).fetchone()
    dead = state == BroadcastState.CANCELLED
    return [
        slot,
        micros(digest.next_run_at),
        f"{digest.slot:%Y%m%dT%H%MZ}",
        digest.kind,
        None if dead else _choice_id(c, digest.stories, at),
        broadcast_id,
        "dead" if dead else "planned",
        CANCELLED if dead else None,
        [post_id(c, post) for post in digest.posts],
    ]


def _choice_id(c: sqlite3.Connection, stories: tuple[int, ...], at: int) -> int | None:
    """The choice of these stories, in this order; None of none."""
    if not stories:
        return None
    values: dict[str, object] = {"stories": dump(stories), "at": at}
    id_ = int(c.execute(CHOICE, values).fetchone()["id"])
    c.execute(CHOICE_STORIES, values | {"id": id_})
    return id_
