"""The menu, the keyboards and the city names hold to Telegram's limits and to people's words."""

import inspect
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription

from bot.news.topics.scores import Topics
from bot.news.topics.topicfile import COMMANDS, MOST_TOPICS
from bot.telegram.buttons import callbacks, callbacks_desk
from bot.telegram.conversation.menu import (
    ADMINS,
    PRIVATE,
    STEERING,
    commands,
    set_menus,
    set_menus_of_admins,
    set_profile,
)
from bot.telegram.rendering.render import Render
from bot.telegram.subscriptions import zones
from bot.telegram.writing.texts import LANGUAGES, Texts
from storage.models import Chat, ChatKind
from tests.telegram.conftest import ME, Talk

CLASSES = [
    made
    for room in (callbacks, callbacks_desk)
    for _, made in inspect.getmembers(room, inspect.isclass)
    if made.__module__ == room.__name__ and issubclass(made, CallbackData)
]
LONGEST = {int: -(10**9), bool: False, str: "s" * 32}


async def test_there_is_a_menu_per_language_and_kind_of_chat(
    talk: Talk, texts: Texts, topics: Topics
) -> None:
    await set_menus(talk.bot, texts, topics)
    menus = talk.menus()
    kinds = {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    wanted = {(kind, code) for kind in kinds for code in (None, *LANGUAGES)}
    assert {(m.scope.type, m.language_code) for m in menus} == wanted
    for menu in menus:
        names = [c.command for c in menu.commands]
        assert len(names) == len(set(names)) <= 100
        assert "flights" in names
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
        assert all(1 <= len(c.description) <= 256 for c in menu.commands)
    [belarusian] = [
        m for m in menus if (m.scope.type, m.language_code) == ("all_private_chats", "be")
    ]
    assert "✈️ Авіярэйсы" in [c.description for c in belarusian.commands]


async def test_admins_have_their_own_menu_in_their_language(
    desk: Talk, texts: Texts, topics: Topics, render: Render
) -> None:
    private = {c.command for c in commands(texts.get("be"), PRIVATE, topics)}
    await desk.store.chats.choose(ME, language="be")
    await desk.store.chats.see(Chat(id=7, kind=ChatKind.PRIVATE), now=desk.now)
    lost = "Bad Request: chat not found"
    desk.session.refusals.append((SetMyCommands, lost))  # of 7, who comes first
    await set_menus_of_admins(desk.bot, [7, 8, ME], desk.store, render, topics)
    *_, menu = desk.menus()
    assert [m.scope.chat_id for m in desk.menus()] == [7, ME]  # 8 has not begun
    assert {c.command for c in menu.commands} - private == {"deliveries", "edits"}
    assert "Рассылкі: як ідуць, што не пайшло" in [c.description for c in menu.commands]


async def test_an_admins_menu_comes_with_start_and_follows_the_language(desk: Talk) -> None:
    def said() -> str:
        return next(c.description for c in desk.menus()[-1].commands if c.command == "deliveries")

    await desk.says("/start")
    assert said().startswith("Рассылки")
    await desk.presses("English")
    assert said().startswith("Broadcasts")
    await desk.says("/settings")
    await desk.presses("English")
    await desk.presses("Беларуская")
    assert said().startswith("Рассылкі")


async def test_others_have_no_command_of_admins(talk: Talk) -> None:
    await talk.says("/start")
    assert talk.menus() == []
    await talk.presses("English")
    assert "deliveries" not in {c.command for c in talk.menus()[-1].commands}


async def test_the_profile_fits(talk: Talk, texts: Texts) -> None:
    await set_profile(talk.bot, texts)
    assert all(len(c.description) <= 512 for c in talk.calls(SetMyDescription))
    assert all(len(c.short_description) <= 120 for c in talk.calls(SetMyShortDescription))


def test_our_commands_leave_room_for_all_topics_and_are_no_topics_name() -> None:
    assert len(PRIVATE) + len(STEERING) + MOST_TOPICS <= 100
    assert {*PRIVATE, *ADMINS, *STEERING} <= COMMANDS


@pytest.mark.parametrize("kind", CLASSES)
def test_a_button_says_its_longest_in_64_bytes(kind: type[CallbackData]) -> None:
    values: dict[str, Any] = {
        name: LONGEST[field.annotation or str]
        for name, field in kind.model_fields.items()
        if field.annotation in LONGEST
    }
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, StrEnum):
            values[name] = max(field.annotation, key=len)
    said = kind(**values)
    if kind.__module__ == callbacks_desk.__name__:
        said = callbacks_desk.fitted(said)
    assert len(said.pack().encode()) <= 64


def test_every_prefix_is_a_letter_and_a_version_and_is_nobody_elses() -> None:
    prefixes = [c.__prefix__ for c in CLASSES]
    assert len(prefixes) == len(set(prefixes))
    assert all(re.fullmatch(r"[A-Za-z]\d", prefix) for prefix in prefixes)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Минск", "Europe/Minsk"),
        (" гродна ", "Europe/Minsk"),
        ("Мінск", "Europe/Minsk"),
        ("кемерово", "Asia/Novokuznetsk"),
        ("Нижний Новгород", "Europe/Moscow"),
        ("new york", "America/New_York"),
        ("europe/warsaw", "Europe/Warsaw"),
        ("UTC", "UTC"),
        ("Лукоморье", None),
        ("", None),
        ("../../etc/passwd", None),
        ("г. Прокопьевск", "Asia/Novokuznetsk"),
        ("я живу в Минске", "Europe/Minsk"),
        ("in Warsaw", "Europe/Warsaw"),
        ("я из Бреста", "Europe/Minsk"),
        ("из Кемерова", "Asia/Novokuznetsk"),
        ("В ГРОДНЕ", "Europe/Minsk"),
        ("Барановичах", "Europe/Minsk"),
        ("живу в городе Осинники", "Asia/Novokuznetsk"),
        ("в Ростове-на-Дону", "Europe/Moscow"),
        ("в Набережных Челнах", "Europe/Moscow"),
        ("у Баранавічах", "Europe/Minsk"),
        ("Хабаровске", "Asia/Vladivostok"),
        ("😀" * 900, None),
        ("Белово " * 500, None),
    ],
)
def test_a_city_names_its_zone(said: str, zone: str | None) -> None:
    assert zones.find_zone(said) == zone


@pytest.mark.parametrize("month", [1, 7])
def test_a_clock_may_show_any_hour_summer_and_winter(month: int) -> None:
    now = datetime(2026, month, 15, 10, 20, tzinfo=UTC)
    shown = [now.astimezone(ZoneInfo(zone)) for zone in zones.by_the_clock(now)]
    assert [(local.hour, local.minute) for local in shown] == [(hour, 20) for hour in range(24)]


def test_the_time_on_the_wall_tells_the_zone_to_the_quarter_of_an_hour() -> None:
    now = datetime(2026, 1, 15, 23, 55, tzinfo=UTC)
    told = [zones.showing(minutes, now) for minutes in (2 * 60 + 50, 7 * 60, 5 * 60 + 24, 40)]
    assert told == ["Europe/Minsk", "Asia/Novokuznetsk", "Asia/Kolkata", None]


def test_a_zone_is_shown_by_its_city(texts: Texts) -> None:
    shown = [zones.zone_name(texts.get(code), "Europe/Minsk") for code in LANGUAGES]
    assert shown == ["Минск", "Мінск", "Minsk"]
    assert zones.zone_name(texts.get("ru"), "Asia/Novokuznetsk") == "Кузбасс"
