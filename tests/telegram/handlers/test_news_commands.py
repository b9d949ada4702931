"""/latest and its pages, topics, /digest."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.methods import DeleteMessage, EditMessageText, SendMessage

from bot.telegram.buttons import callbacks as cb
from storage.models import Interest, InterestKind
from tests.telegram.conftest import GROUP, ME, Talk

Print = Callable[..., Any]


async def test_the_feed_turns_its_pages_in_place(talk: Talk, print_news: Print) -> None:
    await print_news([f"Новость {n:02}" for n in range(12)])
    [page] = await talk.says("/latest")
    assert page.startswith("Свежие новости\n\n1. Новость 00\nТак сообщили в пресс-службе.\n")
    assert "Томский вестник · только что" in page
    assert "Новость 04" in page
    assert "Новость 05" not in page
    assert talk.buttons() == ["1", "2", "3", "4", "5", "Дальше ▶"]
    [page] = await talk.presses("▶")
    assert "Новость 05" in page
    assert talk.buttons()[-2:] == ["◀ Назад", "Дальше ▶"]
    [page] = await talk.presses("▶")
    assert "Новость 11" in page
    assert talk.buttons() == ["11", "12", "◀ Назад"]
    await talk.presses("◀")
    [page] = await talk.presses("◀")
    assert "Новость 00" in page
    assert len(talk.calls(SendMessage)) == 1
    assert len(talk.calls(EditMessageText)) == 4


async def test_the_same_page_again_is_no_error(talk: Talk, print_news: Print) -> None:
    await print_news(["Одна"])
    await talk.says("/latest")
    page = cb.LatestPage(topic="", offset=0, size=5).pack()
    await talk.press_data(page, talk.session.last_id)
    assert talk.alerts() == []


@pytest.mark.parametrize(
    ("said", "stories"),
    [
        ("/latest flights", 2),
        ("/latest авиарейсы 1", 1),
        ("/latest 1", 1),
        ("/flights", 2),
        ("/flights 1", 1),
        ("/FLIGHTS", 2),
        ("/latest Сельская гаспадарка", 0),
        ("/latest все", 2),
    ],
)
async def test_a_topic_and_a_number(talk: Talk, print_news: Print, said: str, stories: int) -> None:
    await print_news(["Рейс первый", "Рейс второй"])
    [page] = await talk.says(said)
    assert page.count("Рейс ") == stories


@pytest.mark.parametrize(
    ("said", "example"),
    [
        ("/latest балет", "/latest flights 5"),
        ("/latest flights -3", "/latest flights 5"),
        ("/latest ' OR 1=1", "/latest flights 5"),
        ("/trade балет", "/latest trade 5"),
        ("/trade flights", "/latest trade 5"),
        ("/digest балет", "/digest flights"),
        ("/digest trade 8:00", "/digest flights"),
    ],
)
async def test_nonsense_is_answered_with_an_example(talk: Talk, said: str, example: str) -> None:
    [answer] = await talk.says(said)
    assert answer.startswith("Не понял «")
    assert example in answer
    assert await talk.store.outbox.list() == []


async def test_a_single_story_shows_its_preview(talk: Talk, print_news: Print) -> None:
    await print_news(["Рейс первый", "Рейс второй"])
    await talk.says("/latest 1")
    await talk.says("/latest 2")
    one, two = talk.calls(SendMessage)
    assert one.link_preview_options.url == "https://example.org/flights/0"
    assert two.link_preview_options.is_disabled


async def test_no_news_yet_is_said_kindly(talk: Talk) -> None:
    assert (await talk.says("/latest"))[0].startswith("Новостей пока нет.")
    assert "«Торговля»" in (await talk.says("/trade"))[0]


async def test_topics_are_listed_with_their_commands(talk: Talk) -> None:
    [listed] = await talk.says("/topics")
    assert "✈️ /flights — Авиарейсы" in listed


async def test_a_digest_leaves_through_the_outbox(talk: Talk, print_news: Print) -> None:
    await print_news(["Рейс в Минск"])
    assert await talk.says("/digest") == []
    assert talk.rings
    [first] = await talk.store.outbox.list()
    assert "Рейс в Минск" in first.post.text
    await talk.says("/digest")
    newest = max(await talk.store.outbox.list(), key=lambda d: d.id)
    assert "Пока тихо" in newest.post.text


async def test_a_digest_gives_what_the_chat_is_subscribed_to(talk: Talk, print_news: Print) -> None:
    await print_news(["Рейс в Минск"])
    await print_news(["Экспорт вырос"], topic="trade")
    await talk.says("/subscribe trade")
    await talk.says("/digest")
    [delivery] = await talk.store.outbox.list()
    assert "Экспорт вырос" in delivery.post.text
    assert "Рейс в Минск" not in delivery.post.text


async def test_a_digest_gives_what_the_chat_follows(talk: Talk, print_news: Print) -> None:
    await print_news(["Экспорт вырос", "Рейс в Минск"])
    await talk.says("/subscribe trade")
    [subscription] = await talk.store.subscriptions.of_chat(ME)
    word = Interest(kind=InterestKind.WORD, value="экспорт")
    await talk.store.subscriptions.change(subscription.id, topics=(), follows=(word,))
    await talk.says("/digest")
    [delivery] = await talk.store.outbox.list()
    assert "Экспорт вырос" in delivery.post.text
    assert "Рейс в Минск" not in delivery.post.text


async def test_a_digest_of_topics_stands_under_their_names(talk: Talk, print_news: Print) -> None:
    await print_news(["Рейс в Минск"])
    await print_news(["Экспорт вырос"], topic="trade")
    await talk.says("/subscribe flights")
    await talk.says("/digest Торговля")
    [delivery] = await talk.store.outbox.list()
    assert "🤝 Торговля\nЭкспорт вырос" in delivery.post.text
    assert "Рейс в Минск" not in delivery.post.text


async def test_groups_are_answered_too(talk: Talk, print_news: Print) -> None:
    await print_news(["Рейс в Минск"])
    assert "Рейс в Минск" in (await talk.says("/latest@svodka", chat=GROUP))[0]


async def test_a_press_under_a_digest_opens_something_new_below(
    talk: Talk, print_news: Print
) -> None:
    await print_news(["Рейс в Минск"])
    await talk.says("/help")
    [page] = await talk.press_data(cb.Go(to="latest").pack())
    assert page.startswith("Свежие новости")
    assert (await talk.press_data(cb.Go(to="settings").pack()))[0].startswith("⚙️ Настройки")
    await talk.press_data(cb.Go(to="digest").pack())
    assert len(await talk.store.outbox.list()) == 1
    assert not talk.calls(EditMessageText)


async def test_a_message_can_be_taken_away(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("Закрыть")
    [call] = talk.calls(DeleteMessage)
    assert call.chat_id == ME
