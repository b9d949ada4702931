"""Dates as feeds and pages write them: RFC 822, ISO, 05.11.2019, months in three languages.

Day comes before month wherever both are numbers: our sources write so.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST = 1990  # 1970 is a clock that was never set

# The first letters of each month: Russian (мая, май), Belarusian, English.
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "янв сту jan",
            "фев лют feb",
            "мар сак mar",
            "апр кра apr",
            "мая май тра may",
            "июн чэр jun",
            "июл лiп ліп jul",
            "авг жні aug",
            "сен вер sep",
            "окт кас oct",
            "ноя ліс nov",
            "дек сне снё dec",
        ),
        start=1,
    )
    for stem in stems.split()
}
_HOURS = {"z": 0, "gmt": 0, "ut": 0, "utc": 0, "msk": 3, "мск": 3, "msd": 4, "eet": 2, "eest": 3}
_HOURS |= {"cet": 1, "cest": 2, "bst": 1, "krat": 7, "novt": 7, "omst": 6, "kuzt": 7}
_HOURS |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_ISO = re.compile(r"\b(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
_PACKED = re.compile(r"\b(\d{4})(\d\d)(\d\d)(?=t|\b)", re.I)
_DOTTED = re.compile(r"\b(\d\d?)[./-](\d\d?)[./-](\d{4}|\d\d)(?!\d)")
_WORDED = re.compile(r"\b(\d\d?)(?:st|nd|rd|th|-?го)?[\s-]+([^\W\d_]{3,})\.?,?[\s-]+(\d{4}|\d\d)\b")
_ENGLISH = re.compile(r"\b([a-z]{3,})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_TIME = re.compile(r"(?<![\d:+-])(\d\d?)[:.](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?\s*([ap]m\b)?")
_PACKED_TIME = re.compile(r"\dt(\d\d)(\d\d)(\d\d)?()")
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d\d?)(?::?(\d\d))?(?=\s*(?:\([^)]*\)?)?\s*$)")
_NAME = re.compile(r"[\d\s](z|[a-zа-я]{2,4})\s*\)?$")


def parse_date(text: str | None, zone: str | None = None) -> datetime | None:
    """The instant in UTC; None when there is no date in it, or an impossible one.

    `zone` (IANA) is for dates that name none; without it they are taken for UTC.
    """
    if not text or len(text) > 200:
        return None
    text = " ".join(text.split()).lower()
    found = _date(text)
    if found is None:
        return None
    year, month, day, rest = found
    hour, minute, second = _time(rest)
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        moment = moment.replace(tzinfo=_offset(rest) or zone_named(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= EARLIEST else None


def zone_named(zone: str | None) -> tzinfo:
    try:
        return ZoneInfo(zone) if zone else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _date(text: str) -> tuple[int, int, int, str] | None:
    """Year, month, day and what is left of the text, where the time is."""
    for pattern in (_ISO, _PACKED):
        if m := pattern.search(text):
            return int(m[1]), int(m[2]), int(m[3]), text[m.end() - 1 :]
    for m in _WORDED.finditer(text):
        if month := _MONTHS.get(m[2][:3]):
            return _year(m[3]), month, int(m[1]), text[: m.start()] + " " + text[m.end() :]
    if m := _DOTTED.search(text):
        return _year(m[3]), int(m[2]), int(m[1]), text[: m.start()] + " " + text[m.end() :]
    for m in _ENGLISH.finditer(text):
        if month := _MONTHS.get(m[1][:3]):
            return int(m[3]), month, int(m[2]), text[: m.start()] + " " + text[m.end() :]
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _time(rest: str) -> tuple[int, int, int]:
    m = _TIME.search(rest) or _PACKED_TIME.search(rest)
    if m is None:
        return 0, 0, 0
    hour = int(m[1])
    if m[4]:
        hour = hour % 12 + (12 if m[4] == "pm" else 0)
    return hour, int(m[2]), int(m[3] or 0)


def _offset(rest: str) -> tzinfo | None:
    """The zone that the text itself names."""
    if m := _OFFSET.search(rest):
        minutes = int(m[2]) * 60 + int(m[3] or 0)
        return timezone(timedelta(minutes=minutes if m[1] == "+" else -minutes))
    if (m := _NAME.search(rest)) and m[1] in _HOURS:
        return timezone(timedelta(hours=_HOURS[m[1]]))
    return None
