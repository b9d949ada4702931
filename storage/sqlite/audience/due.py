"""Subscriptions whose time has come, those that are due alike as one."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from storage.models import Chat, ChatKind, DueGroup, Layout, Place, Schedule, Subscription
from storage.sqlite.audience.chats import quiet_of
from storage.sqlite.audience.interests import read_interests, read_tastes
from storage.sqlite.file.values import dump, instant, instant_or_none, load, micros

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


def due(
    c: sqlite3.Connection,
    *,
    now: int,
    limit: int,
    had_since: int,
    minutes: int,
    after: Place | None,
) -> list[DueGroup]:
    """Up to so many that are due, after that place in their order."""
    values = {
        "now": now,
        "limit": limit,
        "had_since": had_since,
        "minutes": minutes,
        "about": ABOUT_US,
        **_place(after),
    }
    return [_group(row) for row in c.execute(DUE, values)]


def waiting(c: sqlite3.Connection, *, now: int, after: Place | None, limit: int) -> list[Place]:
    """Where those stand whose newest digest has not left, and who are due again."""
    if not c.execute(ANY_OPEN).fetchone()[0]:
        return []
    return [
        Place(instant(row["next_run_at"]), instant(row["slot"]), row["id"])
        for row in c.execute(WAITING, {"now": now, "limit": limit, **_place(after)})
    ]


def put_off(c: sqlite3.Connection, to: Mapping[int, datetime | None], *, now: int) -> None:
    """Set their next runs, where none was set meanwhile."""
    values = {str(id_): micros(at) for id_, at in to.items()}
    c.execute(PUT_OFF, {"to": dump(values), "now": now})


def next_due_at(c: sqlite3.Connection) -> datetime | None:
    """When the next one is due."""
    return instant_or_none(c.execute(NEXT_DUE).fetchone()[0])


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
