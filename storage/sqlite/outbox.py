"""The outbox: every post to Telegram is a row before it is a request."""

import builtins
import secrets
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.models import Delivery, DeliveryState, NewDelivery, NewDigest, Post, SharedDigest
from storage.sqlite.claiming import claim
from storage.sqlite.clockset import clock_set, from_the_future
from storage.sqlite.database import Database
from storage.sqlite.lately import left, waits
from storage.sqlite.marking import mark
from storage.sqlite.mending import mend
from storage.sqlite.planning import add_delivery, plan, plan_shared
from storage.sqlite.posts import delivery_of, key_sent_as, post_sent_as
from storage.sqlite.seen import highest, known_above, saw
from storage.sqlite.takeback import merge_into_next
from storage.sqlite.values import dump, instant_or_none, micros

SENDING = """
UPDATE deliveries SET
    state = 'sending', attempts = attempts + 1, floor = :floor, lease_until = NULL,
    changed_at = :now
WHERE id = :id AND state = 'claimed'
RETURNING chat_id
"""

RETRY = """
UPDATE deliveries SET
    state = 'retry', not_before = :not_before, owner = NULL, lease_until = NULL, error = :error,
    changed_at = :now
WHERE id = :id AND state IN ('claimed', 'sending', 'unknown')
"""

DEAD = """
UPDATE deliveries SET
    state = 'dead', owner = NULL, lease_until = NULL, error = :error, changed_at = :now
WHERE id = :id AND state NOT IN ('sent', 'dead')
"""

UNKNOWN = """
UPDATE deliveries SET
    state = 'unknown', owner = NULL, lease_until = NULL, error = :error, changed_at = :now
WHERE id = :id AND state IN ('claimed', 'sending')
"""

RELEASE = """
UPDATE deliveries SET state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE state = 'claimed' AND id IN (SELECT value FROM json_each(:ids))
"""

GIVE_BACK = """
UPDATE deliveries INDEXED BY deliveries_leased SET
    state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE state = 'claimed' AND owner = :owner
"""

TAKE_BACK = """
UPDATE deliveries INDEXED BY deliveries_leased SET
    state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE state = 'claimed' AND owner IS NOT :owner
"""

DOUBT = """
UPDATE deliveries INDEXED BY deliveries_doubtful SET
    state = 'unknown', owner = NULL, changed_at = :now,
    error = 'the process ended while this was being sent'
WHERE state IN ('sending', 'unknown') AND state = 'sending' AND owner IS NOT :owner
"""

# A clock set forward between two lives would end the wait of what the first left in doubt, while
# Telegram is still at work on it.
DOUBT_ANEW = """
UPDATE deliveries INDEXED BY deliveries_doubtful SET changed_at = :now
WHERE state IN ('sending', 'unknown') AND state = 'unknown'
"""

IN_DOUBT = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_doubtful
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state IN ('sending', 'unknown') AND d.state = 'unknown' AND d.changed_at < :before
ORDER BY d.changed_at, d.id LIMIT :limit
"""

UNSEND = """
UPDATE deliveries SET state = 'planned', changed_at = :now WHERE id = :id AND state = 'unknown'
"""

AGAIN = """
UPDATE deliveries SET state = 'planned', attempts = 0, changed_at = :now
WHERE id = :id AND chat_id = :chat_id AND state = 'dead'
"""

# In the order of the index, so that nothing is sorted.
COUNTS = """
SELECT state, count(*) AS n FROM deliveries INDEXED BY deliveries_in_turn
GROUP BY broadcast_id, state
"""

NEWEST = """
SELECT d.*, p.post FROM deliveries AS d LEFT JOIN posts AS p ON p.id = d.post_id
ORDER BY d.id DESC LIMIT :limit
"""
# The words are those of storage.sqlite.planning.CANCELLED and takeback.MERGED, as in the index.
LETTERS = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_letters
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state = 'dead'
  AND d.error NOT IN ('its broadcast was cancelled', 'merged into the next digest')
ORDER BY d.id DESC LIMIT :limit
"""
NEWEST_OF = """
SELECT d.*, p.post FROM deliveries AS d LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state = :state
ORDER BY d.id DESC LIMIT :limit
"""
UNDER_WAY = """
SELECT d.*, p.post FROM deliveries AS d INDEXED BY deliveries_held
    LEFT JOIN posts AS p ON p.id = d.post_id
WHERE d.state IN ('claimed', 'sending', 'unknown', 'retry') AND d.state = :state
ORDER BY d.id DESC LIMIT :limit
"""

# The first that would be claimed: not one that waits for an earlier delivery of its chat, or who
# asks would be told of an instant that has passed, again and again.
NEXT_RETRY = """
SELECT min(at) FROM (
    SELECT * FROM (
        SELECT d.not_before AS at FROM deliveries AS d INDEXED BY deliveries_waiting
        WHERE d.state = 'retry'
          AND ifnull(d.broadcast_id, 0) NOT IN (
              SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS e INDEXED BY deliveries_held
            WHERE e.chat_id = d.chat_id AND e.state IN ('claimed', 'sending', 'unknown', 'retry')
              AND (e.id < d.id OR e.state IN ('claimed', 'sending', 'unknown')))
        ORDER BY d.not_before LIMIT 1)
    UNION ALL
    SELECT * FROM (
        SELECT d.not_before AS at FROM deliveries AS d INDEXED BY deliveries_later
        WHERE d.state = 'planned' AND d.not_before IS NOT NULL
          AND ifnull(d.broadcast_id, 0) NOT IN (
              SELECT id FROM broadcasts WHERE state IN ('paused', 'cancelled'))
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS e INDEXED BY deliveries_held
            WHERE e.chat_id = d.chat_id AND e.state IN ('claimed', 'sending', 'unknown', 'retry')
              AND (e.id < d.id OR e.state IN ('claimed', 'sending', 'unknown')))
        ORDER BY d.not_before LIMIT 1))
"""


class SqliteOutbox:
    """storage.ports.Outbox over SQLite. Marks are durable: power may fail right after them."""

    def __init__(self, database: Database) -> None:
        self._db = database
        # Who claims: an owner's name may come again after a restart (a container's process is
        # always number 1), and what its predecessor held must not look like its own.
        self._opening = secrets.token_hex(4)

    def _holder(self, owner: str) -> str:
        return f"{owner}/{self._opening}"

    async def plan(self, digest: NewDigest) -> bool:
        return await self._db.write(lambda c: plan(c, digest), durable=True)

    async def plan_shared(self, digests: Sequence[SharedDigest], *, now: datetime) -> int:
        return await self._db.write(lambda c: plan_shared(c, digests, micros(now)), durable=True)

    async def merge_into_next(self, subscription_ids: Sequence[int], *, now: datetime) -> int:
        return await self._db.write(
            lambda c: merge_into_next(c, subscription_ids, micros(now)), durable=True
        )

    async def add(self, delivery: NewDelivery, *, now: datetime) -> bool:
        return await self._db.write(lambda c: add_delivery(c, delivery, micros(now)), durable=True)

    async def claim(
        self,
        *,
        owner: str,
        now: datetime,
        limit: int,
        lease_s: int,
        only_asked: bool = False,
    ) -> list[Delivery]:
        holder, until = self._holder(owner), micros(now + timedelta(seconds=lease_s))

        def work(c: sqlite3.Connection) -> builtins.list[Delivery]:
            return claim(
                c,
                owner=holder,
                now=micros(now),
                until=until,
                limit=limit,
                only_asked=only_asked,
            )

        return await self._db.write(work)  # a lost claim is only claimed again

    async def sending(self, delivery_id: int, *, floor: int | None, now: datetime) -> bool:
        values = {"id": delivery_id, "floor": floor, "now": micros(now)}
        return await self._db.write(
            lambda c: c.execute(SENDING, values).fetchone() is not None, durable=True
        )

    async def sent(self, delivery_id: int, *, message_id: int, now: datetime) -> None:
        await self.mark(sending=(), sent={delivery_id: message_id}, now=now)

    async def mark(
        self, *, sending: Sequence[int], sent: Mapping[int, int], now: datetime
    ) -> set[int]:
        return await self._db.write(
            lambda c: mark(c, sending=sending, sent=sent, now=micros(now)), durable=True
        )

    async def release(self, delivery_ids: Sequence[int], *, now: datetime) -> int:
        values = {"ids": dump([*delivery_ids]), "now": micros(now)}
        return await self._db.write(lambda c: c.execute(RELEASE, values).rowcount)

    async def retry(
        self, delivery_id: int, *, not_before: datetime, error: str, now: datetime
    ) -> None:
        await self._mark(RETRY, delivery_id, now, not_before=micros(not_before), error=error)

    async def dead(self, delivery_id: int, *, error: str, now: datetime) -> None:
        await self._mark(DEAD, delivery_id, now, error=error)

    async def unknown(self, delivery_id: int, *, error: str, now: datetime) -> None:
        await self._mark(UNKNOWN, delivery_id, now, error=error)

    async def unsend(self, delivery_id: int, *, now: datetime) -> None:
        await self._mark(UNSEND, delivery_id, now)

    async def _mark(
        self, sentence: str, delivery_id: int, now: datetime, **columns: str | int | None
    ) -> bool:
        values = {"id": delivery_id, "now": micros(now)} | columns
        return await self._db.write(
            lambda c: c.execute(sentence, values).rowcount > 0, durable=True
        )

    async def give_back(self, *, owner: str, now: datetime) -> int:
        values = {"owner": self._holder(owner), "now": micros(now)}
        return await self._db.write(lambda c: c.execute(GIVE_BACK, values).rowcount)

    async def mend(self, *, now: datetime) -> Mapping[str, int]:
        return await self._db.write(lambda c: mend(c, micros(now)), durable=True)

    async def recover(self, *, owner: str, now: datetime) -> tuple[int, int]:
        values = {"owner": self._holder(owner), "now": micros(now)}

        def work(c: sqlite3.Connection) -> tuple[int, int]:
            from_the_future(c, micros(now))
            c.execute(DOUBT_ANEW, values)
            return c.execute(TAKE_BACK, values).rowcount, c.execute(DOUBT, values).rowcount

        return await self._db.write(work, durable=True)

    async def in_doubt(self, *, before: datetime, limit: int) -> list[Delivery]:
        return await self._select(IN_DOUBT, before=micros(before), limit=limit)

    async def again(self, delivery_id: int, *, chat_id: int, now: datetime) -> bool:
        return await self._mark(AGAIN, delivery_id, now, chat_id=chat_id)

    async def clock_set(self, by: timedelta, *, now: datetime) -> int:
        moved = by // timedelta(microseconds=1)
        return await self._db.write(lambda c: clock_set(c, moved, micros(now)), durable=True)

    async def known_ids(self, chat_id: int, *, above: int) -> set[int]:
        return await self._db.read(lambda c: known_above(c, chat_id, above))

    async def saw_message(self, chat_id: int, message_id: int) -> None:
        await self.saw_messages([(chat_id, message_id)])

    async def saw_messages(self, ids: Sequence[tuple[int, int]]) -> None:
        def work(c: sqlite3.Connection) -> None:
            for chat_id, message_id in ids:
                saw(c, chat_id, message_id)

        await self._db.write(work)

    async def post_of(self, chat_id: int, message_id: int) -> Post | None:
        return await self._db.read(lambda c: post_sent_as(c, chat_id, message_id))

    async def key_of(self, chat_id: int, message_id: int) -> str | None:
        return await self._db.read(lambda c: key_sent_as(c, chat_id, message_id))

    async def floor(self, chat_id: int) -> int | None:
        return await self._db.read(lambda c: highest(c, chat_id))

    async def counts(self) -> Mapping[DeliveryState, int]:
        def work(c: sqlite3.Connection) -> dict[DeliveryState, int]:
            counted: Counter[str] = Counter()
            for row in c.execute(COUNTS):
                counted[row["state"]] += row["n"]
            return {state: counted[state] for state in DeliveryState}

        return await self._db.read(work)

    async def left_since(self, since: datetime, *, limit: int) -> Sequence[tuple[int, datetime]]:
        return await self._db.read(lambda c: left(c, since=micros(since), limit=limit))

    async def told_to_wait(self, *, now: datetime, limit: int) -> dict[int, datetime]:
        return await self._db.read(lambda c: waits(c, now=micros(now), limit=limit))

    async def next_retry_at(self) -> datetime | None:
        return await self._db.read(lambda c: instant_or_none(c.execute(NEXT_RETRY).fetchone()[0]))

    async def _select(self, sentence: str, **values: str | int | None) -> builtins.list[Delivery]:
        return await self._db.read(
            lambda c: [delivery_of(row) for row in c.execute(sentence, values)]
        )

    async def list(
        self, *, state: DeliveryState | None = None, limit: int = 50
    ) -> builtins.list[Delivery]:
        if state is None:
            return await self._select(NEWEST, limit=limit)
        under_way = state not in (DeliveryState.PLANNED, DeliveryState.SENT, DeliveryState.DEAD)
        return await self._select(UNDER_WAY if under_way else NEWEST_OF, state=state, limit=limit)

    async def letters(self, *, limit: int) -> builtins.list[Delivery]:
        return await self._select(LETTERS, limit=limit)
