"""A chat that moves to a new id, and one that is forgotten: every table that knows a chat."""

import sqlite3

from storage.sqlite.delivery.edits import LEFT_BEHIND
from storage.sqlite.delivery.seen import counter_of

# The old chat's choices win: the new row, if there is one, was made by the first message there.
MOVE_CHAT = """
INSERT INTO chats (id, kind, title, username, language, zone, asleep, owner_id, header, say_empty,
                   tastes, quiet_from, quiet_to, changed_at)
SELECT :new_id, 'supergroup', title, username, language, zone, NULL, owner_id, header, say_empty,
       tastes, quiet_from, quiet_to, :now
FROM chats WHERE id = :old_id
ON CONFLICT (id) DO UPDATE SET
    kind = 'supergroup',
    language = coalesce(excluded.language, chats.language),
    zone = coalesce(excluded.zone, chats.zone),
    owner_id = coalesce(excluded.owner_id, chats.owner_id),
    header = coalesce(excluded.header, chats.header),
    say_empty = coalesce(excluded.say_empty, chats.say_empty),
    tastes = excluded.tastes, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
    asleep = NULL, changed_at = excluded.changed_at
"""

# What the new id has already is left behind, and goes with the old chat.
MOVE = (
    """
    UPDATE OR IGNORE subscriptions SET chat_id = :new_id, asleep = 0
    WHERE chat_id = :old_id AND EXISTS (SELECT 1 FROM chats WHERE id = :new_id)
    """,
    """
    UPDATE edits SET state = 'dead', error = :left_behind, changed_at = :now
    WHERE state = 'planned' AND delivery_id IN (
        SELECT id FROM deliveries WHERE chat_id = :old_id AND state = 'sent')
    """,
    # A floor was under the counter of the old chat: by the new one nothing can be told from it.
    """
    UPDATE deliveries SET
        chat_id = :new_id, floor = iif(state IN ('sending', 'unknown'), NULL, floor),
        left_behind = left_behind OR state = 'sent'
    WHERE chat_id = :old_id
    """,
    "UPDATE OR IGNORE questions SET chat_id = :new_id WHERE chat_id = :old_id",
    "UPDATE subscriptions SET asleep = 0 WHERE chat_id = :new_id",
    "DELETE FROM questions WHERE chat_id = :old_id",
    "DELETE FROM chats WHERE id = :old_id",  # and the subscriptions left
)

FORGET = (
    "DELETE FROM subscriptions WHERE chat_id = :id",
    "DELETE FROM deliveries WHERE chat_id = :id",
    "DELETE FROM questions WHERE chat_id = :id",
    "DELETE FROM chats WHERE id = :id",
    "UPDATE chats SET owner_id = NULL WHERE owner_id = :id",
)

FORGET_SEEN = "DELETE FROM seen_ids WHERE counter = :counter"


def migrate(c: sqlite3.Connection, old_id: int, new_id: int, now: int) -> None:
    """Move everything of the old id; a second time there is nothing to move."""
    values = {"old_id": old_id, "new_id": new_id, "now": now, "left_behind": LEFT_BEHIND}
    if old_id == new_id:
        return
    c.execute(MOVE_CHAT, values)
    for sentence in MOVE:
        c.execute(sentence, values)


def forget(c: sqlite3.Connection, chat_id: int) -> None:
    """Delete every row about the chat; the bot's own counter belongs to no chat and stays."""
    for sentence in FORGET:
        c.execute(sentence, {"id": chat_id})
    counter = counter_of(chat_id)
    if counter == chat_id:
        c.execute(FORGET_SEEN, {"counter": counter})
