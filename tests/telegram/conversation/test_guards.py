"""One bad update, one hasty person, one old button: each costs only itself."""

import logging
from dataclasses import replace

import pytest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod

from bot.telegram.buttons import callbacks as cb
from storage.errors import StorageError
from tests.telegram.conftest import GROUP, ME, Talk

CHANNEL = {"id": -1001, "type": "channel", "title": "Новости"}


class Broken:
    """A part of the store that has failed."""

    def __getattr__(self, name: str) -> object:
        raise StorageError("disk I/O error")


async def test_an_error_is_logged_and_told_kindly(
    talk: Talk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk.store, "stories", Broken())
    with caplog.at_level(logging.ERROR):
        [answer] = await talk.says("/latest")
    assert answer.startswith("Что-то у меня не получилось")
    assert "an update failed" in caplog.text
    assert talk.bot.token not in caplog.text
    assert (await talk.says("/topics"))[0].startswith("Темы")


async def test_an_error_under_a_button_is_an_alert(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.says("/settings")
    monkeypatch.setattr(talk.store, "subscriptions", Broken())
    await talk.presses("Если новостей нет")
    [call] = talk.calls(AnswerCallbackQuery)
    assert call.show_alert
    assert call.text.startswith("Что-то у меня не получилось")


async def test_every_press_is_answered_once(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("🌐")
    assert len(talk.calls(AnswerCallbackQuery)) == 1


@pytest.mark.parametrize("data", ["l0:flights:0:5", "l1:flights", "?", "s9:main", "t1:1:no:2:3:4"])
async def test_a_button_of_an_older_version_is_answered_kindly(talk: Talk, data: str) -> None:
    await talk.says("/help")
    await talk.press_data(data)
    assert talk.alerts() == ["Эта кнопка из старого сообщения. Попробуйте заново: /help"]


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        (EditMessageText, "Bad Request: message can't be edited"),
        (EditMessageText, "Bad Request: message to edit not found"),
    ],
)
async def test_what_cannot_be_redrawn_is_sent_anew(
    talk: Talk, kind: type[TelegramMethod[object]], refusal: str
) -> None:
    await talk.says("/settings")
    talk.session.refusals.append((kind, refusal))
    await talk.presses("🌐")
    assert talk.calls(SendMessage)[-1].text == "На каком языке говорить?"


async def test_a_message_too_old_to_edit_is_answered_below(talk: Talk) -> None:
    await talk.says("/help")
    query = {
        "id": "1",
        "from": {"id": ME, "is_bot": False, "first_name": "Анна"},
        "chat_instance": "1",
        "message": {"message_id": 3, "date": 0, "chat": {"id": ME, "type": "private"}},
        "data": cb.Screen(name="main").pack(),
    }
    assert (await talk.feed({"callback_query": query}))[0].startswith("⚙️ Настройки")


async def test_a_spinner_that_is_long_gone_is_no_error(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    await talk.says("/settings")
    talk.session.refusals.append((AnswerCallbackQuery, "Bad Request: query is too old and so on"))
    await talk.presses("🌐")
    assert "failed" not in caplog.text


async def test_who_blocks_the_bot_sleeps_and_wakes_with_a_word(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.feed(member("kicked"))
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.asleep == "blocked"
    await talk.feed(member("member"))
    assert (await talk.store.chats.get(ME)) == replace(chat, asleep=None)
    await talk.feed(member("kicked"))
    await talk.says("/help")
    assert (await talk.store.chats.get(ME)) == replace(chat, asleep=None)
    assert len(await talk.store.subscriptions.of_chat(ME)) == 1


async def test_a_group_keeps_its_things_when_it_is_upgraded(talk: Talk) -> None:
    await talk.says("/subscribe flights", chat=GROUP)
    group = {"id": GROUP, "type": "group", "title": "Соседи"}
    message = {"message_id": 8, "date": 1, "chat": group, "migrate_to_chat_id": -100777}
    await talk.feed({"message": message})
    assert len(await talk.store.subscriptions.of_chat(-100777)) == 1


def member(status: str) -> dict[str, object]:
    person = {"id": ME, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    bot = {"id": 42, "is_bot": True, "first_name": "Сводка"}
    new = {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})
    event = {
        "chat": {"id": ME, "type": "private", "first_name": "Анна"},
        "from": person,
        "date": 1,
        "old_chat_member": {"status": "member", "user": bot},
        "new_chat_member": new,
    }
    return {"my_chat_member": event}
