"""What every store promises about alerts: what they wait for, and making them due."""

from datetime import datetime, timedelta

import pytest

from storage.models import Chat, ChatKind, Interest, InterestKind, Schedule, Source, Subscription
from storage.ports import Store
from tests.storage.conftest import Make

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BELAZ = Interest(kind=InterestKind.NAME, value="белаз", label="БелАЗ")
COAL = Interest(kind=InterestKind.TOPIC, value="coal")


async def waits(
    store: Store,
    now: datetime,
    *follows: Interest,
    chat_id: int = 7,
    topics: tuple[str, ...] = (),
    instant: bool = True,
) -> Subscription:
    await store.chats.see(Chat(id=chat_id, kind=ChatKind.PRIVATE), now=now)
    return await store.subscriptions.add(
        chat_id=chat_id,
        topics=topics,
        schedule=Schedule(),
        next_run_at=None,
        now=now,
        follows=follows,
        instant=instant,
    )


async def alert(store: Store, now: datetime, interest: Interest | None = BELAZ) -> None:
    end = await store.subscriptions.alert(interest, at=now + MINUTE, now=now, apart=10 * MINUTE)
    assert end is None


async def due_at(store: Store, made: Subscription) -> datetime | None:
    found = await store.subscriptions.get(made.id)
    assert found is not None
    return found.next_run_at


async def test_only_what_alerts_wait_for_is_awaited(store: Store, now: datetime) -> None:
    await waits(store, now, BELAZ, instant=False)
    assert await store.subscriptions.awaited() == ([], False)
    for chat_id in (1, 2):
        made = await waits(store, now, BELAZ, chat_id=chat_id, topics=("coal",))
    interests, anything = await store.subscriptions.awaited()
    assert (set(interests), len(interests), anything) == ({BELAZ, COAL}, 2, False)
    await store.subscriptions.remove(made.id)
    await store.chats.forget(1)
    await waits(store, now, chat_id=3)
    assert await store.subscriptions.awaited() == ([], True)


async def test_an_alert_that_is_changed_waits_for_what_it_wants_now(
    store: Store, now: datetime
) -> None:
    made = await waits(store, now, BELAZ)
    await store.subscriptions.change(made.id, follows=(), topics=("coal",))
    assert await store.subscriptions.awaited() == ([COAL], False)


async def test_those_that_wait_become_due_then(store: Store, now: datetime) -> None:
    one, other = await waits(store, now, BELAZ), await waits(store, now, COAL, chat_id=8)
    await alert(store, now)
    assert (await due_at(store, one), await due_at(store, other)) == (now + MINUTE, None)
    await alert(store, now + MINUTE)
    assert await due_at(store, one) == now + MINUTE  # it is due already


async def test_alerts_are_apart(store: Store, make: Make, now: datetime) -> None:
    made = await waits(store, now, BELAZ)
    await alert(store, now)
    digest = make.shared(made.id, slot=now + MINUTE, next_run_at=now + MINUTE)
    await store.outbox.plan_shared([digest], now=now + MINUTE)
    await store.subscriptions.put_off({made.id: None}, now=now + MINUTE)
    await alert(store, now + 2 * MINUTE)
    assert await due_at(store, made) == now + 11 * MINUTE


@pytest.mark.parametrize("how", ["asleep", "paused", "a digest"])
async def test_who_rests_is_not_alerted(store: Store, now: datetime, how: str) -> None:
    made = await waits(store, now, BELAZ, instant=how != "a digest")
    if how == "asleep":
        await store.chats.sleep(7, reason="blocked", now=now)
    if how == "paused":
        await store.subscriptions.pause(made.id, until=now + HOUR, next_run_at=None)
    await alert(store, now)
    assert await due_at(store, made) is None


async def test_many_are_alerted_slice_by_slice(store: Store, now: datetime) -> None:
    made = [await waits(store, now, chat_id=chat_id) for chat_id in range(1, 6)]
    after: int | None = 0
    slices = 0
    while after is not None:
        after = await store.subscriptions.alert(
            None, at=now, now=now, apart=HOUR, after_id=after, limit=2
        )
        slices += 1
    assert slices == 3
    assert [await due_at(store, one) for one in made] == [now] * 5


async def test_who_moves_to_a_supergroup_waits_on(store: Store, now: datetime) -> None:
    await waits(store, now, BELAZ, chat_id=-5)
    await store.chats.migrate(-5, -1_000_000_000_005, now=now)
    [made] = await store.subscriptions.of_chat(-1_000_000_000_005)
    await alert(store, now)
    assert await due_at(store, made) == now + MINUTE


async def test_what_arrived_is_told_up_to_where(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    added = await store.articles.add(
        [
            make.article(source, "1", "Давно", at=now - 99 * HOUR),
            make.article(source, "2", "Вчера", at=now - 24 * HOUR),
            make.article(source, "3", "Сейчас"),
        ]
    )
    last = added[-1]
    assert last is not None
    since = now - HOUR
    stories, upto = await store.stories.arrived(after_id=0, since=since, limit=9)
    assert ([story.headline for story in stories], upto) == (["Сейчас"], last.id)
    stories, upto = await store.stories.arrived(after_id=0, since=since, limit=2)
    assert (stories, upto) == ([], last.id - 1)
    assert await store.stories.arrived(after_id=last.id, since=since, limit=9) == ([], last.id)
