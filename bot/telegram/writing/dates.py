"""Instants as people say them: «3 часа назад», «вчера в 18:40», «завтра в 08:00».

What stands in a message for hours is a node, which a client shows by its own clock and in its own
words: its format is one of core.telegram.org/bots/api#date-time-entity-formatting. Older clients
show ours.
"""

from datetime import date as date_
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f
from babel.dates import format_date

from bot.telegram.writing.texts import Text

PLACE = "\uf8ff"  # stands in a text for a node
RECENT = timedelta(hours=6)  # until then «… назад» says more than the clock does


def age(text: Text, instant: datetime, *, now: datetime, zone: str) -> str:
    """How long ago, for an answer that is read at once."""
    past = max(now - instant, timedelta())
    if past < timedelta(minutes=1):
        return text("when-now")
    if past < timedelta(hours=1):
        return text("when-minutes", n=past // timedelta(minutes=1))
    if past < RECENT:
        return text("when-hours", n=past // timedelta(hours=1))
    if _days_until(instant, now=now, zone=zone) == 0:
        return text("moment-today", time=f"{instant.astimezone(ZoneInfo(zone)):%H:%M}")
    return stamp(text, instant, now=now, zone=zone)


def stamp(text: Text, instant: datetime, *, now: datetime, zone: str) -> str:
    """When, in words that stay true: for a digest, which may be read hours later."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return text("when-yesterday", time=f"{local:%H:%M}")
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return _written(local.date(), pattern, text.language)


@lru_cache(maxsize=1024)
def _written(day: date_, pattern: str, language: str) -> str:
    """Slow where the days of a page of news are written anew each time."""
    return str(format_date(day, pattern, locale=language))


def stamped(text: Text, instant: datetime, *, now: datetime, zone: str) -> f.Text:
    """The same as a node."""
    words = stamp(text, instant, now=now, zone=zone)
    days = _days_until(instant, now=now, zone=zone)
    pattern = {0: "t", -1: "wt"}.get(days, "D")
    return f.DateTime(words, unix_time=instant, date_time_format=pattern)


def moment(text: Text, instant: datetime, *, now: datetime, zone: str) -> str:
    """When something will be: «завтра в 08:00», «в пятницу, 20 ноября, в 08:00»."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return text("moment-today", time=clock)
    if local.date() == today + timedelta(days=1):
        return text("moment-tomorrow", time=clock)
    return text(
        "moment-date",
        weekday=local.isoweekday(),
        date=date(text, instant, zone=zone),
        time=clock,
    )


def momentous(text: Text, instant: datetime, *, now: datetime, zone: str) -> f.Text:
    """The same as a node."""
    words = moment(text, instant, now=now, zone=zone)
    days = _days_until(instant, now=now, zone=zone)
    pattern = "t" if days == 0 else "wt" if 0 < days < 7 else "wDt"
    return f.DateTime(words, unix_time=instant, date_time_format=pattern)


def around(text: Text, key: str, moment: f.Text) -> f.Text:
    """The text of that key in italics, with the node where it says `moment`."""
    before, _, after = text(key, moment=PLACE).partition(PLACE)
    return f.Text(f.Italic(before), moment, f.Italic(after))


def _days_until(instant: datetime, *, now: datetime, zone: str) -> int:
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    return (local.date() - today.date()).days


def day(text: Text, instant: datetime, *, zone: str) -> str:
    """«среда, 18 ноября»."""
    local = instant.astimezone(ZoneInfo(zone))
    return str(format_date(local.date(), "EEEE, d MMMM", locale=text.language))


def date(text: Text, instant: datetime, *, zone: str) -> str:
    """«18 ноября»."""
    local = instant.astimezone(ZoneInfo(zone))
    return str(format_date(local.date(), "d MMMM", locale=text.language))


def weekday(text: Text, number: int) -> str:
    """An ISO weekday, short: «пн»."""
    monday = datetime(2024, 1, 1)  # noqa: DTZ001  -- a calendar page, not an instant
    name = format_date(monday + timedelta(days=number - 1), "EEE", locale=text.language)
    return str(name)


def part_of_day(instant: datetime, *, zone: str) -> str:
    hour = instant.astimezone(ZoneInfo(zone)).hour
    return ("night", "morning", "day", "evening")[(hour + 1) // 6 % 4]


def clock(minutes: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
