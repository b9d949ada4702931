"""OPML, the lists of feeds that feed readers exchange.

In the wild it is often no XML: ampersands bare, quotes in quotes, elements never closed. All that
counts are its <outline> tags and their attributes, so these are read for themselves.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from html import unescape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.sources.addresses import resolve
from bot.sources.channels import channel_address
from bot.sources.charset import decode
from bot.sources.errors import BadFile, NotASource
from bot.sources.markup import one_line
from storage.models import POLLED, NewSource, Source, SourceKind

MAX_FEEDS = 5000
FEED = "rss"  # the type of every feed, whatever its format (OPML 2.0); other kinds name themselves
_KINDS = {kind.value: kind for kind in POLLED - {SourceKind.FEED, SourceKind.FOLDER}}
_OUTLINE = re.compile(r"<(/?)outline\b", re.I)
_WORD = re.compile(
    r"(?<![\w:.-])([\w:.-]{1,100})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+?)(?=\s|/?>|$))"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,32});")

Words = dict[str, str]


def parse_opml(body: bytes) -> list[NewSource]:
    """The sources of a list, each once; the outline it stands in is its region.

    Raises BadFile when there is no list in it.
    """
    text = _without_comments(decode(body))
    if not re.search(r"<(?:opml|outline)\b", text, re.I):
        raise BadFile("the file is no OPML")
    found: dict[str, NewSource] = {}
    for words, folder in _outlines(text):
        source = _source(words, folder)
        if source is not None and len(found) < MAX_FEEDS:
            found.setdefault(_same(source.url), source)
    return list(found.values())


def write_opml(sources: Iterable[Source], *, now: datetime) -> str:
    """The list of these sources, in their order, without folders, which are nobody else's.

    What is only Svodka's goes beside OPML's own.
    """
    from lxml import etree
    from lxml.builder import E

    outlines = [
        E.outline(
            type=FEED if source.kind is SourceKind.FEED else source.kind.value,
            text=source.title,
            title=source.title,
            xmlUrl=source.url,
            **({"htmlUrl": source.site_url} if source.site_url else {}),
            **({"language": source.language} if source.language else {}),
            **({"category": source.region} if source.region else {}),
            **({"zone": source.zone} if source.zone else {}),
            **({"selector": source.selector} if source.selector else {}),
        )
        for source in sources
        if source.kind is SourceKind.FEED or source.kind in _KINDS.values()
    ]
    head = E.head(E.title("Svodka"), E.dateCreated(format_datetime(now)))
    document = E.opml(head, E.body(*outlines), version="2.0")
    xml: bytes = etree.tostring(document, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return xml.decode()


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _outlines(text: str) -> Iterator[tuple[Words, str]]:
    """Each outline that names an address, with the title of the one it stands in.

    Where there are fewer ends than beginnings it is the feeds that are left open.
    """
    parts = _OUTLINE.split(text)
    tags = [(bool(end), *_read(said)) for end, said in zip(parts[1::2], parts[2::2], strict=True)]
    ends = sum(end for end, _, _ in tags)
    open_feeds = ends < sum(not end and not closed for end, _, closed in tags)
    folders: list[str | None] = []  # None: a feed, which holds no others
    for end, words, closed in tags:
        if end:
            del folders[-1:]
            continue
        is_feed = "xmlurl" in words
        if is_feed:
            yield words, next(filter(None, reversed(folders)), "")
        if not closed and not (is_feed and open_feeds):
            folders.append(None if is_feed else _title(words))


def _read(said: str) -> tuple[Words, bool]:
    """The attributes of a tag, by their names in lower case, and whether it is its own end."""
    words: Words = {}
    for m in _WORD.finditer(said):
        value = m[2] or m[3] or m[4] or ""
        words.setdefault(m[1].lower(), _ENTITY.sub(lambda e: unescape(e[0]), value))
    return words, _WORD.sub("", said).partition(">")[0].rstrip().endswith("/")


def _source(words: Words, folder: str) -> NewSource | None:
    url = resolve("", words["xmlurl"])
    try:
        channel = channel_address(url) if url else None
    except NotASource:  # an invitation, or such
        return None
    if url is None:
        return None
    kind = SourceKind.CHANNEL if channel else _KINDS.get(words.get("type", "").lower())
    return NewSource(
        url=channel or url,
        title=_title(words) or channel or url,
        kind=kind or SourceKind.FEED,
        site_url=resolve("", words.get("htmlurl")),
        region=_region(words.get("category", "")) or folder or None,
        language=words.get("language", "")[:2].lower() or None,
        zone=_zone(words.get("zone")),
        selector=_selector(words) if kind is SourceKind.PAGE else None,
    )


def _title(words: Words) -> str:
    return one_line(words.get("title") or words.get("text") or "")


def _region(category: str) -> str:
    """Ours as it is; of a path, as OPML 2.0 has categories, its first step."""
    if category.startswith("/"):
        category = category.split(",")[0].strip("/").split("/")[0]
    return one_line(category)


def _selector(words: Words) -> str | None:
    return one_line(words.get("selector", ""))[:200] or None


def _zone(name: str | None) -> str | None:
    try:
        return str(ZoneInfo(name)) if name else None
    except (ValueError, OSError, KeyError):  # the three ways in which it refuses a name
        return None


def _same(url: str) -> str:
    """What two spellings of one address have in common."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
