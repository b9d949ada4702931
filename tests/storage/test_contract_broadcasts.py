"""What every store promises about broadcasts: planned together, paused, resumed, cancelled."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from storage.models import (
    Broadcast,
    BroadcastState,
    Chat,
    ChatKind,
    Choice,
    DeliveryState,
    Schedule,
    Source,
)
from storage.ports import Store
from tests.storage.conftest import Make

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def ids(store: Store, now: datetime) -> list[int]:
    """Three people's subscriptions, due now."""
    return [await subscribe(store, chat_id, now) for chat_id in (1, 2, 3)]


async def subscribe(store: Store, chat_id: int, now: datetime) -> int:
    await store.chats.see(Chat(id=chat_id, kind=ChatKind.PRIVATE), now=now)
    added = await store.subscriptions.add(
        chat_id=chat_id, topics=(), schedule=Schedule(), next_run_at=now, now=now
    )
    return added.id


async def begun(store: Store, make: Make, ids: list[int], parts: int = 1) -> Broadcast:
    await store.outbox.plan_shared([make.shared(*ids, parts=parts)], now=make.now)
    broadcast = await store.broadcasts.of(make.now)
    assert broadcast is not None
    return broadcast


async def claimed(store: Store, now: datetime, limit: int = 50) -> list[str]:
    found = await store.outbox.claim(owner="me", now=now, limit=limit, lease_s=60)
    return [delivery.key for delivery in found]


async def state(store: Store, now: datetime) -> BroadcastState:
    broadcast = await store.broadcasts.of(now)
    assert broadcast is not None
    return broadcast.state


async def test_what_is_shared_is_planned_for_each_in_order(
    store: Store, make: Make, ids: list[int]
) -> None:
    assert await store.outbox.plan_shared([make.shared(*ids, parts=2)], now=make.now) == 3
    listed = [d.key for d in await store.outbox.list()][::-1]
    assert listed == [f"digest:{id_}:20261118T0100Z:{part}" for id_ in ids for part in (1, 2)]
    assert [d.post.text for d in await store.outbox.list(limit=2)] == ["part 2", "part 1"]
    assert await store.outbox.plan_shared([make.shared(*ids, parts=3)], now=make.now) == 0
    assert len(await store.outbox.list()) == 6


async def test_a_broadcast_counts_its_deliveries(store: Store, make: Make, ids: list[int]) -> None:
    broadcast = await begun(store, make, ids)
    assert (broadcast.state, broadcast.began_at) == (BroadcastState.RUNNING, make.now)
    assert broadcast.deliveries == dict.fromkeys(DeliveryState, 0) | {DeliveryState.PLANNED: 3}
    [first, *_] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    await store.outbox.mark(sending=[first.id], sent={}, now=make.now)
    await store.outbox.mark(sending=[], sent={first.id: 5}, now=make.now)
    [listed] = await store.broadcasts.list(limit=5)
    assert listed.deliveries[DeliveryState.SENT] == 1
    assert await store.broadcasts.sent_since(listed.id, make.now - MINUTE) == 1
    assert await store.broadcasts.sent_since(listed.id, make.now) == 0


async def test_the_newest_slots_come_first_and_unfinished_ones_always(
    store: Store, make: Make, ids: list[int]
) -> None:
    for days in (0, 1, 2):
        slot = make.now + days * DAY
        await store.outbox.plan_shared(
            [make.shared(*ids, slot=slot, next_run_at=slot + DAY)], now=make.now
        )
    found = await store.broadcasts.list(limit=1)
    assert [one.slot for one in found] == [make.now + days * DAY for days in (2, 1, 0)]
    for one in found:
        await store.broadcasts.cancel(one.id, now=make.now)
    assert len(await store.broadcasts.list(limit=1)) == 1
    assert await store.broadcasts.of(make.now - DAY) is None


async def test_nothing_of_a_paused_one_leaves_and_all_of_it_afterwards(
    store: Store, make: Make, ids: list[int], open_again: Callable[[], Awaitable[Store]]
) -> None:
    broadcast = await begun(store, make, ids)
    assert len(await claimed(store, make.now, limit=1)) == 1
    assert await store.broadcasts.pause(broadcast.id, now=make.now)
    assert not await store.broadcasts.pause(broadcast.id, now=make.now)
    await store.outbox.add(make.delivery("alone", 9), now=make.now)
    assert await claimed(store, make.now) == ["alone"]
    restarted = await open_again()
    assert await claimed(restarted, make.now + DAY) == ["alone"]  # its lease is over
    assert await restarted.broadcasts.resume(broadcast.id, now=make.now)
    assert not await restarted.broadcasts.resume(broadcast.id, now=make.now)
    assert len(await claimed(store, make.now)) == 3


async def test_what_was_claimed_when_it_was_paused_may_not_leave(
    store: Store, make: Make, ids: list[int]
) -> None:
    broadcast = await begun(store, make, ids)
    [flying, held] = await store.outbox.claim(owner="me", now=make.now, limit=2, lease_s=60)
    assert await store.outbox.mark(sending=[flying.id], sent={}, now=make.now) == {flying.id}
    await store.broadcasts.pause(broadcast.id, now=make.now)
    assert await store.outbox.mark(sending=[held.id], sent={flying.id: 7}, now=make.now) == set()
    after = await store.broadcasts.of(make.now)
    assert after is not None
    assert (after.deliveries[DeliveryState.SENT], after.deliveries[DeliveryState.PLANNED]) == (1, 2)


async def test_a_retry_of_a_paused_one_waits_too(store: Store, make: Make, ids: list[int]) -> None:
    broadcast = await begun(store, make, ids[:1])
    [one] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    await store.outbox.retry(one.id, not_before=make.now + MINUTE, error="429", now=make.now)
    await store.broadcasts.pause(broadcast.id, now=make.now)
    assert await store.outbox.next_retry_at() is None
    assert await claimed(store, make.now + MINUTE) == []
    await store.broadcasts.resume(broadcast.id, now=make.now)
    assert await store.outbox.next_retry_at() == make.now + MINUTE
    assert len(await claimed(store, make.now + MINUTE)) == 1


async def test_of_a_cancelled_one_all_dies_but_what_is_in_flight(
    store: Store, make: Make, ids: list[int]
) -> None:
    broadcast = await begun(store, make, ids)
    [flying, _] = await store.outbox.claim(owner="me", now=make.now, limit=2, lease_s=60)
    await store.outbox.mark(sending=[flying.id], sent={}, now=make.now)
    assert await store.broadcasts.cancel(broadcast.id, now=make.now)
    assert not await store.broadcasts.resume(broadcast.id, now=make.now)
    assert await claimed(store, make.now) == []
    assert await store.broadcasts.clear(now=make.now) == 2
    assert await store.broadcasts.clear(now=make.now) == 0
    dead = await store.outbox.list(state=DeliveryState.DEAD)
    assert {d.error for d in dead} == {"its broadcast was cancelled"}
    assert await store.outbox.letters(limit=9) == []
    await store.outbox.sent(flying.id, message_id=1, now=make.now)
    late = await subscribe(store, 4, make.now)
    await store.outbox.plan_shared([make.shared(late)], now=make.now)
    assert len(await store.outbox.list(state=DeliveryState.DEAD)) == 3


async def test_what_comes_back_to_a_cancelled_one_dies_too(
    store: Store, make: Make, ids: list[int]
) -> None:
    broadcast = await begun(store, make, ids[:1])
    [flying] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    await store.outbox.mark(sending=[flying.id], sent={}, now=make.now)
    await store.broadcasts.cancel(broadcast.id, now=make.now)
    await store.outbox.retry(flying.id, not_before=make.now, error="429", now=make.now)
    assert await claimed(store, make.now) == []
    assert await store.broadcasts.clear(now=make.now) == 1


async def test_one_without_an_open_delivery_is_done_until_there_is_one(
    store: Store, make: Make, ids: list[int]
) -> None:
    await begun(store, make, ids[:1])
    assert await store.broadcasts.finish(now=make.now) == 0
    [one] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    await store.outbox.unknown(one.id, error="reset", now=make.now)
    assert await store.broadcasts.finish(now=make.now) == 0
    await store.outbox.sent(one.id, message_id=1, now=make.now)
    assert await store.broadcasts.finish(now=make.now) == 1
    assert await state(store, make.now) is BroadcastState.DONE
    await store.outbox.plan_shared([make.shared(ids[1])], now=make.now)
    assert await state(store, make.now) is BroadcastState.RUNNING


async def test_a_silent_digest_makes_no_broadcast(store: Store, make: Make, ids: list[int]) -> None:
    assert await store.outbox.plan_shared([make.shared(*ids, parts=0)], now=make.now) == 3
    assert await store.broadcasts.list(limit=5) == []


async def story(store: Store, make: Make, source: Source, key: str = "1") -> int:
    [article] = await store.articles.add([make.article(source, key)])
    assert article is not None
    return article.story_id


async def fresh(store: Store, chat_id: int, now: datetime) -> list[int]:
    found = await store.stories.fresh(chat_id=chat_id, since=now - DAY, until=now, limit=9)
    return [one.id for one in found]


async def test_a_cancelled_digest_gave_nothing_unless_a_part_of_it_left(
    store: Store, make: Make, source: Source, ids: list[int]
) -> None:
    told = await story(store, make, source)
    await store.outbox.plan_shared([make.shared(*ids[:2], stories=(told,), parts=2)], now=make.now)
    assert await fresh(store, 1, make.now) == await fresh(store, 2, make.now) == []
    [flying] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    await store.outbox.mark(sending=[flying.id], sent={}, now=make.now)
    broadcast = await store.broadcasts.of(make.now)
    assert broadcast is not None
    await store.broadcasts.cancel(broadcast.id, now=make.now)
    assert await store.broadcasts.clear(now=make.now) == 3
    assert await fresh(store, 1, make.now) == []
    assert await fresh(store, 2, make.now) == [told]


async def test_what_could_not_be_sent_to_a_chat_that_fell_asleep_is_new_when_it_wakes(
    store: Store, make: Make, source: Source, ids: list[int]
) -> None:
    told = await story(store, make, source)
    await store.outbox.plan_shared([make.shared(*ids[:2], stories=(told,), parts=2)], now=make.now)
    for delivery in await store.outbox.claim(owner="me", now=make.now, limit=9, lease_s=60):
        await store.outbox.mark(sending=[delivery.id], sent={}, now=make.now)
        if delivery.chat_id == 1:
            await store.outbox.dead(delivery.id, error="403", now=make.now)
        else:
            await store.outbox.sent(delivery.id, message_id=1, now=make.now)
    for chat_id in (1, 2):
        await store.chats.sleep(chat_id, reason="403", now=make.now)
        await store.chats.wake(chat_id, now=make.now)
    assert [await fresh(store, chat_id, make.now) for chat_id in (1, 2)] == [[told], []]


async def test_who_is_due_comes_with_what_the_chat_had(
    store: Store, make: Make, source: Source, ids: list[int]
) -> None:
    told = await story(store, make, source)
    await store.outbox.plan_shared([make.shared(*ids[:2], stories=(told,), upto=5)], now=make.now)
    await store.outbox.plan_shared([make.shared(ids[2])], now=make.now)
    first, other = await store.subscriptions.due(now=make.now + DAY, limit=9)
    assert (first.ids, other.ids, other.had) == ((ids[0], ids[1]), (ids[2],), frozenset())
    [choice] = first.had
    assert await store.stories.chosen(first.had) == {
        choice: Choice(stories=frozenset({told}), upto=5)
    }
    later = await store.subscriptions.due(now=make.now + DAY, limit=9, had_since=make.now)
    assert [(group.ids, group.had) for group in later] == [(tuple(ids), frozenset())]


async def test_what_has_not_left_is_merged_into_the_next(
    store: Store, make: Make, source: Source, ids: list[int]
) -> None:
    old, told = await story(store, make, source), await story(store, make, source, "2")
    before = make.now - DAY
    shared = make.shared(*ids, slot=before, next_run_at=make.now, stories=(old,))
    await store.outbox.plan_shared([shared], now=make.now)
    for key in await claimed(store, make.now):
        [sent] = [d for d in await store.outbox.list() if d.key == key]
        await store.outbox.sent(sent.id, message_id=sent.id, now=make.now)
    await store.outbox.plan_shared([make.shared(*ids, stories=(told,))], now=make.now)
    [away] = await store.outbox.claim(owner="me", now=make.now, limit=1, lease_s=60)
    waiting = await store.subscriptions.waiting(now=make.now + DAY, after=None, limit=1)
    waiting += await store.subscriptions.waiting(now=make.now + DAY, after=waiting[0], limit=9)
    assert [place.id for place in waiting] == ids[1:]

    assert await store.outbox.merge_into_next(ids, now=make.now) == 2
    dead = await store.outbox.list(state=DeliveryState.DEAD)
    assert {d.error for d in dead} == {"merged into the next digest"}
    assert away.chat_id not in {d.chat_id for d in dead}
    due = await store.subscriptions.due(now=make.now + DAY, limit=9)
    assert [group.subscription.slot for group in due] == [before, make.now]
    assert await store.subscriptions.waiting(now=make.now + DAY, after=None, limit=9) == []
    assert [await fresh(store, chat_id, make.now) for chat_id in (1, 2)] == [[], [told]]
    assert await store.check() == []


async def test_a_next_run_is_put_off_unless_it_was_changed(
    store: Store, make: Make, ids: list[int]
) -> None:
    later = make.now + 2 * DAY
    await store.subscriptions.change(ids[0], next_run_at=make.now + DAY)
    await store.subscriptions.put_off({ids[0]: later, ids[1]: later, ids[2]: None}, now=make.now)
    found = [await store.subscriptions.get(id_) for id_ in ids]
    assert [one and one.next_run_at for one in found] == [make.now + DAY, later, None]


async def test_tidying_forgets_a_broadcast_with_its_deliveries(
    store: Store, make: Make, ids: list[int]
) -> None:
    broadcast = await begun(store, make, ids)
    await store.broadcasts.cancel(broadcast.id, now=make.now)
    await store.broadcasts.clear(now=make.now)
    await store.tidy(now=make.now + 31 * DAY, keep_days=30)
    assert await store.broadcasts.list(limit=5) == []
    assert await store.outbox.list() == []
