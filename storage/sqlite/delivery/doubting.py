"""What a process leaves when it ends: what it held is given back, what was leaving is in doubt."""

import sqlite3

from storage.models import Delivery
from storage.sqlite.delivery.clockset import from_the_future
from storage.sqlite.delivery.posts import delivery_of

GIVE_BACK = """
UPDATE deliveries INDEXED BY deliveries_leased SET
    state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE state = 'claimed' AND owner = :owner
"""

TAKE_BACK = """
UPDATE deliveries INDEXED BY deliveries_leased SET
    state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE state = 'claimed' AND owner IS NOT :owner
"""

DOUBT = """
UPDATE deliveries INDEXED BY deliveries_doubtful SET
    state = 'unknown', owner = NULL, changed_at = :now,
    error = 'the process ended while this was being sent'
WHERE state IN ('sending', 'unknown') AND state = 'sending' AND owner IS NOT :owner
"""

# A clock set forward between two lives would end the wait of what the first left in doubt, while
# Telegram is still at work on it.
DOUBT_ANEW = """
UPDATE deliveries INDEXED BY deliveries_doubtful SET changed_at = :now
WHERE state IN ('sending', 'unknown') AND state = 'unknown'
"""

IN_DOUBT = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_doubtful
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state IN ('sending', 'unknown') AND d.state = 'unknown' AND d.changed_at < :before
ORDER BY d.changed_at, d.id LIMIT :limit
"""


def recover(c: sqlite3.Connection, *, owner: str, now: int) -> tuple[int, int]:
    """Take over from all other owners: how many are planned again, how many in doubt."""
    from_the_future(c, now)
    values = {"owner": owner, "now": now}
    c.execute(DOUBT_ANEW, values)
    return c.execute(TAKE_BACK, values).rowcount, c.execute(DOUBT, values).rowcount


def give_back(c: sqlite3.Connection, *, owner: str, now: int) -> int:
    """What this owner claimed and did not send may be claimed by others; how many."""
    return c.execute(GIVE_BACK, {"owner": owner, "now": now}).rowcount


def in_doubt(c: sqlite3.Connection, *, before: int, limit: int) -> list[Delivery]:
    """Those of which nobody knows since then whether they arrived, the longest first."""
    rows = c.execute(IN_DOUBT, {"before": before, "limit": limit})
    return [delivery_of(row) for row in rows]
