"""Planning what each reader wants: follows, mutes, tastes, minutes, pauses, and what changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.planning.plan import digest_now
from bot.news.digests.interests import read_interest
from bot.news.topics.scores import Topics
from storage.models import (
    Chat,
    ChatKind,
    DeliveryState,
    Interest,
    InterestKind,
    Schedule,
    Taste,
    Verdict,
)
from storage.ports import Store
from tests.jobs.planner import READER, ZONE, Plain, news, plan, send_all, subscribe, texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKLY = Schedule(days=(3,))  # `now` is a Wednesday


@pytest.fixture
def renderer() -> Plain:
    return Plain()


def interest(words: str, kind: InterestKind | None = None) -> Interest:
    if kind is not None:
        return Interest(kind=kind, value=words)
    found = read_interest(words, topics=Topics(()), sources=())
    assert found is not None
    return found


async def says(store: Store, verdict: Verdict, *interests: Interest) -> None:
    for one in interests:
        await store.chats.taste(READER, Taste(interest=one, verdict=verdict))


async def given(store: Store, renderer: Plain, now: datetime, **chosen: Any) -> list[str]:
    """The headlines of a new subscription's digest."""
    await subscribe(store, now, **chosen)
    await plan(store, renderer, now)
    return "\n".join(await texts(store)).split("\n")


async def test_what_is_followed_comes_in_any_case_and_nothing_else(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - HOUR, "Новый БелАЗ вышел на разрез", "Цены на хлеб", topic="coal")
    await news(store, now - HOUR, "Водитель белаза спас кота", topic="incidents")
    follows = [interest("БЕЛАЗа")]
    assert sorted(await given(store, renderer, now, follows=follows)) == [
        "Водитель белаза спас кота",
        "Новый БелАЗ вышел на разрез",
    ]


async def test_topics_and_follows_are_wanted_alike(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - HOUR, "Хлеб", topic="trade")
    await news(store, now - HOUR, "Снег", "Дождь", topic="weather")
    await news(store, now - HOUR, "Матч", topic="sport")
    follows = [interest("снег"), interest("sport", InterestKind.TOPIC)]
    found = await given(store, renderer, now, topics=["trade"], follows=follows)
    assert sorted(found) == ["Матч", "Снег", "Хлеб"]


async def test_a_follow_that_nothing_matches_gives_nothing(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - HOUR, "Хлеб")
    assert await given(store, renderer, now, follows=[interest("самовар")]) == ["nothing new"]
    assert renderer.muted == [0]


async def test_a_source_is_followed(store: Store, renderer: Plain, now: datetime) -> None:
    [bread] = await news(store, now - HOUR, "Хлеб", source="Пекарь")
    await news(store, now - HOUR, "Уголь", source="Шахтёр")
    follows = [interest(str(bread.source_id), InterestKind.SOURCE)]
    assert await given(store, renderer, now, follows=follows) == ["Хлеб"]


@pytest.mark.parametrize(
    "muted", [interest("снег"), interest("weather", InterestKind.TOPIC), interest("снега")]
)
async def test_what_is_muted_never_comes(
    store: Store, renderer: Plain, now: datetime, muted: Interest
) -> None:
    await news(store, now - HOUR, "Снег", topic="weather")
    await news(store, now - HOUR, "Хлеб")
    await subscribe(store, now)
    await says(store, Verdict.MUTE, muted)
    await plan(store, renderer, now)
    assert await texts(store) == ["Хлеб"]
    reader = await store.chats.get(READER)
    assert reader is not None
    await digest_now(store, renderer, chat=reader, topics=(), key="a", now=now, default_zone=ZONE)
    assert (await texts(store))[-1] == "nothing new"
    assert renderer.muted == [0, 1]


async def test_a_digest_whose_every_story_is_muted_says_how_many(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await news(store, now - HOUR, "Снег", "Снегопад", topic="weather")
    await subscribe(store, now)
    await says(store, Verdict.MUTE, interest("weather", InterestKind.TOPIC))
    await plan(store, renderer, now)
    assert await texts(store) == ["nothing new"]
    assert renderer.muted == [2]


async def test_a_story_is_heard_of_until_all_its_sources_are_muted(
    store: Store, renderer: Plain, now: datetime
) -> None:
    [first] = await news(store, now - HOUR, "Хлеб", source="Пекарь")
    [second] = await news(store, now - HOUR, "Хлеб", source="Мельник", story=first.story_id)
    sources = [interest(str(one.source_id), InterestKind.SOURCE) for one in (first, second)]
    await subscribe(store, now, next_run_at=now + HOUR)
    await says(store, Verdict.MUTE, sources[0])
    await subscribe(store, now)
    await plan(store, renderer, now)
    assert await texts(store) == ["Хлеб"]
    await subscribe(store, now, chat_id=78)
    for one in sources:
        await store.chats.taste(78, Taste(interest=one, verdict=Verdict.MUTE))
    await plan(store, renderer, now)
    assert await texts(store, 78) == ["nothing new"]


async def test_less_and_more_decide_what_comes_first(
    store: Store, renderer: Plain, now: datetime
) -> None:
    for topic in ("coal", "sport", "trade"):
        await news(store, now - HOUR, topic, topic=topic)
    await subscribe(store, now, max_stories=2)
    await says(store, Verdict.LESS, interest("coal", InterestKind.TOPIC))
    await says(store, Verdict.MORE, interest("trade", InterestKind.TOPIC))
    await plan(store, renderer, now)
    assert await texts(store) == ["trade\nsport"]


async def test_a_digest_fits_into_the_minutes_it_may_take(
    store: Store, renderer: Plain, now: datetime
) -> None:
    for number in range(9):
        await news(store, now - HOUR, f"Заметка {number}", text="слово " * 88)  # 30 seconds each
    added = await subscribe(store, now)
    await store.subscriptions.change(added.id, reading_s=95)
    await plan(store, renderer, now)
    assert len("\n".join(await texts(store)).split("\n")) == 3


@pytest.mark.parametrize("asked", [False, True])
async def test_behind_all_that_is_muted_the_others_are_found(
    store: Store, renderer: Plain, now: datetime, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    monkeypatch.setattr("bot.jobs.planning.choosing.CANDIDATES", 5)
    await news(store, now - 3 * HOUR, "Открыли мост")
    await news(store, now - HOUR, *(f"Футбол, тур {number}" for number in range(12)))
    await subscribe(store, now)
    await says(store, Verdict.MUTE, interest("футбол"))
    chat = await store.chats.get(READER)
    assert chat is not None
    if asked:
        asking: Any = {"chat": chat, "topics": (), "key": "digest:asked:1"}
        await digest_now(store, renderer, now=now, default_zone=ZONE, **asking)
    else:
        await plan(store, renderer, now)
    assert await texts(store) == ["Открыли мост"]


async def paused(store: Store, renderer: Plain, now: datetime, days: int) -> None:
    """A reader who had a digest, and pauses."""
    added = await subscribe(store, now)
    await plan(store, renderer, now)
    await send_all(store, now)
    until = now + days * DAY
    await store.subscriptions.pause(added.id, until=until, next_run_at=None)


async def test_nothing_comes_while_paused_and_then_what_was_missed(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await paused(store, renderer, now, days=12)
    for day in range(12):
        await news(store, now + day * DAY + HOUR, f"день {day}")
        await plan(store, renderer, now + day * DAY + 2 * HOUR)
    assert await texts(store) == ["nothing new"]
    back = now + 12 * DAY + timedelta(minutes=1)
    await plan(store, renderer, back)
    await send_all(store, back)
    await plan(store, renderer, now + 13 * DAY)
    *missed, last = "\n".join((await texts(store))[1:]).split("\n")
    assert len(missed) == 10
    assert last == "nothing new"
    assert renderer.missed_since == [None, now, None]


async def test_what_was_missed_is_not_lost_with_a_digest_that_could_not_leave(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await paused(store, renderer, now, days=7)
    await news(store, now + DAY, "В самом начале паузы")
    for late in range(3):  # the first two never leave
        await plan(store, renderer, now + (7 + late) * DAY + HOUR)
    [waiting] = [d for d in await store.outbox.list() if d.state is DeliveryState.PLANNED]
    assert waiting.post.text == "В самом начале паузы"
    assert renderer.missed_since == [None, now, now, now]
    await send_all(store, now + 9 * DAY + HOUR)
    for more in (10, 11):
        await plan(store, renderer, now + more * DAY + HOUR)
        await send_all(store, now + more * DAY + HOUR)
    assert renderer.missed_since[4:] == [None, None]
    [mine] = await store.subscriptions.of_chat(READER)
    assert mine.paused_until is None


async def test_of_a_long_pause_the_most_told_comes(
    store: Store, renderer: Plain, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.planning.choosing.CANDIDATES", 5)
    await paused(store, renderer, now, days=9)
    [big] = await news(store, now + HOUR, "Главное")
    for source in ("Б", "В", "Г"):
        await news(store, now + HOUR, "Главное", source=source, story=big.story_id)
    for number in range(20):
        await news(store, now + 8 * DAY, f"мелочь {number}")
    await plan(store, renderer, now + 9 * DAY)
    assert (await texts(store))[1].startswith("Главное\n")


async def test_a_pause_that_is_ended_early_tells_what_was_missed_too(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await paused(store, renderer, now, days=9)
    [subscription] = await store.subscriptions.of_chat(READER)
    early = now + DAY + 3 * HOUR
    await store.subscriptions.pause(subscription.id, until=early, next_run_at=now + 2 * DAY)
    await plan(store, renderer, now + 2 * DAY)
    assert renderer.missed_since == [None, now]


async def test_a_weekly_and_a_daily_digest_of_the_same_stand_beside_each_other(
    store: Store, renderer: Plain, now: datetime
) -> None:
    weekly = await subscribe(store, now, schedule=WEEKLY)
    daily = await subscribe(store, now)
    assert weekly.id != daily.id
    both = await store.subscriptions.of_chat(READER)
    assert [one.schedule.days for one in both] == [(3,), (1, 2, 3, 4, 5, 6, 7)]


FIRE = "В Кемерове загорелся склад на улице Тухачевского. Площадь пожара 300 квадратных метров."
LATER = "Площадь пожара на складе выросла до 900 квадратных метров."


async def two_days(
    store: Store, renderer: Plain, now: datetime, more: Sequence[tuple[str, str]], **chosen: Any
) -> int:
    """A reader is told of a fire; it is told on by these (source, text), and the next day comes."""
    [first] = await news(store, now - HOUR, "Пожар", text=FIRE)
    await subscribe(store, now, **chosen)
    await plan(store, renderer, now)
    await send_all(store, now)
    for source, text in more:
        await news(
            store, now + HOUR, "Пожар на складе", text=text, source=source, story=first.story_id
        )
    await news(store, now + HOUR, "Хлеб")
    await plan(store, renderer, now + DAY)
    await send_all(store, now + DAY)
    return first.story_id


async def test_a_story_that_moved_on_is_told_again_once_behind_what_is_new(
    store: Store, renderer: Plain, now: datetime
) -> None:
    story = await two_days(store, renderer, now, [("Вести", f"{FIRE} {LATER}")])
    await plan(store, renderer, now + 2 * DAY)
    assert await texts(store) == ["Пожар", "Хлеб\nПожар", "nothing new"]
    told = renderer.changes[1][story]
    assert (told.sentences, told.numbers, told.sources) == ((LATER,), ("900",), 1)


async def test_a_story_that_grew_is_told_again_when_several_joined_in(
    store: Store, renderer: Plain, now: datetime
) -> None:
    story = await two_days(store, renderer, now, [("Вести", FIRE), ("Огонёк", FIRE)])
    assert renderer.changes[1][story].sources == 2
    assert renderer.changes[1][story].grows


async def test_a_reprint_is_no_reason_to_tell_a_story_again(
    store: Store, renderer: Plain, now: datetime
) -> None:
    await two_days(store, renderer, now, [("Вести", FIRE)])
    assert await texts(store) == ["Пожар", "Хлеб"]


async def test_what_is_not_wanted_is_not_told_again_either(
    store: Store, renderer: Plain, now: datetime
) -> None:
    reader = Chat(id=READER, kind=ChatKind.PRIVATE)
    await news(store, now - HOUR, "Пожар", text=FIRE)
    await store.chats.see(reader, now=now)
    await digest_now(store, renderer, chat=reader, topics=(), key="a", now=now, default_zone=ZONE)
    [story] = await store.stories.latest(limit=1)
    await news(store, now + HOUR, "Пожар растёт", text=LATER, source="Вести", story=story.id)
    await subscribe(store, now, topics=["sport"], next_run_at=now + DAY)
    await plan(store, renderer, now + DAY)
    assert (await texts(store))[-1] == "nothing new"


async def test_a_digest_that_is_asked_for_gives_what_is_followed_too(
    store: Store, renderer: Plain, now: datetime
) -> None:
    reader = Chat(id=READER, kind=ChatKind.PRIVATE)
    await news(store, now - HOUR, "Снег", "Дождь", topic="weather")
    await news(store, now - HOUR, "Хлеб")
    wants: dict[str, Any] = {"topics": ("trade",), "follows": [interest("снег")]}
    await digest_now(store, renderer, chat=reader, key="a", now=now, default_zone=ZONE, **wants)
    assert sorted((await texts(store))[0].split("\n")) == ["Снег", "Хлеб"]
