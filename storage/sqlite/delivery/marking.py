"""Marking many deliveries at once: a few statements, however many there are.

Each statement gives the interpreter's lock away and has to wait for it again while the event loop
is busy: one by one, thirty marks took thirty milliseconds.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from storage.sqlite.delivery.seen import BOTS_OWN, HIGHEST, KEPT
from storage.sqlite.file.values import dump, load

# The counter of a chat: its own for channels and supergroups, else the bot's.
SAW = """
INSERT OR IGNORE INTO seen_ids (counter, message_id)
SELECT iif(d.chat_id < -1000000000000, d.chat_id, :bots_own), json_extract(m.value, '$[1]')
FROM json_each(:sent) AS m JOIN deliveries AS d ON d.id = json_extract(m.value, '$[0]')
"""

# A fact, whatever we believed.
SENT = """
UPDATE deliveries SET
    state = 'sent', message_id = m.message_id, owner = NULL, lease_until = NULL, error = NULL,
    changed_at = :now
FROM (
    SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS message_id
    FROM json_each(:sent)
) AS m
WHERE deliveries.id = m.id AND deliveries.state <> 'sent'
"""

PRUNE = """
DELETE FROM seen_ids WHERE (counter, message_id) IN (
    SELECT s.counter, s.message_id
    FROM (
        SELECT DISTINCT iif(d.chat_id < -1000000000000, d.chat_id, :bots_own) AS counter
        FROM json_each(:sent) AS m JOIN deliveries AS d ON d.id = json_extract(m.value, '$[0]')
    ) AS c
    JOIN seen_ids AS s ON s.counter = c.counter
    WHERE s.message_id <= min(
        (SELECT message_id FROM seen_ids WHERE counter = c.counter
         ORDER BY message_id DESC LIMIT 1 OFFSET :kept),
        (SELECT ifnull(min(floor), :highest)
         FROM deliveries INDEXED BY deliveries_doubtful
         WHERE state IN ('sending', 'unknown')
           AND iif(chat_id < -1000000000000, chat_id, :bots_own) = c.counter)))
"""

MAY_LEAVE = """
SELECT json_group_array(id) FROM deliveries
WHERE id IN (SELECT value FROM json_each(:ids)) AND state = 'claimed'
"""

SENDING = """
UPDATE deliveries SET
    state = 'sending', attempts = attempts + 1, lease_until = NULL, changed_at = :now,
    floor = (
        SELECT max(message_id) FROM seen_ids
        WHERE counter = iif(deliveries.chat_id < -1000000000000, deliveries.chat_id, :bots_own))
WHERE id IN (SELECT value FROM json_each(:ids))
"""


def mark(
    c: sqlite3.Connection, *, sending: Sequence[int], sent: Mapping[int, int], now: int
) -> set[int]:
    """Note what was sent, then begin what may leave; the ids that may."""
    values: dict[str, object] = {"now": now, "bots_own": BOTS_OWN, "kept": KEPT, "highest": HIGHEST}
    if sent:
        values["sent"] = dump([*sent.items()])
        for sentence in (SAW, SENT, PRUNE):
            c.execute(sentence, values)
    if not sending:
        return set()
    ids = c.execute(MAY_LEAVE, {"ids": dump([*sending])}).fetchone()[0]
    c.execute(SENDING, values | {"ids": ids})
    return set(load(ids))
