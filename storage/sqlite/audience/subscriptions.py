"""Subscriptions: who wants what, and when."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.models import (
    DueGroup,
    Interest,
    Layout,
    Place,
    Schedule,
    Subscription,
)
from storage.sqlite.audience import alerts, due
from storage.sqlite.audience.due import subscription_of
from storage.sqlite.audience.interests import write_interests
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import (
    EPOCH,
    MICROSECOND,
    dump,
    micros,
)

ADD = """
INSERT INTO subscriptions (chat_id, thread_id, topics, follows, topics_key, minutes, days,
                           max_stories, instant, active, asleep, created_at, next_run_at)
VALUES (:chat_id, :thread_id, :topics, :follows, :topics_key, :minutes, :days, :max_stories,
        :instant, 1,
        coalesce((SELECT asleep IS NOT NULL FROM chats WHERE id = :chat_id), 0), :now,
        :next_run_at)
ON CONFLICT (chat_id, ifnull(thread_id, 0), topics_key) DO UPDATE SET
    topics = excluded.topics, follows = excluded.follows, minutes = excluded.minutes,
    days = excluded.days, max_stories = excluded.max_stories, active = 1,
    next_run_at = excluded.next_run_at
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
    max_stories = coalesce(:max_stories, max_stories),
    follows = coalesce(:follows, follows),
    reading_s = iif(:reading_s IS NULL, reading_s, nullif(:reading_s, 0)),
    layout = coalesce(:layout, layout), silent = coalesce(:silent, silent)
WHERE id = :id
RETURNING *
"""

PAUSE = """
UPDATE subscriptions SET paused_until = :until, next_run_at = coalesce(:next_run_at, next_run_at)
WHERE id = :id
RETURNING *
"""

REMOVE = "DELETE FROM subscriptions WHERE id = :id"

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
        follows: Sequence[Interest] = (),
        instant: bool = False,
    ) -> Subscription:
        values = {
            "chat_id": chat_id,
            "thread_id": thread_id,
            "max_stories": max_stories,
            "now": micros(now),
            "next_run_at": micros(next_run_at),
            "instant": instant,
            "topics": dump(_once(topics)),
            "follows": write_interests(follows),
            "topics_key": _key(topics, follows, schedule, instant=instant),
            **_schedule(schedule),
        }

        def work(c: sqlite3.Connection) -> Subscription:
            added = subscription_of(c.execute(ADD, values).fetchone())
            alerts.index(c, added)
            return added

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
        follows: Sequence[Interest] | None = None,
        reading_s: int | None = None,
        layout: Layout | None = None,
        silent: bool | None = None,
    ) -> Subscription | None:
        values = {
            "id": subscription_id,
            "next_run_at": micros(next_run_at),
            "max_stories": max_stories,
            "topics": None if topics is None else dump(_once(topics)),
            "follows": None if follows is None else write_interests(follows),
            "reading_s": reading_s,
            "layout": layout,
            "silent": silent,
            **_schedule(schedule),
        }

        def work(c: sqlite3.Connection) -> Subscription | None:
            row = c.execute(GET, {"id": subscription_id}).fetchone()
            if row is None:
                return None
            was = subscription_of(row)
            wants = was.topics if topics is None else topics
            interests = was.follows if follows is None else follows
            when = was.schedule if schedule is None else schedule
            values["topics_key"] = _key(wants, interests, when, instant=was.instant)
            c.execute(REMOVE_TWIN, values)
            changed = subscription_of(c.execute(CHANGE, values).fetchone())
            alerts.index(c, changed)
            return changed

        return await self._db.write(work)

    async def pause(
        self, subscription_id: int, *, until: datetime | None, next_run_at: datetime | None
    ) -> Subscription | None:
        values = {
            "id": subscription_id,
            "until": micros(until),
            "next_run_at": micros(next_run_at),
        }

        def work(c: sqlite3.Connection) -> Subscription | None:
            row = c.execute(PAUSE, values).fetchone()
            return None if row is None else subscription_of(row)

        return await self._db.write(work)

    async def remove(self, subscription_id: int) -> bool:
        values = {"id": subscription_id}
        return await self._db.write(lambda c: c.execute(REMOVE, values).rowcount > 0)

    async def due(
        self,
        *,
        now: datetime,
        limit: int,
        had_since: datetime | None = None,
        minutes: int = 1,
        after: Place | None = None,
    ) -> list[DueGroup]:
        return await self._db.read(
            lambda c: due.due(
                c,
                now=micros(now),
                limit=limit,
                had_since=micros(had_since or EPOCH),
                minutes=minutes,
                after=after,
            )
        )

    async def waiting(self, *, now: datetime, after: Place | None, limit: int) -> list[Place]:
        return await self._db.read(
            lambda c: due.waiting(c, now=micros(now), after=after, limit=limit)
        )

    async def put_off(self, to: Mapping[int, datetime | None], *, now: datetime) -> None:
        await self._db.write(lambda c: due.put_off(c, to, now=micros(now)))

    async def awaited(self) -> tuple[list[Interest], bool]:
        return await self._db.read(alerts.awaited)

    async def alert(
        self,
        interest: Interest | None,
        *,
        at: datetime,
        now: datetime,
        apart: timedelta,
        after_id: int = 0,
        limit: int = 4_000,
    ) -> int | None:
        return await self._db.write(
            lambda c: alerts.alert(
                c,
                interest,
                at=micros(at),
                now=micros(now),
                apart=apart // MICROSECOND,
                after_id=after_id,
                limit=limit,
            )
        )

    async def next_due_at(self) -> datetime | None:
        return await self._db.read(due.next_due_at)

    async def count(self) -> int:
        return await self._db.read(lambda c: int(c.execute(COUNT).fetchone()[0]))


def _once(topics: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(topics))


def _key(
    topics: Sequence[str], follows: Sequence[Interest], schedule: Schedule, *, instant: bool
) -> str:
    """What makes two subscriptions of a chat one: that they want the same in the same way.

    Alerts, weekly digests and others are three ways.
    """
    interests = sorted({f"{one.kind}:{one.value}" for one in follows})
    way = ["!"] if instant else ["1/7"] if len(schedule.days) == 1 else []
    return dump([*sorted(_once(topics)), *interests, *way])


def _schedule(schedule: Schedule | None) -> dict[str, str | None]:
    if schedule is None:
        return {"minutes": None, "days": None}
    return {"minutes": dump(schedule.minutes), "days": dump(schedule.days)}
