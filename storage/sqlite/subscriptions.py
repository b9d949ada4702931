"""Subscriptions: who wants what, and when."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.models import (
    Chat,
    ChatKind,
    DueGroup,
    Interest,
    Layout,
    Place,
    Schedule,
    Subscription,
)
from storage.sqlite import alerts
from storage.sqlite.chats import quiet_of
from storage.sqlite.database import Database
from storage.sqlite.interests import read_interests, read_tastes, write_interests
from storage.sqlite.values import (
    EPOCH,
    MICROSECOND,
    dump,
    instant,
    instant_or_none,
    load,
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

ANY_OPEN = "SELECT EXISTS (SELECT 1 FROM broadcasts WHERE state IN ('running', 'paused'))"

# Those that are due alike are one row, with the columns of the first of them and its chat's. Only
# what tells them apart is sorted, and the longest without a digest come first.
DUE = """
WITH due AS MATERIALIZED (
    SELECT s.id, s.next_run_at, s.slot, s.topics, s.follows, s.minutes, s.days, s.max_stories,
           s.reading_s, s.layout, s.silent, s.instant, s.paused_until, c.tastes, c.language,
           c.zone, c.kind, c.header, c.say_empty, abs(s.chat_id) % :minutes AS minute,
           iif(s.instant, c.quiet_from, 0) AS quiet_from, iif(s.instant, c.quiet_to, 0) AS quiet_to,
           iif(s.slot IS NULL AND (s.instant OR s.paused_until),
               max(s.created_at, :had_since) / :about, 0) AS made,
           (SELECT group_concat(d.choice_id) FROM deliveries AS d INDEXED BY deliveries_of_chat
            WHERE d.chat_id = s.chat_id AND d.created_at > :had_since
              AND d.choice_id IS NOT NULL) AS had
    FROM subscriptions AS s INDEXED BY subscriptions_due CROSS JOIN chats AS c ON c.id = s.chat_id
    WHERE s.active = 1 AND s.asleep = 0 AND s.next_run_at IS NOT NULL AND s.next_run_at <= :now
      AND s.next_run_at >= :due_at
      AND (s.next_run_at, ifnull(s.slot, 0), s.id) > (:due_at, :slot, :id)
    ORDER BY s.next_run_at, s.slot, s.id LIMIT :limit),
alike AS MATERIALIZED (
    SELECT json_group_array(id) AS ids, min(id) AS first_id, had, minute FROM due
    GROUP BY next_run_at, slot, topics, follows, minutes, days, max_stories, reading_s, layout,
             silent, instant, paused_until, quiet_from, quiet_to, made, tastes, had, minute,
             language, zone, kind, header, say_empty)
SELECT s.*, c.kind, c.title, c.username, c.language, c.zone, c.asleep AS why, c.owner_id,
       c.header, c.say_empty, c.tastes, c.quiet_from, c.quiet_to, a.ids, a.had, a.minute
FROM alike AS a CROSS JOIN subscriptions AS s ON s.id = a.first_id
    CROSS JOIN chats AS c ON c.id = s.chat_id
ORDER BY s.next_run_at, s.slot, s.id
"""

# Whose newest digest has not left, not even in part, and who are due again.
WAITING = """
SELECT s.id, s.next_run_at, s.slot FROM subscriptions AS s INDEXED BY subscriptions_due
WHERE s.active = 1 AND s.asleep = 0 AND s.next_run_at IS NOT NULL AND s.next_run_at <= :now
  AND s.next_run_at >= :due_at AND (s.next_run_at, s.slot, s.id) > (:due_at, :slot, :id)
  AND s.slot < s.next_run_at
  AND EXISTS (
      SELECT 1 FROM deliveries AS p
      WHERE p.key = 'digest:' || s.id || ':' ||
            strftime('%Y%m%dT%H%MZ', s.slot / 1000000, 'unixepoch') || ':1'
        AND p.state IN ('planned', 'retry'))
ORDER BY s.next_run_at, s.slot, s.id LIMIT :limit
"""

PUT_OFF = """
UPDATE subscriptions SET next_run_at = iif(next_run_at <= :now, t.value, next_run_at)
FROM json_each(:to) AS t
WHERE subscriptions.id = CAST(t.key AS INTEGER)
"""

NEXT_DUE = """
SELECT min(next_run_at) FROM subscriptions INDEXED BY subscriptions_due
WHERE active = 1 AND asleep = 0 AND next_run_at IS NOT NULL
"""

ABOUT_US = 600_000_000  # when alerts that never came, or that paused, were made, to ten minutes

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
        values = {
            "now": micros(now),
            "limit": limit,
            "had_since": micros(had_since or EPOCH),
            "minutes": minutes,
            "about": ABOUT_US,
            **_place(after),
        }

        return await self._db.read(lambda c: [_group(row) for row in c.execute(DUE, values)])

    async def waiting(self, *, now: datetime, after: Place | None, limit: int) -> list[Place]:
        values = {"now": micros(now), "limit": limit, **_place(after)}

        def work(c: sqlite3.Connection) -> list[Place]:
            if not c.execute(ANY_OPEN).fetchone()[0]:
                return []
            return [
                Place(instant(row["next_run_at"]), instant(row["slot"]), row["id"])
                for row in c.execute(WAITING, values)
            ]

        return await self._db.read(work)

    async def put_off(self, to: Mapping[int, datetime | None], *, now: datetime) -> None:
        values = {"to": dump({str(id_): micros(at) for id_, at in to.items()}), "now": micros(now)}

        def work(c: sqlite3.Connection) -> None:
            c.execute(PUT_OFF, values)

        await self._db.write(work)

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
        return await self._db.read(lambda c: instant_or_none(c.execute(NEXT_DUE).fetchone()[0]))

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


def _place(after: Place | None) -> dict[str, int]:
    if after is None:
        return {"due_at": 0, "slot": 0, "id": 0}
    return {"due_at": micros(after.due_at), "slot": micros(after.slot), "id": after.id}


def _group(row: sqlite3.Row) -> DueGroup:
    chat = Chat(
        id=row["chat_id"],
        kind=ChatKind(row["kind"]),
        title=row["title"],
        username=row["username"],
        language=row["language"],
        zone=row["zone"],
        asleep=row["why"],
        owner_id=row["owner_id"],
        header=row["header"],
        say_empty=None if row["say_empty"] is None else bool(row["say_empty"]),
        tastes=read_tastes(row["tastes"]),
        quiet=quiet_of(row),
    )
    ids = tuple(load(row["ids"]))
    return DueGroup(
        ids=ids,
        last=Place(instant(row["next_run_at"]), instant(row["slot"] or 0), max(ids)),
        subscription=subscription_of(row),
        chat=chat,
        minute=row["minute"],
        had=frozenset(map(int, row["had"].split(","))) if row["had"] else frozenset(),
    )


def subscription_of(row: sqlite3.Row) -> Subscription:
    return Subscription(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        topics=tuple(load(row["topics"])),
        follows=read_interests(row["follows"]),
        schedule=Schedule(minutes=tuple(load(row["minutes"])), days=tuple(load(row["days"]))),
        max_stories=row["max_stories"],
        reading_s=row["reading_s"],
        layout=Layout(row["layout"]),
        silent=bool(row["silent"]),
        instant=bool(row["instant"]),
        paused_until=instant_or_none(row["paused_until"]),
        active=bool(row["active"]),
        created_at=instant(row["created_at"]),
        next_run_at=instant_or_none(row["next_run_at"]),
        slot=instant_or_none(row["slot"]),
    )
