"""What every store promises about subscriptions."""

from datetime import datetime, timedelta

import pytest

from storage.models import Chat, ChatKind, Schedule
from storage.ports import Store, Subscriptions
from tests.storage.conftest import Make

CHAT = 7
DAILY = Schedule(minutes=(480, 1200), days=(1, 2, 3))


@pytest.fixture
async def subscriptions(store: Store, now: datetime) -> Subscriptions:
    await store.chats.see(Chat(id=CHAT, kind=ChatKind.PRIVATE), now=now)
    return store.subscriptions


async def test_a_subscription_comes_back_as_it_was_stored(
    subscriptions: Subscriptions, now: datetime
) -> None:
    added = await subscriptions.add(
        chat_id=CHAT,
        topics=("trade", "coal"),
        schedule=DAILY,
        next_run_at=now,
        now=now,
        thread_id=3,
        max_stories=4,
    )
    assert (added.chat_id, added.thread_id, added.topics) == (CHAT, 3, ("trade", "coal"))
    assert (added.schedule, added.max_stories, added.active) == (DAILY, 4, True)
    assert (added.next_run_at, added.created_at, added.slot) == (now, now, None)
    assert await subscriptions.get(added.id) == added
    assert await subscriptions.of_chat(CHAT) == [added]
    assert await subscriptions.count() == 1


async def test_the_same_chat_thread_and_topics_are_one_subscription(
    subscriptions: Subscriptions, now: datetime
) -> None:
    async def add(topics: tuple[str, ...], thread_id: int | None, minute: int) -> int:
        added = await subscriptions.add(
            chat_id=CHAT,
            topics=topics,
            schedule=Schedule(minutes=(minute,)),
            next_run_at=now,
            now=now,
            thread_id=thread_id,
        )
        return added.id

    first = await add(("coal", "trade"), None, 1)
    assert await add(("trade", "coal"), None, 2) == first
    changed = await subscriptions.get(first)
    assert changed is not None
    assert changed.schedule == Schedule(minutes=(2,))
    assert await add(("coal", "trade"), 9, 3) != first
    assert await add((), None, 3) != first
    assert await subscriptions.count() == 3


async def test_a_change_sets_what_is_given(subscriptions: Subscriptions, now: datetime) -> None:
    added = await subscriptions.add(
        chat_id=CHAT, topics=("coal",), schedule=DAILY, next_run_at=now, now=now
    )
    changed = await subscriptions.change(added.id, topics=(), max_stories=3)
    assert changed == await subscriptions.get(added.id)
    assert changed is not None
    assert (changed.topics, changed.max_stories, changed.schedule) == ((), 3, DAILY)
    assert changed.next_run_at == now
    assert await subscriptions.change(999, max_stories=3) is None


async def test_a_subscription_changed_into_another_replaces_it(
    subscriptions: Subscriptions, now: datetime
) -> None:
    for topic in ("coal", "trade"):
        await subscriptions.add(
            chat_id=CHAT, topics=(topic,), schedule=DAILY, next_run_at=now, now=now
        )
    first, _ = await subscriptions.of_chat(CHAT)
    changed = await subscriptions.change(first.id, topics=("trade",))
    assert changed is not None
    assert await subscriptions.of_chat(CHAT) == [changed]


async def test_the_longest_due_come_first(subscriptions: Subscriptions, now: datetime) -> None:
    for minutes in (3, 1, 2, 90):
        await subscriptions.add(
            chat_id=CHAT,
            topics=(f"t{minutes}",),
            schedule=DAILY,
            next_run_at=now + timedelta(minutes=minutes),
            now=now,
        )
    never = await subscriptions.add(
        chat_id=CHAT, topics=("never",), schedule=Schedule(minutes=()), next_run_at=None, now=now
    )
    assert never.next_run_at is None
    assert await subscriptions.next_due_at() == now + timedelta(minutes=1)
    due = await subscriptions.due(now=now + timedelta(minutes=3), limit=9)
    assert [one.subscription.topics for one in due] == [("t1",), ("t2",), ("t3",)]
    assert len(await subscriptions.due(now=now + timedelta(hours=3), limit=2)) == 2
    assert await subscriptions.due(now=now, limit=9) == []


async def test_a_removed_subscription_is_gone_and_its_id_is_not_used_again(
    subscriptions: Subscriptions, now: datetime
) -> None:
    """A delivery's key names its subscription: a new one must not inherit the old one's slots."""
    ids = []
    for _ in range(2):
        added = await subscriptions.add(
            chat_id=CHAT, topics=(), schedule=DAILY, next_run_at=now, now=now
        )
        ids.append(added.id)
        assert await subscriptions.remove(added.id)
    assert not await subscriptions.remove(ids[0])
    assert ids[0] != ids[1]


async def test_planning_moves_a_subscription_on(
    store: Store, subscriptions: Subscriptions, make: Make, now: datetime
) -> None:
    added = await subscriptions.add(
        chat_id=CHAT, topics=(), schedule=DAILY, next_run_at=now, now=now
    )
    tomorrow = now + timedelta(days=1)
    digest = make.shared(added.id, next_run_at=tomorrow)
    assert await store.outbox.plan_shared([digest], now=now) == 1
    moved = await subscriptions.get(added.id)
    assert moved is not None
    assert (moved.slot, moved.next_run_at) == (now, tomorrow)
    assert await store.outbox.plan_shared([digest], now=now) == 0
    assert len(await store.outbox.list()) == 1


async def test_a_time_changed_while_its_digest_was_made_stays(
    store: Store, subscriptions: Subscriptions, make: Make, now: datetime
) -> None:
    added = await subscriptions.add(
        chat_id=CHAT, topics=(), schedule=DAILY, next_run_at=now, now=now
    )
    evening = now + timedelta(hours=10)
    await subscriptions.change(added.id, next_run_at=evening)
    assert await store.outbox.plan_shared([make.shared(added.id)], now=now) == 1
    moved = await subscriptions.get(added.id)
    assert moved is not None
    assert (moved.slot, moved.next_run_at) == (now, evening)


async def test_a_digest_of_one_day_a_week_stands_beside_those_of_others(
    subscriptions: Subscriptions, now: datetime
) -> None:
    weekly = Schedule(days=(6,))

    async def add(schedule: Schedule) -> int:
        added = await subscriptions.add(
            chat_id=CHAT, topics=("coal",), schedule=schedule, next_run_at=now, now=now
        )
        return added.id

    first, second = await add(DAILY), await add(weekly)
    assert first != second
    assert await add(Schedule(days=(7,))) == second
    changed = await subscriptions.change(first, schedule=weekly)
    assert changed is not None
    assert await subscriptions.of_chat(CHAT) == [changed]


async def test_the_second_digest_after_a_pause_ends_it(
    store: Store, subscriptions: Subscriptions, make: Make, now: datetime
) -> None:
    added = await subscriptions.add(
        chat_id=CHAT, topics=(), schedule=DAILY, next_run_at=now, now=now
    )
    await subscriptions.pause(added.id, until=now, next_run_at=now)
    for days, left in enumerate((now, None, None)):
        slot = now + timedelta(days=days)
        assert await store.outbox.plan_shared([make.shared(added.id, slot=slot)], now=slot) == 1
        moved = await subscriptions.get(added.id)
        assert moved is not None
        assert moved.paused_until == left


async def test_a_pause_that_is_to_come_is_not_ended_by_a_digest(
    store: Store, subscriptions: Subscriptions, make: Make, now: datetime
) -> None:
    added = await subscriptions.add(
        chat_id=CHAT, topics=(), schedule=DAILY, next_run_at=now, now=now
    )
    later = now + timedelta(days=3)
    await subscriptions.pause(added.id, until=later, next_run_at=now)
    for days in range(2):
        slot = now + timedelta(days=days)
        assert await store.outbox.plan_shared([make.shared(added.id, slot=slot)], now=slot) == 1
    moved = await subscriptions.get(added.id)
    assert moved is not None
    assert moved.paused_until == later
