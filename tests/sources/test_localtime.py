"""Feeds that say UTC and mean their own clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.feed import Feed
from bot.sources.feeds import parse_feed
from bot.sources.localtime import all_say_utc, in_local_time, is_local

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)  # eight in the morning in Novokuznetsk
ZONE = "Asia/Novokuznetsk"


def listed(*dates: str) -> Feed:
    items = "".join(
        f"<item><title>Мост {i}</title><link>/n/{i}</link><pubDate>{date}</pubDate></item>"
        for i, date in enumerate(dates)
    )
    body = f"<rss version='2.0'><channel><title>Вестник</title>{items}</channel></rss>"
    return parse_feed(body.encode(), "application/rss+xml", "https://a.ru/rss", ZONE)


@pytest.mark.parametrize(
    "date",
    [
        "Wed, 18 Nov 2026 07:30:00 +0000",
        "Wed, 18 Nov 2026 07:30:00 GMT",
        "Wed, 18 Nov 2026 07:30:00 UT",
        "2026-11-18T07:30:00Z",
        "2026-11-18T07:30:00+00:00",
        "2026-11-18 07:30 Z",
    ],
)
def test_a_date_may_say_utc_in_many_ways(date: str) -> None:
    assert all_say_utc([date, date])


@pytest.mark.parametrize(
    "date",
    ["Wed, 18 Nov 2026 07:30:00 +0700", "2026-11-18T07:30:00", "18.11.2026 07:30", "MSK", "2026"],
)
def test_one_date_that_does_not_say_it_is_enough(date: str) -> None:
    assert not all_say_utc(["2026-11-18T07:30:00Z", date])
    assert not all_say_utc([])


def test_a_feed_in_which_the_newest_is_to_come_is_read_on_its_zones_clocks() -> None:
    feed = listed("Wed, 18 Nov 2026 07:30:00 GMT", "Tue, 17 Nov 2026 12:00:00 GMT")
    assert is_local(feed, ZONE, NOW)
    mended = in_local_time(feed, ZONE)
    assert [entry.published_at for entry in mended.entries] == [
        datetime(2026, 11, 18, 0, 30, tzinfo=UTC),
        datetime(2026, 11, 17, 5, tzinfo=UTC),
    ]


def test_a_feed_whose_dates_have_all_been_is_believed() -> None:
    assert not is_local(listed("Wed, 18 Nov 2026 00:30:00 GMT"), ZONE, NOW)


def test_a_clock_that_is_a_little_fast_is_no_zone() -> None:
    assert not is_local(listed("Wed, 18 Nov 2026 01:05:00 GMT"), ZONE, NOW)


def test_a_date_that_is_to_come_on_its_clocks_too_is_something_else() -> None:
    assert not is_local(listed("Wed, 18 Nov 2026 09:30:00 GMT"), ZONE, NOW)


def test_a_feed_that_names_its_zone_is_believed() -> None:
    assert not is_local(listed("Wed, 18 Nov 2026 10:30:00 +0700"), ZONE, NOW)


def test_without_a_zone_of_its_source_nothing_can_be_told() -> None:
    feed = listed("Wed, 18 Nov 2026 07:30:00 GMT")
    assert not is_local(feed, None, NOW)
    assert not is_local(feed, "UTC", NOW)


def test_an_empty_feed_has_no_time() -> None:
    assert not is_local(listed(), ZONE, NOW - timedelta(days=1))
