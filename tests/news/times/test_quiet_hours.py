"""Quiet hours: over midnight, in the chat's zone, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times.schedule import alert_due, quiet_until
from storage.models import QuietHours

NIGHT = QuietHours(start=22 * 60, end=8 * 60)
LUNCH = QuietHours(start=13 * 60, end=14 * 60)
KUZBASS, BERLIN = "Asia/Novokuznetsk", "Europe/Berlin"  # Berlin changes its clocks


def at(text: str, zone: str = KUZBASS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "ends"),
    [
        (NIGHT, "2026-11-18 23:30", "2026-11-19 08:00"),
        (NIGHT, "2026-11-18 07:59", "2026-11-18 08:00"),
        (NIGHT, "2026-11-18 22:00", "2026-11-19 08:00"),
        (NIGHT, "2026-11-18 08:00", None),
        (NIGHT, "2026-11-18 21:59", None),
        (LUNCH, "2026-11-18 13:10", "2026-11-18 14:00"),
        (LUNCH, "2026-11-18 14:00", None),
        (QuietHours(start=600, end=600), "2026-11-18 10:00", None),
    ],
)
def test_quiet_hours_end_at_their_end(quiet: QuietHours, now: str, ends: str | None) -> None:
    assert quiet_until(quiet, KUZBASS, at=at(now)) == (at(ends) if ends else None)


def test_the_night_that_loses_an_hour_is_shorter_and_the_one_that_gains_it_longer() -> None:
    lost, gained = at("2026-03-28 23:00", BERLIN), at("2026-10-24 23:00", BERLIN)
    short, long = (quiet_until(NIGHT, BERLIN, at=now) for now in (lost, gained))
    assert short is not None
    assert long is not None
    assert short - lost == timedelta(hours=8)
    assert long - gained == timedelta(hours=10)


def test_a_time_that_is_skipped_ends_them_when_it_would_have_been() -> None:
    quiet = QuietHours(start=60, end=150)  # 01:00–02:30, and 02:30 is skipped
    ends = quiet_until(quiet, BERLIN, at=at("2026-03-29 01:30", BERLIN))
    assert ends == at("2026-03-29 03:30", BERLIN)


MINUTES = st.integers(0, 1439)


@given(
    st.builds(QuietHours, start=MINUTES, end=MINUTES),
    st.sampled_from([KUZBASS, BERLIN, "Europe/Minsk", "America/St_Johns", "Australia/Lord_Howe"]),
    st.integers(0, 2 * 365 * 24 * 60),
)
def test_an_alert_is_put_off_to_where_it_is_not_quiet_within_a_day(
    quiet: QuietHours, zone: str, minutes: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = alert_due(quiet, zone, now=now)
    if due.slot is None:
        assert due.next_slot is not None
        assert now < due.next_slot <= now + timedelta(hours=26)
        assert alert_due(quiet, zone, now=due.next_slot).slot == due.next_slot
    else:
        assert (due.slot, due.next_slot) == (now, None)
    assert alert_due(None, zone, now=now).slot == now
