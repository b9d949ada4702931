"""What is no news is told by its signs; news of discounts, frost and swindlers stays news."""

from pathlib import Path

import pytest

from bot.news.topics.notnews import judge
from bot.news.topics.scores import explain, parse_topics
from bot.news.understanding import Raw, understand
from bot.news.words.morphology import lemmas

TOPICS = (Path(__file__).parents[3] / "bot" / "news" / "topics" / "topics.toml").read_text("utf-8")
DOORS = (
    "Двери «Лад» со склада в Ясном: скидка 20 процентов на все модели до воскресенья. Замер "
    "бесплатный, рассрочка на год. Звоните: +7 900 000-00-00."
)
FORECAST = (
    "Облачно, без осадков. Ветер западный 3–8 м/с. Температура ночью −5…−7 °C, днём 0…+2 °C. "
    "Ясный: ночью −6 °C, днём +1 °C. Давление 750 мм рт. ст."
)


def kind(title: str, text: str, language: str = "ru") -> str | None:
    found = judge(title, text, frozenset(lemmas(f"{title}\n{text}", language)))
    return found.kind if found else None


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        (DOORS, "advert"),
        ("Реклама\n\nНовые двери за день, рассрочка на год. Оставьте заявку на сайте.", "advert"),
        ("Телевизоры со скидкой 30 процентов, доставка бесплатно. Закажите сегодня!", "advert"),
        (FORECAST, "weather"),
        (
            "Овен. Спешить некуда. Телец. Всё успеется. Близнецы. Молчите. Рак. Не пятьтесь. Лев. "
            "Спите. Козерог. Бодритесь.",
            "horoscope",
        ),
        (
            "Вакансии недели: токарь — 70 000 руб. Швея — 50 000 руб. Повар — 45 000 руб. Врач — "
            "90 000 руб. Слесарь — 60 000 руб.",
            "vacancies",
        ),
        (
            "Требуются на работу токарь, от 2 800 рублей, и повар. Сменный график, социальный "
            "пакет, оплата проезда. Резюме направляйте в кадры. Телефон для справок 44-12-90.",
            "vacancies",
        ),
        ("№ 7, «Вокзал — Сады»: 7:10, 8:40, 10:20, 13:00, 15:30, 17:15, 18:40.", "timetable"),
        ("Тираж 512. Выпали номера 3, 7, 12, 18, 24, 31, 33, 40, 41, 44, 47.", "numbers"),
        (
            "На Лесной, в доме быта, тел. 10-00-01. На Полевой, у рынка, тел. 10-00-02, до ночи. "
            "На Садовой, тел. 10-00-03. На улице Мира, тел. 10-00-04, круглосуточно.",
            "addresses",
        ),
        ("Курсы валют: доллар 3,0112, евро 3,4527, юань 0,4221, злотый 0,8144.", "rates"),
        (
            "Убывающая Луна, 22-й лунный день. Благоприятно стричь волосы и полоть грядки.",
            "calendar",
        ),
        (
            "Этот день в истории.\n1703 — заложен мост.\n1812 — открыта школа.\n1937 — пущен "
            "трамвай.\n1961 — родился поэт.",
            "calendar",
        ),
        ("На правах рекламы. Санаторий ждёт гостей, дети бесплатно, номера под ключ.", "advert"),
        (
            "Дорогие ветераны! Поздравляем вас с праздником и желаем крепкого здоровья и счастья.",
            "congratulation",
        ),
    ],
)
def test_what_is_no_news_is_told_by_kind(text: str, is_: str) -> None:
    assert kind("Сегодня", text) == is_


def test_a_list_of_houses_without_water_is_no_news_and_news_of_one_house_is() -> None:
    streets = (
        "Понедельник: Весенняя, 2, 4, 6; Островского, 12–20; Кузбасская, 31. Вторник: Ленина, 55, "
        "57а; Строителей, 14, 16. Среда: Волгоградская, 40. Справки по телефону 05."
    )
    assert kind("Отключение воды на этой неделе", streets) == "outages"
    assert kind("Отключили воду", "Прорвало трубу у дома на Весенней, 2. Воду отключили.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Сатира. Депутат усыновил яму и назвал её в честь тёщи.",
        "ИА «Панорама». Ноябрь признан нерентабельным и будет отменён указом.",
        "Яму усыновил депутат. Материал является шуткой, совпадения случайны.",
        "Между городами пустят канатную дорогу. С первым апреля! Эту новость мы придумали.",
    ],
)
def test_satire_that_says_so_is_no_news(text: str) -> None:
    assert kind("Из города", text) == "satire"


@pytest.mark.parametrize(
    "text",
    [
        "Театр сатиры показал премьеру. Режиссёр придумал шутку про ярмарку.",
        "Депутаты приняли новость «Панорамы» за правду. Сатира попала в протокол заседания.",
        "Шутка о бомбе обошлась школьнику в сто тысяч. Розыгрыш устроен 1 апреля.",
        "С 1 апреля подорожает проезд. Мы придумали, как объехать пробку, шутят водители.",
        "«Это сатира, все события вымышлены», — сказал художник на открытии выставки.",
    ],
)
def test_news_of_satire_is_news(text: str) -> None:
    assert kind("Из города", text) is None


def test_belarusian_and_english_are_told_too() -> None:
    assert kind("Дзверы", "Замаўляйце сёння! Зніжкі да 30 %, колькасць абмежаваная.", "be")
    assert kind("Doors", "Order now and get 30% off. Limited offer: call us today!", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Магазины города объявили скидки: до 20 процентов на сыр, доставка бесплатная.",
        "Горячая линия открылась вчера. Звоните по номеру 8 800 000-00-00, просит мэрия.",
        "«Звоните, у нас скидка 30 процентов и рассрочка», — говорил жертвам мошенник.",
        "Записывайтесь на прививку в поликлинике: вакцина бесплатна, её привезли в понедельник.",
        "Реклама\n\nМост через Ясную открыли после ремонта. Движение пустили в обе стороны.",
        "Ветер 27 м/с сорвал крыши с трёх домов, температура упала до −20 °C. Днём без света "
        "остались 400 человек, ночью спасатели эвакуировали семью. Осадки ждут и завтра.",
        "Картофель подорожал до 45 рублей, морковь до 52, лук до 38, капуста до 30 рублей за "
        "килограмм. Неделей раньше они стоили 40, 50, 37 и 28 рублей.",
        "Поезда пойдут в 7:10, 8:40 и 10:20: на праздники их прибавится, сообщила дорога.",
        "Губернатор поздравил шахтёров с праздником и вручил двум бригадам награды.",
        "В зоопарке родились львы. Скорпион и водолей тут ни при чём, шутят сотрудники.",
        DOORS + " Область выросла." * 300,
    ],
)
def test_news_stays_news(text: str) -> None:
    assert kind("Что нового", text) is None


def test_signs_are_shown_as_spelled_whatever_lower_case_makes_of_other_letters() -> None:
    found = judge("İ", f"İİİ {DOORS}", frozenset(lemmas(DOORS, "ru")))
    assert found
    assert ("Звоните", 2) in found.signs


@pytest.mark.parametrize("text", ["", "!", "7 " * 5000, "а" * 100_000, "🦫" * 500, "\u200b"])
def test_no_text_is_too_odd(text: str) -> None:
    assert kind("", text) in (None, "numbers")


def test_an_advert_has_no_topic_and_a_forecast_keeps_its_own() -> None:
    advert, forecast, news = understand(
        [
            Raw("Двери со скидкой", DOORS),
            Raw("Погода на среду", FORECAST),
            Raw("Торговля выросла", "Оборот торговли вырос на треть."),
        ],
        TOPICS,
    )
    assert [one.slug for one in advert.topics] == ["other", "not_news"]
    assert [one.slug for one in forecast.topics] == ["weather", "not_news"]
    assert news.topics[0].slug == "trade"


def test_the_explanation_names_the_signs() -> None:
    *_, last = explain(parse_topics(TOPICS, name="topics.toml"), "Двери", DOORS)
    assert last.slug == "not_news"
    assert {"Звоните", "скидка 20"} <= {match.words for match in last.matches}
