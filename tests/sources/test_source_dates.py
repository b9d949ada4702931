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


@pytest.mark.parametrize(
    "text",
    [
        None, "", "soon", "Thu, 32 Foo 0000", "Thu, 01 Jan 1970 00:00:00 GMT", "31.02.2020",
        "2019-13-01", "Tue, 05 Nov 2019 25:00:00 GMT", "0001-01-01T00:00:00+14:00", "5 ноября",
    ],
)  # fmt: skip
def test_no_date_is_better_than_a_wrong_one(text: str | None) -> None:
    assert parse_date(text) is None


@settings(max_examples=80)
@given(st.text(alphabet="0123456789 .:-+/TZгмskноя,()", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text, "Europe/Minsk")
    assert found is None or found.tzinfo is UTC


@settings(max_examples=60)
@given(st.datetimes(datetime(1990, 1, 2), datetime(2090, 1, 1)))  # noqa: DTZ001 - zone is added
def test_iso_dates_come_back(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    assert parse_date(moment.isoformat()) == moment
