"""A feed's XML made safe and well-formed before a parser sees it.

What stands before the root element is dropped: with it go entity definitions, the stuff of bombs
and of files that read the server's disk. What is cut off is closed after the last whole item.
"""

import re
from html.entities import html5

from bot.sources.errors import NotAFeed

MAX_DEPTH = 2000
_HEAD = 300_000  # characters in which the root element must begin

_ROOT = re.compile(r"<((?:[a-z][\w.-]*:)?(?:rss|feed|rdf))(?=[\s>])", re.I)
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)
_ENDS = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_AMPERSAND = re.compile(r"&(?:#\d{1,7};|#[xX][\da-fA-F]{1,6};|(\w{1,32});)?")
_LONG_TAG = re.compile(r"<([\w:.-]{1,100})\s[^<>]{20000,}?(/?)>")  # attributes by the thousand
_TAG = re.compile(r"<(?:(/)|[^\s<>!?])[^<>]*>")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})


def rooted(text: str) -> str:
    """The text from its root element on, or NotAFeed."""
    text = _NO_XML.sub("", text)
    root = _ROOT.search(text, 0, _HEAD)
    if root is None or _HTML.search(text, 0, root.start()):
        raise NotAFeed(_what_it_is(text))
    return text[root.start() :]


def mend(text: str) -> str:
    """A rooted text as XML that declares no entities and ends as it should."""
    root = _ROOT.match(text)
    text = _close(text, root[1] if root else "rss")
    pieces = _CDATA.split(text)
    pieces[::2] = (_AMPERSAND.sub(_entity, _LONG_TAG.sub(r"<\1\2>", p)) for p in pieces[::2])
    _check_depth(pieces[::2])
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "".join(pieces)


def _what_it_is(text: str) -> str:
    if not text.strip():
        return "the address gives nothing, not a feed"
    if _HTML.search(text, 0, _HEAD):
        return "the address gives a web page, not a feed"
    return "the address gives something that is not a feed"


def _close(text: str, root: str) -> str:
    """Cut after the last whole item and closed, if the root element never ends."""
    if f"</{root}" in text[-500:]:
        return text
    ends = [m.end() for m in _ENDS.finditer(text)]
    if not ends:
        return text
    text = text[: ends[-1]]
    channel = "</channel>" if root.lower() == "rss" and "</channel" not in text else ""
    return f"{text}{channel}</{root}>"


def _check_depth(pieces: list[str]) -> None:
    """Elements in elements take a parser quadratic time; unclosed ones count, so be generous."""
    depth = 0
    for piece in pieces:
        for m in _TAG.finditer(piece):
            if m[1]:
                depth -= 1
            elif not m[0].endswith("/>"):
                depth += 1
            if depth > MAX_DEPTH:
                raise NotAFeed("the feed is nested too deep to be read")


def _entity(m: re.Match[str]) -> str:
    """HTML's entities as characters, ours to keep, all else as the text it looks like."""
    name = m[1]
    if name is None:
        return m[0] if len(m[0]) > 1 else "&amp;"
    if name in _XML_OWN:
        return m[0]
    letters = html5.get(name + ";")
    return letters if letters and letters not in "<&" else "&amp;" + m[0][1:]
