"""A clock that was set: rows that wait for a time to pass wait as long as they were to.

A clock set forward would end all waits at once, one set back would stretch them by as much. Rows
written since the clock was set are left as they are.
"""

import sqlite3

FORWARD = """
UPDATE deliveries SET
    changed_at = changed_at + :by,
    not_before = iif(state = 'retry', not_before + :by, not_before),
    lease_until = lease_until + :by
WHERE state IN ('claimed', 'retry', 'unknown') AND changed_at <= :now - :by
"""

# How far the clock went back need not be known, and is not after a restart: such a row waits once
# more, from now, for as long as it was to.
FROM_THE_FUTURE = """
UPDATE deliveries SET
    not_before = iif(state = 'retry', :now + max(0, not_before - changed_at), not_before),
    lease_until = :now + max(0, lease_until - changed_at),
    changed_at = :now
WHERE state IN ('claimed', 'sending', 'retry', 'unknown') AND changed_at > :now
"""


def clock_set(c: sqlite3.Connection, by: int, now: int) -> int:
    """Move what waits, `by` microseconds; how many rows."""
    if by < 0:
        return from_the_future(c, now)
    return c.execute(FORWARD, {"by": by, "now": now}).rowcount


def from_the_future(c: sqlite3.Connection, now: int) -> int:
    """Have what was written by a clock that was ahead wait from now; how many rows."""
    return c.execute(FROM_THE_FUTURE, {"now": now}).rowcount
