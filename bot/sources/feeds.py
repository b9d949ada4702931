"""Feeds to entries: RSS, Atom and JSON Feed, however broken, as values.

feedparser reads the structure; charset, dates, entities and bounds are ours, because there it
errs on what feeds of our region really hold. It is imported where it is used: the bot's own
process only hands these functions to workers.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from bot.sources.addresses import link
from bot.sources.charset import decode
from bot.sources.dates import EARLIEST, parse_date
from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed
from bot.sources.identity import content_key, with_keys
from bot.sources.jsonfeed import is_json, parse_json_feed
from bot.sources.markup import MAX_TEXT, one_line
from bot.sources.xmlparts import part
from bot.sources.xmlrepair import mend, rooted
from storage.models import Entry

__all__ = ["Feed", "content_key", "parse_feed"]

# Full texts under the names that Yandex's readers gave them.
_FULL_TEXTS = ("yandex_full-text", "turbo_content")
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\s*")
_IMG = re.compile(r"<img\b[^<>]{0,2000}?\ssrc\s*=\s*[\"']?([^\"'\s<>]+)", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)(?:\?|$)", re.I)


def parse_feed(
    body: bytes, content_type: str | None, url: str, zone: str | None, start: int = 0
) -> Feed:
    """The feed in these bytes, or NotAFeed. `zone` is for dates that name none.

    A long feed comes in parts, in its own order: this one begins at item `start`, the next at
    `more`. Keys are the same whatever part an entry comes in.
    """
    text = decode(body, content_type)
    if is_json(text):
        return parse_json_feed(text, url, zone, start)
    piece = part(rooted(text), start)
    found = _parse_xml(mend(piece.text), url, zone)
    entries = with_keys(
        found.entries,
        shared_guids=piece.shared_guids,
        shared_urls={shared for href in piece.shared_links if (shared := link(url, href))},
    )
    return replace(found, entries=tuple(entries), more=piece.more)


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
