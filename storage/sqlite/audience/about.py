"""All that is stored about one chat, in words of the columns, for whoever asks what we know."""

import sqlite3
from typing import Any

from storage.sqlite.delivery.seen import counter_of
from storage.sqlite.file.values import instant, load

# Of every table that knows a chat: a test holds this and `moving.forget` to the schema.
TABLES = {
    "chats": "SELECT * FROM chats WHERE id = :id",
    "channels": "SELECT id, title, username FROM chats WHERE owner_id = :id",
    "subscriptions": "SELECT * FROM subscriptions WHERE chat_id = :id ORDER BY id",
    "questions": "SELECT * FROM questions WHERE chat_id = :id",
    "saved": """
        SELECT v.*, a.title FROM saved AS v
             JOIN stories AS s ON s.id = v.story_id JOIN articles AS a ON a.id = s.lead_id
        WHERE v.chat_id = :id ORDER BY v.at
    """,
    "deliveries": """
        SELECT d.*, p.post ->> '$.text' AS text, c.stories
        FROM deliveries AS d JOIN posts AS p ON p.id = d.post_id
             LEFT JOIN choices AS c ON c.id = d.choice_id
        WHERE d.chat_id = :id ORDER BY d.id
    """,
    "seen_ids": "SELECT message_id FROM seen_ids WHERE counter = :counter AND counter = :id",
}

INSTANTS = frozenset((
    "at", "changed_at", "created_at", "asked_at", "next_run_at", "slot", "paused_until",
    "not_before", "expires_at", "lease_until",
))  # fmt: skip
LISTS = frozenset(("topics", "follows", "minutes", "days", "tastes", "stories", "topics_key"))


def about(c: sqlite3.Connection, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows; instants as ISO 8601, lists as lists."""
    values = {"id": chat_id, "counter": counter_of(chat_id)}
    return {
        table: [_plain(row) for row in c.execute(sentence, values)]
        for table, sentence in TABLES.items()
    }


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in row.keys()}  # noqa: SIM118  -- a Row's values


def _value(name: str, value: object) -> object:
    if name in INSTANTS and isinstance(value, int):
        return instant(value).isoformat()
    return load(value) if name in LISTS and isinstance(value, str) else value
