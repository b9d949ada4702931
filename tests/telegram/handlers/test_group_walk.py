"""In a group, walked through the real dispatcher: every command, and every button there is."""

import inspect
import random
import re
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.menu import ADMINS, GROUP, PRIVATE
from storage.models import Chat, Subscription
from tests.telegram.conftest import GROUP as NEIGHBOURS
from tests.telegram.conftest import ME, Talk

COMMANDS = sorted({*PRIVATE, *ADMINS, *GROUP, "flights"})
BUTTONS = [c for _, c in inspect.getmembers(cb, inspect.isclass) if issubclass(c, CallbackData)]
BUTTONS.remove(CallbackData)
TOPIC = {"message_thread_id": 7, "is_topic_message": True}
PRESSES = 12  # of each kind of button
STRINGS = ["", "en", "Europe/Minsk", "flights", "brief", "main", "times", "days", "count", "J1"]


@pytest.fixture
async def group(talk: Talk, print_news: Callable[..., Any]) -> Talk:
    """A group with two subscriptions; I administer it until told otherwise."""
    await print_news(["Открыт рейс в Минск", "БелАЗ показал новый самосвал"])
    for words in ("/latest", "/subscribe flights 9:00", "/subscribe trade 10:00"):
        await talk.says(words, chat=NEIGHBOURS)
    return talk


def a_plain_member(talk: Talk) -> None:
    talk.session.members[NEIGHBOURS, ME] = {"status": "member"}
    talk.now += timedelta(minutes=2)  # what Telegram said of me before counts no more


async def chosen(talk: Talk) -> tuple[Chat | None, list[Subscription]]:
    """All that a group can choose."""
    subscriptions = await talk.store.subscriptions.of_chat(NEIGHBOURS)
    return await talk.store.chats.get(NEIGHBOURS), list(subscriptions)


def presses(kind: type[CallbackData], subs: list[int]) -> list[str]:
    """What buttons of a kind may say, some of it nonsense: the same on every run."""
    chance = random.Random(kind.__name__)
    words = [*STRINGS, *re.findall(r"[a-z_]{3,}", kind.__doc__ or "")]
    made = set()
    for _ in range(PRESSES):
        values: dict[str, Any] = {}
        for name, field in kind.model_fields.items():
            wanted: Any = field.annotation
            if isinstance(wanted, type) and issubclass(wanted, Enum):
                values[name] = chance.choice(list(wanted))
            elif wanted is bool:
                values[name] = chance.random() < 0.5
            elif wanted is int:
                values[name] = chance.choice([*subs, *subs, 0, 1, 2, 5, 480, -1, NEIGHBOURS])
            else:
                values[name] = chance.choice(words)
        made.add(kind(**values).pack())
    return sorted(made)


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
async def test_no_button_lets_a_plain_member_change_what_the_group_gets(
    group: Talk, kind: type[CallbackData]
) -> None:
    before = await chosen(group)
    a_plain_member(group)
    for data in presses(kind, [one.id for one in before[1]]):
        await group.press_data(data, group.session.last_id, chat=NEIGHBOURS)
        assert await chosen(group) == before, data


@pytest.mark.parametrize("command", COMMANDS)
async def test_no_command_lets_a_plain_member_change_what_the_group_gets(
    group: Talk, command: str
) -> None:
    before = await chosen(group)
    a_plain_member(group)
    for words in ("", "flights", "trade 7:15", "БелАЗ", "все", "неделя", "Минск"):
        await group.says(f"/{command} {words}".strip(), chat=NEIGHBOURS)
        assert await chosen(group) == before, words


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_for_another_bot_is_left_to_it(group: Talk, command: str) -> None:
    calls = len(group.session.calls)
    for words in (f"/{command}@other_bot", f"/{command}@other_bot flights 8:00"):
        assert await group.says(words, chat=NEIGHBOURS) == []
    assert len(group.session.calls) == calls


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_answer_is_in_the_forum_topic_of_the_command(group: Talk, command: str) -> None:
    calls, planned = len(group.session.calls), len(await group.store.outbox.list())
    for words in ("", "flights", "абракадабра"):
        await group.says(f"/{command}@Svodka {words}".strip(), chat=NEIGHBOURS, **TOPIC)
    sent = [c for c in group.session.calls[calls:] if c.__api_method__.startswith("send")]
    digests = await group.store.outbox.list()
    assert sent or len(digests) > planned
    assert {getattr(call, "message_thread_id", None) for call in sent} <= {7}
    assert {d.thread_id for d in digests if d.chat_id == NEIGHBOURS} <= {7}


@pytest.mark.parametrize("data", [cb.Go(to=to).pack() for to in ("digest", "latest", "help")])
async def test_what_a_button_opens_stays_in_its_forum_topic(group: Talk, data: str) -> None:
    chat = {"id": NEIGHBOURS, "type": "supergroup", "title": "Соседи", "is_forum": True}
    message = {"message_id": 5, "date": 1, "chat": chat, "text": "сводка"} | TOPIC
    person = {"id": ME, "is_bot": False, "first_name": "Анна"}
    query = {"id": "1", "from": person, "chat_instance": "1", "message": message, "data": data}
    calls = len(group.session.calls)
    await group.feed({"callback_query": query})
    sent = [c for c in group.session.calls[calls:] if c.__api_method__.startswith("send")]
    threads = [call.message_thread_id for call in sent]
    threads += [d.thread_id for d in await group.store.outbox.list()]
    assert threads == [7]


SAID = [
    {"text": "что с рейсом в Минск?"},
    {"text": "@other_bot что с рейсом?"},
    {"text": "svodka, что с рейсом?"},
    {"text": "/latest_news"},
    {"text": "7:15"},
    {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]},
    {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], "caption": "да"},
    {"location": {"longitude": 30.0, "latitude": 50.0}},
    {"contact": {"phone_number": "1", "first_name": "Пётр"}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"new_chat_title": "Другие соседи"},
    {"new_chat_members": [{"id": 8, "is_bot": False, "first_name": "Пётр"}]},
    {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": NEIGHBOURS, "type": "group"}}},
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: "+".join(said))
async def test_what_people_say_to_each_other_is_left_to_them(
    group: Talk, said: dict[str, Any]
) -> None:
    calls = [call for call in group.session.calls if call.__api_method__ != "getMe"]
    chat = {"id": NEIGHBOURS, "type": "group", "title": "Соседи"}
    person = {"id": ME, "is_bot": False, "first_name": "Анна"}
    await group.feed(
        {"message": {"message_id": 50, "date": 1, "chat": chat, "from": person} | said}
    )
    assert [call for call in group.session.calls if call.__api_method__ != "getMe"] == calls
