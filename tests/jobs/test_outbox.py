"""The outbox against a real store and an edge that does as it is told."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.jobs.outbox import Outbound
from bot.jobs.pacing import Pacer
from bot.jobs.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    NotSent,
    Refused,
    RetryLater,
    SendError,
    TokenRefused,
)
from storage.errors import StoreBusy
from storage.models import (
    Button,
    Chat,
    ChatKind,
    Delivery,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Post,
)
from storage.ports import Store

Answer = Callable[[int, Post], Awaitable[int | None]]


class Edge:
    """A Sender that keeps what reached it; `answers` may fail, by chat, one after another."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str]] = []
        self.answers: dict[int, Iterator[Exception | None]] = {}
        self.ids = 100
        self.in_flight = 0
        self.most_in_flight = 0
        self.gate: asyncio.Event | None = None

    async def send(self, chat_id: int, post: Post, *, thread_id: int | None = None) -> int:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
        finally:
            self.in_flight -= 1
        error = next(self.answers.get(chat_id, iter(())), None)
        if error is not None:
            raise error
        self.got.append((chat_id, post.text))
        self.ids += 1
        return self.ids

    async def exists(self, chat_id: int, message_id: int) -> bool | None:
        return None


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def edge() -> Edge:
    return Edge()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def outbound(store: Store, edge: Edge, clock: Clock) -> Outbound:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    return Outbound(store, edge, pacer, owner="test", clock=clock)


async def planned(
    store: Store, now: datetime, *chats: int, kind: DeliveryKind = DeliveryKind.DIGEST
) -> None:
    """One delivery a chat named, in this order; its text says which."""
    for number, chat in enumerate(chats, 1):
        known = ChatKind.PRIVATE if chat > 0 else ChatKind.SUPERGROUP
        await store.chats.see(Chat(id=chat, kind=known), now=now)
        post = Post(text=f"{chat} {number}", buttons=((Button(text="b", data="x"),),))
        key = f"t:{kind}:{chat}:{number}"
        await store.outbox.add(NewDelivery(key=key, chat_id=chat, kind=kind, post=post), now=now)


async def states(store: Store) -> dict[str, int]:
    return {str(state): n for state, n in (await store.outbox.counts()).items() if n}


async def only(store: Store, state: DeliveryState) -> Delivery:
    (delivery,) = await store.outbox.list(state=state)
    return delivery


async def test_each_delivery_is_sent_once_and_its_message_id_kept(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, *range(1, 301))
    await outbound.drain()
    await outbound.drain()
    assert Counter(edge.got) == Counter((n, f"{n} {n}") for n in range(1, 301))
    assert await states(store) == {"sent": 300}
    sent = await store.outbox.list(limit=300)
    assert sorted(d.message_id or 0 for d in sent) == list(range(101, 401))


async def test_one_chats_deliveries_keep_their_order(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic, sleep=lambda _: asyncio.sleep(0))
    outbound = Outbound(store, edge, pacer, owner="test", clock=clock)
    await planned(store, now, 1, 2, 1, 2, 1)
    await outbound.drain()
    assert [text for chat, text in edge.got if chat == 1] == ["1 1", "1 3", "1 5"]


async def test_no_more_requests_are_in_doubt_than_places(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="test", clock=clock, places=4)
    edge.gate = asyncio.Event()
    await planned(store, now, *range(1, 31))
    sending = asyncio.ensure_future(outbound.drain())
    while edge.in_flight < 4:
        await asyncio.sleep(0.01)
    assert (await states(store))["sending"] == 4
    edge.gate.set()
    await sending
    assert edge.most_in_flight == 4
    assert await states(store) == {"sent": 30}


async def test_one_chat_with_a_long_queue_holds_up_nobody(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, *[-1] * 150, 5)
    sending = asyncio.ensure_future(outbound.drain())
    while (5, "5 151") not in edge.got:
        await asyncio.sleep(0.01)
    sending.cancel()
    assert len(edge.got) < 20


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (RetryLater(30), "retry"),
        (NotSent("refused"), "retry"),
        (ChatGone("Forbidden: bot was blocked by the user"), "dead"),
        (InDoubt("502"), "unknown"),
        (ValueError("a mistake of ours"), "unknown"),
    ],
)
async def test_a_failure_says_what_becomes_of_the_delivery_and_costs_only_it(
    store: Store, edge: Edge, clock: Clock, now: datetime, error: Exception, state: str
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic, sleep=lambda _: asyncio.sleep(0))
    outbound = Outbound(store, edge, pacer, owner="test", clock=clock)
    pacer.pause = lambda *_: None  # type: ignore[method-assign]  # that is test_pacing's
    edge.answers[1] = iter([error])
    await planned(store, now, 1, 2, 3)
    await outbound.drain()
    await outbound.drain()  # after NotSent the rest waits for the next try
    await outbound.drain()
    assert await states(store) == {state: 1, "sent": 2}
    assert {chat for chat, _ in edge.got} == {2, 3}
