"""One hasty person is told so once and then left alone; the others never notice."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetUpdates
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.news.topics.scores import Topics
from bot.telegram.conversation.throttle import PRESSES, TALK, Throttle, Verdict
from bot.telegram.updates import polling
from bot.telegram.updates.dispatcher import build_gate
from bot.telegram.updates.lanes import Lanes
from tests.telegram.conftest import GROUP, ME, Talk
from tests.telegram.updates.test_polling import Scripted, Time, message

START = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
WHO = ("talk", 7)
TOLD = "Не успеваю за вами."


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@given(st.lists(st.floats(min_value=1, max_value=600), min_size=1, max_size=200))
def test_one_message_a_second_is_always_heard(gaps: list[float]) -> None:
    throttle, now = Throttle(), 0.0
    for gap in gaps:
        now += gap
        assert throttle.hear(WHO, TALK, now=at(now)) is Verdict.HEARD


@given(
    st.lists(st.floats(min_value=0, max_value=3), min_size=60, max_size=60),
    st.floats(min_value=0, max_value=5),
)
def test_one_a_second_is_heard_though_the_network_bunches_them(
    late: list[float], first: float
) -> None:
    throttle, came = Throttle(), 0.0
    for second, delay in enumerate(late):
        came = max(came, second + first + delay)
        assert throttle.hear(WHO, TALK, now=at(came)) is Verdict.HEARD


@given(st.lists(st.floats(min_value=0, max_value=0.5), min_size=50, max_size=300))
def test_who_goes_on_is_told_once_until_they_calm_down(gaps: list[float]) -> None:
    throttle, now, verdicts = Throttle(), 0.0, []
    for gap in gaps:
        now += gap
        verdicts.append(throttle.hear(WHO, TALK, now=at(now)))
    told = [n for n, verdict in enumerate(verdicts) if verdict is Verdict.TOLD]
    assert told[:1] == [next(n for n, v in enumerate(verdicts) if v is not Verdict.HEARD)]
    for one, next_one in pairwise(told):
        assert Verdict.HEARD in verdicts[one:next_one]
    assert throttle.hear(WHO, TALK, now=at(now + 10)) is Verdict.HEARD


def test_two_hundred_a_second_bring_six_answers_and_one_word() -> None:
    throttle = Throttle()
    verdicts = [throttle.hear(WHO, TALK, now=at(n / 200)) for n in range(2000)]
    assert verdicts.count(Verdict.HEARD) == TALK.burst
    assert verdicts.count(Verdict.TOLD) == 1


def test_who_slows_down_to_one_a_second_is_heard_again() -> None:
    throttle = Throttle()
    for _ in range(200):
        throttle.hear(WHO, TALK, now=at(0))
    verdicts = [throttle.hear(WHO, TALK, now=at(second)) for second in range(1, 60)]
    assert verdicts.index(Verdict.HEARD) < 15
    assert set(verdicts[15:]) == {Verdict.HEARD}


def test_a_clock_that_goes_back_silences_nobody() -> None:
    throttle = Throttle()
    assert throttle.hear(WHO, TALK, now=at(0)) is Verdict.HEARD
    assert throttle.hear(WHO, TALK, now=at(-3600)) is Verdict.HEARD
    assert throttle.hear(WHO, TALK, now=at(-3599)) is Verdict.HEARD


def test_no_more_people_are_remembered_than_that() -> None:
    throttle = Throttle(most=100)
    for person in range(1000):
        throttle.hear(("talk", person), TALK, now=at(person))
    assert len(throttle) == 100


async def test_a_burst_of_commands_is_answered_six_times_and_told_once(talk: Talk) -> None:
    talk.hasty = True
    said = [await talk.says("/topics") for _ in range(200)]
    assert [bool(words) for words in said[:7]] == [True] * 7
    assert said[6][0].startswith(TOLD)
    assert not any(said[7:])
    talk.now += timedelta(seconds=3)
    assert (await talk.says("/topics"))[0].startswith("Темы")


async def test_a_hasty_person_keeps_nobody_else_from_being_heard(talk: Talk) -> None:
    talk.hasty = True
    for _ in range(50):
        await talk.says("/topics")
    pete = {"id": 7, "is_bot": False, "first_name": "Пётр"}
    chat = {"id": 7, "type": "private", "first_name": "Пётр"}
    asks = {"message_id": 9, "date": 1, "chat": chat, "from": pete, "text": "/topics"}
    assert (await talk.feed({"message": asks}))[0].startswith("Темы")


async def test_what_is_too_much_takes_no_place_in_the_lane(topics: Topics) -> None:
    release, begun = asyncio.Event(), []

    async def handle(update: Update) -> None:
        begun.append(update.update_id)
        if update.update_id == 1:
            await release.wait()  # for its turn to answer

    gate = build_gate(Settings(), topics, lambda: START)
    lanes = Lanes(handle, monotonic=Time(), admits=gate.admits)
    flood = [Update.model_validate(message(id_, chat_id=5)) for id_ in range(1, 201)]
    other = Update.model_validate(message(201, chat_id=6))
    await lanes.put([*flood, other], wait_s=0)
    await asyncio.sleep(0)
    assert begun == [1, 201]
    release.set()
    await lanes.finish(wait_s=5)
    assert begun == [1, 201, 2, 3, 4, 5, 6, 7]  # six are answered, the seventh is told


async def test_a_full_batch_is_confirmed_though_its_first_is_being_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(polling, "BATCH_WAIT_S", 0)
    time, release, seen = Time(), asyncio.Event(), []

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await release.wait()
        seen.append(update.update_id)

    flood = [message(id_, chat_id=5) for id_ in range(1, polling.MOST_AT_ONCE + 1)]
    session = Scripted(flood, [message(polling.MOST_AT_ONCE + 1, chat_id=6)])
    asking = asyncio.create_task(
        polling.poll(Bot("1:x", session=session), handle, kinds=["message"], monotonic=time)
    )
    await session.dry.wait()
    offsets = [ask.offset for ask in session.asked if isinstance(ask, GetUpdates)]
    assert offsets[:2] == [None, polling.MOST_AT_ONCE + 1]
    assert seen[0] == polling.MOST_AT_ONCE + 1
    release.set()
    asking.cancel()
    await asyncio.wait([asking])


async def test_a_hundred_buttons_at_once_are_answered_with_one_alert(talk: Talk) -> None:
    await talk.says("/settings")
    talk.hasty = True
    number = talk.session.last_id
    for turn in range(100):
        await talk.press_data(["s1:main:0", "s1:language:0"][turn % 2], number)
    assert len(talk.calls(AnswerCallbackQuery)) == PRESSES.burst + 1
    assert [words[: len(TOLD)] for words in talk.alerts()] == [TOLD]
    assert len(talk.calls(EditMessageText)) <= PRESSES.burst


async def test_forwarded_pictures_by_the_dozen_are_answered_once(talk: Talk) -> None:
    talk.hasty = True
    sizes = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    chat = {"id": ME, "type": "private", "first_name": "Анна"}
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "<b>Кто-то"}
    bomb = {"date": 1, "chat": chat, "from": chat | {"is_bot": False}, "photo": sizes}
    said = []
    for number in range(100):
        said += await talk.feed(
            {"message": bomb | {"message_id": number, "forward_origin": origin}}
        )
    assert [words[:10] for words in said] == ["Пока поним", TOLD[:10]]


async def test_an_edited_message_is_not_asked_for_and_brings_nothing(talk: Talk) -> None:
    assert "edited_message" not in talk.dispatcher.resolve_used_update_types()
    chat = {"id": ME, "type": "private", "first_name": "Анна"}
    edited = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": chat,
        "from": chat,
        "text": "/topics",
    }
    edited["from"] = chat | {"is_bot": False}
    assert await talk.feed({"edited_message": edited}) == []


async def test_people_of_a_group_talk_as_fast_as_they_like(talk: Talk) -> None:
    talk.hasty = True
    for _ in range(50):
        assert await talk.says("ну и ну", chat=GROUP) == []
        assert await talk.says("/roll@dice_bot", chat=GROUP) == []
        assert await talk.says("/roll", chat=GROUP) == []
    assert (await talk.says("/topics", chat=GROUP))[0].startswith("Темы")


async def test_a_group_that_asks_as_one_is_told_once(talk: Talk) -> None:
    talk.hasty = True
    said = []
    for person in range(100):
        who = {"id": 5000 + person, "is_bot": False, "first_name": "Сосед"}
        said.append(await talk.says("/topics@svodka", chat=GROUP, **{"from": who}))
    heard = [words for words in said if words]
    assert len(heard) == 31
    assert heard[-1][0].startswith(TOLD)


async def test_admins_forward_news_by_the_dozen(desk: Talk) -> None:
    desk.hasty = True
    for _ in range(20):
        assert await desk.says("/topics")
