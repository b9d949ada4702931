"""When digests are due: a chat's own times of day, as instants in UTC.

Local times are turned into instants one by one and compared there. A time that the clocks skip in
spring comes when it would have been without the change (02:30 is then 03:30); one that comes twice
in autumn counts the first time. So every day has each of its times once, whatever the clocks do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from storage.models import QuietHours, Schedule

LATE = timedelta(minutes=10)  # a digest later than this says so
TOO_LATE = timedelta(hours=6)  # and later than this is not worth sending

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_NEVER = datetime.max.replace(tzinfo=UTC) - timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What to do about a subscription whose time has come."""

    slot: datetime | None  # the slot to send for; None: none, just move on
    late: bool
    next_slot: datetime | None  # the digest after it leaves `delay` after this


def next_run(schedule: Schedule, zone: str, *, after: datetime) -> datetime | None:
    """The first slot later than `after`; None for a schedule without times or days."""
    if after > _NEVER:
        return None
    today = after.astimezone(ZoneInfo(zone)).date()
    # A day back, since a skipped time may land on the next day; nine on, for one weekday a week.
    slots = _slots(schedule, zone, today - timedelta(days=1), today + timedelta(days=9))
    return min((slot for slot in slots if slot > after), default=None)


def due_slot(
    schedule: Schedule,
    zone: str,
    *,
    next_run_at: datetime,
    now: datetime,
    delay: timedelta = timedelta(0),
) -> Due:
    """The one slot to answer for now, of all that passed while nobody looked: the newest.

    `delay` is how long after its slots this chat's digests leave. A next run that is a slot
    itself, as one just chosen is, has yet to be put off by it.
    """
    since, until = next_run_at - delay, now - delay
    if until < since:
        return Due(slot=None, late=False, next_slot=since)
    today = now.astimezone(ZoneInfo(zone)).date()
    slots = list(_slots(schedule, zone, today - timedelta(days=9), today + timedelta(days=1)))
    passed = [slot for slot in slots if since <= slot <= until]
    if not passed and next_run_at in slots:
        return Due(slot=None, late=False, next_slot=next_run_at)
    slot = max(passed, default=since)
    overdue = until - slot
    return Due(
        slot=slot if overdue <= TOO_LATE else None,
        late=LATE < overdue <= TOO_LATE,
        next_slot=next_run(schedule, zone, after=until),
    )


def alert_due(quiet: QuietHours | None, zone: str, *, now: datetime) -> Due:
    """An alert is due when it can be; in quiet hours, with all that came meanwhile, after them."""
    until = quiet_until(quiet, zone, at=now) if quiet else None
    return Due(slot=None if until else now, late=False, next_slot=until)


def quiet_until(quiet: QuietHours, zone: str, *, at: datetime) -> datetime | None:
    """When the quiet hours end that `at` falls in; None: it falls in none."""
    if quiet.start == quiet.end:
        return None
    tz = ZoneInfo(zone)
    today = at.astimezone(tz).date()
    overnight = timedelta(days=quiet.end < quiet.start)
    for back in (2, 1, 0):  # a skipped time may land on the next day
        day = today - timedelta(days=back)
        start, end = _instant(day, quiet.start, tz), _instant(day + overnight, quiet.end, tz)
        if start <= at < end:
            return end
    return None


def parse_time(word: str) -> int | None:
    """Minutes after midnight from '8', '8:00', '8.00' or '08:00'; None for anything else."""
    match = _TIME.fullmatch(word.strip())
    if not match or not word.isascii():
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def valid_zone(name: str) -> bool:
    """Whether this is the exact IANA name of a zone this machine knows."""
    return name in _zones()


def _slots(schedule: Schedule, zone: str, first: date, last: date) -> Iterator[datetime]:
    """The slots of the local days first … last, in no order."""
    tz = ZoneInfo(zone)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if day.isoweekday() in schedule.days:
            for minutes in schedule.minutes:
                yield _instant(day, minutes, tz)


def _instant(day: date, minutes: int, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), tz).astimezone(UTC)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
