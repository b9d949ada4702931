"""Message ids known to be in use: what reconciliation takes away from its candidates."""

import sqlite3

BOTS_OWN = 0  # the counter shared by all private chats and basic groups
BASIC_GROUPS_ABOVE = -1_000_000_000_000
KEPT = 1_000
HIGHEST = (1 << 63) - 1

# Nothing is noted of a supergroup or channel that is not stored: it may have been forgotten.
SAW = """
INSERT OR IGNORE INTO seen_ids (counter, message_id)
SELECT :counter, :message_id
WHERE :counter = :bots_own OR EXISTS (SELECT 1 FROM chats WHERE id = :counter)
"""

# What lies above the floor of a delivery in doubt is kept until that is settled.
PRUNE = """
DELETE FROM seen_ids
WHERE counter = :counter AND message_id <= min(
    (SELECT message_id FROM seen_ids WHERE counter = :counter
     ORDER BY message_id DESC LIMIT 1 OFFSET :kept),
    (SELECT ifnull(min(floor), :highest)
     FROM deliveries INDEXED BY deliveries_doubtful
     WHERE state IN ('sending', 'unknown')
       AND iif(chat_id < -1000000000000, chat_id, :bots_own) = :counter))
"""

KNOWN = "SELECT message_id FROM seen_ids WHERE counter = :counter AND message_id > :above"

FLOOR = "SELECT max(message_id) FROM seen_ids WHERE counter = :counter"


def counter_of(chat_id: int) -> int:
    """Channels and supergroups count their own messages; the bot counts all the others."""
    return chat_id if chat_id < BASIC_GROUPS_ABOVE else BOTS_OWN


def saw(c: sqlite3.Connection, chat_id: int, message_id: int) -> None:
    """Note an id in use, keeping the newest thousand of its counter."""
    counter = counter_of(chat_id)
    values = {"counter": counter, "kept": KEPT, "highest": HIGHEST, "bots_own": BOTS_OWN}
    c.execute(SAW, values | {"message_id": message_id})
    c.execute(PRUNE, values)


def known_above(c: sqlite3.Connection, chat_id: int, above: int) -> set[int]:
    rows = c.execute(KNOWN, {"counter": counter_of(chat_id), "above": above})
    return {row["message_id"] for row in rows}


def highest(c: sqlite3.Connection, chat_id: int) -> int | None:
    value = c.execute(FLOOR, {"counter": counter_of(chat_id)}).fetchone()[0]
    return None if value is None else int(value)
