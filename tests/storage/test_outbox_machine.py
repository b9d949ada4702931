"""The outbox alone, by whatever sequence of steps: a model beside it says what must be so.

A sender takes deliveries chat by chat, as the real one does. Telegram is a list of what arrived.
The process may die, and the clock may be set, between any two steps.
"""

import asyncio
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage.connect import open_store
from storage.models import DeliveryKind, DeliveryState, NewDelivery, Post
from storage.sqlite.delivery.seen import counter_of

T = TypeVar("T")

CHATS = st.sampled_from([7, 8, -1_001_000_000_000])
SECONDS = st.integers(1, 90)
OPEN = {
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.UNKNOWN,
    DeliveryState.RETRY,
}
WAIT = timedelta(seconds=60)
HOUR = timedelta(hours=1)


@dataclass
class Row:
    """What a delivery must be. Waits are by the clock that nobody sets."""

    id: int
    chat_id: int
    state: DeliveryState = DeliveryState.PLANNED
    ready_at: float = 0.0
    since: float = 0.0
    arrived: int | None = None  # the id Telegram gave it, whether or not we know


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{self._folder.name}/svodka.db"
        self._store = self._do(open_store(url))
        self._outbox = self._store.outbox
        self._ticks = 0.0
        self._wall = datetime(2026, 11, 18, tzinfo=UTC)
        self._rows: dict[int, Row] = {}
        self._owners = (f"life {number}" for number in count(1))
        self._owner = next(self._owners)
        self._given: dict[int, int] = {}  # counter → the newest id that Telegram gave
        self._sequence: dict[int, list[int]] = {}  # chat → deliveries as they arrived

    def teardown(self) -> None:
        self._do(self._store.close())
        self._runner.close()
        self._folder.cleanup()

    def _do(self, what: Awaitable[T]) -> T:
        async def done() -> T:
            return await what

        return self._runner.run(done())

    def _in(self, *states: DeliveryState) -> list[Row]:
        return [row for row in self._rows.values() if row.state in states]

    def _become(self, row: Row, state: DeliveryState) -> None:
        row.state, row.since = state, self._ticks

    @initialize(chat_ids=st.lists(CHATS, min_size=3, max_size=8))
    def plan_some(self, chat_ids: list[int]) -> None:
        for chat_id in chat_ids:
            self.plan(chat_id)

    @rule(chat_id=CHATS)
    def plan(self, chat_id: int) -> None:
        key = f"{len(self._rows)}"
        kind = DeliveryKind.CHANNEL if chat_id < 0 else DeliveryKind.DIGEST
        new = NewDelivery(key=key, chat_id=chat_id, kind=kind, post=Post(text=key))
        assert self._do(self._outbox.add(new, now=self._wall))
        assert not self._do(self._outbox.add(new, now=self._wall))
        [stored] = [d for d in self._do(self._outbox.list(limit=1)) if d.key == key]
        self._rows[stored.id] = Row(stored.id, chat_id)

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        claimed = self._do(
            self._outbox.claim(owner=self._owner, now=self._wall, limit=limit, lease_s=86_400)
        )
        for delivery in claimed:
            row = self._rows[delivery.id]
            assert row.state in (DeliveryState.PLANNED, DeliveryState.RETRY)
            assert row.state is DeliveryState.PLANNED or row.ready_at <= self._ticks
            before = self._in(*OPEN, DeliveryState.PLANNED)
            ahead = {r.id for r in before if r.chat_id == row.chat_id and r.id < row.id}
            assert ahead <= {d.id for d in claimed}
            assert row.arrived is None
        for delivery in claimed:
            self._become(self._rows[delivery.id], DeliveryState.CLAIMED)
        ready = [r for r in self._in(DeliveryState.PLANNED) if not self._held(r)]
        assert len(claimed) == limit or not ready

    def _held(self, row: Row) -> bool:
        return any(r.chat_id == row.chat_id and r.id < row.id for r in self._in(*OPEN))

    @rule()
    def begin(self) -> None:
        """Those that are first in their chats' lanes leave."""
        self.claim(4)
        busy = {row.chat_id for row in self._in(DeliveryState.SENDING)}
        first: dict[int, Row] = {}
        for row in sorted(self._in(DeliveryState.CLAIMED), key=lambda r: r.id):
            if row.chat_id not in busy:
                first.setdefault(row.chat_id, row)
        ids = [row.id for row in first.values()]
        assert self._do(self._outbox.mark(sending=ids, sent={}, now=self._wall)) == set(ids)
        for row in first.values():
            self._become(row, DeliveryState.SENDING)

    def _arrive(self, row: Row) -> int:
        counter = counter_of(row.chat_id)
        self._given[counter] = self._given.get(counter, 0) + 1
        row.arrived = self._given[counter]
        self._sequence.setdefault(row.chat_id, []).append(row.id)
        return row.arrived

    def _one(self, data: st.DataObject, state: DeliveryState) -> Row:
        return data.draw(st.sampled_from(sorted(self._in(state), key=lambda r: r.id)))

    @precondition(lambda self: self._in(DeliveryState.SENDING))
    @rule(data=st.data())
    def answered(self, data: st.DataObject) -> None:
        row = self._one(data, DeliveryState.SENDING)
        sent = {row.id: self._arrive(row)}
        self._do(self._outbox.mark(sending=[], sent=sent, now=self._wall))
        self._become(row, DeliveryState.SENT)

    @precondition(lambda self: self._in(DeliveryState.SENDING))
    @rule(data=st.data(), seconds=SECONDS)
    def told_to_wait(self, data: st.DataObject, seconds: int) -> None:
        row = self._one(data, DeliveryState.SENDING)
        until = self._wall + timedelta(seconds=seconds)
        self._do(self._outbox.retry(row.id, not_before=until, error="429", now=self._wall))
        self._become(row, DeliveryState.RETRY)
        row.ready_at = self._ticks + seconds
        self._end_lane(row)

    @precondition(lambda self: self._in(DeliveryState.SENDING))
    @rule(data=st.data(), arrived=st.booleans())
    def broken(self, data: st.DataObject, arrived: bool) -> None:
        row = self._one(data, DeliveryState.SENDING)
        if arrived:
            self._arrive(row)
        self._do(self._outbox.unknown(row.id, error="reset", now=self._wall))
        self._become(row, DeliveryState.UNKNOWN)
        self._end_lane(row)

    def _end_lane(self, row: Row) -> None:
        others = [r for r in self._in(DeliveryState.CLAIMED) if r.chat_id == row.chat_id]
        ids = [r.id for r in others]
        assert self._do(self._outbox.release(ids, now=self._wall)) == len(ids)
        for other in others:
            self._become(other, DeliveryState.PLANNED)

    @precondition(lambda self: self._in(DeliveryState.SENDING))
    @rule(data=st.data())
    def refused(self, data: st.DataObject) -> None:
        row = self._one(data, DeliveryState.SENDING)
        self._do(self._outbox.dead(row.id, error="400", now=self._wall))
        self._become(row, DeliveryState.DEAD)

    @rule(arrived=st.sets(st.integers(0, 9)))
    def killed(self, arrived: set[int]) -> None:
        """What was in flight may have arrived or not; the next owner takes over."""
        sending = self._in(DeliveryState.SENDING)
        for number, row in enumerate(sending):
            if number in arrived:
                self._arrive(row)
        claimed = self._in(DeliveryState.CLAIMED)
        self._owner = next(self._owners)
        took = self._do(self._outbox.recover(owner=self._owner, now=self._wall))
        assert took == (len(claimed), len(sending))
        for row in claimed:
            self._become(row, DeliveryState.PLANNED)
        for row in sending:
            self._become(row, DeliveryState.UNKNOWN)

    @rule()
    def settle(self) -> None:
        """Those in doubt for a minute: Telegram tells."""
        doubtful = self._do(self._outbox.in_doubt(before=self._wall - WAIT, limit=50))
        for delivery in doubtful:
            row = self._rows[delivery.id]
            assert self._ticks - row.since > WAIT.total_seconds()
            if row.arrived is None:
                self._do(self._outbox.unsend(row.id, now=self._wall))
                self._become(row, DeliveryState.PLANNED)
                continue
            known = self._do(self._outbox.known_ids(row.chat_id, above=delivery.floor or 0))
            assert delivery.floor is None or delivery.floor < row.arrived
            assert row.arrived not in known
            self._do(self._outbox.sent(row.id, message_id=row.arrived, now=self._wall))
            self._become(row, DeliveryState.SENT)

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self._ticks += seconds
        self._wall += timedelta(seconds=seconds)

    @rule(back=st.booleans())
    def clock_set(self, back: bool) -> None:
        by = -HOUR if back else HOUR
        self._wall += by
        self._do(self._outbox.clock_set(by, now=self._wall))
        for row in self._in(*OPEN):
            if back:  # how long ago it was is not known: it waits once more
                row.ready_at += self._ticks - row.since
                row.since = self._ticks
        self.settle()
        self.claim(4)

    @invariant()
    def states_are_as_they_must_be(self) -> None:
        stored = {d.id: d for d in self._do(self._outbox.list(limit=1_000))}
        assert {id_: d.state for id_, d in stored.items()} == {
            id_: row.state for id_, row in self._rows.items()
        }
        assert self._do(self._outbox.mend(now=self._wall)) == {}
        for row in self._in(DeliveryState.SENT):
            assert stored[row.id].message_id == row.arrived

    @invariant()
    def each_arrived_once_and_in_order(self) -> None:
        for arrived in self._sequence.values():
            assert arrived == sorted(set(arrived))


TestOutboxMachine = Machine.TestCase
TestOutboxMachine.settings = settings(max_examples=25, stateful_step_count=30)
