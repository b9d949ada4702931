"""Dates as feeds and pages write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.dates import parse_date

TEN = datetime(2019, 11, 5, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 05 Nov 2019 10:00:00 GMT",
        "Tue, 05 Nov 2019 13:00:00 +0300",
        "Tue, 05 Nov 2019 13:00:00 MSK",
        "Вт, 05 ноя 2019 13:00:00 МСК",
        "Tue, 05 Nov 2019 13:00:00 +0300 (MSK)",
        "Tue, 5 Nov 19 10:00 UT",
        "Tue, 05 Nov 2019 13:00:00 GMT+3",
        "2019-11-05T10:00:00Z",
        "2019-11-05T17:00:00.125+07:00",
        "2019-11-05 17:00:00 +0700",
        "20191105T100000Z",
        "November 5, 2019 10:00 AM",
        "5th November 2019 10:00",
        "Tue, 05 Nov 2019 17:00:00 KRAT",
        "Tue, 05 Nov 2019 17:00 UTC+07:00",
        "Вт, 05 НОЯ 2019 17:00:00 UTC +7",
        "05.11.2019 17:00 (МСК+4)",
        "05.11.2019 13:00 по московскому времени",
        "5 лістапада 2019, 13:00 (МСК)",
        "аўторак, 5 ЛІСТАПАДА 2019 г., 13:00 +03",
        "Tue Nov 05 13:00:00 MSK 2019",
        "Tue Nov  5 13:00:00 +0300 2019",
        "Tue Nov 05 2019 13:00:00 GMT+0300 (Москва, стандартное время)",
        "2019-11-05T13:00:00[Europe/Minsk]",
        "2019-11-05T10:00:00.123456789Z",
        "2019-11-05 10:00:00 Z",
        "1572948000",
        "1572948000123",
    ],
)
def test_the_zone_in_the_date_is_obeyed(text: str) -> None:
    assert parse_date(text) == TEN
    assert parse_date(text, "UTC") == TEN


@pytest.mark.parametrize(
    "text",
    [
        "05.11.2019 10:00",
        "5.11.19, 10:00",
        "10:00 05.11.2019",
        "05/11/2019 10:00",
        "2019-11-05 10:00",
        "2019-11-05T10:00:00",
        "5 ноября 2019, 10:00",
        "5 ноября 2019 г. в 10:00",
        "вторник, 5 ноября 2019 - 10:00",
        "5 лістапада 2019 10:00",
        "05 ноября 2019г., 10:00",
        "5-ноя-19 10:00",
        "Tue, 05 Nov 2019 10:00",
        "Tue Nov 05 10:00:00 2019",
        "Nov. 5, 2019, 10:00 am",
        "2019-11-05T10:00:00+99:00",
    ],
)
@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Novokuznetsk", 3), ("Europe/Minsk", 7), (None, 10), ("No/Where", 10)]
)
def test_a_date_without_a_zone_is_in_its_sources(text: str, zone: str | None, hour: int) -> None:
    assert parse_date(text, zone) == TEN.replace(hour=hour)


def test_the_day_stands_before_the_month() -> None:
    assert parse_date("03.04.2020") == datetime(2020, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 студзеня", 1), ("1 лютага", 2), ("1 сакавіка", 3), ("1 красавіка", 4),
        ("1 мая", 5), ("1 траўня", 5), ("1 чэрвеня", 6), ("1 ліпеня", 7), ("1 жніўня", 8),
        ("1 верасня", 9), ("1 кастрычніка", 10), ("1 лістапада", 11), ("1 снежня", 12),
        ("1 января", 1), ("1 февраля", 2), ("1 марта", 3), ("1 апреля", 4), ("1 июня", 6),
        ("1 июля", 7), ("1 августа", 8), ("1 сентября", 9), ("1 октября", 10), ("1 декабря", 12),
    ],
)  # fmt: skip
def test_months_are_known_by_name(text: str, month: int) -> None:
    assert parse_date(f"{text} 2020") == datetime(2020, month, 1, tzinfo=UTC)


def test_midnight_may_end_a_day() -> None:
    assert parse_date("05.11.2019 24:00") == datetime(2019, 11, 6, tzinfo=UTC)
    assert parse_date("05.11.2019 24:30") is None


def test_an_american_date_is_known_by_its_impossible_month() -> None:
    assert parse_date("11/25/2019") == datetime(2019, 11, 25, tzinfo=UTC)


def test_two_digits_of_a_year_may_be_of_either_century() -> None:
    assert parse_date("05 Nov 99 10:00 GMT") == datetime(1999, 11, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("сегодня, 08:05", (2026, 11, 18, 1, 5)),
        ("Вчера в 18:40", (2026, 11, 17, 11, 40)),
        ("учора, 18:40 (МСК)", (2026, 11, 17, 15, 40)),
        ("позавчера", (2026, 11, 15, 17, 0)),
        ("5 минут назад", (2026, 11, 18, 0, 55)),
        ("гадзіну таму", (2026, 11, 18, 0, 0)),
        ("полчаса назад", (2026, 11, 18, 0, 30)),
        ("только что", (2026, 11, 18, 1, 0)),
        ("07:05", (2026, 11, 18, 0, 5)),
        ("14:05", (2026, 11, 17, 7, 5)),
        ("5 ноября, 14:05", (2026, 11, 5, 7, 5)),
        ("5 мая 10:00", (2026, 5, 5, 3, 0)),
        ("5 снежня, 14:05", (2025, 12, 5, 7, 5)),
        ("10:00, 05.11", (2026, 11, 5, 3, 0)),
        ("05.11.2019 10:00", (2019, 11, 5, 3, 0)),
    ],
)
def test_what_a_reader_of_the_day_understands(
    text: str, moment: tuple[int, ...], now: datetime
) -> None:
    year, month, day, hour, minute = moment
    expected = datetime(year, month, day, hour, minute, tzinfo=UTC)
    assert parse_date(text, "Asia/Novokuznetsk", now) == expected


@pytest.mark.parametrize("text", ["завтра", "5", "10.12", "31 февраля, 10:00", "5 лет назад"])
def test_even_on_that_day_it_may_be_no_date(text: str, now: datetime) -> None:
    assert parse_date(text, "Asia/Novokuznetsk", now) is None


@pytest.mark.parametrize(
    "text",
    [
        None, "", "soon", "Thu, 32 Foo 0000", "Thu, 01 Jan 1970 00:00:00 GMT", "31.02.2020",
        "2019-13-01", "Tue, 05 Nov 2019 25:00:00 GMT", "0001-01-01T00:00:00+14:00", "5 ноября",
        "сегодня, 10:00", "5 мая 10:00", "0000000000", "9999999999",
    ],
)  # fmt: skip
def test_no_date_is_better_than_a_wrong_one(text: str | None) -> None:
    assert parse_date(text) is None


@settings(max_examples=80)
@given(st.text(alphabet="0123456789 .:-+/TZгмskноя,()", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for now in (None, TEN):
        found = parse_date(text, "Europe/Minsk", now)
        assert found is None or found.tzinfo is UTC


@settings(max_examples=60)
@given(st.datetimes(datetime(1990, 1, 2), datetime(2090, 1, 1)))  # noqa: DTZ001 - zone is added
def test_iso_dates_come_back(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    assert parse_date(moment.isoformat()) == moment
