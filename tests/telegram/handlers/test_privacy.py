"""What is stored is told, sent as a file, and forgotten for good."""

import json
from collections.abc import Callable
from typing import Any

from aiogram.methods import DeleteMyCommands, SendDocument
from aiogram.types import BotCommandScopeChat, BufferedInputFile

from bot.telegram.buttons import callbacks as cb
from tests.telegram.conftest import BOT_ID, GROUP, ME, Talk

THROUGH_US = {"via_bot": {"id": BOT_ID, "is_bot": True, "first_name": "Сводка"}}


async def test_what_is_stored_is_told_with_the_ways_to_have_it_and_to_erase_it(
    talk: Talk,
) -> None:
    [said] = await talk.says("/privacy")
    assert said.startswith("🔒 Что я о вас храню и зачем")
    assert "/mydata" in said
    assert "/forgetme" in said


async def test_all_that_is_stored_comes_as_a_file(talk: Talk) -> None:
    await talk.says("/subscribe flights 9:00")
    await talk.says("/mydata")
    [sent] = talk.calls(SendDocument)
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.document.filename == "svodka-2026-11-18.json"
    told = json.loads(sent.document.data)
    assert told["chats"][0]["title"] == "Анна"
    assert told["subscriptions"][0]["topics"] == ["flights"]


async def test_in_a_group_its_data_is_for_admins(talk: Talk) -> None:
    talk.session.members[GROUP, ME] = {"status": "member"}
    [said] = await talk.says("/mydata", chat=GROUP)
    assert said.startswith("Это решают админы")
    assert talk.calls(SendDocument) == []


async def test_forgetting_asks_once_and_leaves_nothing(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/digest")
    await talk.says("/forgetme")
    assert (await talk.presses("Нет"))[0].startswith("Хорошо")
    assert await talk.store.chats.get(ME) is not None
    await talk.says("/forgetme")
    assert talk.buttons() == ["Да, забыть", "Нет, оставить"]
    assert (await talk.presses("Да"))[0].startswith("Забыл всё.")
    assert await talk.store.chats.get(ME) is None
    assert await talk.store.subscriptions.of_chat(ME) == []
    assert await talk.store.outbox.list() == []
    [menu] = talk.calls(DeleteMyCommands)
    assert menu.scope == BotCommandScopeChat(chat_id=ME)


async def test_what_is_forgotten_stays_so_under_old_buttons(talk: Talk) -> None:
    await talk.says("/start")
    await talk.says("/settings")
    await talk.says("/forgetme")
    await talk.presses("Да")
    for old in (cb.Forget(sure=True), cb.Zone(name="Europe/Minsk", setup=True), cb.Go(to="latest")):
        assert await talk.press_data(old.pack(), talk.session.last_id) == []
        assert talk.alerts()[-1].startswith("Мы пока не знакомы, или вы попросили всё забыть.")
    assert await talk.store.chats.get(ME) is None
    assert await talk.says("/start")
    assert await talk.store.chats.get(ME) is not None


async def test_a_result_of_ours_sent_to_us_makes_nobody_known(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Минск"])
    await talk.says("/forgetme")
    await talk.presses("Да")
    assert await talk.says("Открыт рейс в Минск", **THROUGH_US) == []
    assert await talk.store.chats.get(ME) is None
