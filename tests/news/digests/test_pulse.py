"""The pulse of a week: its days in every zone, and what is said to have moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.digests.pulse import DAYS, MOVERS, SHOWN, Count, Pulse, pulse, spans

ZONE = "Asia/Novokuznetsk"
NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # a Wednesday, 08:00 there
instants = st.integers(0, 2_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
zones = st.sampled_from([ZONE, "Europe/Minsk", "America/New_York", "Australia/Lord_Howe", "UTC"])
counts = st.dictionaries(
    st.sampled_from(["", "other", *(f"t{n}" for n in range(12))]), st.integers(1, 500)
)


def week(before: dict[str, int], *days: dict[str, int], began: bool = True) -> Pulse:
    """The pulse of the last of these days and those before, the earliest being empty."""
    empty: list[dict[str, int]] = [{} for _ in range(DAYS - len(days))]
    return pulse([*empty, *days, before, {"": 1} if began else {}], now=NOW, zone=ZONE)


@given(instants, zones)
def test_the_days_are_whole_and_local_and_the_last_is_today_so_far(
    now: datetime, zone: str
) -> None:
    days = spans(now, zone)[:DAYS]
    assert [until for _, until in days[:-1]] == [since for since, _ in days[1:]]
    assert days[-1][1] == now
    shown = pulse([{} for _ in range(DAYS + 2)], now=now, zone=zone).days
    assert tuple(since.astimezone(ZoneInfo(zone)).date() for since, _ in days) == shown
    assert shown[-1] == now.astimezone(ZoneInfo(zone)).date()


@given(instants, zones)
def test_the_week_before_is_as_long_up_to_a_change_of_the_clocks(now: datetime, zone: str) -> None:
    *days, before, began = spans(now, zone)
    here, there = days[-1][1] - days[0][0], before[1] - before[0]
    assert abs(here - there) <= timedelta(hours=1)
    assert now - timedelta(days=DAYS) - before[1] <= timedelta(0)
    assert began[0] == before[0] < days[0][0]


@given(st.lists(counts, min_size=DAYS + 2, max_size=DAYS + 2))
def test_whatever_was_counted_is_told_in_order_and_within_bounds(
    counted: list[dict[str, int]],
) -> None:
    made = pulse(counted, now=NOW, zone=ZONE)
    totals = [topic.total for topic in made.topics]
    assert totals == sorted(totals, reverse=True)
    assert len(made.topics) <= SHOWN
    assert max(len(made.risen), len(made.fallen)) <= MOVERS
    assert all(topic.change > 0 for topic in made.risen)
    assert all(topic.change < 0 for topic in made.fallen)
    assert made.whole.days[made.busiest] == max(made.whole.days)
    assert not {"", "other"} & {topic.slug for topic in made.topics}
    if made.more:
        assert len(made.topics) == SHOWN


def test_a_topic_is_counted_by_days_and_against_the_week_before() -> None:
    made = week({"": 50, "sport": 20}, {"": 30, "sport": 10}, {"": 35, "sport": 36, "coal": 1})
    assert made.whole == Count(slug="", days=(0, 0, 0, 0, 0, 30, 35), before=50)
    sport, coal = made.topics
    assert (sport.total, sport.before, sport.change, sport.moved) == (46, 20, 26, True)
    assert (coal.total, coal.before, coal.moved) == (1, 0, False)
    assert made.risen == (sport,)
    assert made.days[made.busiest] == date(2026, 11, 18)


def test_a_topic_that_fell_silent_is_shown_and_told() -> None:
    many = {f"t{n}": 10 for n in range(SHOWN)}
    made = week({"weather": 40, **many}, many)
    assert made.topics[-1].slug == "weather"
    assert [topic.slug for topic in made.fallen] == ["weather"]
    assert made.more == 1


@pytest.mark.parametrize(("before", "now"), [(2, 6), (0, 2), (20, 25), (3, 0)])
def test_what_chance_could_do_is_no_movement(before: int, now: int) -> None:
    assert not Count(slug="t", days=(now,), before=before).moved


def test_nothing_is_compared_with_a_week_that_was_not_seen() -> None:
    made = week({"": 50, "sport": 20}, {"": 3, "sport": 3}, began=False)
    assert (made.whole.before, made.risen, made.fallen) == (None, (), ())
    assert [topic.change for topic in made.topics] == [0]
