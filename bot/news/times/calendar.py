"""Calendar files of whole days, as RFC 5545 has them: https://www.rfc-editor.org/rfc/rfc5545

Days have no zone, so nothing of VTIMEZONE is needed; the little that is takes fewer lines than a
library takes memory, and is held against one by tests.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

MAX_BYTES = 75  # of a line, without its end (section 3.1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event of one or more whole days."""

    uid: str  # the same whenever the same event is written again
    since: date
    until: date | None  # the day after the last; None: one day
    title: str
    text: str
    url: str | None
    stamp: datetime  # when what is said of it was said


def calendar(entries: Iterable[Entry], *, name: str, maker: str) -> str:
    """A file's text; `name` is what people see, `maker` who made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(maker)}//{_escaped(name)}//",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for entry in entries:
        lines += _lines(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _lines(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.since:%Y%m%d}"
    if entry.until is not None:
        yield f"DTEND;VALUE=DATE:{entry.until:%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    yield f"DESCRIPTION:{_escaped(entry.text)}"
    if entry.url is not None:
        yield f"URL:{_CONTROL.sub('', entry.url)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because something is on
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A TEXT value (section 3.3.11)."""
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes, no letter torn; all but the first begin with a space."""
    piece, room = "", MAX_BYTES
    for sign in line:
        size = len(sign.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", MAX_BYTES - 1
        piece += sign
        room -= size
    yield piece
