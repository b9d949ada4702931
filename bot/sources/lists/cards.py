"""What stands beside a link in a list of news: its date and its picture.

A card is as much of the page as belongs to one article alone. In flat lists (dates and links in a
row) it is nearly nothing, and the date stands between two links.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.sources.dates import parse_date
from bot.sources.links import resolve
from bot.sources.pictures import shown

_LONGEST = 60  # characters of a text that is a date
_SOON = timedelta(days=1)
_TIME = re.compile(r"(?:в\s+)?(\d\d?:\d\d)(?!\d)")
_CLOCK = re.compile(r"\d:\d\d")
_CALLED_DATE = re.compile(r"date|time|publi|when|data\b", re.I)
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]+)", re.I)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands between a card and the ones before and after it."""

    day: str | None = None  # the heading above that names a day
    date: datetime | None = None
    several_days: bool = False


def cards(members: Iterable[Any], others: Mapping[Any, str]) -> dict[Any, Any]:
    """Each link's card: the highest element above it that holds no link to another address.

    `others` are all links that count, with their addresses.
    """
    held: dict[Any, set[str]] = {}
    for element, url in others.items():
        for above in element.iterancestors():
            held.setdefault(above, set()).add(url)
    found = {}
    for element in members:
        card = element
        for above in element.iterancestors():
            if len(held[above]) > 1 or above.tag in ("body", "html"):
                break
            card = above
        found[element] = card
    return found


def published(
    card: Any, title: str, beside: Beside, zone: str | None, now: datetime | None
) -> datetime | None:
    """What the card says, or what stands beside it; whole dates before those that need `now`."""
    for found in (
        date_in(card, title, zone, None),
        _today(card, beside.day, zone, now),
        date_in(card, title, zone, now) if now else None,
        beside.date,
        date_of(beside.day, zone) if beside.day and beside.several_days else None,
    ):
        if found and (now is None or found <= now + _SOON):  # else it is what the news are about
            return found
    return None


def _today(card: Any, day: str | None, zone: str | None, now: datetime | None) -> datetime | None:
    """A time alone is of the day above it, unless that is still to come: then of the one before."""
    texts = (" ".join(text.split()) for text in card.itertext())
    clock = next((m[1] for text in texts if (m := _TIME.match(text))), None)
    found = parse_date(f"{day} {clock}", zone) if day and clock else None
    return found if found and (now is None or found <= now) else None


def date_in(card: Any, title: str, zone: str | None, now: datetime | None) -> datetime | None:
    """What the card says of when it was published; a date in the title is none."""
    for tag in card.iter("time"):
        if found := parse_date(tag.get("datetime"), zone, now) or _read(tag, title, zone, now):
            return found
    elements = [element for element in card.iter() if isinstance(element.tag, str)]
    for element in sorted(elements, key=_says_otherwise):
        if element.get("itemprop") == "datePublished" and (
            found := parse_date(element.get("content") or element.get("datetime"), zone, now)
        ):
            return found
        if found := _read(element, title, zone, now):
            return found
    return None


def _says_otherwise(element: Any) -> bool:
    return not _CALLED_DATE.search(element.get("class") or "")


def _read(element: Any, title: str, zone: str | None, now: datetime | None) -> datetime | None:
    """From its own words, if they are short enough to be nothing else."""
    whole = " ".join("".join(element.itertext()).split())
    texts = [whole] if len(whole) <= _LONGEST else [element.text, *(c.tail for c in element)]
    for text in filter(None, texts):
        plain = " ".join(text.split()).replace(title, " ")
        if plain not in title and (found := date_of(plain, zone, now)):
            return found
    return None


def date_of(text: str, zone: str | None, now: datetime | None = None) -> datetime | None:
    """The instant that a short text is about."""
    return parse_date(text, zone, now) if 3 < len(text) <= _LONGEST else None


def texts_between(root: Any, among: Collection[Any]) -> tuple[dict[Any, list[str]], list[str]]:
    """For each card the texts since the one before it, and those after the last; in one walk."""
    from lxml import etree

    found: dict[Any, list[str]] = {}
    since: list[str] = []
    inside: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if inside is None and event == "start" and element in among:
            found[element] = since
            since = []
            inside = element
        ended = event == "end" and element is inside
        inside = None if ended else inside
        piece = element.text if event == "start" else element.tail
        if inside is None and piece and (text := " ".join(piece.split())):
            since.append(text)
    return found, since


def all_beside(
    root: Any, order: Sequence[Any], zone: str | None, now: datetime | None
) -> dict[Any, Beside]:
    """For each card what stands before it; or after, if that is how the page does it."""
    before, after = texts_between(root, frozenset(order))
    gaps = [before.get(card, []) for card in order]
    days = [next((t for t in reversed(gap) if _is_day(t, zone)), None) for gap in gaps]
    if gaps and not _last(gaps[0], zone, now) and _first(after, zone, now):
        dates = [_first(gap, zone, now) for gap in [*gaps[1:], after]]
        return {card: Beside(date=date) for card, date in zip(order, dates, strict=True)}
    several = len(set(filter(None, days))) > 1
    day: str | None = None
    found = {}
    for card, gap, named in zip(order, gaps, days, strict=True):
        day = named or day
        found[card] = Beside(day, _last(gap, zone, now), several)
    return found


def _is_day(text: str, zone: str | None) -> bool:
    return date_of(text, zone) is not None and not _CLOCK.search(text)


def _last(texts: Sequence[str], zone: str | None, now: datetime | None) -> datetime | None:
    """The date nearest to the card that follows."""
    dates = (date_of(text, zone, now) for text in reversed(texts[-3:]))
    return next(filter(None, dates), None)


def _first(texts: Sequence[str], zone: str | None, now: datetime | None) -> datetime | None:
    return next(filter(None, (date_of(text, zone, now) for text in texts[:3])), None)


def date_in_address(url: str, zone: str | None) -> datetime | None:
    """The day, where the path has one."""
    m = _DATED_PATH.search(urlsplit(url).path)
    return parse_date(f"{m[1]}-{m[2]}-{m[3]}", zone) if m else None


def picture_in(card: Any, base: str) -> str | None:
    from lxml import etree

    html = etree.tostring(card, encoding="unicode", method="html", with_tail=False)
    if found := shown(html, base):
        return found
    m = _BACKGROUND.search(html[:20_000])
    return resolve(base, m[1]) if m else None
