"""Planning: a digest, its deliveries and what it gives, stored whole or not at all."""

import sqlite3

from storage.models import NewDelivery, NewDigest
from storage.sqlite.posts import write_post
from storage.sqlite.values import dump, micros

SUBSCRIBED = "SELECT 1 FROM subscriptions WHERE id = :subscription_id"

ADD_DIGEST = """
INSERT INTO digests (key, chat_id, subscription_id, slot, stories, at)
VALUES (:key, :chat_id, :subscription_id, :slot, :stories, :at)
ON CONFLICT (key) DO NOTHING
"""

GIVE = """
INSERT OR IGNORE INTO given (chat_id, story_id, at) VALUES (:chat_id, :story_id, :at)
"""

# Its next run is set only while it is the one that was due: a reader who changed the time in the
# meantime has set another.
MOVE_ON = """
UPDATE subscriptions SET
    slot = max(coalesce(slot, :slot), :slot),
    next_run_at = CASE WHEN next_run_at <= :at THEN :next_run_at ELSE next_run_at END
WHERE id = :subscription_id
"""

ADD_DELIVERY = """
INSERT INTO deliveries (key, chat_id, thread_id, kind, state, not_before, expires_at, post,
                        created_at, changed_at)
VALUES (:key, :chat_id, :thread_id, :kind, 'planned', :not_before, :expires_at, :post, :now, :now)
ON CONFLICT (key) DO NOTHING
"""


def plan(c: sqlite3.Connection, digest: NewDigest) -> bool:
    """Store the digest; False if its key is there or its subscription is gone."""
    at = micros(digest.at)
    values = {
        "key": digest.key,
        "chat_id": digest.chat_id,
        "subscription_id": digest.subscription_id,
        "slot": micros(digest.slot),
        "next_run_at": micros(digest.next_run_at),
        "stories": dump(digest.stories),
        "at": at,
    }
    if digest.subscription_id is not None and c.execute(SUBSCRIBED, values).fetchone() is None:
        return False
    if not c.execute(ADD_DIGEST, values).rowcount:
        return False
    for delivery in digest.deliveries:
        add_delivery(c, delivery, at)
    given = [{"chat_id": digest.chat_id, "story_id": id_, "at": at} for id_ in digest.stories]
    c.executemany(GIVE, given)
    if digest.subscription_id is not None and digest.slot is not None:
        c.execute(MOVE_ON, values)
    return True


def add_delivery(c: sqlite3.Connection, delivery: NewDelivery, now: int) -> bool:
    """Store one delivery; False if its key is already there."""
    values = {
        "key": delivery.key,
        "chat_id": delivery.chat_id,
        "thread_id": delivery.thread_id,
        "kind": delivery.kind,
        "not_before": micros(delivery.not_before),
        "expires_at": micros(delivery.expires_at),
        "post": write_post(delivery.post),
        "now": now,
    }
    return c.execute(ADD_DELIVERY, values).rowcount > 0
