"""A feed's text to a tree: by expat if it is well-formed, by rules of our own if it is not."""

import re
from html import unescape
from xml.parsers import expat

from bot.sources.xmlrepair import mend
from bot.sources.xmltree import Builder, Node

_LONGEST = 20_000  # characters of a tag's attributes that are looked at

_TAG = re.compile(
    r"<(?:(!\[CDATA\[)|(!--)|[!?][^<>]*>|"
    r"(/?)([a-z_][^\s<>/\"'=]*)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|[^<>]*+)>)",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'])([^\s=\"'<>/]++)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)


def tree(text: str) -> Node:
    """A rooted text as a node that holds its root element. Raises NotAFeed: nested too deep."""
    for repair in (str, mend):
        text = repair(text)
        try:
            return _strict(text)
        except (expat.ExpatError, UnicodeError):
            continue
    return _loose(text)


def _strict(text: str) -> Node:
    builder = Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(text, True)
    return builder.root


def _loose(text: str) -> Node:
    """Tags as they come: an end closes all that is open within, or nothing at all."""
    builder = Builder()
    position = 0
    while m := _TAG.search(text, position):
        builder.data(unescape(text[position : m.start()]))
        position = m.end()
        if m[1] or m[2]:
            position = _section(text, m, builder)
        elif m[3]:
            builder.close(m[4].lower())
        elif m[4]:
            builder.make_room(m[4].lower())
            builder.start(m[4], _attributes(m[5]))
            if m[5].endswith("/"):
                builder.end()
    builder.data(unescape(text[position:]))
    builder.close_all()
    return builder.root


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text[:_LONGEST])
    return {name: unescape(a or b or c.removesuffix("/")) for name, a, b, c in found}


def _section(text: str, m: re.Match[str], builder: "Builder") -> int:
    """Take in CDATA, pass over a comment; where it ends."""
    end = text.find("]]>" if m[1] else "-->", m.end())
    if end < 0:
        return len(text) if m[2] else m.end()
    if m[1]:
        builder.data(text[m.end() : end])
    return end + 3
