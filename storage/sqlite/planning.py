"""Planning: digests, their deliveries and what they give, stored whole or not at all.

What is equal is stored once: a post and a choice of stories by many digests. What many digests
share is planned by a few statements, however many there are.
"""

import sqlite3

from storage.models import NewDelivery, NewDigest, SharedDigest
from storage.sqlite.posts import post_id
from storage.sqlite.values import dump, micros

ADD_CHOICE = """
INSERT INTO choices (stories) VALUES (:stories) ON CONFLICT (stories) WHERE corrected = 0 DO NOTHING
RETURNING id
"""

ADD_STORIES = """
INSERT OR IGNORE INTO choice_stories (choice_id, story_id)
SELECT :id, value FROM json_each(:stories)
"""

CHOICE = "SELECT id FROM choices WHERE stories = :stories AND corrected = 0"

ADD_DIGEST = """
INSERT INTO digests (key, chat_id, choice_id, at) VALUES (:key, :chat_id, :choice_id, :at)
ON CONFLICT (key) DO NOTHING
"""

ADD_DELIVERY = """
INSERT INTO deliveries (key, chat_id, thread_id, kind, state, not_before, expires_at, post_id,
                        created_at, changed_at)
VALUES (:key, :chat_id, :thread_id, :kind, 'planned', :not_before, :expires_at, :post_id, :now,
        :now)
ON CONFLICT (key) DO NOTHING
"""

# `to` is {subscription id: its next run}. The chat is the one it belongs to at this moment.
ADD_DIGESTS = """
INSERT INTO digests (key, chat_id, subscription_id, slot, choice_id, at)
SELECT 'digest:' || s.id || ':' || :name, s.chat_id, s.id, :slot, :choice_id, :at
FROM json_each(:to) AS t CROSS JOIN subscriptions AS s ON s.id = CAST(t.key AS INTEGER)
WHERE s.active = 1 AND s.asleep = 0
ON CONFLICT (key) DO NOTHING
RETURNING subscription_id
"""

# The next run is set only while it is the one that was due: a reader who changed the time in the
# meantime has set another.
MOVE_ON = """
UPDATE subscriptions SET
    slot = max(coalesce(slot, :slot), :slot),
    next_run_at = iif(next_run_at <= :at, t.value, next_run_at)
FROM json_each(:to) AS t
WHERE subscriptions.id = CAST(t.key AS INTEGER)
"""

BROADCAST = """
INSERT INTO broadcasts (slot, state, began_at, changed_at) VALUES (:slot, 'running', :at, :at)
ON CONFLICT (slot) DO UPDATE SET
    changed_at = iif(state = 'done', excluded.changed_at, changed_at),
    state = iif(state = 'done', 'running', state)
RETURNING id, state
"""

ADD_DELIVERIES = """
INSERT INTO deliveries (key, chat_id, thread_id, kind, state, error, post_id, broadcast_id,
                        created_at, changed_at)
SELECT 'digest:' || s.id || ':' || :name || ':' || (p.key + 1), s.chat_id, s.thread_id, :kind,
       iif(:cancelled, 'dead', 'planned'), iif(:cancelled, :reason, NULL), p.value, :broadcast_id,
       :at, :at
FROM json_each(:planned) AS t
    CROSS JOIN subscriptions AS s ON s.id = t.value
    CROSS JOIN json_each(:posts) AS p
"""

CANCELLED = "its broadcast was cancelled"


def plan(c: sqlite3.Connection, digest: NewDigest) -> bool:
    """Store the digest; False if its key is there."""
    at = micros(digest.at)
    values = {
        "key": digest.key,
        "chat_id": digest.chat_id,
        "choice_id": _choice_id(c, digest.stories),
        "at": at,
    }
    if not c.execute(ADD_DIGEST, values).rowcount:
        return False
    for delivery in digest.deliveries:
        add_delivery(c, delivery, at)
    return True


def plan_shared(c: sqlite3.Connection, digest: SharedDigest) -> int:
    """Store it for all its subscriptions that are there; for how many it is new."""
    values: dict[str, object] = {
        "to": dump({str(id_): micros(next_run_at) for id_, next_run_at in digest.to.items()}),
        "name": f"{digest.slot:%Y%m%dT%H%MZ}",
        "slot": micros(digest.slot),
        "at": micros(digest.at),
        "choice_id": _choice_id(c, digest.stories),
    }
    planned = [row["subscription_id"] for row in c.execute(ADD_DIGESTS, values)]
    c.execute(MOVE_ON, values)
    if planned and digest.posts:
        broadcast = c.execute(BROADCAST, values).fetchone()
        values |= {
            "kind": digest.kind,
            "planned": dump(planned),
            "posts": dump([post_id(c, post) for post in digest.posts]),
            "broadcast_id": broadcast["id"],
            "cancelled": broadcast["state"] == "cancelled",
            "reason": CANCELLED,
        }
        c.execute(ADD_DELIVERIES, values)
    return len(planned)


def add_delivery(c: sqlite3.Connection, delivery: NewDelivery, now: int) -> bool:
    """Store one delivery; False if its key is already there."""
    values = {
        "key": delivery.key,
        "chat_id": delivery.chat_id,
        "thread_id": delivery.thread_id,
        "kind": delivery.kind,
        "not_before": micros(delivery.not_before),
        "expires_at": micros(delivery.expires_at),
        "post_id": post_id(c, delivery.post),
        "now": now,
    }
    return c.execute(ADD_DELIVERY, values).rowcount > 0


def _choice_id(c: sqlite3.Connection, stories: tuple[int, ...]) -> int | None:
    """The choice of these stories, in this order; None of none."""
    if not stories:
        return None
    values: dict[str, object] = {"stories": dump(stories)}
    added = c.execute(ADD_CHOICE, values).fetchone()
    if added is None:
        return int(c.execute(CHOICE, values).fetchone()["id"])
    c.execute(ADD_STORIES, values | {"id": added["id"]})
    return int(added["id"])
