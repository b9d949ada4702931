"""Chats: where posts go, and what each chat chose."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from storage.models import Chat, ChatKind, Interest, QuietHours, Taste
from storage.sqlite.audience.about import about
from storage.sqlite.audience.interests import read_tastes, write_tastes
from storage.sqlite.audience.moving import forget, migrate
from storage.sqlite.delivery.takeback import not_had_by
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import micros

QUESTION_AGE = timedelta(hours=1)
MOST_TASTES = 100

GET = "SELECT * FROM chats WHERE id = :id"

# What the chat chose stays; a language is taken only while there is none.
SEE = """
INSERT INTO chats (id, kind, title, username, language, zone, asleep, owner_id, header, say_empty,
                   changed_at)
VALUES (:id, :kind, :title, :username, :language, :zone, :asleep, :owner_id, :header, :say_empty,
        :now)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, title = excluded.title, username = excluded.username,
    language = coalesce(chats.language, excluded.language), changed_at = excluded.changed_at
RETURNING *
"""

# One that was forgotten meanwhile stays so.
REFRESH = """
UPDATE chats SET
    kind = :kind, title = :title, username = :username,
    language = coalesce(language, :language), changed_at = :now
WHERE id = :id
RETURNING *
"""

CHOOSE = """
UPDATE chats SET
    language = coalesce(:language, language),
    zone = coalesce(:zone, zone),
    header = CASE WHEN :header IS NULL THEN header ELSE nullif(:header, '') END,
    say_empty = coalesce(:say_empty, say_empty),
    owner_id = coalesce(:owner_id, owner_id),
    quiet_from = iif(:quiet_from IS NULL, quiet_from, nullif(:quiet_from, :quiet_to)),
    quiet_to = iif(:quiet_from IS NULL, quiet_to, nullif(:quiet_to, :quiet_from))
WHERE id = :id
"""

TASTES = "SELECT tastes FROM chats WHERE id = :id"
SET_TASTES = "UPDATE chats SET tastes = :tastes WHERE id = :id"

SLEEP = "UPDATE chats SET asleep = :reason, changed_at = :now WHERE id = :id"

WAKE = "UPDATE chats SET asleep = NULL, changed_at = :now WHERE id = :id AND asleep IS NOT NULL"

REST = "UPDATE subscriptions SET asleep = :asleep WHERE chat_id = :id"

# One that is being sent tells its own end.
KILL_OPEN = """
UPDATE deliveries SET
    state = 'dead', owner = NULL, lease_until = NULL, error = :reason, changed_at = :now
WHERE chat_id = :id AND state IN ('planned', 'retry', 'claimed')
"""

OWNED_BY = "SELECT * FROM chats WHERE owner_id = :user_id AND kind = 'channel' ORDER BY title, id"

BY_USERNAME = """
SELECT * FROM chats WHERE username = :username ORDER BY changed_at DESC, id LIMIT 1
"""

ASK = """
INSERT INTO questions (chat_id, question, asked_at)
SELECT id, :question, :now FROM chats WHERE id = :chat_id
ON CONFLICT (chat_id) DO UPDATE SET question = excluded.question, asked_at = excluded.asked_at
"""

FORGET_QUESTION = "DELETE FROM questions WHERE chat_id = :chat_id"

ASKED = "SELECT question FROM questions WHERE chat_id = :chat_id AND asked_at > :after"


class SqliteChats:
    """storage.ports.Chats over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self, chat_id: int) -> Chat | None:
        def work(c: sqlite3.Connection) -> Chat | None:
            row = c.execute(GET, {"id": chat_id}).fetchone()
            return None if row is None else chat_of(row)

        return await self._db.read(work)

    async def see(self, chat: Chat, *, now: datetime) -> Chat:
        known = await self.get(chat.id)
        if known is not None and _nothing_new(known, chat):
            return known  # most updates: no write for them

        def work(c: sqlite3.Connection) -> Chat:
            return chat_of(c.execute(SEE, _columns(chat) | {"now": micros(now)}).fetchone())

        return await self._db.write(work)

    async def known(self, chat: Chat, *, now: datetime) -> Chat | None:
        stored = await self.get(chat.id)
        if stored is None or _nothing_new(stored, chat):
            return stored

        def work(c: sqlite3.Connection) -> Chat | None:
            row = c.execute(REFRESH, _columns(chat) | {"now": micros(now)}).fetchone()
            return None if row is None else chat_of(row)

        return await self._db.write(work)

    async def choose(
        self,
        chat_id: int,
        *,
        language: str | None = None,
        zone: str | None = None,
        header: str | None = None,
        say_empty: bool | None = None,
        owner_id: int | None = None,
        quiet: QuietHours | None = None,
    ) -> None:
        values = {
            "id": chat_id,
            "language": language,
            "zone": zone,
            "header": header,
            "say_empty": say_empty,
            "owner_id": owner_id,
            "quiet_from": quiet and quiet.start,
            "quiet_to": quiet and quiet.end,
        }
        await self._db.write(lambda c: c.execute(CHOOSE, values).rowcount)

    async def taste(self, chat_id: int, taste: Taste) -> None:
        await self._retaste(chat_id, taste.interest, taste)

    async def untaste(self, chat_id: int, interest: Interest) -> None:
        await self._retaste(chat_id, interest, None)

    async def _retaste(self, chat_id: int, interest: Interest, taste: Taste | None) -> None:
        """What was told of the interest gives way to the taste."""

        def work(c: sqlite3.Connection) -> None:
            row = c.execute(TASTES, {"id": chat_id}).fetchone()
            if row is None:
                return
            others = [one for one in read_tastes(row["tastes"]) if one.interest != interest]
            told = [*others, taste] if taste else others
            values = {"id": chat_id, "tastes": write_tastes(told[-MOST_TASTES:])}
            c.execute(SET_TASTES, values)

        await self._db.write(work)

    async def sleep(self, chat_id: int, *, reason: str, now: datetime) -> None:
        values = {"id": chat_id, "reason": reason, "now": micros(now)}

        def work(c: sqlite3.Connection) -> None:
            c.execute(SLEEP, values)
            c.execute(REST, {"id": chat_id, "asleep": True})
            c.execute(KILL_OPEN, values)
            not_had_by(c, chat_id)

        await self._db.write(work, durable=True)

    async def wake(self, chat_id: int, *, now: datetime) -> bool:
        def work(c: sqlite3.Connection) -> bool:
            c.execute(REST, {"id": chat_id, "asleep": False})
            return c.execute(WAKE, {"id": chat_id, "now": micros(now)}).rowcount > 0

        return await self._db.write(work)

    async def migrate(self, old_id: int, new_id: int, *, now: datetime) -> None:
        await self._db.write(lambda c: migrate(c, old_id, new_id, micros(now)), durable=True)

    async def forget(self, chat_id: int) -> None:
        await self._db.write(lambda c: forget(c, chat_id), durable=True)

    async def data(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        return await self._db.read(lambda c: about(c, chat_id))

    async def owned_by(self, user_id: int) -> list[Chat]:
        values = {"user_id": user_id}
        return await self._db.read(lambda c: [chat_of(row) for row in c.execute(OWNED_BY, values)])

    async def by_username(self, username: str) -> Chat | None:
        def work(c: sqlite3.Connection) -> Chat | None:
            row = c.execute(BY_USERNAME, {"username": username}).fetchone()
            return None if row is None else chat_of(row)

        return await self._db.read(work)

    async def ask(self, chat_id: int, question: str, *, now: datetime) -> None:
        values = {"chat_id": chat_id, "question": question, "now": micros(now)}

        def work(c: sqlite3.Connection) -> None:
            c.execute(ASK if question else FORGET_QUESTION, values)

        await self._db.write(work)

    async def asked(self, chat_id: int, *, now: datetime) -> str | None:
        values = {"chat_id": chat_id, "after": micros(now - QUESTION_AGE)}

        def work(c: sqlite3.Connection) -> str | None:
            row = c.execute(ASKED, values).fetchone()
            return None if row is None else str(row["question"])

        return await self._db.read(work)


def _nothing_new(known: Chat, seen: Chat) -> bool:
    return (
        (known.kind, known.title, known.username) == (seen.kind, seen.title, seen.username)
    ) and (known.language is not None or seen.language is None)


def _columns(chat: Chat) -> dict[str, object]:
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "username": chat.username,
        "language": chat.language,
        "zone": chat.zone,
        "asleep": chat.asleep,
        "owner_id": chat.owner_id,
        "header": chat.header,
        "say_empty": chat.say_empty,
    }


def chat_of(row: sqlite3.Row) -> Chat:
    return Chat(
        id=row["id"],
        kind=ChatKind(row["kind"]),
        title=row["title"],
        username=row["username"],
        language=row["language"],
        zone=row["zone"],
        asleep=row["asleep"],
        owner_id=row["owner_id"],
        header=row["header"],
        say_empty=None if row["say_empty"] is None else bool(row["say_empty"]),
        tastes=read_tastes(row["tastes"]),
        quiet=quiet_of(row),
    )


def quiet_of(row: sqlite3.Row) -> QuietHours | None:
    start, end = row["quiet_from"], row["quiet_to"]
    return None if start is None else QuietHours(start=start, end=end)
