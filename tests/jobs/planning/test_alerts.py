"""Alerts: what comes is told a minute later, once, together, and not in quiet hours."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.planning.alerts import watch
from bot.news.digests.interests import read_interest
from bot.news.topics.scores import Topics
from storage.models import (
    Interest,
    InterestKind,
    QuietHours,
    Schedule,
    Subscription,
    Taste,
    Verdict,
)
from storage.ports import Store
from tests.jobs.planner import READER, Plain, news, plan, send_all, subscribe, texts

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEVER = Schedule(minutes=())


@pytest.fixture
def renderer() -> Plain:
    return Plain()


def interest(words: str) -> Interest:
    found = read_interest(words, topics=Topics(()), sources=())
    assert found is not None
    return found


async def wait_for(
    store: Store, now: datetime, *follows: Interest, chat_id: int = READER, **chosen: Any
) -> Subscription:
    await watch(store, now=now)  # as the bot did before
    made = await subscribe(
        store,
        now,
        chat_id,
        schedule=NEVER,
        next_run_at=None,
        made_at=now,
        instant=True,
        follows=follows,
        **chosen,
    )
    await watch(store, now=now)
    return made


async def live(store: Store, renderer: Plain, since: datetime, until: datetime) -> list[datetime]:
    """Look and plan every minute, and send; when something was told."""
    told = []
    at = since
    while at <= until:
        await watch(store, now=at)
        await plan(store, renderer, at)
        if await send_all(store, at):
            told.append(at)
        at += MINUTE
    return told


async def test_news_that_are_waited_for_come_a_minute_later_and_once(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await wait_for(store, now, interest("БелАЗ"))
    await news(store, now + MINUTE, "Новый БелАЗ вышел на разрез", "Цены на хлеб")
    told = await live(store, renderer, now + MINUTE, now + HOUR)
    assert told == [now + 2 * MINUTE]
    assert await texts(store) == ["Новый БелАЗ вышел на разрез"]


async def test_what_comes_within_the_minute_comes_together(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await wait_for(store, now, topics=["trade"])
    await news(store, now + MINUTE, "Хлеб")
    await watch(store, now=now + MINUTE)
    await news(store, now + 90 * timedelta(seconds=1), "Соль")
    await live(store, renderer, now + 2 * MINUTE, now + HOUR)
    assert await texts(store) == ["Соль\nХлеб"]


@pytest.mark.parametrize("wanted", ["topic", "source", "anything"])
async def test_alerts_wait_for_topics_sources_or_anything(
    store: Store, renderer: Plain, now: datetime, wanted: str
) -> None:
    [older] = await news(store, now - HOUR, "Давно", source="Пекарь")
    follows = [Interest(kind=InterestKind.SOURCE, value=str(older.source_id))]
    await wait_for(
        store,
        now,
        *(follows if wanted == "source" else ()),
        topics=["trade"] if wanted == "topic" else [],
    )
    await news(store, now + MINUTE, "Хлеб", source="Пекарь")
    await live(store, renderer, now + MINUTE, now + 5 * MINUTE)
    assert await texts(store) == ["Хлеб"]


async def test_without_news_nothing_is_said(store: Store, renderer: Plain, now: datetime) -> None:
    made = await wait_for(store, now, topics=["trade"])
    await news(store, now + MINUTE, "Матч", topic="sport")
    assert await live(store, renderer, now, now + HOUR) == []
    await store.chats.taste(READER, Taste(interest=interest("хлеб"), verdict=Verdict.MUTE))
    await news(store, now + HOUR, "Хлеб")
    assert await live(store, renderer, now + HOUR, now + 2 * HOUR) == []
    waiting = await store.subscriptions.get(made.id)
    assert waiting is not None
    assert waiting.next_run_at is None


async def test_quiet_hours_put_alerts_off_and_then_all_come_together(
    store: Store, renderer: Plain, now: datetime
) -> None:
    """It is eight in the morning, and quiet until ten."""
    await wait_for(store, now, topics=["trade"])
    await store.chats.choose(READER, quiet=QuietHours(start=22 * 60, end=10 * 60))
    for minutes in (5, 40, 100):
        await news(store, now + minutes * MINUTE, f"новость {minutes}")
    told = await live(store, renderer, now, now + 3 * HOUR)
    assert told == [now + 2 * HOUR]
    assert sorted("\n".join(await texts(store)).split("\n")) == [
        "новость 100",
        "новость 40",
        "новость 5",
    ]


async def test_an_hour_has_at_most_six_alerts_and_none_is_lost(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await wait_for(store, now, topics=["trade"], max_stories=50)
    told: list[datetime] = []
    for minute in range(60):
        at = now + minute * MINUTE
        await news(store, at, f"новость {minute}")
        told += await live(store, renderer, at, at)
    told += await live(store, renderer, now + HOUR, now + 2 * HOUR)
    given = "\n".join(await texts(store)).split("\n")
    assert sorted(given) == sorted(f"новость {minute}" for minute in range(60))
    for at in told:
        assert sum(at <= other < at + HOUR for other in told) <= 6


async def test_an_alert_that_pauses_says_nothing_and_goes_on_after_it(
    store: Store, renderer: Plain, now: datetime
) -> None:
    made = await wait_for(store, now, topics=["trade"])
    await store.subscriptions.pause(made.id, until=now + HOUR, next_run_at=None)
    await news(store, now + MINUTE, "Хлеб")
    assert await live(store, renderer, now, now + HOUR) == []
    await news(store, now + 65 * MINUTE, "Соль")
    await live(store, renderer, now + 65 * MINUTE, now + 2 * HOUR)
    assert await texts(store) == ["Соль"]


async def test_a_kill_between_looking_and_noting_tells_nothing_twice(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await wait_for(store, now, topics=["trade"])
    upto = await store.notes.get("alerts: looked through up to article")
    assert upto is not None
    await news(store, now + MINUTE, "Хлеб")
    for minute in range(1, 30):
        await store.notes.set("alerts: looked through up to article", upto)
        await live(store, renderer, now + minute * MINUTE, now + minute * MINUTE)
    assert await texts(store) == ["Хлеб"]


async def test_what_came_before_it_was_asked_for_is_no_alert(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - 30 * MINUTE, "Давно")
    await wait_for(store, now, topics=["trade"])
    await news(store, now + MINUTE, "Хлеб")
    await live(store, renderer, now, now + HOUR)
    assert await texts(store) == ["Хлеб"]


async def test_a_backfill_is_no_alert(store: Store, renderer: Plain, now: datetime) -> None:
    await wait_for(store, now, topics=["trade"])
    await news(store, now - timedelta(days=9), "Давно")
    assert await live(store, renderer, now, now + HOUR) == []
    assert await texts(store) == []


async def test_many_who_wait_for_the_same_share_one_drawing(
    store: Store, renderer: Plain, now: datetime
) -> None:
    for chat_id in range(1, 9):
        await wait_for(store, now, interest("БелАЗ"), chat_id=chat_id)
    await news(store, now + MINUTE, "Новый БелАЗ")
    await live(store, renderer, now, now + 5 * MINUTE)
    assert [await texts(store, chat_id) for chat_id in range(1, 9)] == [["Новый БелАЗ"]] * 8
    assert len(renderer.late) == 1
