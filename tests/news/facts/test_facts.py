"""Facts: figures, routes and times, each with the sentence that says it."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.facts.figures import MOST, find
from storage.models import FactKind

ZONE = ZoneInfo("Asia/Novokuznetsk")
TOLD = datetime(2026, 11, 3, 10, tzinfo=ZONE)  # a Tuesday


def figures(sentence: str, country: str = "ru") -> list[tuple[str, str | None, str | None]]:
    found = find([sentence], published=None, country=country)
    return [(fact.kind.value, fact.value, fact.unit) for fact in found]


def times(sentence: str, told: datetime = TOLD) -> list[tuple[str, date, date | None]]:
    return [
        (
            fact.kind.value,
            fact.since.astimezone(ZONE).date(),
            fact.until and fact.until.astimezone(ZONE).date(),
        )
        for fact in find([sentence], published=told)
        if fact.since
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Билет стоит 12,5 тысячи рублей.", ("sum", "12500", "RUB")),
        ("На мост дали 2,3 млрд руб.", ("sum", "2300000000", "RUB")),
        ("Контракт на 640 тысяч долларов.", ("sum", "640000", "USD")),
        ("A deal of $12 million.", ("sum", "12000000", "USD")),
        ("Цены выросли на 5,2 процента.", ("percent", "5.2", "%")),
        ("Цены вырастут на 5–7 %.", ("percent", "5–7", "%")),
        ("Рост от 5,5 до 7 процентов.", ("percent", "5.5–7", "%")),
        ("Билет стоит от 20 до 30 тысяч рублей.", ("sum", "20000–30000", "RUB")),
        ("Привезут 200-250 тонн.", ("quantity", "200–250", "t")),
        ("Добыли 1 200 000 тонн угля.", ("quantity", "1200000", "t")),
        ("Перавезлі 40 тысяч пасажыраў.", ("quantity", "40000", "people")),
        ("Сдадут 120 квартир.", ("quantity", "120", "flats")),
        ("Рейс Кемерово — Минск отменили.", ("route", "Кемерово — Минск", None)),
        ("Автобус «Москва — Новокузнецк — Юрга»", ("route", "Москва — Новокузнецк — Юрга", None)),
        ("Рейс Минск-Кемерово открыт.", ("route", "Минск — Кемерово", None)),
        ("Поезда между Минском и Брестом.", ("route", "Минск — Брест", None)),
        ("Доехали из Гомеля до Бреста.", ("route", "Гомель — Брест", None)),
        ("Заплатят 2 тысячи 300 рублей.", ("sum", "2300", "RUB")),
        ("Вывезли 40 кубометров снега.", ("quantity", "40", "m3")),
        ("Полетят из Кемерова в Сочи.", ("route", "Кемерово — Сочи", None)),
    ],
)
def test_a_figure_is_found_in_its_plainest_form(
    sentence: str, found: tuple[str, str | None, str | None]
) -> None:
    assert figures(sentence) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Анжеро-Судженск",
        "Кемерово-Пассажирское",
        "Дом 12 на улице Мира",
        "Счёт 3:2",
        "Тепло — это хорошо",
        "Ветер сменился",
        "приказ № 5",
    ],
)
def test_what_is_no_figure_is_not_found(sentence: str) -> None:
    assert figures(sentence) == []


def test_roubles_are_those_of_the_country_unless_the_text_says_whose() -> None:
    assert figures("25 рублей", "by") == [("sum", "25", "BYN")]
    assert figures("25 российских рублей", "by") == [("sum", "25", "RUB")]
    assert figures("25 белорусских рублей") == [("sum", "25", "BYN")]


@pytest.mark.parametrize(
    ("sentence", "since", "until"),
    [
        ("Рейсы начнут с 1 декабря.", date(2026, 12, 1), None),
        ("Flights resume from December 1.", date(2026, 12, 1), None),
        ("Проезд подорожает с января.", date(2027, 1, 1), None),
        ("Полетят с весны.", date(2027, 3, 1), None),
        ("С лета авиакомпания начинает летать в Сочи.", date(2027, 6, 1), None),
        ("Летать будут с декабря по март.", date(2026, 12, 1), date(2027, 4, 1)),
        ("Выставка продлится до января.", date(2026, 11, 3), date(2027, 1, 1)),
        ("Переправу закрыли до весны.", date(2026, 11, 3), date(2027, 3, 1)),
        ("Школу адкрыюць у снежні.", date(2026, 12, 1), date(2027, 1, 1)),
        ("Мост адкрыюць зімой.", date(2026, 12, 1), date(2027, 3, 1)),
        ("Масты адкрыюць увосень 2027 года.", date(2027, 9, 1), date(2027, 12, 1)),
        ("Мост откроют весной.", date(2027, 3, 1), date(2027, 6, 1)),
        ("Терминал сдадут к следующей осени.", date(2027, 9, 1), date(2027, 12, 1)),
        ("Следующей весной мост закроют.", date(2027, 3, 1), date(2027, 6, 1)),
        ("Мост откроют летом 2028 года.", date(2028, 6, 1), date(2028, 9, 1)),
        ("Дом сдадут до конца года.", date(2026, 11, 3), date(2027, 1, 1)),
        ("Ярмарка пройдёт 21–22 ноября.", date(2026, 11, 21), date(2026, 11, 23)),
        ("Каникулы с 30 декабря по 8 января.", date(2026, 12, 30), date(2027, 1, 9)),
        ("Выставка открыта до 6 декабря.", date(2026, 11, 3), date(2026, 12, 7)),
        ("В следующем году купят автобусы.", date(2027, 1, 1), date(2028, 1, 1)),
        ("Ремонт во втором квартале 2027 года", date(2027, 4, 1), date(2027, 7, 1)),
        ("Съезд на следующей неделе.", date(2026, 11, 9), date(2026, 11, 16)),
        ("The terminal opens on December 19.", date(2026, 12, 19), date(2026, 12, 20)),
        ("Doors open Jan. 12.", date(2027, 1, 12), date(2027, 1, 13)),
        ("Суд назначен на 01.02.2027.", date(2027, 2, 1), date(2027, 2, 2)),
    ],
)
def test_what_is_planned_is_a_range_of_the_articles_zone(
    sentence: str, since: date, until: date | None
) -> None:
    assert times(sentence) == [("event", since, until)]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("Прототип обещают показать осенью.", 2027),
        ("Осенью завод начнёт выпуск тракторов.", 2027),
        ("Прототип обещают показать этой осенью.", 2026),
        ("The line will open this autumn.", 2026),
        ("Осенью завод выпустил трактор.", 2026),
    ],
)
def test_what_is_promised_for_a_season_that_is_nearly_over_is_for_the_next(
    sentence: str, year: int
) -> None:
    late = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Novokuznetsk"))
    [(_, since, _)] = times(sentence, late)
    assert since == date(year, 9, 1)


def test_what_was_is_a_date() -> None:
    assert times("Авария случилась 2 ноября.") == [("date", date(2026, 11, 2), date(2026, 11, 3))]
    assert times("Летом летали три компании.") == [("date", date(2026, 6, 1), date(2026, 9, 1))]


def test_what_began_and_has_no_end_is_a_date() -> None:
    assert times("Мост закрыт с 1 ноября.") == [("date", date(2026, 11, 1), None)]
    assert times("С лета подстанция работает вручную.") == [("date", date(2026, 6, 1), None)]


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    told = datetime(2027, 1, 2, 9, tzinfo=ZONE)
    assert times("Пожар был 30 декабря.", told)[0][1] == date(2026, 12, 30)
    assert times("Откроют 29 февраля.", datetime(2028, 1, 5, tzinfo=ZONE))[0][1].year == 2028


@pytest.mark.parametrize(
    "sentence",
    ["31 ноября", "45.13.2026", "в 2019 году", "может, и нет", "у Decathlon 5", "Novgorod 2"],
)
def test_an_impossible_day_or_a_past_year_is_nothing(sentence: str) -> None:
    assert times(sentence) == []


def test_without_a_date_of_publication_no_day_is_known() -> None:
    assert find(["Откроют 1 декабря."], published=None) == ()


def test_a_fact_keeps_its_sentence_and_is_told_once() -> None:
    found = find(["Рост на 5 %.", "Снова 5 процентов."], published=TOLD)
    assert [(fact.kind, fact.sentence) for fact in found] == [(FactKind.PERCENT, "Рост на 5 %.")]


def test_the_number_of_facts_and_the_time_are_bounded() -> None:
    started = time.process_time()
    assert len(find([f"{n} тонн." for n in range(500)], published=TOLD)) == MOST
    find(["1 2 3 - 4 — А — Б с 1 до " * 5_000], published=TOLD)
    assert time.process_time() - started < 10


WORDS_OF_TIME = """
с по до да к в у между from by the end of конца следующем наступным next зімой зімай увосень восенню
вясной летам зимы весне winter autumn Jan Feb. mar sept dec Novgorod Mayer студзеня лютага снежня
мая июн янв. 1 12 31 0 2027 9999 года квартал третьем iv завтра - – , году неделе
"""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS_OF_TIME.split()), max_size=8))
def test_no_words_of_time_raise(words: list[str]) -> None:
    find([" ".join(words)], published=TOLD)


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789 .,-—–«»$%сдопмайгрублейтонвAБ", max_size=60))
def test_nothing_raises(text: str) -> None:
    find([text], published=TOLD)
