"""The outbox: every post to Telegram is a row before it is a request."""

import builtins
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.models import Delivery, DeliveryState, NewDelivery, NewDigest, Post, SharedDigest
from storage.sqlite.delivery.claiming import claim
from storage.sqlite.delivery.clockset import clock_set
from storage.sqlite.delivery.doubting import give_back, in_doubt, recover
from storage.sqlite.delivery.lately import left, waits
from storage.sqlite.delivery.marking import mark
from storage.sqlite.delivery.outboxlists import counts, letters, newest, next_retry_at
from storage.sqlite.delivery.planning import add_delivery, plan, plan_shared
from storage.sqlite.delivery.posts import key_sent_as, post_sent_as
from storage.sqlite.delivery.seen import highest, known_above, saw
from storage.sqlite.delivery.takeback import merge_into_next
from storage.sqlite.file.database import Database
from storage.sqlite.file.mending import mend
from storage.sqlite.file.values import dump, micros

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

UNSEND = """
UPDATE deliveries SET state = 'planned', changed_at = :now WHERE id = :id AND state = 'unknown'
"""

AGAIN = """
UPDATE deliveries SET state = 'planned', attempts = 0, changed_at = :now
WHERE id = :id AND chat_id = :chat_id AND state = 'dead'
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
        holder = self._holder(owner)
        return await self._db.write(lambda c: give_back(c, owner=holder, now=micros(now)))

    async def mend(self, *, now: datetime) -> Mapping[str, int]:
        return await self._db.write(lambda c: mend(c, micros(now)), durable=True)

    async def recover(self, *, owner: str, now: datetime) -> tuple[int, int]:
        holder = self._holder(owner)
        return await self._db.write(
            lambda c: recover(c, owner=holder, now=micros(now)), durable=True
        )

    async def in_doubt(self, *, before: datetime, limit: int) -> list[Delivery]:
        return await self._db.read(lambda c: in_doubt(c, before=micros(before), limit=limit))

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
        return await self._db.read(counts)

    async def left_since(self, since: datetime, *, limit: int) -> Sequence[tuple[int, datetime]]:
        return await self._db.read(lambda c: left(c, since=micros(since), limit=limit))

    async def told_to_wait(self, *, now: datetime, limit: int) -> dict[int, datetime]:
        return await self._db.read(lambda c: waits(c, now=micros(now), limit=limit))

    async def next_retry_at(self) -> datetime | None:
        return await self._db.read(next_retry_at)

    async def list(
        self, *, state: DeliveryState | None = None, limit: int = 50
    ) -> builtins.list[Delivery]:
        return await self._db.read(lambda c: newest(c, state, limit=limit))

    async def letters(self, *, limit: int) -> builtins.list[Delivery]:
        return await self._db.read(lambda c: letters(c, limit=limit))
