"""RSS 0.9 to 2.0 and Atom 0.3 and 1.0, from a tree to values; an entry's key is its guid so far."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit, urlunsplit

from bot.sources.dates import parse_date
from bot.sources.feed import Feed, language_of
from bot.sources.links import link, passage, resolve
from bot.sources.localtime import all_say_utc
from bot.sources.markup import MAX_TEXT, one_line
from bot.sources.pictures import picture_of
from bot.sources.xml.tree import Node
from storage.models import Entry

_MOST = 5000  # items of one part, however it was cut

_SUMMARY = "description summary atom:summary dc:description dcterms:abstract itunes:summary"
_SUMMARIES = tuple(_SUMMARY.split())
_TEXT = """
    content:encoded content atom:content yandex:full-text full-text turbo:content fulltext
    xhtml:body body xhtml:div div
"""
_TEXTS = tuple(_TEXT.split())
_DATE = """
    pubdate published issued atom:published dcterms:issued dc:date dcterms:created created date
    updated modified atom:updated dcterms:modified
"""
_DATES = tuple(_DATE.split())
_AUTHORS = ("dc:creator", "author", "atom:author", "itunes:author", "dc:author", "yandex:author")

_NAME = re.compile(r"<name[^<>]*>([^<]*)<")
_PARTED = re.compile(r"(.*\S)\s+[|»•·/—–-]\s+")
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\s*")
_WORDPRESS = re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)\b", re.I)
_HOUR = re.compile(r"<hour[^<>]*>\s*(\d\d?)\s*<")
_DAY = re.compile(r"<day[^<>]*>\s*(\w{3})")
_WEEK = "mon tue wed thu fri sat sun"
_DAYS = {name: number for number, name in enumerate(_WEEK.split(), start=1)}
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400}


def read_feed(root: Node, url: str, zone: str | None) -> Feed:
    """The feed under `root`, at `url`. `zone` is for dates that name none."""
    holders = [node for node in _holders(root) if node.name not in ("item", "entry")]
    about = Node("", children=[child for holder in holders for child in holder.children])
    base = url
    for holder in holders:
        base = _based(base, holder)
    title = one_line(about.first("title", "atom:title", "dc:title"))
    items = list(islice(_items(root), _MOST))
    listed = [_entry(item, _based(base, item), zone, site=title) for item in items]
    entries = tuple(e for e in listed if e.title or e.html.strip())
    return Feed(
        title=title,
        site_url=_page(about, base),
        language=language_of(about.first("language", "dc:language") or _said(holders, "xml:lang")),
        entries=entries,
        wordless=len(listed) - len(entries),
        says_utc=all_say_utc(item.first(*_DATES) for item in items),
        ttl_s=_ttl(about),
        skip_hours=_skip_hours(about.first("skiphours")),
        skip_days=_skip_days(about.first("skipdays")),
        hub=_related(about, base, "hub"),
        self_url=_related(about, base, "self"),
        older=_older(about, base, url),
    )


def _holders(root: Node) -> Iterator[Node]:
    """The feed's own elements down to the one that tells of it: rss and channel, or feed."""
    node = root
    while node.children:
        inner = [c for c in node.children if c.name in ("rss", "rdf:rdf", "rdf", "channel", "feed")]
        if not inner:
            return
        node = inner[0]
        yield node


def _items(node: Node) -> Iterator[Node]:
    """Items wherever they stand: in the channel, beside it, in a list of their own."""
    pending = [node]
    while pending:
        node = pending.pop()
        if node.name in ("item", "entry") and node.children:
            yield node
        pending += [child for child in reversed(node.children) if child.name not in ("author",)]


def _entry(item: Node, base: str, zone: str | None, *, site: str) -> Entry:
    html, text_base = _html(item, base)
    title = one_line(item.first("title", "atom:title", "dc:title", "media:title"))
    return Entry(
        key=_guid(item),
        title=_without_site(title, site),
        url=_link(item, base),
        html=html,
        author=_author(item),
        published_at=_published(item, zone),
        image_url=picture_of(item, html, text_base),
    )


def _without_site(title: str, site: str) -> str:
    """A headline without its site's name after it: «Мост открыли | Вестник»."""
    if not site or not title.endswith(site):
        return title
    found = _PARTED.fullmatch(title[: -len(site)])
    return found[1] if found else title


def _guid(item: Node) -> str:
    said = item.first("guid", "id", "atom:id") or item.attributes.get("rdf:about", "")
    return said.strip()


def _html(item: Node, base: str) -> tuple[str, str]:
    """The fullest text there is, and the address that its links are relative to."""
    summary = max(_written(item, _SUMMARIES), key=_length, default=None)
    full = max(_written(item, _TEXTS), key=_length, default=None)
    best = full if full and (not summary or _length(full) * 2 > _length(summary)) else summary
    if best is None:
        told = (place.first("media:description") for place in (item, *item.all("media:group")))
        return next(filter(None, told), "")[: MAX_TEXT * 2], base
    return best.text[: MAX_TEXT * 2], _based(base, best)


def _written(item: Node, names: tuple[str, ...]) -> list[Node]:
    return [n for n in item.children if n.name in names and n.text.strip() and _readable(n)]


def _readable(node: Node) -> bool:
    """Whether content is text: Atom may hold a picture too."""
    kind = node.attributes.get("type", "text").lower()
    return "/" not in kind or kind.startswith("text/") or "xml" in kind or "html" in kind


def _length(node: Node) -> int:
    return len(node.text)


def _link(node: Node, base: str) -> str | None:
    """What a feed or an entry is about; a guid stands in if it is an address itself."""
    return next(filter(None, (passage(at, href) for at, href in _links(node, base))), None)


def _page(about: Node, base: str) -> str | None:
    return link(base, _link(about, base))


def _links(node: Node, base: str) -> Iterator[tuple[str, str]]:
    yield base, node.first("feedburner:origlink")
    for name in ("link", "atom:link"):
        pages = [child for child in node.all(name) if _is_page(child)]
        for child in sorted(pages, key=_is_other_kind):
            yield _based(base, child), child.attributes.get("href") or child.text
    for child in node.all("guid") + node.all("id"):
        if child.attributes.get("ispermalink", "").lower() != "false":
            yield base, _absolute(child.text)
    yield base, _absolute(node.attributes.get("rdf:about", ""))
    for child in node.all("content"):
        yield _based(base, child), child.attributes.get("src", "")


def _is_page(child: Node) -> bool:
    """Whether it leads to the page itself. A relation may be an address (RFC 4287, 4.2.7.2)."""
    return child.attributes.get("rel", "alternate").lower().rpartition("/")[2] == "alternate"


def _is_other_kind(child: Node) -> bool:
    """Whether it leads to the same in another kind of file, such as PDF."""
    return "html" not in child.attributes.get("type", "html")


def _absolute(href: str) -> str:
    """An address that is whole; a guid that is none is no link."""
    href = href.strip()
    return href if href.lower().startswith(("http://", "https://")) else ""


def _related(about: Node, base: str, relation: str) -> str | None:
    """An address that must stay as it is written: a hub knows it so."""
    for child in about.all("atom:link") + about.all("link"):
        if relation in child.attributes.get("rel", "").lower().split():
            return resolve(base, child.attributes.get("href", ""))
    return None


def _older(about: Node, base: str, url: str) -> str | None:
    """The page before (RFC 5005, 3 and 4), which WordPress has without naming it."""
    for relation in ("next", "prev-archive"):
        if found := _related(about, base, relation):
            return found
    if not _WORDPRESS.match(about.first("generator").strip()):
        return None
    parts = urlsplit(url)
    said = [pair for pair in parts.query.split("&") if pair]
    pages = [_number(pair[6:]) for pair in said if pair.startswith("paged=")]
    others = [pair for pair in said if not pair.startswith("paged=")]
    query = "&".join([*others, f"paged={max(pages, default=1) + 1}"])
    return urlunsplit(parts._replace(query=query))


def _based(base: str, node: Node) -> str:
    said = node.attributes.get("xml:base", "").strip()
    try:
        return urljoin(base, said) if said else base
    except ValueError:
        return base


def _author(item: Node) -> str | None:
    for name in _AUTHORS:
        for node in item.all(name):
            named = _NAME.search(node.text)
            said = node.first("name", "atom:name") or (named[1] if named else node.text)
            if author := _EMAIL.sub("", one_line(said)).strip(" ()<>,")[:200]:
                return author
    return None


def _published(item: Node, zone: str | None) -> datetime | None:
    for name in _DATES:
        for node in item.all(name):
            if found := parse_date(node.text, zone):
                return found
    return None


def _said(holders: list[Node], attribute: str) -> str:
    return next((h.attributes[attribute] for h in holders if h.attributes.get(attribute)), "")


def _ttl(about: Node) -> int | None:
    """`ttl` in minutes; else how often the syndication module says that it changes."""
    if minutes := _number(about.first("ttl")):
        return minutes * 60
    period = _PERIODS.get(about.first("sy:updateperiod").strip().lower())
    return period // (_number(about.first("sy:updatefrequency")) or 1) if period else None


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _skip_hours(text: str) -> frozenset[int]:
    """Hours of UTC, 24 being 0. All of them would be never: then it is none."""
    hours = frozenset(int(hour) % 24 for hour in _HOUR.findall(text) if int(hour) <= 24)
    return hours if len(hours) < 24 else frozenset()


def _skip_days(text: str) -> frozenset[int]:
    named = (_DAYS.get(day.lower()) for day in _DAY.findall(unescape(text)))
    days = frozenset(day for day in named if day)
    return days if len(days) < 7 else frozenset()
