"""A clock that was set: rows that wait for a time to pass wait as long as they were to.

A clock set forward would end all waits at once, one set back would stretch them by as much. Rows
written since the clock was set are left as they are.
"""

import sqlite3

FORWARD = """
UPDATE deliveries INDEXED BY deliveries_held SET
    changed_at = changed_at + :by,
    not_before = iif(state = 'retry', not_before + :by, not_before),
    lease_until = lease_until + :by
WHERE state IN ('claimed', 'sending', 'unknown', 'retry') AND state <> 'sending'
  AND changed_at <= :now - :by
"""

EDITS_FORWARD = """
UPDATE edits SET not_before = not_before + :by, changed_at = changed_at + :by
WHERE state = 'planned' AND changed_at <= :now - :by
"""

# How far the clock went back need not be known, and is not after a restart: such a row waits once
# more, from now, for as long as it was to.
FROM_THE_FUTURE = """
UPDATE deliveries INDEXED BY deliveries_held SET
    not_before = iif(state = 'retry', :now + max(0, not_before - changed_at), not_before),
    lease_until = :now + max(0, lease_until - changed_at),
    changed_at = :now
WHERE state IN ('claimed', 'sending', 'unknown', 'retry') AND changed_at > :now
"""

EDITS_FROM_THE_FUTURE = """
UPDATE edits SET not_before = :now + max(0, not_before - changed_at), changed_at = :now
WHERE state = 'planned' AND changed_at > :now
"""


def clock_set(c: sqlite3.Connection, by: int, now: int) -> int:
    """Move what waits, `by` microseconds; how many rows."""
    if by < 0:
        return from_the_future(c, now)
    values = {"by": by, "now": now}
    return c.execute(FORWARD, values).rowcount + c.execute(EDITS_FORWARD, values).rowcount


def from_the_future(c: sqlite3.Connection, now: int) -> int:
    """Have what was written by a clock that was ahead wait from now; how many rows."""
    values = {"now": now}
    moved = c.execute(FROM_THE_FUTURE, values).rowcount
    return moved + c.execute(EDITS_FROM_THE_FUTURE, values).rowcount
