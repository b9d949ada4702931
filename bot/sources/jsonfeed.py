"""JSON Feed 1 and 1.1 (jsonfeed.org): the same nouns as RSS, in JSON."""

import json
from typing import Any

from bot.sources.addresses import link
from bot.sources.dates import parse_date
from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed
from bot.sources.identity import with_keys
from bot.sources.markup import one_line
from storage.models import Entry

PART = 500  # items read at a time


def is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def parse_json_feed(text: str, url: str, zone: str | None, start: int = 0) -> Feed:
    """Its entries from item `start` on, each with its key."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise NotAFeed("the address gives JSON that is broken") from e
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("the address gives JSON that is not a feed")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    entries = [_entry(item, url, zone) for item in items]
    entries = list(with_keys(e for e in entries if e.title or e.html.strip()))
    return Feed(
        title=one_line(_str(feed, "title")),
        site_url=link(url, _str(feed, "home_page_url")),
        language=_str(feed, "language")[:2].lower() or None,
        entries=tuple(entries[start : start + PART]),
        more=start + PART if start + PART < len(entries) else None,
    )


def _entry(item: dict[str, Any], url: str, zone: str | None) -> Entry:
    return Entry(
        key=str(item.get("id") or "").strip(),
        title=one_line(_str(item, "title")),
        url=link(url, _str(item, "url") or _str(item, "external_url")),
        html=_str(item, "content_html") or _str(item, "content_text") or _str(item, "summary"),
        author=_author(item),
        published_at=parse_date(_str(item, "date_published") or _str(item, "date_modified"), zone),
        image_url=link(url, _str(item, "image") or _str(item, "banner_image")),
    )


def _author(item: dict[str, Any]) -> str | None:
    authors = item.get("authors") or [item.get("author")]
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict) and (name := one_line(_str(author, "name"))):
            return name
    return None


def _str(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
