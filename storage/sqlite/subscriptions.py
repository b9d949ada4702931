"""Subscriptions: who wants what, and when."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.models import Schedule, Subscription
from storage.sqlite.database import Database
from storage.sqlite.values import dump, instant, instant_or_none, load, micros

ADD = """
INSERT INTO subscriptions (chat_id, thread_id, topics, topics_key, minutes, days, max_stories,
                           active, asleep, created_at, next_run_at)
VALUES (:chat_id, :thread_id, :topics, :topics_key, :minutes, :days, :max_stories, 1,
        coalesce((SELECT asleep IS NOT NULL FROM chats WHERE id = :chat_id), 0), :now,
        :next_run_at)
ON CONFLICT (chat_id, ifnull(thread_id, 0), topics_key) DO UPDATE SET
    topics = excluded.topics, minutes = excluded.minutes, days = excluded.days,
    max_stories = excluded.max_stories, active = 1, next_run_at = excluded.next_run_at
RETURNING *
"""

GET = "SELECT * FROM subscriptions WHERE id = :id"
OF_CHAT = "SELECT * FROM subscriptions WHERE chat_id = :chat_id ORDER BY id"

# Changed to what another of the chat is already: that other one gives way.
REMOVE_TWIN = """
DELETE FROM subscriptions
WHERE id <> :id AND topics_key = :topics_key
  AND (chat_id, ifnull(thread_id, 0)) =
      (SELECT chat_id, ifnull(thread_id, 0) FROM subscriptions WHERE id = :id)
"""

CHANGE = """
UPDATE subscriptions SET
    topics = coalesce(:topics, topics), topics_key = coalesce(:topics_key, topics_key),
    minutes = coalesce(:minutes, minutes), days = coalesce(:days, days),
    next_run_at = coalesce(:next_run_at, next_run_at),
    max_stories = coalesce(:max_stories, max_stories)
WHERE id = :id
RETURNING *
"""

REMOVE = "DELETE FROM subscriptions WHERE id = :id"

DUE = """
SELECT * FROM subscriptions INDEXED BY subscriptions_due
WHERE active = 1 AND asleep = 0 AND next_run_at IS NOT NULL AND next_run_at <= :now
ORDER BY next_run_at, id LIMIT :limit
"""

NEXT_DUE = """
SELECT min(next_run_at) FROM subscriptions INDEXED BY subscriptions_due
WHERE active = 1 AND asleep = 0 AND next_run_at IS NOT NULL
"""

COUNT = "SELECT count(*) FROM subscriptions"


class SqliteSubscriptions:
    """storage.ports.Subscriptions over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(
        self,
        *,
        chat_id: int,
        topics: Sequence[str],
        schedule: Schedule,
        next_run_at: datetime | None,
        now: datetime,
        thread_id: int | None = None,
        max_stories: int = 10,
    ) -> Subscription:
        values = {
            "chat_id": chat_id,
            "thread_id": thread_id,
            "max_stories": max_stories,
            "now": micros(now),
            "next_run_at": micros(next_run_at),
            **_topics(topics),
            **_schedule(schedule),
        }

        def work(c: sqlite3.Connection) -> Subscription:
            return subscription_of(c.execute(ADD, values).fetchone())

        return await self._db.write(work)

    async def get(self, subscription_id: int) -> Subscription | None:
        def work(c: sqlite3.Connection) -> Subscription | None:
            row = c.execute(GET, {"id": subscription_id}).fetchone()
            return None if row is None else subscription_of(row)

        return await self._db.read(work)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        def work(c: sqlite3.Connection) -> list[Subscription]:
            return [subscription_of(row) for row in c.execute(OF_CHAT, {"chat_id": chat_id})]

        return await self._db.read(work)

    async def change(
        self,
        subscription_id: int,
        *,
        topics: Sequence[str] | None = None,
        schedule: Schedule | None = None,
        next_run_at: datetime | None = None,
        max_stories: int | None = None,
    ) -> Subscription | None:
        values = {
            "id": subscription_id,
            "next_run_at": micros(next_run_at),
            "max_stories": max_stories,
            **_topics(topics),
            **_schedule(schedule),
        }

        def work(c: sqlite3.Connection) -> Subscription | None:
            c.execute(REMOVE_TWIN, values)
            row = c.execute(CHANGE, values).fetchone()
            return None if row is None else subscription_of(row)

        return await self._db.write(work)

    async def remove(self, subscription_id: int) -> bool:
        values = {"id": subscription_id}
        return await self._db.write(lambda c: c.execute(REMOVE, values).rowcount > 0)

    async def due(self, *, now: datetime, limit: int) -> list[Subscription]:
        values = {"now": micros(now), "limit": limit}
        return await self._db.read(lambda c: [subscription_of(r) for r in c.execute(DUE, values)])

    async def next_due_at(self) -> datetime | None:
        return await self._db.read(lambda c: instant_or_none(c.execute(NEXT_DUE).fetchone()[0]))

    async def count(self) -> int:
        return await self._db.read(lambda c: int(c.execute(COUNT).fetchone()[0]))


def _topics(topics: Sequence[str] | None) -> dict[str, str | None]:
    if topics is None:
        return {"topics": None, "topics_key": None}
    once = list(dict.fromkeys(topics))
    return {"topics": dump(once), "topics_key": dump(sorted(once))}


def _schedule(schedule: Schedule | None) -> dict[str, str | None]:
    if schedule is None:
        return {"minutes": None, "days": None}
    return {"minutes": dump(schedule.minutes), "days": dump(schedule.days)}


def subscription_of(row: sqlite3.Row) -> Subscription:
    return Subscription(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        topics=tuple(load(row["topics"])),
        schedule=Schedule(minutes=tuple(load(row["minutes"])), days=tuple(load(row["days"]))),
        max_stories=row["max_stories"],
        active=bool(row["active"]),
        created_at=instant(row["created_at"]),
        next_run_at=instant_or_none(row["next_run_at"]),
        slot=instant_or_none(row["slot"]),
    )
