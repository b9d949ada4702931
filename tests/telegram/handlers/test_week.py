"""/week: the week's top stories, in three orders, page by page, in one message."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram.methods import SendMessage

from storage.models import (
    Interest,
    InterestKind,
    NewArticle,
    NewSource,
    Taste,
    TopicScore,
    Understanding,
    Verdict,
)
from storage.ports import Store
from tests.telegram.conftest import ME, Talk

Print = Callable[..., Any]


@pytest.fixture
async def printed(store: Store, now: datetime) -> None:
    """Three stories: the first told by three sources, of yesterday; one more is too old."""
    sources = [
        await store.sources.add(
            NewSource(url=f"https://{n}.test/rss", title=f"Газета {n}"), now=now
        )
        for n in range(3)
    ]
    told = [
        ("Пожар на складе", "trade", now - timedelta(days=1), 3),
        ("Рейс в Минск", "flights", now - timedelta(hours=1), 1),
        ("Экспорт вырос", "trade", now - timedelta(days=3), 2),
        ("Прошлый месяц", "trade", now - timedelta(days=30), 3),
    ]
    for title, topic, at, times in told:
        batch = [
            NewArticle(
                source_id=sources[number].id,
                key=f"{title} {number}",
                url=f"https://{number}.test/{at:%d}",
                published_at=at,
                seen_at=at,
                dated=True,
                understanding=Understanding(
                    title=title,
                    text=title,
                    language="ru",
                    topics=(TopicScore(slug=topic, score=0.9),),
                ),
                joins=0 if number else None,
            )
            for number in range(times)
        ]
        await store.articles.add(batch)


def titles(page: str) -> list[str]:
    return [line for line in page.split("\n") if line[:1].isdigit() and ". " in line[:4]]


@pytest.mark.usefixtures("printed")
async def test_what_most_sources_tell_comes_first(talk: Talk) -> None:
    [page] = await talk.says("/week")
    assert page == (
        "🗓 Главное за неделю\n12 ноября — 18 ноября\n\n"
        "1. Пожар на складе\nГазета 0, Газета 1 и ещё 1 · вчера в 08:00\n\n"
        "2. Экспорт вырос\nГазета 0, Газета 1 · 15 ноября\n\n"
        "3. Рейс в Минск\nГазета 0 · 07:00"
    )
    assert talk.buttons() == ["1", "2", "3", "По дням", "По темам"]


@pytest.mark.usefixtures("printed")
async def test_the_same_by_day_and_by_topic_in_the_same_message(talk: Talk) -> None:
    await talk.says("/week")
    [by_day] = await talk.presses("По дням")
    assert titles(by_day) == ["1. Рейс в Минск", "2. Пожар на складе", "3. Экспорт вырос"]
    assert "📅 среда, 18 ноября\n1. Рейс" in by_day
    [by_topic] = await talk.presses("По темам")
    assert "🤝 Торговля\n1. Пожар на складе" in by_topic
    assert titles(by_topic) == ["1. Пожар на складе", "2. Экспорт вырос", "3. Рейс в Минск"]
    assert len(talk.calls(SendMessage)) == 1


@pytest.mark.usefixtures("printed")
async def test_a_story_opens_and_leads_back_to_the_same_page(talk: Talk) -> None:
    await talk.says("/week Торговля")
    [page] = await talk.presses("По дням")
    assert "🗓 Главное за неделю · 🤝 Торговля" in page
    [story] = await talk.presses("2")
    assert story.startswith("Экспорт вырос")
    assert await talk.presses("← Назад") == [page]


async def test_pages_turn_in_place(talk: Talk, print_news: Print) -> None:
    await print_news([f"Новость {n:02}" for n in range(30)])
    [page] = await talk.says("/week")
    assert len(titles(page)) == 7
    await talk.presses("▶")
    [last] = await talk.presses("▶")
    assert titles(last)[-1].startswith("21. ")
    assert "Дальше ▶" not in talk.buttons()
    await talk.presses("◀")
    assert await talk.presses("◀") == [page]


@pytest.mark.usefixtures("printed")
async def test_what_a_chat_muted_is_not_among_them(talk: Talk) -> None:
    await talk.says("/help")
    trade = Interest(kind=InterestKind.TOPIC, value="trade", label="Торговля")
    await talk.store.chats.taste(ME, Taste(interest=trade, verdict=Verdict.MUTE))
    [page] = await talk.says("/week")
    assert titles(page) == ["1. Рейс в Минск"]


async def test_an_empty_week_and_an_unknown_topic_are_told_kindly(talk: Talk) -> None:
    assert (await talk.says("/week"))[0].startswith("За неделю новостей не было.")
    [answer] = await talk.says("/week балет")
    assert answer.startswith("Не понял «балет».")
    assert "/week flights" in answer
