"""Reconciliation against a real store and an edge that knows which messages are where."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.delivery.ceilings import Ceilings
from bot.jobs.delivery.counters import learn_floor
from bot.jobs.delivery.reconcile import WAIT, Settled, settle
from bot.jobs.delivery.sending import InDoubt, NotSent, SendError
from storage.models import Chat, ChatKind, Delivery, DeliveryKind, DeliveryState, NewDelivery, Post
from storage.ports import Store

READER = 7
OTHER = 8
CHANNEL = -1_000_000_000_009
LATER = timedelta(minutes=2)


class Edge:
    """Answers what is in its chats, or raises; keeps what it was asked."""

    def __init__(self, **there: set[int]) -> None:
        self.there: dict[int, set[int]] = {}
        self.asked: list[tuple[int, int]] = []
        self.error: SendError | None = None
        self.errors = 0  # how often; then it answers
        self.silent = False

    async def send(
        self,
        chat_id: int,
        post: Post,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        raise AssertionError("reconciliation sends nothing")

    async def exists(self, chat_id: int, message_id: int) -> bool | None:
        self.asked.append((chat_id, message_id))
        if self.error and (not self.errors or len(self.asked) <= self.errors):
            raise self.error
        return None if self.silent else message_id in self.there.get(chat_id, set())


class Words:
    def digest(self, **_: Any) -> list[Post]:
        return []

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return Post(text=f"{name} {values['channel']}")

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        return Post(text=f"doubt {channel.title}")


@pytest.fixture
def edge() -> Edge:
    return Edge()


async def in_doubt(
    store: Store,
    now: datetime,
    chat_id: int = READER,
    kind: DeliveryKind = DeliveryKind.DIGEST,
    floor: int | None = 100,
) -> Delivery:
    """A delivery whose request left and was not answered."""
    chat_kind = ChatKind.PRIVATE if chat_id > 0 else ChatKind.CHANNEL
    chat = Chat(id=chat_id, kind=chat_kind, title="Канал", owner_id=OTHER if chat_id < 0 else None)
    await store.chats.see(chat, now=now)
    new = NewDelivery(key=f"d:{chat_id}", chat_id=chat_id, kind=kind, post=Post(text="x"))
    await store.outbox.add(new, now=now)
    (delivery,) = await store.outbox.claim(owner="t", now=now, limit=1, lease_s=60)
    await store.outbox.sending(delivery.id, floor=floor, now=now)
    await store.outbox.unknown(delivery.id, error="reset", now=now)
    return delivery


async def now_is(store: Store, delivery: Delivery) -> Delivery:
    (found,) = [d for d in await store.outbox.list() if d.id == delivery.id]
    return found


async def test_one_that_is_there_was_sent(store: Store, edge: Edge, now: datetime) -> None:
    delivery = await in_doubt(store, now)
    edge.there[READER] = {103}
    assert await settle(store, edge, now=now + LATER) == Settled(sent=1)
    after = await now_is(store, delivery)
    assert (after.state, after.message_id) == (DeliveryState.SENT, 103)


async def test_one_that_is_nowhere_is_planned_again(
    store: Store, edge: Edge, now: datetime
) -> None:
    delivery = await in_doubt(store, now)
    edge.there = {READER: {90}, OTHER: {101}}  # an older one, and another chat's
    assert await settle(store, edge, now=now + LATER) == Settled(again=1)
    assert (await now_is(store, delivery)).state is DeliveryState.PLANNED


async def test_known_messages_are_not_asked_about_nor_taken_for_it(
    store: Store, edge: Edge, now: datetime
) -> None:
    await in_doubt(store, now)
    for message_id in (101, 102, 104):
        await store.outbox.saw_message(READER, message_id)
    edge.there[READER] = {101, 102, 104}
    assert await settle(store, edge, now=now + LATER) == Settled(again=1)
    assert {101, 102, 104}.isdisjoint(message_id for _, message_id in edge.asked)
    assert (READER, 103) in edge.asked


async def test_two_in_doubt_never_share_one_message(
    store: Store, edge: Edge, now: datetime
) -> None:
    first = await in_doubt(store, now)
    second = await in_doubt(store, now, OTHER)
    edge.there = {READER: {101}, OTHER: {102}}
    assert await settle(store, edge, now=now + LATER) == Settled(sent=2)
    found = [(await now_is(store, d)).message_id for d in (first, second)]
    assert found == [101, 102]


async def test_telegram_gets_time_to_finish_first(store: Store, edge: Edge, now: datetime) -> None:
    await in_doubt(store, now)
    assert await settle(store, edge, now=now + timedelta(seconds=30)) == Settled()
    assert edge.asked == []


async def test_while_telegram_cannot_be_reached_nothing_is_decided(
    store: Store, edge: Edge, now: datetime
) -> None:
    delivery = await in_doubt(store, now)
    edge.error = NotSent("no route")
    assert await settle(store, edge, now=now + LATER) == Settled()
    assert (await now_is(store, delivery)).state is DeliveryState.UNKNOWN
    assert await settle(store, edge, now=now + timedelta(hours=2)) == Settled(again=1)


async def test_when_it_cannot_be_told_a_person_is_sent_it_again(
    store: Store, edge: Edge, now: datetime
) -> None:
    await in_doubt(store, now)
    edge.silent = True
    assert await settle(store, edge, now=now + LATER) == Settled(again=1)


async def test_when_it_cannot_be_told_a_channel_is_not_and_its_owner_hears_of_it(
    store: Store, edge: Edge, now: datetime
) -> None:
    delivery = await in_doubt(store, now, CHANNEL, DeliveryKind.CHANNEL)
    await store.chats.see(Chat(id=OTHER, kind=ChatKind.PRIVATE), now=now)
    edge.silent = True
    settled = await settle(store, edge, now=now + LATER, renderer=Words())
    assert settled == Settled(given_up=1)
    after = await now_is(store, delivery)
    assert after.state is DeliveryState.DEAD
    assert "may have been sent" in (after.error or "")
    (notice,) = await store.outbox.list(state=DeliveryState.PLANNED)
    assert (notice.chat_id, notice.kind) == (OTHER, DeliveryKind.NOTICE)
    assert notice.post.text == "doubt Канал"


async def test_a_channels_post_proven_absent_is_sent_again(
    store: Store, edge: Edge, now: datetime
) -> None:
    await in_doubt(store, now, CHANNEL, DeliveryKind.CHANNEL, floor=3)
    assert await settle(store, edge, now=now + LATER) == Settled(again=1)


async def test_without_asking_policy_decides(store: Store, edge: Edge, now: datetime) -> None:
    await in_doubt(store, now)
    assert await settle(store, edge, now=now + LATER, ask=False) == Settled(again=1)
    assert edge.asked == []


@pytest.mark.parametrize(
    ("there", "floor"),
    [
        (set(), 0),
        ({1}, 1),
        (set(range(1, 41)), 40),
        (set(range(1, 1001)) - {1, 2, 4, 500, 999}, 1000),
        (set(range(1, 131)) | {133}, 133),
    ],
)
async def test_a_channels_counter_is_learnt_by_asking(
    store: Store, edge: Edge, now: datetime, there: set[int], floor: int
) -> None:
    await store.chats.see(Chat(id=CHANNEL, kind=ChatKind.CHANNEL), now=now)
    edge.there[CHANNEL] = there
    await learn_floor(store, edge, CHANNEL)
    assert await store.outbox.floor(CHANNEL) == floor
    assert len(edge.asked) <= 40


async def test_a_counter_nobody_tells_of_stays_unknown(store: Store, edge: Edge) -> None:
    edge.silent = True
    await learn_floor(store, edge, CHANNEL)
    assert await store.outbox.floor(CHANNEL) is None


async def test_a_counter_that_cannot_be_asked_for_now_is_no_counter(
    store: Store, edge: Edge
) -> None:
    edge.error = NotSent("no route")
    with pytest.raises(NotSent):
        await learn_floor(store, edge, CHANNEL)
    assert await store.outbox.floor(CHANNEL) is None


async def test_a_question_that_broke_is_asked_again(
    store: Store, edge: Edge, now: datetime
) -> None:
    await in_doubt(store, now)
    edge.there[READER] = {101}
    edge.error, edge.errors = InDoubt("reset"), 2
    assert await settle(store, edge, now=now + LATER) == Settled(sent=1)
    assert edge.asked == [(READER, 101)] * 3


async def test_nobody_is_asked_about_ids_above_the_ceiling(
    store: Store, edge: Edge, now: datetime
) -> None:
    await in_doubt(store, now)
    asked_for: list[tuple[int, timedelta]] = []

    def ceiling(chat_id: int, ago: timedelta) -> int | None:
        asked_for.append((chat_id, ago))
        return 103

    settled = await settle(store, edge, now=now + LATER, ceiling=ceiling)
    assert settled == Settled(again=1)
    assert edge.asked == [(READER, 101), (READER, 102)]
    assert set(asked_for) == {(READER, LATER - WAIT)}


async def test_those_that_arrived_are_found_first_and_leave_the_others_less_to_ask(
    store: Store, edge: Edge, now: datetime
) -> None:
    persons = range(1, 41)
    for person in persons:
        await in_doubt(store, now, person)
    edge.there = {person: {100 + person} for person in persons if person % 2}
    assert await settle(store, edge, now=now + LATER) == Settled(sent=20, again=20)
    assert len(edge.asked) < 40 * 60


def test_a_ceiling_is_an_id_of_a_request_that_began_later() -> None:
    ticks = 1000.0
    ceilings = Ceilings(lambda: ticks)
    assert ceilings.over(READER, timedelta(seconds=10)) is None
    for began, message_id in ((980.0, 7), (995.0, 9), (992.0, 8), (999.0, 12)):
        ceilings.note(READER, message_id, began=began)
    ceilings.note(CHANNEL, 3, began=999.0)
    assert ceilings.over(OTHER, timedelta(seconds=10)) == 8
    assert ceilings.over(OTHER, timedelta(seconds=0.5)) is None
    assert ceilings.over(CHANNEL, timedelta(seconds=10)) is None
