"""JSON Feed 1 and 1.1 (jsonfeed.org): the same nouns as RSS, in JSON."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from bot.sources.dates import parse_date
from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed, language_of
from bot.sources.identity import with_keys
from bot.sources.links import link, passage, resolve
from bot.sources.localtime import all_say_utc
from bot.sources.markup import MAX_TEXT, one_line
from bot.sources.pictures import shown
from storage.models import Entry

PART = 1000  # items read at a time
_TEXTS = ("content_html", "content_text", "summary")
_DATES = ("date_published", "date_modified")


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
    listed = [_entry(item, url, zone) for item in items[start : start + PART]]
    entries = [e for e in listed if e.title or e.html.strip()]
    guids, urls = _shared(items, url)
    keyed = with_keys(entries, shared_guids=guids, shared_urls=urls)
    return Feed(
        title=one_line(_str(feed, "title")),
        site_url=link(url, _str(feed, "home_page_url")),
        language=language_of(_str(feed, "language")),
        entries=tuple(keyed),
        wordless=len(listed) - len(entries),
        says_utc=all_say_utc(_key(item.get(name)) for item in items for name in _DATES),
        hub=_hub(feed, url),
        self_url=resolve(url, _str(feed, "feed_url")),
        older=resolve(url, _str(feed, "next_url")),
        more=start + PART if start + PART < len(items) else None,
    )


def _shared(items: list[dict[str, Any]], url: str) -> tuple[set[str], set[str | None]]:
    """The ids and addresses that several different items of the whole feed have."""
    different = {(_key(i.get("id")), _address(i), _str(i, "title")) for i in items}
    ids = Counter(key for key, _, _ in different)
    addresses = Counter(address for _, address, _ in different)
    return (
        {key for key, times in ids.items() if times > 1},
        {link(url, address) for address, times in addresses.items() if times > 1},
    )


def _address(item: dict[str, Any]) -> str:
    return _str(item, "url") or _str(item, "external_url")


def _entry(item: dict[str, Any], url: str, zone: str | None) -> Entry:
    html = next(filter(str.strip, (_str(item, name) for name in _TEXTS)), "")[: MAX_TEXT * 2]
    return Entry(
        key=_key(item.get("id")),
        title=one_line(_str(item, "title")),
        url=passage(url, _address(item)),
        html=html,
        author=_author(item),
        published_at=_published(item, zone),
        language=language_of(_str(item, "language")),
        image_url=_picture(item, html, url),
    )


def _published(item: dict[str, Any], zone: str | None) -> datetime | None:
    dates = (parse_date(_key(item.get(name)), zone) for name in _DATES)
    return next(filter(None, dates), None)


def _key(value: object) -> str:
    """An id, or a date, may be a number, though it should not (JSON Feed 1.1, "id")."""
    return str(value).strip() if isinstance(value, str | int) else ""


def _picture(item: dict[str, Any], html: str, url: str) -> str | None:
    attached = [a for a in _dicts(item, "attachments") if _str(a, "mime_type").startswith("image/")]
    said = [_str(item, "image"), _str(item, "banner_image"), *(_str(a, "url") for a in attached)]
    return next(filter(None, (resolve(url, one) for one in said)), None) or shown(html, url)


def _hub(feed: dict[str, Any], url: str) -> str | None:
    """The hub that speaks WebSub; rssCloud is another protocol."""
    hubs = (h for h in _dicts(feed, "hubs") if _str(h, "type").lower() == "websub")
    return next(filter(None, (resolve(url, _str(hub, "url")) for hub in hubs)), None)


def _author(item: dict[str, Any]) -> str | None:
    for author in [*_dicts(item, "authors"), item.get("author")]:
        said = _str(author, "name") if isinstance(author, dict) else author
        if isinstance(said, str) and (name := one_line(said)):
            return name[:200]
    return None


def _dicts(values: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = values.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _str(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
