"""/pulse: a picture goes up once an hour, its words say the same, a button changes its colours."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from aiogram.methods import EditMessageMedia, SendPhoto
from aiogram.types import BufferedInputFile
from PIL import Image

from bot.news.digests.pulse import DAYS, Pulse, pulse
from bot.news.topics.scores import Topics
from bot.pictures.canvas import SMALLEST, font
from bot.pictures.chart import INNER, NAME_END
from bot.telegram.rendering.pulse import between, caption, chart
from bot.telegram.writing.texts import LANGUAGES, Texts
from tests.telegram.conftest import ME, Talk

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def a_week(**before: int) -> Pulse:
    day = {"": 1_200, "flights": 20, "trade": 3, "agriculture": 1}
    began = {"": 1} if before else {}
    return pulse([day] * DAYS + [{"": 9_000, **before}, began], now=NOW, zone="Asia/Novokuznetsk")


async def test_the_week_is_sent_as_a_picture_with_words(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск", "Снег в горах"])
    await print_news(["Экспорт вырос"], topic="trade")
    talk.now += timedelta(minutes=5)
    await talk.says("/pulse")
    [sent] = talk.calls(SendPhoto)
    assert isinstance(sent.photo, BufferedInputFile)
    assert Image.open(io.BytesIO(sent.photo.data)).size == (1080, 1350)
    assert sent.caption == (
        "📊 Пульс недели: 12–18 ноября\n"
        "3 сюжета за семь дней.\n"
        "Самый насыщенный день — среда, 18 ноября: 3.\n"
        "Чаще всего: Авиарейсы — 2, Торговля — 1."
    )
    assert sent.parse_mode is None
    assert talk.buttons() == ["🌙 Тёмная"]


async def test_within_the_hour_telegram_is_given_the_id_it_knows(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(minutes=5)
    for _ in range(2):
        await talk.says("/pulse")
    talk.now += timedelta(hours=1)
    await talk.says("/pulse")
    new, known, later = (call.photo for call in talk.calls(SendPhoto))
    assert isinstance(new, BufferedInputFile)
    assert known == "file1"
    assert isinstance(later, BufferedInputFile)


async def test_a_picture_that_telegram_forgot_goes_up_again(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(minutes=5)
    await talk.says("/pulse")
    talk.session.refusals = [(SendPhoto, "Bad Request: wrong file identifier specified")]
    await talk.says("/pulse")
    assert isinstance(talk.calls(SendPhoto)[-1].photo, BufferedInputFile)


async def test_for_those_who_ask_at_once_it_is_drawn_once(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(minutes=5)
    await asyncio.gather(*(talk.says("/pulse") for _ in range(5)))
    sent = [call.photo for call in talk.calls(SendPhoto)]
    assert len(sent) == 5
    bodies = [photo.data for photo in sent if isinstance(photo, BufferedInputFile)]
    assert all(body is bodies[0] for body in bodies)


async def test_a_press_changes_the_colours_in_place(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(minutes=5)
    await talk.says("/pulse")
    await talk.presses("🌙 Тёмная")
    [dark] = talk.calls(EditMessageMedia)
    assert dark.media.caption == talk.calls(SendPhoto)[0].caption
    assert talk.buttons() == ["☀️ Светлая"]
    shown = [Image.open(io.BytesIO(body)).getpixel((1, 1)) for body in talk.session.files.values()]
    assert shown == [(255, 255, 255), (23, 33, 43)]
    await talk.presses("☀️ Светлая")
    assert talk.calls(EditMessageMedia)[-1].media.media == "file1"
    refused = "Bad Request: message is not modified: exactly the same"
    talk.session.refusals = [(EditMessageMedia, refused)]
    await talk.presses("🌙 Тёмная")
    assert talk.alerts() == []


async def test_a_week_without_news_says_so(talk: Talk, print_news: Callable[..., Any]) -> None:
    [said] = await talk.says("/pulse")
    assert said.startswith("За последние семь дней новостей не было")
    assert talk.calls(SendPhoto) == []
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(minutes=5)
    await talk.says("/pulse")
    assert len(talk.calls(SendPhoto)) == 1


async def test_under_a_message_too_old_to_edit_the_picture_comes_anew(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    await talk.says("/start")
    talk.now += timedelta(minutes=5)
    person = {"id": ME, "is_bot": False, "first_name": "Анна"}
    old = {"chat": {"id": ME, "type": "private"}, "message_id": 7, "date": 0}
    press = {"id": "1", "from": person, "chat_instance": "1", "message": old, "data": "S1:dark"}
    await talk.feed({"callback_query": press})
    assert len(talk.calls(SendPhoto)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_fit_below_a_picture_and_name_the_movers(
    texts: Texts, topics: Topics, language: str
) -> None:
    text = texts.get(language)
    told, _ = caption(text, topics, a_week(flights=60, trade=100)).render()
    flights, trade = (topics.get(slug) for slug in ("flights", "trade"))
    assert flights is not None
    assert trade is not None
    rising, falling = told.splitlines()[-2:]
    assert flights.titles[language] in rising
    assert trade.titles[language] in falling
    assert len(told) < 1024


def test_dates_are_said_once_where_the_month_is_one(texts: Texts) -> None:
    text = texts.get("ru")
    assert between(text, date(2026, 11, 12), date(2026, 11, 18)) == "12–18 ноября"
    assert between(text, date(2026, 12, 28), date(2027, 1, 3)) == "28 декабря – 3 января"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_chart_says_is_cut(texts: Texts, topics: Topics, language: str) -> None:
    for week in (a_week(), a_week(flights=60, trade=100)):
        made = chart(texts.get(language), topics, replace(week, more=25))
        assert font(SMALLEST, False).getlength(made.foot) <= INNER
        assert font(34, True).getlength(made.whole.change) <= 400
        assert max(font(SMALLEST, False).getlength(line.name) for line in made.lines) <= NAME_END


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_every_letter_that_the_chart_says(
    texts: Texts, topics: Topics, language: str
) -> None:
    weeks = (a_week(), a_week(flights=60, trade=100), a_week(**{"": 9_000}))
    for week, month in product(weeks, range(1, 13)):
        days = tuple(date(2026, month, 1) + timedelta(days=n) for n in range(DAYS))
        made = chart(texts.get(language), topics, replace(week, days=days, more=3))
        lines = (made.whole, *made.lines)
        said = [made.title, made.dates, made.foot, *made.columns]
        said += [word for line in lines for word in (line.name, line.total, line.change)]
        letters = {letter for words in said for letter in words if not letter.isspace()}
        assert [one for one in letters if font(40, False).getmask(one).getbbox() is None] == []
