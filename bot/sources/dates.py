"""Dates as feeds and pages write them: RFC 822, ISO, 05.11.2019, months by name, «вчера в 18:40».

Day comes before month wherever both are numbers: our sources write so.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from bot.sources.zones import offset, zone_named

EARLIEST = 1990  # 1970 is a clock that was never set
_LATEST = 2100
_CENTURY = 70  # two digits below are of 2000, others of 1900
_SOON = timedelta(days=1)  # a date without a year is never further ahead

# The first letters of each month: Russian (мая, май), Belarusian, Ukrainian, English.
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "янв сту січ jan",
            "фев лют feb",
            "мар сак бер mar",
            "апр кра кві apr",
            "мая май тра may",
            "июн чэр чер jun",
            "июл лiп ліп лип jul",
            "авг жні жнi сер aug",
            "сен вер sep",
            "окт кас жов oct",
            "ноя ліс лiс лис nov",
            "дек сне снё гру dec",
        ),
        start=1,
    )
    for stem in stems.split()
}
_DAYS_AGO = {"сегодня": 0, "сёння": 0, "сення": 0, "сьогодні": 0, "today": 0}
_DAYS_AGO |= {"вчера": 1, "учора": 1, "ўчора": 1, "вчора": 1, "yesterday": 1}
_DAYS_AGO |= {"позавчера": 2, "пазаўчора": 2, "заўчора": 2}
_SECONDS = {
    stem: seconds
    for seconds, stems in (
        (1, "сек sec"),
        (60, "мин хві хвi min"),
        (3600, "час гад hou"),
        (86400, "ден дне дня дзе дні дзё сут day"),
        (7 * 86400, "нед тыд wee"),
    )
    for stem in stems.split()
}

_ISO = re.compile(r"\b(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
_PACKED = re.compile(r"\b(\d{4})(\d\d)(\d\d)(?=t|\b)")
_STAMP = re.compile(r"(\d{10})(?:\d{3})?")
_DOTTED = re.compile(r"\b(\d\d?)[./-](\d\d?)[./-](\d{4}|\d\d)(?!\d)")
_WORD = r"([^\W\d_]{3,})\.?,?"
_WORDED = re.compile(
    rf"\b(\d\d?)(?:st|nd|rd|th|-?го)?[\s-]+{_WORD}[\s-]+(\d{{4}}|\d\d(?![.:]\d))(?!\d)"
)
_ENGLISH = re.compile(r"\b([^\W\d_]{3,})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_ASCTIME = re.compile(r"\b([^\W\d_]{3,})\.?\s+(\d\d?)\s+(\d\d?:\d\d.*?)\s(\d{4})$")
_YEARLESS = re.compile(rf"\b(\d\d?)(?:st|nd|rd|th|-?го)?[\s-]+{_WORD}(?![\s-]*\d{{4}})")
_DAY_MONTH = re.compile(r"(?<![\d.:])(\d\d?)\.(\d\d)(?![\d.:])")
_TIME = re.compile(r"(?<![\d:+-])(\d\d?)[:.](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?\s*([ap]m\b)?")
_PACKED_TIME = re.compile(r"\dt(\d\d)(\d\d)(\d\d)?()")
_TIME_ONLY = re.compile(r"(?:в |у |at )?\d\d?:\d\d(?::\d\d)?")
_DAY_WORD = re.compile(r"\b(?:" + "|".join(_DAYS_AGO) + r")\b")
_AGO = re.compile(r"(?:(\d{1,4})\s*)?([^\W\d_]{3,})\.?\s+(?:назад|таму|тому|ago)\b")
_JUST_NOW = re.compile(r"\b(?:только что|толькі што|just now)\b")

_Found = tuple[int, int, int, str]  # year, month, day, and what is left, where the time is


def parse_date(
    text: str | None, zone: str | None = None, now: datetime | None = None
) -> datetime | None:
    """The instant in UTC; None when there is no date in it, or an impossible one.

    `zone` (IANA) is for dates that name none; without it they are taken for UTC. With `now`,
    dates that need it are read too: «вчера в 18:40», «5 минут назад», «5 ноября, 14:05», «14:05».
    """
    if not text or len(text) > 200:
        return None
    text = " ".join(text.split()).lower()
    try:
        moment = _instant(text, zone) or (now and _from_now(text, zone, now))
    except (ValueError, OverflowError):
        return None
    return moment if moment and EARLIEST <= moment.year < _LATEST else None


def _instant(text: str, zone: str | None) -> datetime | None:
    if m := _STAMP.fullmatch(text):
        return datetime.fromtimestamp(int(m[1]), UTC)
    found = _date(text)
    return _at(found, offset(found[3]) or zone_named(zone)) if found else None


def _at(found: _Found, zone: tzinfo) -> datetime:
    """Raises ValueError when there is no such day or time of day."""
    year, month, day, rest = found
    hour, minute, second = _time(rest)
    next_day = hour == 24 and minute == 0
    hour = 0 if next_day else hour
    moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    return (moment + timedelta(days=next_day)).astimezone(UTC)


def _date(text: str) -> _Found | None:
    for pattern in (_ISO, _PACKED):
        if m := pattern.search(text):
            return int(m[1]), int(m[2]), int(m[3]), text[m.end() - 1 :]
    for m in _WORDED.finditer(text):
        if month := _MONTHS.get(m[2][:3]):
            return _year(m[3]), month, int(m[1]), _without(text, m)
    if m := _DOTTED.search(text):
        day, month = int(m[1]), int(m[2])
        if month > 12 >= day:  # there is no such month: an American date
            day, month = month, day
        return _year(m[3]), month, day, _without(text, m)
    for pattern in (_ENGLISH, _ASCTIME):
        for m in pattern.finditer(text):
            if month := _MONTHS.get(m[1][:3]):
                rest = m[3] if pattern is _ASCTIME else _without(text, m)
                return int(m[m.lastindex or 0]), month, int(m[2]), rest
    return None


def _without(text: str, m: re.Match[str]) -> str:
    return text[: m.start()] + " " + text[m.end() :]


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < _CENTURY else 1900)


def _time(rest: str) -> tuple[int, int, int]:
    m = _TIME.search(rest) or _PACKED_TIME.search(rest)
    if m is None:
        return 0, 0, 0
    hour = int(m[1])
    if m[4]:
        hour = hour % 12 + (12 if m[4] == "pm" else 0)
    return hour, int(m[2]), int(m[3] or 0)


def _from_now(text: str, zone: str | None, now: datetime) -> datetime | None:
    """What only a reader of that day can know the date of."""
    if m := _AGO.search(text):
        return _ago(m, now)
    if _JUST_NOW.search(text):
        return now.astimezone(UTC)
    where = offset(text) or zone_named(zone)
    today = now.astimezone(where)
    if m := _DAY_WORD.search(text):
        day = today - timedelta(days=_DAYS_AGO[m[0]])
        return _at((day.year, day.month, day.day, _without(text, m)), where)
    if _TIME_ONLY.fullmatch(text):
        moment = _at((today.year, today.month, today.day, text), where)
        return moment if moment <= now else moment - timedelta(days=1)
    if found := _yearless(text, today.year):
        moment = _at(found, where)
        return moment if moment <= now + _SOON else _at((found[0] - 1, *found[1:]), where)
    return None


def _ago(m: re.Match[str], now: datetime) -> datetime | None:
    if m[2] == "полчаса":
        return now.astimezone(UTC) - timedelta(minutes=30)
    seconds = _SECONDS.get(m[2][:3])
    return now.astimezone(UTC) - timedelta(seconds=seconds * int(m[1] or 1)) if seconds else None


def _yearless(text: str, year: int) -> _Found | None:
    for m in _YEARLESS.finditer(text):
        if month := _MONTHS.get(m[2][:3]):
            return year, month, int(m[1]), _without(text, m)
    day_month = _DAY_MONTH.search(text) if ":" in text else None  # without a colon 10.12 is a time
    if day_month is None:
        return None
    return year, int(day_month[2]), int(day_month[1]), _without(text, day_month)
