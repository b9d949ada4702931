"""OPML, the lists of feeds that feed readers exchange."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.addresses import link
from bot.sources.channels import channel_address
from bot.sources.charset import decode
from bot.sources.errors import BadFile, NotASource
from bot.sources.markup import one_line
from storage.models import POLLED, NewSource, Source, SourceKind

MAX_FEEDS = 5000
FEED = "rss"  # the type of every feed, whatever its format (OPML 2.0); other kinds name themselves
_KINDS = {kind.value: kind for kind in POLLED - {SourceKind.FEED, SourceKind.FOLDER}}


def is_opml(body: bytes) -> bool:
    """Whether bytes under another name are such a list after all."""
    return b"<opml" in body[:4096].lower()


def parse_opml(body: bytes) -> list[NewSource]:
    """The feeds of a list, each address once; the outline it stands in is its region.

    Raises BadFile when there is no list in it.
    """
    from lxml import etree

    text = decode(body)
    start = text.lower().find("<opml")  # with what stands before go entity definitions
    if start < 0:
        raise BadFile("the file is no OPML")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(text[start:].encode(), parser)
    found: dict[str, NewSource] = {}
    for outline in root.iter("outline") if root is not None else ():
        source = _source(outline)
        if source is not None and len(found) < MAX_FEEDS:
            found.setdefault(source.url, source)
    return list(found.values())


def write_opml(sources: Iterable[Source], *, now: datetime) -> str:
    """The list of these sources, in their order; what is only Svodka's goes beside OPML's own."""
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
    ]
    head = E.head(E.title("Svodka"), E.dateCreated(format_datetime(now)))
    document = E.opml(head, E.body(*outlines), version="2.0")
    xml: bytes = etree.tostring(document, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return xml.decode()


def _source(outline: Any) -> NewSource | None:
    words = {name.lower(): value for name, value in outline.attrib.items()}
    url = link("", words.get("xmlurl"))
    if url is None:
        return None
    title = one_line(words.get("title") or words.get("text") or "")
    parent = outline.getparent()
    folder = one_line(parent.get("title") or parent.get("text") or "")
    kind, url = _kind(words.get("type", ""), url)
    return NewSource(
        url=url,
        title=title or url,
        kind=kind,
        site_url=link("", words.get("htmlurl")),
        region=one_line(words.get("category") or "") or folder or None,
        language=(words.get("language") or "")[:2].lower() or None,
        zone=_zone(words.get("zone")),
        selector=one_line(words.get("selector") or "")[:200] or None,
    )


def _kind(named: str, url: str) -> tuple[SourceKind, str]:
    """What is behind the address, and the address by which we know it.

    Other readers list a channel as any feed. Folders of this machine come from no list.
    """
    try:
        channel = channel_address(url)
    except NotASource:
        channel = None
    if channel is not None:
        return SourceKind.CHANNEL, channel
    return _KINDS.get(named.lower(), SourceKind.FEED), url


def _zone(name: str | None) -> str | None:
    try:
        return str(ZoneInfo(name)) if name else None
    except (ValueError, OSError, KeyError):  # the three ways in which it refuses a name
        return None
