"""In a group admins choose, everybody reads, and the bot speaks when it is spoken to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import GetChatMember, SendMessage

from bot.telegram.buttons import callbacks as cb
from tests.telegram.conftest import BOT_ID, GROUP, ME, Talk

BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Сводка", "username": "svodka"}
REFUSAL = "Это решают админы группы"


async def becomes(talk: Talk, new: dict[str, Any], old: dict[str, Any]) -> list[str]:
    event = {
        "chat": {"id": GROUP, "type": "group", "title": "Соседи"},
        "from": {"id": ME, "is_bot": False, "first_name": "Анна"},
        "date": 1,
        "old_chat_member": {"user": BOT} | old,
        "new_chat_member": {"user": BOT} | new,
    }
    return await talk.feed({"my_chat_member": event})


def a_plain_member(talk: Talk) -> None:
    talk.session.members[GROUP, ME] = {"status": "member"}


async def test_a_group_is_greeted_once_and_told_who_sets_what(talk: Talk) -> None:
    [hello] = await becomes(talk, {"status": "member"}, {"status": "left"})
    assert "Настраивают меня здесь админы группы: /settings." in hello
    assert "@svodka" in hello
    assert talk.calls(SendMessage)[-1].chat_id == GROUP
    admin = {"status": "administrator"}
    assert await becomes(talk, admin, {"status": "member"}) == []


async def test_a_group_that_sends_the_bot_away_sleeps_until_it_is_back(talk: Talk) -> None:
    await talk.says("/subscribe", chat=GROUP)
    silent = {"status": "restricted", "is_member": True, "until_date": 0}
    for away in ({"status": "kicked", "until_date": 0}, {"status": "left"}, silent):
        await becomes(talk, away, {"status": "member"})
        chat = await talk.store.chats.get(GROUP)
        assert chat is not None
        assert chat.asleep == away["status"]
        await becomes(talk, {"status": "member"}, away)
        chat = await talk.store.chats.get(GROUP)
        assert chat is not None
        assert chat.asleep is None
    assert len(await talk.store.subscriptions.of_chat(GROUP)) == 1


@pytest.mark.parametrize(
    "command", ["/subscribe flights", "/unsubscribe", "/settings", "/forgetme"]
)
async def test_only_admins_change_what_a_group_gets(talk: Talk, command: str) -> None:
    await talk.says("/subscribe trade", chat=GROUP)
    before = await talk.store.subscriptions.of_chat(GROUP)
    a_plain_member(talk)
    talk.now += timedelta(minutes=2)
    [said] = await talk.says(command, chat=GROUP)
    assert said.startswith(REFUSAL)
    assert await talk.says(command, chat=GROUP) == []  # said once
    assert await talk.store.subscriptions.of_chat(GROUP) == before


async def test_buttons_of_settings_are_for_admins_too(talk: Talk) -> None:
    await talk.says("/subscribe trade", chat=GROUP)
    [mine] = await talk.store.subscriptions.of_chat(GROUP)
    a_plain_member(talk)
    talk.now += timedelta(minutes=2)
    presses = [
        cb.Screen(name="main"),
        cb.SayEmpty(on=True),
        cb.Zone(name="Europe/Minsk"),
        cb.TopicPick(sub=mine.id, slug="flights"),
        cb.Unsubscribe(sub=0),
        cb.Forget(sure=True),
    ]
    for press in presses:
        assert await talk.press_data(press.pack(), talk.session.last_id, chat=GROUP) == []
        assert talk.alerts()[-1].startswith(REFUSAL), press
    assert await talk.store.subscriptions.of_chat(GROUP) == [mine]


async def test_everybody_reads_and_asks(talk: Talk, print_news: Callable[..., Any]) -> None:
    await print_news(["Открыт рейс в Томск"])
    a_plain_member(talk)
    for command in ("/latest", "/flights", "/latest@svodka", "/search рейс"):
        assert "Открыт рейс в Томск" in (await talk.says(command, chat=GROUP))[0]
    assert talk.calls(GetChatMember) == []


async def test_an_anonymous_admin_is_an_admin(talk: Talk) -> None:
    a_plain_member(talk)
    group = {"id": GROUP, "type": "group", "title": "Соседи"}
    channel = {"id": -1009, "type": "channel", "title": "Чужой"}
    assert (await talk.says("/subscribe", chat=GROUP, sender_chat=channel))[0].startswith(REFUSAL)
    assert (await talk.says("/subscribe", chat=GROUP, sender_chat=group))[0].startswith("Готово!")


async def test_a_command_to_another_bot_is_left_to_it(talk: Talk) -> None:
    for command in ("/latest@other_bot", "/subscribe@other_bot flights", "/settings@other_bot"):
        assert await talk.says(command, chat=GROUP) == []


async def test_people_talk_among_themselves(talk: Talk) -> None:
    neighbour = {"message_id": 3, "date": 1, "chat": {"id": GROUP, "type": "group"}}
    neighbour["from"] = {"id": 7, "is_bot": False, "first_name": "Пётр"}
    assert await talk.says("что с рейсом в Минск?", chat=GROUP) == []
    assert await talk.says("да", chat=GROUP, reply_to_message=neighbour) == []
    mention = [{"type": "mention", "offset": 0, "length": 6}]
    assert await talk.says("@other привет", chat=GROUP, entities=mention) == []
    assert await talk.says("/какая-то ерунда", chat=GROUP) == []


async def test_spoken_to_the_bot_answers(talk: Talk, print_news: Callable[..., Any]) -> None:
    await print_news(["Открыт рейс в Томск"])
    mention = [{"type": "mention", "offset": 0, "length": 7}]
    [said] = await talk.says("@Svodka, рейс?", chat=GROUP, entities=mention)
    assert said.startswith("🔎 рейс?")
    assert "Открыт рейс в Томск" in said
    ours = {"message_id": 3, "date": 1, "chat": {"id": GROUP, "type": "group"}, "from": BOT}
    [said] = await talk.says("рейс", chat=GROUP, reply_to_message=ours)
    assert "Открыт рейс в Томск" in said
    [said] = await talk.says("@svodka", chat=GROUP, entities=mention)
    assert said.startswith("Слушаю!")


async def test_a_question_asked_in_a_group_is_answered_by_an_admin(talk: Talk) -> None:
    await talk.says("/subscribe", chat=GROUP)
    await talk.presses("Время", chat=GROUP)
    await talk.presses("Другое время", chat=GROUP)
    ours = {"message_id": 3, "date": 1, "chat": {"id": GROUP, "type": "group"}, "from": BOT}
    a_plain_member(talk)
    talk.now += timedelta(minutes=2)
    assert (await talk.says("7:15", chat=GROUP, reply_to_message=ours))[0].startswith(REFUSAL)
    [mine] = await talk.store.subscriptions.of_chat(GROUP)
    assert mine.schedule.minutes == (480,)
    del talk.session.members[GROUP, ME]
    talk.now += timedelta(minutes=2)
    await talk.says("7:15", chat=GROUP, reply_to_message=ours)
    [mine] = await talk.store.subscriptions.of_chat(GROUP)
    assert mine.schedule.minutes == (435, 480)


async def test_a_forum_topic_is_answered_where_it_asks(talk: Talk) -> None:
    await talk.says("/digest", chat=GROUP, message_thread_id=7, is_topic_message=True)
    [planned] = await talk.store.outbox.list()
    assert (planned.chat_id, planned.thread_id) == (GROUP, 7)
    await talk.says("/help", chat=GROUP, message_thread_id=7, is_topic_message=True)
    assert talk.calls(SendMessage)[-1].message_thread_id == 7
