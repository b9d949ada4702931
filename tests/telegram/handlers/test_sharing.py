"""Share and copy buttons, and the link by which a shared story is opened."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.methods import SendMessage
from aiogram.types import User

from bot.telegram.buttons.sharing import asked_id, deep_link, share_buttons, started_id
from bot.telegram.writing.texts import Texts
from storage.models import Story
from tests.telegram.conftest import Talk


def me(*, inline: bool = True) -> User:
    return User(
        id=1, is_bot=True, first_name="С", username="svodka", supports_inline_queries=inline
    )


def test_the_buttons_hand_on_exactly_that_story(
    texts: Texts, story: Callable[..., Story], now: Any
) -> None:
    share, copy = share_buttons(texts.get("ru"), story(12, now), me())
    assert asked_id(share.inline or "") == 12
    assert copy.copy == "https://example.org/12"
    assert deep_link("svodka", 12) == "https://t.me/svodka?start=s_12"
    assert started_id("s_12") == 12


def test_without_inline_mode_the_address_is_handed_on(
    texts: Texts, story: Callable[..., Story], now: Any
) -> None:
    share, _ = share_buttons(texts.get("ru"), story(12, now), me(inline=False))
    assert share.url == "https://t.me/share/url?url=https%3A%2F%2Fexample.org%2F12"
    assert share.inline is None


@pytest.mark.parametrize("url", [None, "https://example.org/" + "a" * 300, "ftp://example.org/"])
def test_what_cannot_be_copied_is_copied_as_a_link_to_the_bot(
    texts: Texts, story: Callable[..., Story], now: Any, url: str | None
) -> None:
    _, copy = share_buttons(texts.get("ru"), story(12, now, url=url), me())
    assert copy.copy == "https://t.me/svodka?start=s_12"


@pytest.mark.parametrize("words", ["", "s:", "s:x", "s:²", "s:1 2", "s:-1", "s:" + "9" * 19])
def test_other_words_name_no_story(words: str) -> None:
    assert asked_id(words) is None
    assert started_id(words.replace(":", "_")) is None


async def test_a_shared_link_opens_the_story_and_offers_to_begin(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    [story] = await talk.store.stories.latest(limit=1)
    [shown] = await talk.says(f"/start s_{story.id}")
    assert shown.startswith("Открыт рейс в Томск\n")
    assert {"🔖 Сохранить", "🔗 Скопировать"} <= set(talk.buttons())
    begin = talk.calls(SendMessage)[-1].reply_markup.inline_keyboard[0][0]
    assert (begin.text, begin.url) == (
        "🗞 Присылать мне такие сводки",
        "https://t.me/svodka?start=begin",
    )
    assert "языке" in (await talk.says("/start begin"))[0]


async def test_who_has_begun_is_not_asked_to(talk: Talk, print_news: Callable[..., Any]) -> None:
    await print_news(["Открыт рейс в Томск"])
    [story] = await talk.store.stories.latest(limit=1)
    await talk.says("/subscribe 8:00")
    await talk.says(f"/start s_{story.id}")
    assert "🗞 Присылать мне такие сводки" not in talk.buttons()


async def test_a_shared_link_follows_the_story_into_another(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск", "Первый рейс вылетел в Томск"])
    into, other = await talk.store.stories.latest(limit=2)
    await talk.store.corrections.merge(into.id, other.id, now=talk.now)
    [shown] = await talk.says(f"/start s_{other.id}")
    assert "Томск" in shown


async def test_a_link_to_a_story_that_is_told_no_more_says_so(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    [story] = await talk.store.stories.latest(limit=1)
    await talk.store.corrections.withdraw(story.id, reason="Ошибка", now=talk.now)
    [withdrawn] = await talk.says(f"/start s_{story.id}")
    assert withdrawn.startswith("🚫 ")
    assert "Томск" not in withdrawn
    [gone] = await talk.says("/start s_999")
    assert gone.startswith("Этой новости у меня больше нет")


async def test_an_answer_can_be_handed_on_and_a_list_cannot(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск", "Отменён рейс в Омск"])
    await talk.says("когда рейс в Томск?")
    assert {"↗️ Поделиться", "🔗 Скопировать"} <= set(talk.buttons())
    await talk.says("рейс")
    assert "↗️ Поделиться" not in talk.buttons()
    await talk.says("омск")
    assert "↗️ Поделиться" in talk.buttons()
