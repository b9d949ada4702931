"""The interval: as often as a source publishes, within bounds, and never when it wants none."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobs.gathering.interval import (
    LONGEST_S,
    SHORTEST_S,
    grown_s,
    interval_s,
    next_poll_at,
    out_of_skips,
)

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)
instants = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the zone is the strategy's
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def every(gap: timedelta, count: int = 30, last: timedelta = timedelta()) -> list[datetime]:
    return [NOW - last - gap * i for i in range(count)]


@settings(max_examples=60)
@given(st.lists(instants, max_size=40))
def test_it_is_always_between_a_quarter_of_an_hour_and_a_day(published: list[datetime]) -> None:
    assert SHORTEST_S <= interval_s(published, now=NOW) <= LONGEST_S


@settings(max_examples=40)
@given(st.lists(instants, max_size=15), st.randoms(use_true_random=False))
def test_the_order_and_repetitions_of_entries_are_nothing(
    published: list[datetime], chance
) -> None:
    mixed = published * 2
    chance.shuffle(mixed)
    assert interval_s(mixed, now=NOW) == interval_s(published, now=NOW)


@settings(max_examples=40)
@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_who_publishes_more_often_is_never_asked_less_often(one: int, other: int) -> None:
    often, seldom = sorted([timedelta(minutes=one), timedelta(minutes=other)])
    assert interval_s(every(often), now=NOW) <= interval_s(every(seldom), now=NOW)


@settings(max_examples=40)
@given(st.lists(instants, min_size=1, max_size=15), st.integers(0, 10**7))
def test_silence_never_shortens_it(published: list[datetime], seconds: int) -> None:
    now = max([NOW, *published])
    later = now + timedelta(seconds=seconds)
    assert interval_s(published, now=now) <= interval_s(published, now=later)


def test_it_is_half_of_the_usual_gap() -> None:
    assert interval_s(every(3 * HOUR), now=NOW) == 90 * 60
    assert interval_s(every(HOUR / 60), now=NOW) == SHORTEST_S


def test_it_is_what_the_source_does_now_that_counts() -> None:
    once_a_month = [NOW - timedelta(days=30 * i) for i in range(1, 50)]
    assert interval_s(every(2 * HOUR, 21) + once_a_month, now=NOW) == 3600


def test_who_is_silent_for_weeks_is_asked_once_a_day() -> None:
    assert interval_s(every(HOUR, last=timedelta(days=25)), now=NOW) == LONGEST_S


def test_without_dates_it_is_half_an_hour() -> None:
    assert interval_s([], now=NOW) == 1800
    assert interval_s([NOW + HOUR], now=NOW) == 1800


def test_a_poll_without_news_adds_a_twentieth_up_to_a_day() -> None:
    assert grown_s(2000) == 2100
    assert grown_s(LONGEST_S) == LONGEST_S


@settings(max_examples=60)
@given(
    st.integers(SHORTEST_S, LONGEST_S),
    st.lists(st.none() | st.floats(0, 10**9), max_size=2),
    st.sets(st.integers(0, 23)),
    st.sets(st.integers(1, 7)),
)
def test_the_next_poll_is_after_all_that_was_asked_for(
    interval: int, least: list[float | None], hours: set[int], days: set[int]
) -> None:
    at = next_poll_at(NOW, interval, not_before_s=least, skip_hours=hours, skip_days=days)
    waited = (at - NOW).total_seconds()
    assert waited >= max(interval * 0.9 - 1, SHORTEST_S)
    assert waited >= min(max(filter(None, least), default=0), LONGEST_S)
    if len(hours) < 24 and len(days) < 7:
        assert at.hour not in hours
        assert at.isoweekday() not in days
        assert waited <= LONGEST_S + 8 * LONGEST_S
    else:
        assert waited <= LONGEST_S


def test_a_server_may_ask_for_more_than_a_day() -> None:
    until = NOW + timedelta(days=5)
    assert next_poll_at(NOW, 1800, wait_until=until) == until


def test_skipped_hours_and_days_are_waited_out() -> None:
    assert out_of_skips(NOW + HOUR / 2, {1, 2, 3}, ()) == NOW.replace(hour=4)
    saturday = NOW + timedelta(days=3)
    assert out_of_skips(saturday, (), {6, 7}) == saturday.replace(day=23, hour=0)
    assert out_of_skips(NOW, set(range(24)), ()) == NOW
    just_before = NOW - timedelta(seconds=30)  # the bell may ring in the next hour already
    assert out_of_skips(just_before, {NOW.hour}, ()) == NOW + HOUR


def test_sources_polled_together_drift_apart() -> None:
    assert len({next_poll_at(NOW, 3600) for _ in range(20)}) > 1
