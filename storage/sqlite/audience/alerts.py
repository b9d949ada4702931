"""Alerts: what each waits for, in an index of its own, and making them due."""

import sqlite3

from storage.models import Interest, InterestKind, Subscription

ALL = "all"  # the kind of who waits for everything

FORGET = "DELETE FROM awaited WHERE subscription_id = :id"

AWAIT = """
INSERT OR IGNORE INTO awaited (kind, value, label, subscription_id) VALUES (?, ?, ?, ?)
"""

AWAITED = """
SELECT kind, value, min(label) AS label FROM awaited WHERE kind <> 'all' GROUP BY kind, value
"""
ANYTHING = "SELECT EXISTS (SELECT 1 FROM awaited WHERE kind = 'all')"

ON = """
SELECT subscription_id AS id FROM awaited
WHERE kind = :kind AND value = :value AND subscription_id > :after
ORDER BY subscription_id LIMIT :limit
"""

# One that is due already comes with all there is; one that paused stays silent.
MAKE_DUE = """
UPDATE subscriptions SET next_run_at = max(:at, ifnull(slot + :apart, :at))
WHERE id = :id AND instant = 1 AND active = 1 AND asleep = 0 AND next_run_at IS NULL
  AND ifnull(paused_until <= :now, 1)
"""


def index(c: sqlite3.Connection, subscription: Subscription) -> None:
    """Note what it waits for, if it is an alert, instead of what it did before."""
    if not subscription.instant:
        return
    c.execute(FORGET, {"id": subscription.id})
    rows = [(InterestKind.TOPIC.value, slug, slug) for slug in subscription.topics]
    rows += [(one.kind.value, one.value, one.label) for one in subscription.follows]
    c.executemany(AWAIT, [(*row, subscription.id) for row in rows or [(ALL, "", "")]])


def awaited(c: sqlite3.Connection) -> tuple[list[Interest], bool]:
    """Each interest that an alert waits for, once; and whether one waits for anything."""
    interests = [
        Interest(kind=InterestKind(row["kind"]), value=row["value"], label=row["label"])
        for row in c.execute(AWAITED)
    ]
    return interests, bool(c.execute(ANYTHING).fetchone()[0])


def alert(
    c: sqlite3.Connection,
    interest: Interest | None,
    *,
    at: int,
    now: int,
    apart: int,
    after_id: int,
    limit: int,
) -> int | None:
    """Make a slice of them due; the last one's id, None when there are no more."""
    kind, value = (interest.kind, interest.value) if interest else (ALL, "")
    bound = {"kind": kind, "value": value, "after": after_id, "limit": limit}
    ids = [row["id"] for row in c.execute(ON, bound)]
    times = {"at": at, "now": now, "apart": apart}
    c.executemany(MAKE_DUE, [times | {"id": id_} for id_ in ids])
    return ids[-1] if len(ids) == limit else None
