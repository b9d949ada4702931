"""Planning: digests, their deliveries and what they give, stored whole or not at all.

What is equal is stored once: a post, and a choice of stories. A piece of a million subscriptions
is planned by a few statements, however many they are.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.models import BroadcastState, NewDelivery, NewDigest, Post, SharedDigest
from storage.sqlite.delivery.posts import post_id
from storage.sqlite.file.values import dump, micros

CHOICE = """
INSERT INTO choices (stories, upto, corrected, at) VALUES (:stories, :upto, 0, :at)
ON CONFLICT (stories, upto) WHERE corrected = 0 DO UPDATE SET at = max(at, excluded.at)
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
    SELECT key AS number, value ->> 0 AS slot, value ->> 1 AS name, value ->> 2 AS kind,
           value ->> 3 AS choice_id, value ->> 4 AS broadcast_id, value ->> 5 AS state,
           value ->> 6 AS error, value -> 7 AS posts
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
# meantime has set another. A pause is over with the second digest after it: the first may be taken
# back, and the next must tell what was missed then.
MOVE_ON = """
UPDATE subscriptions SET
    slot = :slot, next_run_at = iif(next_run_at <= :at, :next_run_at, next_run_at),
    paused_until = iif(slot >= paused_until, NULL, paused_until)
WHERE id IN (SELECT value FROM json_each(:ids))
  AND coalesce(slot < :slot, 1) AND active = 1 AND asleep = 0
"""

# One that had a digest of this slot before.
STAY = """
UPDATE subscriptions SET next_run_at = :next_run_at
WHERE id IN (SELECT value FROM json_each(:ids)) AND slot >= :slot AND next_run_at <= :at
"""

CANCELLED = "its broadcast was cancelled"


def plan(c: sqlite3.Connection, digest: NewDigest) -> bool:
    """Store the digest; False if its key is there."""
    at = micros(digest.at)
    first, *others = digest.deliveries
    if not add_delivery(c, first, at, choice_id=_choice_id(c, digest.stories, digest.upto, at)):
        return False
    for delivery in others:
        add_delivery(c, delivery, at)
    return True


def plan_shared(c: sqlite3.Connection, digests: Sequence[SharedDigest], at: int) -> int:
    """Store them for all their subscriptions that are there; for how many it is new."""
    rows = _Rows(c, at)
    values: dict[str, object] = {
        "digests": dump([rows.columns(digest) for digest in digests]),
        "ids": dump([digest.to for digest in digests]),
        "at": at,
    }
    c.execute(ADD_DELIVERIES, values)
    moves = [_move(digest, at) for digest in digests]
    planned = c.executemany(MOVE_ON, moves).rowcount
    if planned < sum(len(digest.to) for digest in digests):
        c.executemany(STAY, moves)
    return planned


def _move(digest: SharedDigest, at: int) -> dict[str, object]:
    return {
        "ids": dump(digest.to),
        "slot": micros(digest.slot),
        "next_run_at": micros(digest.next_run_at),
        "at": at,
    }


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


class _Rows:
    """What digests have in common has one row, which is looked up once."""

    def __init__(self, c: sqlite3.Connection, at: int) -> None:
        self._c = c
        self._at = at
        self._broadcasts: dict[datetime, tuple[int, str]] = {}
        self._choices: dict[tuple[tuple[int, ...], int], int | None] = {}
        self._posts: dict[int, int] = {}  # by the identity of the value: they are drawn once

    def columns(self, digest: SharedDigest) -> list[object]:
        """Slot, its name, kind, choice, broadcast, state, error, posts."""
        broadcast_id, state = self._broadcast(digest.slot) if digest.posts else (None, "")
        dead = state == BroadcastState.CANCELLED
        return [
            micros(digest.slot),
            f"{digest.slot:%Y%m%dT%H%MZ}",
            digest.kind,
            None if dead else self._choice(digest.stories, digest.upto),
            broadcast_id,
            "dead" if dead else "planned",
            CANCELLED if dead else None,
            [self._post(post) for post in digest.posts],
        ]

    def _broadcast(self, slot: datetime) -> tuple[int, str]:
        if slot not in self._broadcasts:
            values = {"slot": micros(slot), "at": self._at}
            row = self._c.execute(BROADCAST, values).fetchone()
            self._broadcasts[slot] = row["id"], row["state"]
        return self._broadcasts[slot]

    def _choice(self, stories: tuple[int, ...], upto: int) -> int | None:
        key = stories, upto
        if key not in self._choices:
            self._choices[key] = _choice_id(self._c, stories, upto, self._at)
        return self._choices[key]

    def _post(self, post: Post) -> int:
        if id(post) not in self._posts:
            self._posts[id(post)] = post_id(self._c, post)
        return self._posts[id(post)]


def _choice_id(c: sqlite3.Connection, stories: tuple[int, ...], upto: int, at: int) -> int | None:
    """The choice of these stories, in this order and as they were; None of none."""
    if not stories:
        return None
    values: dict[str, object] = {"stories": dump(stories), "upto": upto, "at": at}
    id_ = int(c.execute(CHOICE, values).fetchone()["id"])
    c.execute(CHOICE_STORIES, values | {"id": id_})
    return id_
