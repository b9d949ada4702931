"""Deliveries in states that cannot be: edited by hand, or left by a disk that failed.

Each is named, and mended so that nothing is sent twice: what has a message id was sent, what is
nobody's is in doubt or planned again as after a kill, and what nobody can read is refused.
"""

import sqlite3

WRONG = """
SELECT CASE
    WHEN state NOT IN ('planned', 'claimed', 'sending', 'sent', 'retry', 'dead', 'unknown')
        THEN 'in a state that does not exist'
    WHEN message_id IS NOT NULL AND state NOT IN ('sent', 'dead')
        THEN 'not sent, and have a message id'
    WHEN message_id IS NULL AND state = 'sent' THEN 'sent, and have no message id'
    WHEN owner IS NULL AND state IN ('claimed', 'sending') THEN 'claimed by nobody'
    WHEN lease_until IS NULL AND state = 'claimed' THEN 'claimed for ever'
    WHEN not_before IS NULL AND state = 'retry' THEN 'waiting for no time'
    WHEN attempts < 0 THEN 'tried fewer times than none'
    WHEN NOT EXISTS (SELECT 1 FROM posts AS p WHERE p.id = d.post_id AND json_valid(p.post))
        THEN 'without a post that can be read'
    END AS what, count(*) AS n
FROM deliveries AS d WHERE what IS NOT NULL GROUP BY what ORDER BY what
"""

# Those claimed by nobody, or for ever, are taken back from whoever held them.
MEND = (
    """
    UPDATE deliveries SET
        state = 'sent', owner = NULL, lease_until = NULL, error = NULL, changed_at = :now
    WHERE message_id IS NOT NULL AND state NOT IN ('sent', 'dead')
    """,
    """
    UPDATE deliveries SET
        state = 'dead', owner = NULL, lease_until = NULL, changed_at = :now,
        error = 'it was in a state that does not exist: ' || state
    WHERE state NOT IN ('planned', 'claimed', 'sending', 'sent', 'retry', 'dead', 'unknown')
    """,
    """
    UPDATE deliveries SET
        state = 'dead', owner = NULL, lease_until = NULL, changed_at = :now,
        error = 'its post cannot be read'
    WHERE state IN ('planned', 'claimed', 'retry') AND NOT EXISTS (
        SELECT 1 FROM posts AS p WHERE p.id = post_id AND json_valid(p.post))
    """,
    "UPDATE deliveries SET not_before = :now WHERE state = 'retry' AND not_before IS NULL",
    "UPDATE deliveries SET attempts = 0 WHERE attempts < 0",
)


def wrong(c: sqlite3.Connection) -> dict[str, int]:
    """What is wrong with deliveries, and with how many."""
    return {row["what"]: row["n"] for row in c.execute(WRONG)}


def mend(c: sqlite3.Connection, now: int) -> dict[str, int]:
    """Mend what can be; what was wrong."""
    found = wrong(c)
    if found:
        for sentence in MEND:
            c.execute(sentence, {"now": now})
    return found
