"""Stretches of a reader's time: the last week, a Monday, a month, a season, counted from now."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight

from bot.news.times.timewords import COUNTS, UNITS

SOON = timedelta(days=92)
MOST = 3660  # days back; «за 999999 лет» is everything


class ToCome(ValueError):
    """A time ahead: «откроют в декабре» asks for a word, not for when it was told."""


@dataclass(frozen=True, slots=True)
class Present:
    now: datetime  # in the reader's zone

    @property
    def today(self) -> date:
        return self.now.date()

    def day(self, back: int = 0) -> datetime:
        """The midnight that began the day so many days ago."""
        return self.at(self.today - timedelta(days=back))

    def at(self, day: date) -> datetime:
        return datetime.combine(day, midnight(), self.now.tzinfo)


Span = tuple[datetime, datetime | None]
Rule = Callable[[re.Match[str], Present], Span]


def lasting(match: re.Match[str], present: Present) -> Span:
    """«за три дня»: so long before now."""
    return present.now.astimezone(UTC) - timedelta(days=_days(match)), None


def ago(match: re.Match[str], present: Present) -> Span:
    """«два дня назад»: that day; of longer units, about then."""
    days = round(_days(match))
    near = days // 7
    return present.day(days + near), present.day(days - near - 1)


def _days(match: re.Match[str]) -> float:
    unit = next(days for unit, days in UNITS if re.fullmatch(unit, match["unit"], re.I))
    return min(MOST, unit * _count(match["count"]))


def _count(word: str | None) -> int:
    if not word:
        return 1
    if word.isdecimal():
        return min(MOST, int(word[:9]))
    return next((n for spelled, n in COUNTS.items() if re.fullmatch(spelled, word, re.I)), 1)


def days_ago(back: int, days: int | None = None) -> Rule:
    """So many days from that one on; without a number, until now."""

    def span(_: re.Match[str], present: Present) -> Span:
        return present.day(back), None if days is None else present.day(back - days)

    return span


def week(back: int, *, onwards: bool = False) -> Rule:
    def span(_: re.Match[str], present: Present) -> Span:
        monday = present.today.weekday() + 7 * back
        return present.day(monday), present.day(monday - 7) if back and not onwards else None

    return span


def weekend(_: re.Match[str], present: Present) -> Span:
    """The last Saturday and Sunday, with the Monday on which they are told of."""
    saturday = (present.today.weekday() - 5) % 7
    return present.day(saturday), present.day(saturday - 3)


def weekday(number: int, *, onwards: bool) -> Rule:
    def span(_: re.Match[str], present: Present) -> Span:
        back = (present.today.weekday() - number) % 7
        return present.day(back), None if onwards else present.day(back - 1)

    return span


def month(back: int) -> Rule:
    def span(_: re.Match[str], present: Present) -> Span:
        first = present.today.replace(day=1)
        if not back:
            return present.at(first), None
        return present.at((first - timedelta(days=1)).replace(day=1)), present.at(first)

    return span


def year(back: int) -> Rule:
    def span(_: re.Match[str], present: Present) -> Span:
        first = present.today.replace(month=1, day=1, year=present.today.year - back)
        return present.at(first), present.at(first.replace(year=first.year + 1)) if back else None

    return span


def said_year(match: re.Match[str], present: Present) -> Span:
    first = date(int(match["year"]), 1, 1)
    if first > present.today:
        raise ToCome
    return present.at(first), present.at(first.replace(year=first.year + 1))


def in_month(number: int) -> Rule:
    def span(match: re.Match[str], present: Present) -> Span:
        first = _past(present.today, match, number, 1)
        return present.at(first), present.at((first + timedelta(days=31)).replace(day=1))

    return span


def on_day(number: int, *, onwards: bool = False, told: int = 1) -> Rule:
    """The day of that month, or from it on; `told`: on how many days it is told of."""

    def span(match: re.Match[str], present: Present) -> Span:
        first = _past(present.today, match, number, int(match["day"]))
        if "last" in match.re.groupindex:
            end = first.replace(day=int(match["last"])) + timedelta(days=1)
            return present.at(first), present.at(end)
        return present.at(first), None if onwards else present.at(first + timedelta(days=told))

    return span


def _past(today: date, match: re.Match[str], number: int, day: int) -> date:
    """That day of this year or of the year that is said; else of the last year that had it."""
    said = match["year"] if "year" in match.re.groupindex else None
    first = date(int(said) if said else today.year, number, day)
    if today < first and (said or first <= today + SOON):
        raise ToCome
    return first.replace(year=first.year - 1) if first > today else first


def season(begins: int, *, past: bool = False) -> Rule:
    """This season, or the last one if it is nearer than the next one: «летом», asked in autumn."""

    def span(_: re.Match[str], present: Present) -> Span:
        today = present.today
        first = date(today.year, begins, 1)
        if first > today:
            first = first.replace(year=first.year - 1)
        end = (first + timedelta(days=93)).replace(day=1)
        next_one = first.replace(year=first.year + 1)
        if not past and today > end and next_one - today < today - end:
            raise ToCome
        return present.at(first), present.at(end)

    return span
