"""What a well-formed, valid feed says, read strictly by the standards and by nothing of ours.

The other half of bench.corpus: lxml for the structure, the standard library for dates.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

_COMMENT = re.compile(rb"<!--(?:(?!-->).)*?Expect:\s*(!?)(\w+)", re.S)
_OWN = re.compile(
    r"http://(www\.w3\.org/2005/Atom|purl\.org/atom/ns#|purl\.org/rss/1\.0/|"
    r"(my|channel)\.netscape\.com/.*|backend\.userland\.com/rss2?|purl\.org/net/rss1\.1#)$"
)
_ORIGINAL = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_MARKUP = re.compile(r"</?[a-z][^<>]*>|&(?:#\w+|\w+);", re.I)
_UNSEEN = "\x7f"
_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_DC = "http://purl.org/dc/elements/1.1/"
_XML = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One entry as the standards have it; None: the standards say nothing of it."""

    title: str
    url: str | None
    published_at: datetime | None


def says_valid(body: bytes) -> bool:
    """Whether a file's own comment calls it valid; True for files without such a comment."""
    said = _COMMENT.search(body)
    return said is None or said[1] == b"!" or said[2].startswith(b"Valid")


def expected(body: bytes, url: str) -> list[Expected] | None:
    """The entries of a well-formed feed; None for anything else."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if _name(root) not in ("rss", "RDF", "feed"):
        return None
    items = [e for e in root.iter(etree.Element) if _name(e) in ("item", "entry")]
    if any(_name(e.getparent()) not in ("channel", "RDF", "feed") for e in items):
        return None
    return [_entry(item, url) for item in items if _says_something(item)]


def _entry(item: Any, url: str) -> Expected:
    return Expected(
        title=_title(_child(item, "title")), url=_link(item, url), published_at=_published(item)
    )


def _says_something(item: Any) -> bool:
    texts = ("title", "description", "summary", "content", "encoded")
    return any("".join(e.itertext()).strip() for e in item if _name(e) in texts)


def _title(title: Any) -> str:
    if title is None:
        return ""
    said = "".join(title.itertext())
    plain = title.get("type") in ("xhtml", "application/xhtml+xml")
    if not plain and _MARKUP.search(said):
        said = str(html.fromstring(f"<div>{said}</div>").text_content())
    seen = (
        letter for letter in said if unicodedata.category(letter) != "Cf" and letter not in _UNSEEN
    )
    return " ".join("".join(seen).split())


def _link(item: Any, url: str) -> str | None:
    base = url
    for holder in reversed([item, *item.iterancestors()]):
        base = urljoin(base, holder.get(_XML, ""))
    if original := (item.findtext(_ORIGINAL) or "").strip():
        return original
    for link in _children(item, "link"):
        href = link.get("href") or link.text or ""
        if link.get("rel", "alternate") == "alternate" and href.strip():
            return str(urljoin(urljoin(base, link.get(_XML, "")), href.strip()))
    guid = _child(item, "guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        said = (guid.text or "").strip()
        return said if said.startswith("http") else None
    return None


def _published(item: Any) -> datetime | None:
    for name in _DATES:
        for element in _children(item, name):
            said = (element.text or "").strip()
            for read in (datetime.fromisoformat, parsedate_to_datetime):
                try:
                    moment = read(said)
                except (ValueError, TypeError):
                    continue
                return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _children(item: Any, name: str) -> list[Any]:
    return [e for e in item if _name(e) == name]


def _child(item: Any, name: str) -> Any:
    return next(iter(_children(item, name)), None)


def _name(element: Any) -> str:
    """The name of a feed's own element, or of Dublin Core's date; "" of any other."""
    if element is None or not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    namespace = name.namespace or ""
    own = not namespace or _OWN.match(namespace)
    known = namespace == _DC and name.localname == "date"
    rdf = name.localname == "RDF"
    return name.localname if own or known or rdf else ""
