"""Questions that go on: the last one of a person in a chat, for ten minutes, and typing."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import SendChatAction, SendMessage

from bot.telegram.conversation import questions
from bot.telegram.conversation.lately import Lately
from storage.models import Hit
from tests.telegram.conftest import BOT_ID, GROUP, ME, Talk

Print = Callable[..., Any]
OURS = {
    "message_id": 3,
    "date": 1,
    "chat": {"id": GROUP, "type": "group"},
    "from": {"id": BOT_ID, "is_bot": True, "first_name": "Сводка"},
}
MENTION = [{"type": "mention", "offset": 0, "length": 7}]


@pytest.fixture
async def printed(print_news: Print) -> None:
    await print_news(["Открыт рейс в Минск", "Открыт рейс в Гомель"])


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize(
    ("language", "first", "then", "meant"),
    [
        ("ru", "что с рейсом в Минск?", "а в Гомель?", "что с рейсом в Гомель?"),
        ("be", "што з рэйсам у Мінск?", "а ў Гомель?", "што з рэйсам у Гомель?"),
        ("en", "рейс to Minsk?", "and to Gomel?", "рейс to Gomel?"),
    ],
)
async def test_a_follow_up_is_answered_by_what_was_asked_before(
    talk: Talk, language: str, first: str, then: str, meant: str
) -> None:
    talk.language = language
    await talk.says(first)
    talk.now += timedelta(minutes=9)
    [answer] = await talk.says(then)
    assert answer.startswith(f"🔎 {meant}\n")
    if language == "ru":
        assert "Открыт рейс в Гомель" in answer


@pytest.mark.usefixtures("printed")
async def test_a_talk_goes_on_from_question_to_question(talk: Talk) -> None:
    await talk.says("/search рейс в Минск")
    await talk.says("а в Гомель?")
    talk.now += timedelta(minutes=6)
    await talk.says("а сегодня?")
    talk.now += timedelta(minutes=6)
    [answer] = await talk.says("сколько?")
    assert answer.startswith("🔎 рейс в Гомель сегодня — сколько?")


@pytest.mark.usefixtures("printed")
async def test_after_ten_minutes_a_question_stands_by_itself(talk: Talk) -> None:
    await talk.says("что с рейсом в Минск?")
    talk.now += timedelta(minutes=10, seconds=1)
    assert (await talk.says("а в Гомель?"))[0].startswith("🔎 а в Гомель?")


@pytest.mark.usefixtures("printed")
async def test_a_reply_to_an_answer_is_about_it_however_old(talk: Talk) -> None:
    await talk.says("что с рейсом в Минск?")
    talk.now += timedelta(days=1)
    old = OURS | {"chat": {"id": ME, "type": "private"}, "text": "🔎 рейс в Томск\n\nОткрыт…"}
    [answer] = await talk.says("а в Гомель?", reply_to_message=old)
    assert answer.startswith("🔎 рейс в Гомель?")


@pytest.mark.usefixtures("printed")
async def test_in_a_group_each_person_goes_on_with_their_own_question(talk: Talk) -> None:
    await talk.says("@svodka что с рейсом в Минск?", chat=GROUP, entities=MENTION)
    pete = {"id": 7, "is_bot": False, "first_name": "Пётр"}
    said = {"chat": GROUP, "entities": MENTION}
    [answer] = await talk.says("@svodka а в Гомель?", **said, **{"from": pete})
    assert answer.startswith("🔎 а в Гомель?")
    [answer] = await talk.says("@svodka а в Гомель?", **said)
    assert answer.startswith("🔎 что с рейсом в Гомель?")
    assert await talk.says("а в Гомель?", chat=GROUP) == []


@pytest.mark.usefixtures("printed")
async def test_who_is_forgotten_has_asked_nothing(talk: Talk) -> None:
    await talk.says("что с рейсом в Минск?")
    await talk.says("/forgetme")
    await talk.presses("Да")
    assert (await talk.says("а в Гомель?"))[0].startswith("🔎 а в Гомель?")


async def test_what_was_asked_is_kept_for_a_bounded_number_of_people(talk: Talk) -> None:
    lately: Lately[int, str] = Lately(timedelta(minutes=10), most=3)
    for number in range(10):
        lately.put(number, "рейс", now=talk.now)
    assert list(lately) == [7, 8, 9]
    assert lately.get(9, now=talk.now + timedelta(hours=1)) is None
    assert list(lately) == [7, 8]


@pytest.mark.usefixtures("printed")
async def test_the_sentence_that_answers_goes_before_where_it_is_from(talk: Talk) -> None:
    [answer] = await talk.says("что с рейсом в Минск?")
    assert answer.split("\n")[2:5] == [
        "Так сообщили в пресс-службе.",
        "1. Открыт рейс в Минск",
        "Томский вестник · только что",
    ]
    [call] = talk.calls(SendMessage)
    assert "blockquote" in [e.type for e in call.entities]
    assert "https://example.org/flights/0" in [e.url for e in call.entities]


async def ask_slowly(talk: Talk, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Ask; the store answers only once the bot is seen typing."""
    monkeypatch.setattr(questions, "QUICK_S", 0)
    find = talk.store.articles.search

    async def search(*args: Any, **kwargs: Any) -> list[Hit]:
        while not talk.calls(SendChatAction):
            await asyncio.sleep(0)
        return list(await find(*args, **kwargs))

    monkeypatch.setattr(talk.store.articles, "search", search)
    await talk.says("@svodka что с рейсом?", entities=MENTION, **more)


@pytest.mark.usefixtures("printed")
async def test_who_waits_sees_the_bot_typing_once_in_the_same_forum_topic(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_slowly(talk, monkeypatch, chat=GROUP, message_thread_id=7, is_topic_message=True)
    [action] = talk.calls(SendChatAction)
    assert (action.chat_id, action.message_thread_id, action.action) == (GROUP, 7, "typing")
    assert talk.calls(SendMessage)[-1].message_thread_id == 7


@pytest.mark.usefixtures("printed")
async def test_a_quick_answer_comes_without_typing(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "QUICK_S", 3600)  # on any machine
    await talk.says("что с рейсом в Минск?")
    assert talk.calls(SendChatAction) == []
