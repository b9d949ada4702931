"""The outbox against a real store and an edge that does as it is told."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.jobs.delivery.hearing import Hearing
from bot.jobs.delivery.outbox import PLACES, Outbound
from bot.jobs.delivery.outcome import plain
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.reconcile import WAIT
from bot.jobs.delivery.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    NotSent,
    Refused,
    RetryLater,
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
    Schedule,
)
from storage.ports import Store


class Edge:
    """A Sender that keeps what reached it; `answers` may fail, by chat, one after another."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str]] = []
        self.forms: list[str | None] = []  # what was tried: the rich form, or text
        self.answers: dict[int, Iterator[Exception | None]] = {}
        self.ids = 100
        self.in_flight = 0
        self.most_in_flight = 0
        self.gate: asyncio.Event | None = None

    async def send(
        self,
        chat_id: int,
        post: Post,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        self.forms.append(post.rich)
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

    def monotonic(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def edge() -> Edge:
    return Edge()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def outbound(store: Store, edge: Edge, clock: Clock) -> Outbound:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    return Outbound(store, edge, pacer, owner="test", clock=clock, monotonic=clock.monotonic)


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


async def test_a_refused_post_is_tried_once_as_plain_text_then_dead(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, 1, 2)
    edge.answers[1] = iter([Refused("can't parse entities")])
    edge.answers[2] = iter([Refused("x"), Refused("message text is empty")])
    await outbound.drain()
    assert edge.got == [(1, "1 1")]
    assert await states(store) == {"sent": 1, "dead": 1}
    assert (await only(store, DeliveryState.DEAD)).error == "message text is empty"


async def plan_rich(store: Store, now: datetime) -> None:
    await store.chats.see(Chat(id=1, kind=ChatKind.PRIVATE), now=now)
    delivery = NewDelivery(
        key="rich", chat_id=1, kind=DeliveryKind.DIGEST, post=Post(text="сводка", rich="[]")
    )
    await store.outbox.add(delivery, now=now)


async def test_a_rich_post_that_is_refused_is_sent_as_its_text(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await plan_rich(store, now)
    edge.answers[1] = iter([Refused("Not Found: method not found")])
    await outbound.drain()
    assert edge.forms == ["[]", None]
    assert await states(store) == {"sent": 1}


async def test_a_rich_post_that_may_have_arrived_is_not_sent_as_its_text_too(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await plan_rich(store, now)
    edge.answers[1] = iter([InDoubt("reset")])
    await outbound.drain()
    assert edge.forms == ["[]"]
    assert await states(store) == {"unknown": 1}


async def test_plain_text_has_nothing_left_to_refuse() -> None:
    rich = Post(
        text="🗞" * 3000,
        entities='[{"type": "bold", "offset": 0, "length": 2}]',
        buttons=((Button(text="b", data="x"),),),
        preview_url="https://a.example/",
    )
    simple = plain(rich)
    assert (simple.entities, simple.buttons, simple.preview_url) == ("[]", (), None)
    assert simple.text == "🗞" * 2048


async def test_a_chat_that_is_gone_sleeps_with_its_reason_and_keeps_its_subscriptions(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, 1, 1, 2)
    await store.subscriptions.add(
        chat_id=1, topics=(), schedule=Schedule(), next_run_at=now, now=now
    )
    edge.answers[1] = iter([ChatGone("Forbidden: bot was blocked by the user")])
    await outbound.drain()
    assert edge.got == [(2, "2 3")]
    chat = await store.chats.get(1)
    assert chat is not None
    assert chat.asleep == "Forbidden: bot was blocked by the user"
    assert await states(store) == {"sent": 1, "dead": 2}
    assert len(await store.subscriptions.of_chat(1)) == 1


async def test_the_owner_of_a_channel_that_fell_asleep_is_told(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="t", clock=clock, renderer=Words())
    await planned(store, now, 7)
    channel = Chat(id=-1001, kind=ChatKind.CHANNEL, title="Канал", owner_id=7)
    await store.chats.see(channel, now=now)
    post = NewDelivery(key="c", chat_id=-1001, kind=DeliveryKind.CHANNEL, post=Post(text="c"))
    await store.outbox.add(post, now=now)
    edge.answers[-1001] = iter([ChatGone("not enough rights to send text messages")])
    await outbound.drain()
    assert (7, "notice-asleep Канал") in edge.got


async def test_a_group_that_became_a_supergroup_gets_its_post_under_the_new_id(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, -5, -5)
    edge.answers[-5] = iter([ChatMigrated(-1_000_000_000_005)])
    await outbound.drain()
    assert edge.got == [(-1_000_000_000_005, "-5 1"), (-1_000_000_000_005, "-5 2")]
    assert await store.chats.get(-5) is None


async def test_a_429_loses_nothing_and_the_post_goes_after_the_time_told(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    ticks = 0.0

    async def rest(seconds: float) -> None:
        nonlocal ticks
        ticks += seconds
        await asyncio.sleep(0)

    pacer = Pacer(1e9, monotonic=lambda: ticks, sleep=rest)
    outbound = Outbound(store, edge, pacer, owner="t", clock=clock, monotonic=clock.monotonic)
    await planned(store, now, 1)
    edge.answers[1] = iter([RetryLater(20)])
    await outbound.drain()
    waiting = await only(store, DeliveryState.RETRY)
    assert waiting.not_before == now + timedelta(seconds=20)
    assert ticks < 1
    clock.now += timedelta(seconds=21)  # of the pacer's own seconds none has passed
    await outbound.drain()
    assert edge.got == [(1, "1 1")]
    assert ticks >= 20  # the pacer was told too


async def test_after_a_failure_the_chats_next_post_waits_for_the_first(
    store: Store, outbound: Outbound, edge: Edge, clock: Clock, now: datetime
) -> None:
    await planned(store, now, 1, 1, 1)
    edge.answers[1] = iter([InDoubt("reset")])
    await outbound.drain()
    assert edge.got == []
    assert await states(store) == {"unknown": 1, "planned": 2}
    await store.outbox.unsend((await only(store, DeliveryState.UNKNOWN)).id, now=now)
    await outbound.drain()
    assert [text for _, text in edge.got] == ["1 1", "1 2", "1 3"]


async def test_no_network_is_said_once_and_tried_one_at_a_time(
    store: Store, outbound: Outbound, edge: Edge, clock: Clock, now: datetime, caplog: Any
) -> None:
    caplog.set_level("INFO", "svodka.outbox")
    chats = range(1, 101)
    edge.answers = {chat: iter([NotSent("no route")] * 2) for chat in chats}
    await planned(store, now, *chats)
    await outbound.drain()
    tried = (await states(store))["retry"]
    assert tried <= PLACES
    for _ in range(3):
        await outbound.drain()
    assert (await states(store))["retry"] <= tried + 3
    assert outbound.network.wait_s > 1
    edge.answers.clear()
    clock.now += timedelta(minutes=5)
    await outbound.drain()
    await outbound.drain()
    assert await states(store) == {"sent": 100}
    said = [r.message for r in caplog.records if "Telegram" in r.message]
    assert len(said) == 2


class Bell(asyncio.Event):
    """Fails who asks it again and again, and lets nobody else have a turn."""

    asked = 0

    async def wait(self) -> Literal[True]:
        self.asked += 1
        assert self.asked < 100
        return await super().wait()


async def test_a_bell_rung_without_a_network_keeps_nobody_from_their_turn(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="test", clock=clock, bell=Bell())
    edge.gate = asyncio.Event()
    await planned(store, now, 1, 2)
    sending = asyncio.ensure_future(outbound.drain())
    while edge.in_flight < 2:
        await asyncio.sleep(0.01)
    outbound.network.lost(NotSent("no route"))
    outbound.bell.set()
    for _ in range(3):
        await asyncio.sleep(0.01)
    edge.gate.set()
    await sending
    assert await states(store) == {"sent": 2}


async def test_a_wrong_token_stops_the_outbox_and_loses_nothing(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    await planned(store, now, *range(1, 11))
    edge.answers = {chat: iter([TokenRefused("wrong token")]) for chat in range(1, 11)}
    with pytest.raises(TokenRefused):
        await outbound.run()
    assert set(await states(store)) <= {"planned", "retry"}


async def test_a_clean_stop_finishes_what_is_in_flight_and_gives_the_rest_back(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="t", clock=clock, places=3)
    edge.gate = asyncio.Event()
    await planned(store, now, *range(1, 21))
    running = asyncio.ensure_future(outbound.run())
    while edge.in_flight < 3:
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.sleep(0.01)
    edge.gate.set()
    with suppress(asyncio.CancelledError):
        await running
    assert await states(store) == {"sent": 3, "planned": 17}


async def test_what_a_dead_process_held_is_taken_over(
    store: Store, edge: Edge, clock: Clock, now: datetime, tmp_path: Path
) -> None:
    await planned(store, now, 1, 2, 3)
    for delivery in await store.outbox.claim(owner="dead", now=now, limit=2, lease_s=600):
        if delivery.chat_id == 1:
            await store.outbox.sending(delivery.id, floor=None, now=now)
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="heir", clock=clock)
    running = asyncio.ensure_future(outbound.run())
    while len(edge.got) < 2:
        await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert await states(store) == {"unknown": 1, "sent": 2}


async def test_nothing_of_an_earlier_life_is_settled_before_it_is_taken_over(
    outbound: Outbound, store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    await planned(store, now, 1)
    [delivery] = await store.outbox.claim(owner="dead", now=now, limit=1, lease_s=600)
    await store.outbox.sending(delivery.id, floor=None, now=now)
    await store.outbox.recover(owner="heir", now=now)
    clock.now += timedelta(hours=1)  # set so, before this life began
    await outbound.settle()
    assert await states(store) == {"unknown": 1}

    running = asyncio.ensure_future(outbound.run())
    while (await only(store, DeliveryState.UNKNOWN)).changed_at != clock.now:
        await asyncio.sleep(0.01)
    await outbound.settle()
    assert await states(store) == {"unknown": 1}
    clock.now += 2 * WAIT
    while "unknown" in await states(store):
        await outbound.settle()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_doubts_wait_until_all_that_people_wrote_meanwhile_is_known(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    hearing = Hearing(clock.monotonic)
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(
        store, edge, pacer, owner="t", clock=clock, monotonic=clock.monotonic, hearing=hearing
    )
    edge.answers = {1: iter([InDoubt("502")])}
    await planned(store, now, 1)
    running = asyncio.ensure_future(outbound.run())
    while "unknown" not in await states(store):
        await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    clock.now += WAIT / 2
    hearing.all_noted()
    clock.now += WAIT
    await outbound.settle()  # what came in the second half of the wait is not known
    assert "unknown" in await states(store)
    hearing.all_noted()
    await outbound.settle()
    assert "unknown" not in await states(store)


async def test_when_the_store_fails_nothing_is_sent_twice_and_work_goes_on(
    store: Store, edge: Edge, clock: Clock, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planned(store, now, *range(1, 6))
    mark, failed = store.outbox.mark, False

    async def busy(**marks: Any) -> set[int]:
        nonlocal failed
        if marks["sent"] and not failed:
            failed = True
            raise StoreBusy("The database is busy.")
        return await mark(**marks)

    monkeypatch.setattr(store.outbox, "mark", busy)
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(
        store, edge, pacer, owner="t", clock=clock, sleep=lambda _: asyncio.sleep(0)
    )
    running = asyncio.ensure_future(outbound.run())
    while set(await states(store)) - {"sent", "unknown"}:
        await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert max(Counter(edge.got).values()) == 1
    assert len(edge.got) == 5
    after = await states(store)
    assert after["unknown"] >= 1  # sent, but the mark was lost: for reconciliation to find


async def test_the_bell_wakes_it_at_once(
    store: Store, outbound: Outbound, edge: Edge, now: datetime
) -> None:
    running = asyncio.ensure_future(outbound.run())
    await asyncio.sleep(0.05)
    await planned(store, now, 1)
    outbound.bell.set()
    async with asyncio.timeout(120):
        while not edge.got:
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


class Words:
    """A Renderer whose notices name their key."""

    def digest(self, **_: Any) -> list[Post]:
        return []

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return Post(text=f"{name} {values['channel']}")

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        return Post(text=f"doubt {channel.title}")


async def test_a_channel_whose_counter_cannot_be_asked_for_now_waits(
    store: Store, outbound: Outbound, edge: Edge, clock: Clock, now: datetime
) -> None:
    channel, broken = -1_000_000_000_009, [InDoubt("reset")] * 3

    async def exists(chat_id: int, message_id: int) -> bool | None:
        if broken:
            raise broken.pop()
        return False

    edge.exists = exists  # type: ignore[method-assign]
    await planned(store, now, channel)
    await outbound.drain()
    assert (edge.got, await states(store)) == ([], {"retry": 1})
    clock.now += timedelta(seconds=2)
    await outbound.drain()
    assert await states(store) == {"sent": 1}


async def test_what_a_slow_mark_held_up_takes_another_turn(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    pacer, turns = Pacer(1e9, monotonic=time.monotonic), 0
    turn, mark = pacer.turn, store.outbox.mark

    async def counted(*args: Any, **options: Any) -> None:
        nonlocal turns
        turns += 1
        await turn(*args, **options)

    async def slow(**what: Any) -> set[int]:
        clock.now += timedelta(seconds=1)
        return await mark(**what)

    pacer.turn = counted  # type: ignore[method-assign]
    store.outbox.mark = slow  # type: ignore[method-assign]
    outbound = Outbound(store, edge, pacer, owner="t", clock=clock, monotonic=clock.monotonic)
    await planned(store, now, 1)
    await outbound.drain()
    assert (turns, await states(store)) == (2, {"sent": 1})


async def test_who_asked_does_not_queue_behind_a_broadcast(
    store: Store, edge: Edge, clock: Clock, now: datetime
) -> None:
    """Every place is taken and as much is held as may be; the answer leaves all the same."""
    pacer = Pacer(1e9, monotonic=time.monotonic)
    outbound = Outbound(store, edge, pacer, owner="test", clock=clock, places=10)
    edge.gate = asyncio.Event()
    await planned(store, now, *range(1, 400))
    sending = asyncio.ensure_future(outbound.drain())
    while edge.in_flight < 8:
        await asyncio.sleep(0.01)
    asked = NewDelivery(key="asked", chat_id=9999, kind=DeliveryKind.ASKED, post=Post(text="now"))
    await store.outbox.add(asked, now=now)
    outbound.bell.set()
    while edge.in_flight < 9:
        await asyncio.sleep(0.01)
    newest = (await store.outbox.list(limit=1))[0]
    assert (newest.key, newest.state) == ("asked", DeliveryState.SENDING)
    edge.gate.set()
    await sending
    assert await states(store) == {"sent": 400}
