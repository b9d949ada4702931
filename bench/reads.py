"""What a worker does for bench.corpus: read one document whole, and say what that took."""

import calendar
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sources.errors import NotAFeed
from bot.sources.feeds import parse_feed
from bot.sources.links import canonical
from bot.sources.markup import one_line, to_text

URL = "http://example.com/feed.xml"  # where every document is said to be


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reader says of one entry."""

    title: str
    url: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One document, read. `refused` is a sentence; `longest_s` the CPU time of its slowest part."""

    told: tuple[Told, ...]
    longest_s: float
    refused: str | None = None


def read(body: bytes) -> Done:
    """All parts of a feed, their texts too."""
    told: list[Told] = []
    longest = 0.0
    start: int | None = 0
    try:
        while start is not None:
            began = time.process_time()
            feed = parse_feed(body, None, URL, None, start)
            for entry in feed.entries:
                to_text(entry.html)
            longest = max(longest, time.process_time() - began)
            told += (
                Told(title=e.title, url=e.url, published_at=e.published_at) for e in feed.entries
            )
            start = feed.more
    except NotAFeed as e:
        longest = max(longest, time.process_time() - began)
        return Done(told=(), longest_s=longest, refused=str(e))
    return Done(told=tuple(told), longest_s=longest)


def read_bare(body: bytes) -> tuple[Told, ...]:
    """The same by feedparser alone."""
    import feedparser

    headers = {"content-location": URL, "content-type": "application/xml"}
    told = []
    for entry in feedparser.parse(body, response_headers=headers).entries:
        if not (entry.get("title") or entry.get("summary") or entry.get("content")):
            continue
        parsed = entry.get("published_parsed") or entry.get("updated_parsed")
        moment = parsed and datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        href = entry.get("link")
        url = canonical(href) if href else None
        told.append(Told(title=one_line(entry.get("title", "")), url=url, published_at=moment))
    return tuple(told)
