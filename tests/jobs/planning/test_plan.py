"""Planning against a real store: what is due becomes one digest, whatever happened in between."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.planning.plan import digest_now, plan_due, preview
from storage.models import Chat, ChatKind, DeliveryKind, DeliveryState, Schedule
from storage.ports import Store
from tests.jobs.planner import READER, ZONE, Plain, news, plan, send_all, subscribe, texts


@pytest.fixture
def renderer() -> Plain:
    return Plain()


async def test_a_digest_that_is_due_is_planned_once_with_its_next_time(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А", "Б", "В")
    subscription = await subscribe(store, now)
    assert await plan(store, renderer, now) == 1
    assert await plan(store, renderer, now) == 0
    deliveries = await store.outbox.list()
    slot = f"digest:{subscription.id}:20261118T0100Z"
    assert sorted(d.key for d in deliveries) == [f"{slot}:1", f"{slot}:2"]
    assert {d.kind for d in deliveries} == {DeliveryKind.DIGEST}
    stored = await store.subscriptions.get(subscription.id)
    assert stored is not None
    assert (stored.slot, stored.next_run_at) == (now, now + timedelta(days=1))


async def test_a_digest_has_no_adverts_unless_they_are_asked_for(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    await news(store, now - timedelta(hours=2), "Двери", topic="not_news")
    await subscribe(store, now)
    await subscribe(store, now, chat_id=78, topics=("not_news",))
    await plan(store, renderer, now)
    assert await texts(store) == ["А"]
    assert await texts(store, 78) == ["Двери"]


async def test_a_restart_in_the_due_minute_neither_doubles_nor_loses(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    subscription = await subscribe(store, now)
    await plan(store, renderer, now + timedelta(seconds=20))
    await store.subscriptions.change(subscription.id, next_run_at=now)  # as if it were forgotten
    assert await plan(store, renderer, now + timedelta(seconds=40)) == 0
    (delivery,) = await store.outbox.list()
    assert delivery.state is DeliveryState.PLANNED
    stored = await store.subscriptions.get(subscription.id)
    assert stored is not None
    assert stored.next_run_at == now + timedelta(days=1)


async def test_three_hours_of_downtime_give_one_late_digest_for_the_newest_slot(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    hourly = Schedule(minutes=tuple(range(0, 1440, 60)))
    start = now - timedelta(hours=3)
    subscription = await subscribe(store, now, schedule=hourly, next_run_at=start)
    at = now + timedelta(minutes=30)
    assert await plan(store, renderer, at) == 1
    (delivery,) = await store.outbox.list()
    assert delivery.key == f"digest:{subscription.id}:20261118T0100Z:1"
    assert renderer.late == [True]
    stored = await store.subscriptions.get(subscription.id)
    assert stored is not None
    assert stored.next_run_at == now + timedelta(hours=1)


async def test_beyond_six_hours_the_next_slot_only(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    subscription = await subscribe(store, now)
    assert await plan(store, renderer, now + timedelta(hours=7)) == 0
    assert await store.outbox.list() == []
    stored = await store.subscriptions.get(subscription.id)
    assert stored is not None
    assert stored.next_run_at == now + timedelta(days=1)


async def test_a_story_is_given_once_and_asking_counts(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    await subscribe(store, now)
    reader = await store.chats.get(READER)
    assert reader is not None
    ask: dict[str, Any] = {"chat": reader, "topics": (), "default_zone": ZONE}
    asked = now - timedelta(hours=1)
    assert await digest_now(store, renderer, key="digest:asked:77:1", now=asked, **ask) == 1
    await digest_now(store, renderer, key="digest:asked:77:1", now=asked, **ask)
    await plan(store, renderer, now)
    assert await texts(store) == ["А", "nothing new"]
    assert [d.kind for d in await store.outbox.list()][-1] is DeliveryKind.ASKED


async def test_what_did_not_fit_comes_next_time(
    store: Store, renderer: Plain, now: datetime
) -> None:
    titles = "АБВГДЕ"
    await news(store, now - timedelta(hours=2), *titles)
    hourly = Schedule(minutes=tuple(range(0, 1440, 60)))
    await subscribe(store, now, schedule=hourly, max_stories=4)
    await plan(store, renderer, now)
    await send_all(store, now)
    await plan(store, renderer, now + timedelta(hours=1))
    given = "\n".join(await texts(store)).split("\n")
    assert sorted(given) == sorted(titles)


@pytest.mark.parametrize(
    ("kind", "say_empty", "told"),
    [
        (ChatKind.PRIVATE, None, True),
        (ChatKind.PRIVATE, False, False),
        (ChatKind.CHANNEL, None, False),
        (ChatKind.CHANNEL, True, True),
        (ChatKind.SUPERGROUP, None, False),
    ],
)
async def test_no_news_is_told_or_not_as_the_chat_chose(
    store: Store, renderer: Plain, now: datetime, kind: ChatKind, say_empty: bool, told: bool
) -> None:
    chat_id = READER if kind is ChatKind.PRIVATE else -1_000_000_000_001
    subscription = await subscribe(store, now, chat_id, kind)
    await store.chats.choose(chat_id, say_empty=say_empty)
    assert await plan(store, renderer, now) == 1
    assert await texts(store, chat_id) == (["nothing new"] if told else [])
    stored = await store.subscriptions.get(subscription.id)
    assert stored is not None
    assert stored.next_run_at == now + timedelta(days=1)


async def test_a_channel_gets_a_delivery_of_its_own_kind(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    await subscribe(store, now, -1_000_000_000_001, ChatKind.CHANNEL)
    await plan(store, renderer, now)
    assert [d.kind for d in await store.outbox.list()] == [DeliveryKind.CHANNEL]


async def test_one_that_fails_costs_only_those_who_share_it_and_does_not_spin(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    await subscribe(store, now, 1)
    await subscribe(store, now, 2)
    await store.chats.choose(1, language="be")
    renderer.fails_for = {1}
    assert await plan(store, renderer, now) == 1
    assert await texts(store, 2) == ["А"]
    assert await store.subscriptions.due(now=now, limit=9) == []
    renderer.fails_for = set()
    assert await plan(store, renderer, now + timedelta(minutes=10)) == 1
    assert await texts(store, 1) == ["А"]


async def test_only_the_topics_wanted_and_only_the_last_day_for_a_new_subscription(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "торговля")
    await news(store, now - timedelta(hours=30), "позавчера")
    await news(store, now - timedelta(hours=2), "спорт", topic="sport")
    await subscribe(store, now, topics=("trade",))
    await plan(store, renderer, now)
    assert await texts(store) == ["торговля"]


async def test_each_chats_own_zone_decides(store: Store, renderer: Plain, now: datetime) -> None:
    subscription = await subscribe(store, now)
    await store.chats.choose(READER, zone="Europe/Minsk")
    late = now + timedelta(hours=4, minutes=1)  # 08:01 in Minsk
    await plan(store, renderer, late)
    (delivery,) = await store.outbox.list()
    assert delivery.key == f"digest:{subscription.id}:20261118T0500Z:1"


async def test_a_preview_gives_nothing_away(store: Store, now: datetime) -> None:
    await news(store, now - timedelta(hours=2), "А")
    day_ago = now - timedelta(hours=24)
    for _ in range(2):
        stories = await preview(store, topics=(), since=day_ago, now=now, limit=10)
        assert [story.headline for story in stories] == ["А"]
    assert await store.outbox.list() == []


async def test_those_who_get_the_same_share_one_drawing(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А", "Б")
    for chat_id in range(1, 8):
        await subscribe(store, now, chat_id)
    await store.chats.choose(7, language="be")
    reader = await store.chats.get(6)
    assert reader is not None
    await digest_now(
        store, renderer, chat=reader, topics=(), key="a", now=now, default_zone=ZONE, limit=1
    )
    renderer.late.clear()
    rung: list[bool] = []
    planned = await plan_due(
        store, renderer, now=now, default_zone=ZONE, piece=2, ring=lambda: rung.append(True)
    )
    assert (planned, len(rung)) == (7, 4)
    assert len(renderer.late) == 3  # of the five, of the sixth who had «А», in Belarusian
    assert await texts(store, 1) == await texts(store, 7) == ["А\nБ"]
    asked, digest = await texts(store, 6)
    assert {asked, digest} == {"А", "Б"}


async def test_a_chat_that_had_all_the_newest_gets_what_is_further_back(
    store: Store, renderer: Plain, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.planning.choosing.CANDIDATES", 2)
    await news(store, now - timedelta(hours=3), "А", "Б")
    await news(store, now - timedelta(hours=2), "В", "Г")
    reader = Chat(id=READER, kind=ChatKind.PRIVATE)
    await subscribe(store, now)
    await digest_now(store, renderer, chat=reader, topics=(), key="a", now=now, default_zone=ZONE)
    await plan(store, renderer, now)
    assert await texts(store) == ["В\nГ", "А\nБ"]


async def test_the_digests_of_a_slot_are_spread_each_chat_in_its_own_minute(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - timedelta(hours=2), "А")
    ids = [(await subscribe(store, now, chat_id)).id for chat_id in (30, 31, 39)]
    for day in range(2):
        slot = now + timedelta(days=day)
        sent: list[list[str]] = []
        for minute in range(11):
            at = slot + timedelta(minutes=minute)
            await plan_due(store, renderer, now=at, default_zone=ZONE, spread_min=10)
            sent.append(await send_all(store, at))
        key = f"{slot:%Y%m%dT%H%MZ}:1"
        first, second, last = (f"digest:{id_}:{key}" for id_ in ids)
        assert (sent[0], sent[1], sent[9]) == ([first], [second], [last])
        assert sum(map(len, sent)) == 3
    assert not any(renderer.late)


async def test_after_days_of_absence_one_digest_of_all_of_them_comes(
    store: Store, renderer: Plain, now: datetime
) -> None:
    hourly = Schedule(minutes=tuple(range(0, 1440, 60)))
    await subscribe(store, now, schedule=hourly)
    await plan(store, renderer, now)
    await send_all(store, now)
    back = now + timedelta(days=3)
    for hours in (1, 30, 71):
        await news(store, now + timedelta(hours=hours), str(hours))
    assert await plan(store, renderer, back) == 1
    assert sorted("\n".join((await texts(store))[1:]).split("\n")) == ["1", "30", "71"]
    assert len(await send_all(store, back)) == 2  # its two parts


async def test_a_chat_that_slept_and_woke_gets_one_digest(
    store: Store, renderer: Plain, now: datetime
) -> None:
    subscription = await subscribe(store, now)
    await store.chats.sleep(READER, reason="blocked", now=now)
    awake = now + timedelta(days=5, hours=1)
    await news(store, now + timedelta(days=2), "А")
    await news(store, now + timedelta(days=5), "Б")
    assert await plan(store, renderer, awake) == 0
    await store.chats.wake(READER, now=awake)
    assert await plan(store, renderer, awake) == 1
    assert renderer.late == [True]
    [delivery] = await store.outbox.list()
    assert delivery.key == f"digest:{subscription.id}:20261123T0100Z:1"


async def test_what_could_not_leave_for_hours_comes_merged(
    store: Store, renderer: Plain, now: datetime
) -> None:
    """Telegram is out of reach, and every hour a digest is planned."""
    hourly = Schedule(minutes=tuple(range(0, 1440, 60)))
    await subscribe(store, now, schedule=hourly)
    for hour in range(30):
        at = now + timedelta(hours=hour)
        await news(store, at - timedelta(minutes=5), str(hour))
        await plan(store, renderer, at)
    claimed = await store.outbox.claim(owner="o", now=at, limit=99, lease_s=60)
    given = "\n".join(delivery.post.text for delivery in claimed).split("\n")
    assert len(given) == 10  # as many as a digest has, and each once
    assert {delivery.key.rpartition(":")[0] for delivery in claimed} == {
        claimed[0].key.rpartition(":")[0]
    }


async def test_who_was_passed_over_is_the_first_to_be_served_next(
    store: Store, renderer: Plain, now: datetime
) -> None:
    """Of six only two can be served before the next is due."""
    hourly = Schedule(minutes=tuple(range(0, 1440, 60)))
    served: list[int] = []
    for chat_id in range(1, 7):
        await subscribe(store, now, chat_id, schedule=hourly, max_stories=2)
    for hour in range(9):
        at = now + timedelta(hours=hour)
        await news(store, at - timedelta(minutes=5), str(hour))
        await plan(store, renderer, at)
        claimed = await store.outbox.claim(owner="o", now=at, limit=2, lease_s=60)
        served += [delivery.chat_id for delivery in claimed]
        for delivery in claimed:
            await store.outbox.sent(delivery.id, message_id=delivery.id, now=at)
    assert served == [1, 2, 3, 4, 5, 6] * 3
