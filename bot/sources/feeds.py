"""Feeds to entries: RSS, Atom and JSON Feed, however broken, as values.

feedparser reads the structure; charset, dates, entities and bounds are ours, because there it
errs on what feeds of our region really hold. It is imported where it is used: the bot's own
process only hands these functions to workers.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from bot.sources.addresses import link
from bot.sources.charset import decode
from bot.sources.dates import EARLIEST, parse_date
from bot.sources.errors import NotAFeed
from bot.sources.jsonfeed import is_json, parse_json_feed
from bot.sources.markup import MAX_TEXT, one_line
from bot.sources.xmlrepair import mend
from storage.models import Entry

# Full texts under the names that Yandex's readers gave them.
_FULL_TEXTS = ("yandex_full-text", "turbo_content")
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\s*")
_IMG = re.compile(r"<img\b[^<>]{0,2000}?\ssrc\s*=\s*[\"']?([^\"'\s<>]+)", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)(?:\?|$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself, and what it lists, in its own order."""

    title: str
    site_url: str | None
    language: str | None
    entries: tuple[Entry, ...]
    ttl_s: int | None = None  # how long it asks to be left alone
    skip_hours: frozenset[int] = frozenset()  # of UTC, in which it wants to be left alone
    skip_days: frozenset[int] = frozenset()  # ISO weekdays, of UTC
    hub: str | None = None  # where it pushes (WebSub)
    self_url: str | None = None  # the address it knows itself by
    more: int | None = None  # the item at which the next part begins; None: this was the last
    older: str | None = None  # the address of what came before, where a page lists only so many
    maps: tuple[str, ...] = ()  # lists of lists: addresses to read in its place, likeliest first


def parse_feed(body: bytes, content_type: str | None, url: str, zone: str | None) -> Feed:
    """The feed in these bytes, or NotAFeed. `zone` is for dates that name none."""
    text = decode(body, content_type)
    if is_json(text):
        title, site_url, language, entries = parse_json_feed(text, url, zone)
        found = Feed(title=title, site_url=site_url, language=language, entries=entries, ttl_s=None)
    else:
        found = _parse_xml(mend(text), url, zone)
    return replace(found, entries=tuple(_with_keys(found.entries)))


def _parse_xml(text: str, url: str, zone: str | None) -> Feed:
    import feedparser

    try:
        parsed = feedparser.parse(
            BytesIO(text.encode()),
            # Without an address of ours: guids are not links, and links we resolve ourselves.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,  # nothing of it is ever shown as HTML
            resolve_relative_uris=False,
        )
        found = _feed(parsed, url, zone)
    except Exception as e:  # its own bugs: there is no naming what a hostile feed finds
        raise NotAFeed("the feed is too broken to be read") from e
    if not (parsed.version or found.entries or found.title):
        raise NotAFeed("the address gives something that is not a feed")
    return found


def _feed(parsed: Any, url: str, zone: str | None) -> Feed:
    about: dict[str, Any] = dict(parsed.feed)
    entries = (_entry(dict(entry), url, zone) for entry in parsed.entries)
    return Feed(
        title=one_line(_str(about.get("title"))),
        site_url=link(url, _str(about.get("link"))),
        language=_language(_str(about.get("language"))),
        entries=tuple(e for e in entries if e.title or e.html.strip()),
        ttl_s=_ttl(about.get("ttl")),
    )


def _entry(raw: dict[str, Any], url: str, zone: str | None) -> Entry:
    html = _html(raw)
    return Entry(
        key=_str(raw.get("id")).strip(),
        title=one_line(_str(raw.get("title"))),
        url=_link(raw, url),
        html=html,
        author=_author(raw),
        published_at=_published(raw, zone),
        image_url=_picture(raw, html, url),
    )


def _with_keys(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Each entry once, by guid, else address, else content.

    A guid or an address that several entries share names none of them.
    """
    distinct = {(e.key, e.url, e.title): e for e in entries}.values()
    guids = Counter(e.key for e in distinct)
    urls = Counter(e.url for e in distinct)
    seen = set()
    for entry in distinct:
        url = entry.url if urls[entry.url] == 1 else None
        key = entry.key if guids[entry.key] == 1 else ""
        key = key or url or content_key(entry.title, entry.html)
        if len(key) > 300:
            key = content_key(key)
        if key not in seen:
            seen.add(key)
            yield replace(entry, key=key, url=url)


def content_key(*parts: str) -> str:
    """The identity of what has neither guid nor address."""
    return "sha256:" + hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _html(raw: dict[str, Any]) -> str:
    """The fullest text there is."""
    summary = _str(raw.get("summary"))
    texts = [_str(part.get("value")) for part in raw.get("content") or ()]
    texts += [_str(raw.get(name)) for name in _FULL_TEXTS]
    full = max(texts, key=len, default="")
    return (full if len(full) * 2 > len(summary) else summary)[: MAX_TEXT * 2]


def _link(raw: dict[str, Any], url: str) -> str | None:
    """The entry's own page; a guid stands in for it only if it is an address itself."""
    guid = raw.get("id") if raw.get("guidislink") else None
    hrefs = [raw.get("feedburner_origlink"), raw.get("link")]
    hrefs += [p.get("href") for p in raw.get("links") or () if p.get("rel") == "alternate"]
    for href in map(_str, hrefs):
        absolute = href.lower().startswith(("http://", "https://"))
        if (absolute or href != guid) and (found := link(url, href)):
            return found
    return None


def _author(raw: dict[str, Any]) -> str | None:
    return _EMAIL.sub("", one_line(_str(raw.get("author")))).strip(" ()<>")[:200] or None


def _published(raw: dict[str, Any], zone: str | None) -> datetime | None:
    for name in ("published", "updated", "created"):
        if found := parse_date(_str(raw.get(name)), zone):
            return found
    for name in ("published_parsed", "updated_parsed"):
        if (fields := raw.get(name)) and fields[0] >= EARLIEST:
            year, month, day, hour, minute = fields[:5]
            return datetime(year, month, day, hour, minute, tzinfo=UTC)
    return None


def _picture(raw: dict[str, Any], html: str, url: str) -> str | None:
    """The first picture: media, then enclosures, then what the text shows."""
    candidates = [
        part.get("url")
        for part in raw.get("media_content") or ()
        if part.get("medium") == "image" or _is_picture(part.get("type"), part.get("url"))
    ]
    candidates += [part.get("url") for part in raw.get("media_thumbnail") or ()]
    candidates += [
        part.get("href")
        for part in raw.get("links") or ()
        if part.get("rel") == "enclosure" and _is_picture(part.get("type"), part.get("href"))
    ]
    candidates += _IMG.findall(html[:20_000])[:1]
    return next(filter(None, (link(url, _str(c)) for c in candidates)), None)


def _is_picture(kind: str | None, address: str | None) -> bool:
    return (kind or "").startswith("image/") or bool(_PICTURE.search(address or ""))


def _language(code: str) -> str | None:
    code = code.strip().lower()[:2]
    return code if code.isalpha() else None


def _ttl(minutes: object) -> int | None:
    text = _str(minutes).strip()
    return int(text) * 60 if text.isascii() and text.isdigit() and len(text) < 6 else None


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""
