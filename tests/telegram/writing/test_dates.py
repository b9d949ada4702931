"""Instants are said as people say them, by the reader's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.writing import dates
from bot.telegram.writing.texts import Texts

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # Wednesday, 19:00 in Novokuznetsk
ZONE = "Asia/Novokuznetsk"
RU = Texts().get("ru")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=5), "только что"),
        (timedelta(seconds=-90), "только что"),
        (timedelta(minutes=2), "2 минуты назад"),
        (timedelta(hours=3), "3 часа назад"),
        (timedelta(minutes=1), "минуту назад"),
        (timedelta(hours=1), "час назад"),
        (timedelta(hours=7), "сегодня в 12:00"),
        (timedelta(hours=20), "вчера в 23:00"),
        (timedelta(days=4), "14 ноября"),
        (timedelta(days=400), "14 октября 2025"),
    ],
)
def test_an_age(ago: timedelta, said: str) -> None:
    assert dates.age(RU, NOW - ago, now=NOW, zone=ZONE) == said


def test_a_stamp_stays_true_when_it_is_read_later() -> None:
    assert dates.stamp(RU, NOW - timedelta(hours=3), now=NOW, zone=ZONE) == "16:00"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(hours=1), "сегодня в 20:00"),
        (timedelta(hours=13), "завтра в 08:00"),
        (timedelta(days=2), "в пятницу, 20 ноября, в 19:00"),
    ],
)
def test_a_moment_to_come(ahead: timedelta, said: str) -> None:
    assert dates.moment(RU, NOW + ahead, now=NOW, zone=ZONE) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["час назад", "сегодня в 12:00", "вчера в 23:00", "14 ноября"]),
        ("be", ["гадзіну таму", "сёння ў 12:00", "учора ў 23:00", "14 лістапада"]),
        ("en", ["an hour ago", "today at 12:00", "yesterday at 23:00", "14 November"]),
    ],
)
def test_each_language_says_an_age_in_its_own_way(language: str, said: list[str]) -> None:
    text, hours = Texts().get(language), (1, 7, 20, 96)
    ages = [dates.age(text, NOW - timedelta(hours=n), now=NOW, zone=ZONE) for n in hours]
    assert ages == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "во вторник, 24 ноября, в 08:00"),
        ("be", "у аўторак, 24 лістапада, у 08:00"),
        ("en", "on Tuesday, 24 November at 08:00"),
    ],
)
def test_each_language_says_a_day_to_come_in_its_own_way(language: str, said: str) -> None:
    moment = NOW + timedelta(days=5, hours=13)
    assert dates.moment(Texts().get(language), moment, now=NOW, zone=ZONE) == said


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "12\xa0345"), ("be", "12\xa0345"), ("en", "12,345")]
)
def test_thousands_stand_apart_as_each_language_parts_them(language: str, said: str) -> None:
    assert said in Texts().get(language)("about-count", articles=12345, stories=1)


def test_the_parts_of_the_day_go_by_the_zone() -> None:
    parts = [
        dates.part_of_day(datetime(2026, 11, 18, h, tzinfo=UTC), zone="UTC")
        for h in (4, 8, 12, 19, 23)
    ]
    assert parts == ["night", "morning", "day", "evening", "night"]


def test_weekdays_are_short() -> None:
    assert [dates.weekday(RU, n) for n in (1, 7)] == ["пн", "вс"]


def test_minutes_after_midnight() -> None:
    assert dates.clock(8 * 60 + 5) == "08:05"
