"""The zone that a date names, in the ways of feeds and pages: +0300, GMT+3, MSK, «МСК+4»."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {"z": 0, "gmt": 0, "ut": 0, "utc": 0, "msk": 3, "мск": 3, "msd": 4, "eet": 2, "eest": 3}
_HOURS |= {"cet": 1, "cest": 2, "wet": 0, "west": 1, "bst": 1, "fet": 3, "samt": 4, "yekt": 5}
_HOURS |= {"omst": 6, "novt": 7, "krat": 7, "kuzt": 7, "irkt": 8, "yakt": 9, "vlat": 10}
_HOURS |= {"magt": 11, "sret": 11, "pett": 12, "anat": 12, "almt": 5, "tbilt": 4, "jst": 9}
_HOURS |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_OFFSET = re.compile(
    r"(?:\b(gmt|utc|msk|мск)\s?)?([+\u2212-])(\d\d?)(?::?(\d\d))?"
    r"(?=\s*(?:\([^()]*\)?|\[[^\[\]]*\])?\)?\s*$)"
)
_NAME = re.compile(r"(?<![^\W\d_])(z|[a-zа-яёў]{2,5})[.)\s]*$")
_IANA = re.compile(r"\b([a-z]+/[a-z_]+)")
_TOLD = re.compile(r"\b(?:московск|маскоўск|минск|мінск)")  # «по московскому времени»


def offset(text: str) -> tzinfo | None:
    """The zone named in what is left of a date, in lower case, without day, month and year."""
    if m := _OFFSET.search(text):
        return _shifted(m)
    if (m := _NAME.search(text)) and m[1] in _HOURS:
        return timezone(timedelta(hours=_HOURS[m[1]]))
    if m := _IANA.search(text):
        return _zone("/".join(part.title() for part in m[1].split("/")))
    return timezone(timedelta(hours=3)) if _TOLD.search(text) else None


def zone_named(zone: str | None) -> tzinfo:
    """The zone of an IANA name; UTC when there is none of that name."""
    return (_zone(zone) if zone else None) or UTC


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _shifted(m: re.Match[str]) -> tzinfo | None:
    hours, minutes = int(m[3]), int(m[4] or 0)
    if hours > 14 or minutes > 59:
        return None
    shift = timedelta(hours=hours, minutes=minutes) * (1 if m[2] == "+" else -1)
    if m[1] in ("msk", "мск") and m[4] is None:  # hours from Moscow, as Siberia counts
        shift += timedelta(hours=3)
    return timezone(shift)
