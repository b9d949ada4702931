"""A chat that is not stored, forgotten or never begun: answered, and nothing is kept of it."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.methods import SendDocument

from bot.sandbox.sandbox import CHANNEL_ID
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.menu import CHOOSING, PRIVATE
from storage.models import Chat, ChatKind
from tests.telegram.conftest import ME, Talk
from tests.telegram.handlers.test_groups import BOT

SUPERGROUP = -1_001_234_567_890
STRANGER = "Мы пока не знакомы, или вы попросили всё забыть. Начать: /start"
SAID = (
    "что с рейсом в Минск?",
    "а вчера?",
    "спасибо",
    "/search",
    "рейс",
    "/search рейс",
    "/latest 3",
    "/flights",
    "/topics",
    "/help",
    "/saved",
    "/pulse",
    "/week",
    "/ahead",
    "/sources",
    "/about",
    "/privacy",
)
KEPT = ("/digest", "/digest flights", *(f"/{name}" for name in CHOOSING), "/subscribe flights 9:00")


@pytest.fixture
async def stranger(talk: Talk, print_news: Callable[..., Any]) -> Talk:
    """Somebody who had digests here, and asked to be forgotten."""
    await print_news(["Открыт рейс в Минск"])
    await talk.says("/subscribe flights")
    await talk.says("/forgetme")
    await talk.presses("Да")
    return talk


async def stored(talk: Talk, chat_id: int) -> list[str]:
    """The tables that know anything of that chat."""
    return [table for table, rows in (await talk.store.chats.data(chat_id)).items() if rows]


@pytest.mark.parametrize("words", SAID)
async def test_a_stranger_reads_and_asks_and_nothing_is_stored(stranger: Talk, words: str) -> None:
    before = len(stranger.session.calls)
    await stranger.says(words)
    assert len(stranger.session.calls) > before
    assert stranger.buttons() or words != "/latest 3"
    assert await stored(stranger, ME) == []


@pytest.mark.parametrize("words", [*KEPT, "/mydata", "/forgetme", "/subscribe @channel flights"])
async def test_a_wish_of_a_stranger_waits_for_start(stranger: Talk, words: str) -> None:
    assert await stranger.says(words) == [STRANGER]
    assert stranger.calls(SendDocument) == []
    assert await stored(stranger, ME) == []


def test_what_is_tried_is_what_there_is() -> None:
    tried = {words.split()[0].removeprefix("/") for words in (*SAID, *KEPT) if words[0] == "/"}
    assert {*PRIVATE} - tried == {"start", "mydata", "forgetme"}


async def test_a_stranger_is_spoken_to_in_the_language_of_the_client(stranger: Talk) -> None:
    stranger.language = "en"
    assert (await stranger.says("/settings"))[0].startswith("We haven’t met yet")
    stranger.language = "be"
    assert (await stranger.says("/week"))[0].startswith("🗓 Галоўнае за тыдзень")


async def test_a_follow_up_of_a_stranger_is_understood(stranger: Talk) -> None:
    await stranger.says("что с рейсом в Томск?")
    [said] = await stranger.says("а в Минск?")
    assert "Открыт рейс в Минск" in said
    assert await stored(stranger, ME) == []


@pytest.mark.parametrize("words", ["/start", "/start t_flights", "/start s_1"])
async def test_start_and_links_begin_anew(stranger: Talk, words: str) -> None:
    await stranger.says(words)
    assert "chats" in await stored(stranger, ME)
    assert (await stranger.says("/settings"))[0] != STRANGER


async def test_old_buttons_store_nothing(stranger: Talk) -> None:
    presses = (
        cb.Forget(sure=True),
        cb.Zone(name="Europe/Minsk", setup=True),
        cb.Go(to="digest"),
        cb.Screen(name="clock"),
        cb.StoryAct(do=cb.Act.SAVE, story=1, back="J1"),
    )
    for old in presses:
        assert await stranger.press_data(old.pack(), stranger.session.last_id) == []
        assert stranger.alerts()[-1] == STRANGER
    assert await stored(stranger, ME) == []


async def test_a_stranger_is_not_stored_by_blocking_nor_by_a_channel_without_rights(
    stranger: Talk,
) -> None:
    person = {"id": ME, "is_bot": False, "first_name": "Анна"}
    before, after = {"status": "member"}, {"status": "kicked", "until_date": 0}
    private = {"id": ME, "type": "private", "first_name": "Анна"}
    channel = {"id": CHANNEL_ID, "type": "channel", "title": "Канал"}
    for chat, was, becomes in (
        (private, before, after),
        (private, after, before),
        (channel, {"status": "left"}, {"status": "administrator"}),
    ):
        both = {"old_chat_member": {"user": BOT} | was, "new_chat_member": {"user": BOT} | becomes}
        await stranger.feed({"my_chat_member": {"chat": chat, "from": person, "date": 1} | both})
    assert await stored(stranger, ME) == []


async def test_a_forgotten_group_reads_on_and_begins_with_start(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Минск"])
    await talk.store.chats.see(Chat(id=SUPERGROUP, kind=ChatKind.SUPERGROUP), now=talk.now)
    await talk.store.chats.forget(SUPERGROUP)
    [page] = await talk.says("/latest", chat=SUPERGROUP)
    assert "Открыт рейс в Минск" in page
    for words in ("/settings", "/digest"):
        assert await talk.says(words, chat=SUPERGROUP) == [STRANGER]
    assert await talk.says("доброе утро, соседи", chat=SUPERGROUP) == []
    assert await talk.says("/start@other_bot", chat=SUPERGROUP) == []
    assert await stored(talk, SUPERGROUP) == []
    await talk.says("/start@svodka", chat=SUPERGROUP)
    assert (await talk.says("/settings", chat=SUPERGROUP))[0].startswith("⚙️")


async def test_a_group_that_sends_the_bot_away_unknown_is_not_stored(talk: Talk) -> None:
    person = {"id": ME, "is_bot": False, "first_name": "Анна"}
    chat = {"id": SUPERGROUP, "type": "supergroup", "title": "Соседи"}
    moves = (("member", "administrator"), ("administrator", "member"), ("member", "left"))
    for was, becomes in moves:
        event = {"chat": chat, "from": person, "date": 1}
        for name, status in (("old", was), ("new", becomes)):
            event[f"{name}_chat_member"] = {"user": BOT, "status": status}
        assert await talk.feed({"my_chat_member": event}) == []
    assert await stored(talk, SUPERGROUP) == []
