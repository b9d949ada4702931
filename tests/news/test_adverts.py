"""Adverts: what calls to buy has no topic; news of prices and phones keeps its own."""

from pathlib import Path

import pytest

from bot.news.adverts import is_advert
from bot.news.understanding import Raw, understand

TOPICS = (Path(__file__).parents[2] / "bot" / "news" / "topics.toml").read_text("utf-8")
DOORS = (
    "Двери «Лад» со склада в Ясном: скидка 20 процентов на все модели до воскресенья. Замер "
    "бесплатный, рассрочка на год. Звоните: +7 900 000-00-00."
)


@pytest.mark.parametrize(
    "text",
    [
        DOORS,
        "Реклама\n\nНовые двери за день, рассрочка на год. Оставьте заявку на сайте.",
        "Акция магазина: телевизоры со скидкой 30 процентов, доставка бесплатно. Закажите сегодня!",
    ],
)
def test_a_text_that_calls_to_buy_is_an_advert(text):
    assert is_advert("Двери к празднику", text)


@pytest.mark.parametrize(
    "text",
    [
        "Магазины города объявили скидки: до 20 процентов на сыр, доставка бесплатная.",
        "Горячая линия открылась вчера. Звоните по номеру 8 800 000-00-00, просит мэрия.",
        "«Звоните, у нас скидка 30 процентов и рассрочка», — говорил жертвам мошенник.",
        "Записывайтесь на прививку в поликлинике: вакцина бесплатна, её привезли в понедельник.",
        "Реклама\n\nМост через Ясную открыли после ремонта. Движение пустили в обе стороны.",
        DOORS + " Область выросла." * 300,
    ],
)
def test_news_of_prices_phones_and_swindlers_is_no_advert(text):
    assert not is_advert("Что нового", text)


def test_an_advert_has_no_topic():
    advert, news = understand(
        [
            Raw("Двери со скидкой", DOORS),
            Raw("Торговля выросла", "Оборот торговли вырос на треть."),
        ],
        TOPICS,
    )
    assert [one.slug for one in advert.topics] == ["other"]
    assert "trade" in [one.slug for one in news.topics]
