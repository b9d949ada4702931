"""The newest entries of a source, in a few words each: shown before it is added."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import unescape

from bot.sources.markup import one_line
from storage.models import Entry

SHOWN = 5
LONGEST = 160  # characters of a headline
_BREAK = re.compile(r"<br\b[^<>]{0,20}>|</p>|\n\s*\n", re.I)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_EVER = datetime.min.replace(tzinfo=UTC)


def newest(entries: Sequence[Entry], count: int = SHOWN) -> list[Entry]:
    """By date, the undated after them in their own order."""
    return sorted(entries, key=lambda entry: entry.published_at or _EVER, reverse=True)[:count]


def headline(entry: Entry) -> str:
    """The title, else how the text begins; posts of channels often have no title."""
    if title := one_line(entry.title):
        return _cut(title)
    parts = _BREAK.split(entry.html[:4000])
    lines = (one_line(unescape(_TAG.sub(" ", part))) for part in parts)
    return _cut(next((line for line in lines if any(map(str.isalnum, line))), ""))


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
