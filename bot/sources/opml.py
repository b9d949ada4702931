"""OPML in and out: how feed readers pass on what they read (http://opml.org/spec2.opml)."""

from collections.abc import Sequence
from typing import Any

from bot.sources.addresses import host_of, link
from bot.sources.charset import decode
from bot.sources.errors import BadFile
from bot.sources.markup import one_line
from storage.models import NewSource

MAX_FEEDS = 5_000


def parse_opml(body: bytes) -> list[NewSource]:
    """The feeds of an OPML file, each address once, also when it is not well-formed.

    Raises BadFile when no feed is in it.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    text = decode(body).lstrip()
    text = text.partition("?>")[2] if text.startswith("<?xml") else text
    root = etree.fromstring(text.encode(), parser) if text else None
    found: dict[str, NewSource] = {}
    for outline in root.iter() if root is not None else ():
        source = _source(outline)
        if source is not None and len(found) < MAX_FEEDS:
            found.setdefault(source.url, source)
    if not found:
        raise BadFile("no feed is in it")
    return list(found.values())


def write_opml(sources: Sequence[NewSource]) -> bytes:
    """An OPML 2.0 file of these feeds, as UTF-8."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Svodka"
    body = etree.SubElement(root, "body")
    for source in sources:
        names = {"type": "rss", "text": source.title, "title": source.title, "xmlUrl": source.url}
        if source.site_url:
            names["htmlUrl"] = source.site_url
        if source.language:
            names["language"] = source.language
        etree.SubElement(body, "outline", names)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return bytes(written)


def _source(outline: Any) -> NewSource | None:
    """One outline, whatever the case of its attributes; None when it is no feed."""
    values = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
    url = link("", values.get("xmlurl"))
    if url is None:
        return None
    title = one_line(values.get("title") or values.get("text") or "") or host_of(url)
    return NewSource(
        url=url,
        title=title,
        site_url=link("", values.get("htmlurl")),
        language=(values.get("language") or "")[:2].lower() or None,
    )
