"""Days to come as headings: «завтра, вторник, 24 ноября», «21–23 ноября», «весна 2027»."""

from datetime import date, timedelta

from babel.dates import format_date

from bot.telegram.writing.texts import Text

A_DAY = timedelta(days=1)
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


def heading(text: Text, since: date, until: date | None, *, today: date) -> str:
    """The days [since, until) of an event, with a capital letter; None: it is not told until when.

    What began before today, or is told to go on from now, is named by its end.
    """
    words = _words(text, since, until, today)
    return words[:1].upper() + words[1:]


def _words(text: Text, since: date, until: date | None, today: date) -> str:
    if until is None and since > today:
        return text("days-from", day=_day(text, since, today))
    if until is None or until == since + A_DAY:
        return _one(text, since, today)
    if whole := _whole(text, since, until, today):
        return whole
    last = until - A_DAY
    if since <= today:
        return text("days-till", day=_day(text, last, today))
    if (since.year, since.month) == (last.year, last.month):
        return f"{since.day}–{_day(text, last, today)}"
    return f"{_day(text, since, today)} — {_day(text, last, today)}"


def _one(text: Text, day: date, today: date) -> str:
    near = {today: "days-today", today + A_DAY: "days-tomorrow"}.get(day)
    named = str(format_date(day, "EEEE", locale=text.language))
    said = f"{named}, {_day(text, day, today)}"
    return f"{text(near)}, {said}" if near else said


def _whole(text: Text, since: date, until: date, today: date) -> str:
    """A month, a season, a year, or the rest of one; '' for any other range."""
    if until.month == until.day == 1 and since <= today and until.year == today.year + 1:
        return text("days-till-years-end")
    months = 12 * (until.year - since.year) + until.month - since.month
    if since.day != 1 or until.day != 1:
        return ""
    if months == 1:
        return str(format_date(since, _pattern("LLLL", since, today), locale=text.language))
    if months == 3 and since.month in SEASONS:
        years = (
            f"{since.year}" if since.year == until.year else f"{since.year}/{until.year % 100:02}"
        )
        return text("days-season", season=SEASONS[since.month], year=years)
    if months == 3:
        return text("days-quarter", number=str(since.month // 3 + 1), year=str(since.year))
    return text("days-year", year=str(since.year)) if months == 12 and since.month == 1 else ""


def _day(text: Text, day: date, today: date) -> str:
    return str(format_date(day, _pattern("d MMMM", day, today), locale=text.language))


def _pattern(pattern: str, day: date, today: date) -> str:
    """With the year unless it goes without saying."""
    return pattern if day.year == today.year else f"{pattern} y"
