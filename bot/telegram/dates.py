"""Instants as people say them: «3 часа назад», «вчера в 18:40», «завтра в 08:00»."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.telegram.texts import Text

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
    return stamp(text, instant, now=now, zone=zone)


def stamp(text: Text, instant: datetime, *, now: datetime, zone: str) -> str:
    """When, in words that stay true: for a digest, which may be read hours later."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return text("when-yesterday", time=f"{local:%H:%M}")
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return str(format_date(local.date(), pattern, locale=text.language))


def moment(text: Text, instant: datetime, *, now: datetime, zone: str) -> str:
    """When something will be: «завтра в 08:00», «пятница, 20 ноября, в 08:00»."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return text("moment-today", time=clock)
    if local.date() == today + timedelta(days=1):
        return text("moment-tomorrow", time=clock)
    return text("moment-date", date=day(text, instant, zone=zone), time=clock)


def day(text: Text, instant: datetime, *, zone: str) -> str:
    """«среда, 18 ноября»."""
    local = instant.astimezone(ZoneInfo(zone))
    return str(format_date(local.date(), "EEEE, d MMMM", locale=text.language))


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
