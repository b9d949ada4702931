"""Schedules are right over daylight saving, midnight, weekdays and long sleeps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.times.schedule import Due, due_slot, next_run, parse_time, valid_zone
from storage.models import Schedule

ZONES = (
    "Asia/Novokuznetsk",
    "Europe/Minsk",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "UTC",
)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def at(hour: int, minute: int = 0, days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)) -> Schedule:
    return Schedule(minutes=(hour * 60 + minute,), days=days)


def test_eight_in_the_morning_is_each_zones_own():
    after = utc(2026, 11, 17, 20, 0)
    assert next_run(at(8), "Asia/Novokuznetsk", after=after) == utc(2026, 11, 18, 1, 0)
    assert next_run(at(8), "Europe/Minsk", after=after) == utc(2026, 11, 18, 5, 0)


def test_the_instant_of_a_slot_is_not_after_itself():
    slot = utc(2026, 11, 18, 1, 0)
    assert next_run(at(8), "Asia/Novokuznetsk", after=slot) == slot + timedelta(days=1)


def test_midnight_belongs_to_the_day_it_begins():
    monday = Schedule(minutes=(0,), days=(1,))
    found = next_run(monday, "Europe/Minsk", after=utc(2026, 11, 18, 0, 0))
    assert found == utc(2026, 11, 22, 21, 0)
    assert found.astimezone(ZoneInfo("Europe/Minsk")).isoweekday() == 1


def test_weekdays_are_the_chats_not_those_of_utc():
    found = next_run(at(2, days=(3,)), "Asia/Novokuznetsk", after=utc(2026, 11, 16, 0, 0))
    assert found == utc(2026, 11, 17, 19, 0)  # a Tuesday in UTC


def test_a_time_that_spring_skips_comes_once_an_hour_later():
    after = utc(2026, 3, 28, 12, 0)
    first = next_run(at(2, 30), "Europe/Berlin", after=after)
    assert first == utc(2026, 3, 29, 1, 30)  # 03:30 by the new clocks
    assert next_run(at(2, 30), "Europe/Berlin", after=first) == utc(2026, 3, 30, 0, 30)


def test_a_time_that_comes_twice_in_autumn_counts_once():
    first = next_run(at(2, 30), "Europe/Berlin", after=utc(2026, 10, 24, 12, 0))
    assert first == utc(2026, 10, 25, 0, 30)
    assert next_run(at(2, 30), "Europe/Berlin", after=first) == utc(2026, 10, 26, 1, 30)


def test_a_skipped_time_may_come_after_a_later_one():
    both = Schedule(minutes=(150, 180))
    first = next_run(both, "Europe/Berlin", after=utc(2026, 3, 28, 12, 0))
    assert first == utc(2026, 3, 29, 1, 0)  # 03:00, then what would have been 02:30
    assert next_run(both, "Europe/Berlin", after=first) == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize("schedule", [Schedule(minutes=()), Schedule(days=())])
def test_a_schedule_without_times_or_days_is_never_due(schedule):
    assert next_run(schedule, "UTC", after=utc(2026, 1, 1, 0, 0)) is None


def test_the_end_of_time_is_no_error():
    assert next_run(at(8), "Asia/Novokuznetsk", after=datetime.max.replace(tzinfo=UTC)) is None


schedules = st.builds(
    lambda minutes, days: Schedule(minutes=tuple(sorted(minutes)), days=tuple(sorted(days))),
    st.sets(st.integers(0, 1439), min_size=1, max_size=4),
    st.sets(st.integers(1, 7), min_size=1),
)
instants = st.integers(1_704_067_200, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, UTC))


@settings(max_examples=120, deadline=None)
@given(schedules, st.sampled_from(ZONES), instants)
def test_the_next_run_is_later_at_an_asked_time_and_none_is_passed_over(schedule, zone, after):
    found = next_run(schedule, zone, after=after)
    assert found is not None
    assert after < found <= after + timedelta(days=8, hours=2)
    local = found.astimezone(ZoneInfo(zone))
    shifted = {(minutes + shift) % 1440 for minutes in schedule.minutes for shift in (0, 30, 60)}
    assert local.hour * 60 + local.minute in shifted
    between = after + (found - after) / 2
    assert next_run(schedule, zone, after=between) == found


@settings(max_examples=60, deadline=None)
@given(schedules, st.sampled_from(ZONES), instants)
def test_a_week_of_runs_has_each_time_of_each_day_once(schedule, zone, start):
    runs, after = [], start
    while (after := next_run(schedule, zone, after=after)) <= start + timedelta(days=14):
        runs.append(after)
    assert runs == sorted(set(runs))
    expected = 2 * len(schedule.minutes) * len(schedule.days)
    assert abs(len(runs) - expected) <= 1  # the clocks may move one over an edge


@settings(max_examples=80, deadline=None)
@given(schedules, st.sampled_from(ZONES), instants, st.floats(0, 72))
def test_what_is_due_is_the_newest_slot_passed_and_the_next_lies_ahead(
    schedule, zone, start, hours
):
    next_run_at = next_run(schedule, zone, after=start)
    now = next_run_at + timedelta(hours=hours)
    due = due_slot(schedule, zone, next_run_at=next_run_at, now=now)
    assert due.next_slot == next_run(schedule, zone, after=now)
    if due.slot is not None:
        assert next_run_at <= due.slot <= now <= due.slot + timedelta(hours=6)
        assert next_run(schedule, zone, after=due.slot) == due.next_slot
        assert due.late == (now - due.slot > timedelta(minutes=10))


EVERY_HOUR = Schedule(minutes=tuple(range(0, 1440, 60)))


def test_three_missed_slots_are_one_digest_for_the_newest():
    due = due_slot(
        EVERY_HOUR, "Europe/Minsk", next_run_at=utc(2026, 11, 18, 5), now=utc(2026, 11, 18, 7, 20)
    )
    assert due == Due(slot=utc(2026, 11, 18, 7), late=True, next_slot=utc(2026, 11, 18, 8))


def test_after_three_hours_a_digest_is_late_and_after_six_it_is_skipped():
    slot = utc(2026, 11, 18, 1)
    tomorrow = slot + timedelta(days=1)

    def due(hours: float) -> Due:
        now = slot + timedelta(hours=hours)
        return due_slot(at(8), "Asia/Novokuznetsk", next_run_at=slot, now=now)

    assert due(0.1) == Due(slot=slot, late=False, next_slot=tomorrow)
    assert due(3) == Due(slot=slot, late=True, next_slot=tomorrow)
    assert due(6.1) == Due(slot=None, late=False, next_slot=tomorrow)


def test_what_is_not_due_stays_as_it_is():
    ahead = utc(2026, 11, 18, 1)
    due = due_slot(at(8), "UTC", next_run_at=ahead, now=ahead - timedelta(minutes=1))
    assert due == Due(slot=None, late=False, next_slot=ahead)


def test_a_time_set_by_an_older_schedule_is_still_answered():
    asked = utc(2026, 11, 18, 1, 7)
    due = due_slot(at(20), "UTC", next_run_at=asked, now=asked + timedelta(minutes=2))
    assert due.slot == asked


@pytest.mark.parametrize(
    ("word", "minutes"),
    [("8", 480), ("8:00", 480), ("8.00", 480), ("08:00", 480), ("23:59", 1439), ("0", 0)],
)
def test_a_time_may_be_written_many_ways(word, minutes):
    assert parse_time(word) == minutes


@pytest.mark.parametrize("word", ["25:00", "24", "8:60", "8:5", "", "утром", "٨", "8:00:00", "-8"])
def test_what_is_no_time_is_none(word):
    assert parse_time(word) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_word_is_a_time_of_day_or_none(word):
    found = parse_time(word)
    assert found is None or 0 <= found < 1440


def test_zones_are_known_by_their_exact_names():
    assert valid_zone("Asia/Novokuznetsk")
    assert not valid_zone("../etc/passwd")
    assert not valid_zone("")
