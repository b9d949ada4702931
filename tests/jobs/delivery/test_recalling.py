"""A life begins where the pace of the one before it ended: kill -9 makes nobody faster."""

from datetime import datetime, timedelta
from typing import Any

from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.recalling import recall
from storage.models import DeliveryKind, NewDelivery, Post
from storage.ports import Store
from tests.jobs.delivery.test_pacing import take

PERSON, GROUP = 7, -1001234567890


async def begun(store: Store, chat_id: int, number: int, at: datetime) -> int:
    """A delivery whose request left then; its id."""
    key = f"{chat_id}:{number}"
    digest = NewDelivery(key=key, chat_id=chat_id, kind=DeliveryKind.DIGEST, post=Post(text=key))
    await store.outbox.add(digest, now=at)
    [claimed] = await store.outbox.claim(owner="before", now=at, limit=1, lease_s=60)
    await store.outbox.sending(claimed.id, floor=None, now=at)
    return claimed.id


async def sent(store: Store, chat_id: int, number: int, at: datetime) -> None:
    await store.outbox.sent(await begun(store, chat_id, number, at), message_id=number, now=at)


async def first_turns(store: Store, time: Any, now: datetime) -> dict[int | str | None, float]:
    """After how many seconds of a new life each chat may be sent something."""
    pacer = Pacer(1000, monotonic=time.monotonic, sleep=time.sleep)
    await recall(store, pacer, now=now)
    wanted = [(0.0, chat, False) for chat in (PERSON, GROUP, 8)]
    return {chat: at for at, chat, _ in await take(time, pacer, wanted, until=5000)}


async def test_what_left_within_a_minute_counts(
    store: Store, now: datetime, fake_time: Any
) -> None:
    for number in range(20):
        await sent(store, GROUP, number, now - timedelta(seconds=50 - number))
    for number in range(3):
        await sent(store, PERSON, number, now)
    turns = await first_turns(store, fake_time(), now)
    assert turns[8] < 0.1
    assert 1 <= turns[PERSON] < 1.2
    assert 10 <= turns[GROUP] < 11


async def test_what_left_long_ago_does_not(store: Store, now: datetime, fake_time: Any) -> None:
    for number in range(20):
        await sent(store, GROUP, number, now - timedelta(minutes=2))
    turns = await first_turns(store, fake_time(), now)
    assert turns[GROUP] < 0.1


async def test_what_may_have_left_counts_as_if_it_had(
    store: Store, now: datetime, fake_time: Any
) -> None:
    await sent(store, PERSON, 1, now)
    await sent(store, PERSON, 2, now)
    await begun(store, PERSON, 3, now)
    await store.outbox.recover(owner="the next life", now=now)
    assert (await first_turns(store, fake_time(), now))[PERSON] >= 1


async def test_a_429_of_the_life_before_is_obeyed(
    store: Store, now: datetime, fake_time: Any
) -> None:
    await told(store, now, "retry after 45 s")
    turns = await first_turns(store, fake_time(), now)
    assert turns[PERSON] >= 45
    assert 30 <= turns[8] < 31


async def test_waiting_for_a_connection_stops_nobody_else(
    store: Store, now: datetime, fake_time: Any
) -> None:
    await told(store, now, "no connection")
    assert (await first_turns(store, fake_time(), now))[8] < 0.1


async def told(store: Store, now: datetime, why: str) -> None:
    """A delivery waits for 45 seconds, for that reason."""
    delivery_id = await begun(store, PERSON, 1, now - timedelta(hours=1))
    not_before = now + timedelta(seconds=45)
    await store.outbox.retry(delivery_id, not_before=not_before, error=why, now=now)
