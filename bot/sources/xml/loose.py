"""XML that is none: tags as they come, an end closing all that is open within, or nothing."""

import re
from collections import Counter
from html import unescape

from bot.sources.errors import NotAFeed
from bot.sources.xml.tree import MAX_ELEMENTS, Builder, Node, local_name

_LONGEST = 20_000  # characters of a tag's attributes that are looked at

# Where one of these begins, an unclosed one before it has ended.
_LINE = "title link guid pubdate dc:date category comments description"
_LINES = frozenset(_LINE.split())
_SHORT = _LINES - {"description"}

_TAG = re.compile(
    r"<(?:(!\[CDATA\[)|(!--)|[!?][^<>]*>|"
    r"(/?)([a-z_][^\s<>/\"'=]*)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|[^<>]*+)>)",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'])([^\s=\"'<>/]++)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)
_NUMBERED = re.compile(r"&#(?:x[\da-f]{1,6}|\d{1,7});", re.I)


def read_loosely(text: str) -> Node:
    """A mended text as a node that holds its root element. Raises NotAFeed: too much, too deep."""
    reader = _Reader()
    position = tags = 0
    while m := _TAG.search(text, position):
        reader.builder.data(_plain(text[position : m.start()]))
        position = m.end()
        tags += 1
        if tags > MAX_ELEMENTS * 3:
            raise NotAFeed("the feed holds too much to be read")
        if m[1] or m[2]:
            position = _section(text, m, reader.builder)
        elif m[3]:
            reader.end(m[4].lower())
        elif m[4]:
            reader.start(m[4].lower(), _attributes(m[5]), empty=m[5].endswith("/"))
    reader.builder.data(_plain(text[position:]))
    return reader.finished()


class _Reader:
    """Knows what is open, so that the builder sees each element end."""

    def __init__(self) -> None:
        self.builder = Builder()
        self._open: list[str] = []
        self._times: Counter[str] = Counter()  # open ones by name

    def start(self, name: str, attributes: dict[str, str], *, empty: bool) -> None:
        self._make_room(name)
        self._open.append(name)
        self._times[name] += 1
        self.builder.start(name, attributes)
        if empty:
            self._end_last()

    def end(self, name: str) -> None:
        """The end of the innermost element of that name; of none, if none is open."""
        if self._times[name]:
            while self._open[-1] != name:
                self._end_last()
            self._end_last()

    def finished(self) -> Node:
        while self._open:
            self._end_last()
        return self.builder.root

    def _end_last(self) -> None:
        name = self._open.pop()
        self._times[name] -= 1
        self.builder.end(name)

    def _make_room(self, name: str) -> None:
        """End what cannot hold an element of that name: another item, a title."""
        leaf = self.builder.leaf
        if local_name(name) in ("item", "entry"):
            self.end(name)
        elif leaf is not None and leaf.name in _SHORT and name in _LINES:
            self.end(self._open[self.builder.leaf_depth - 1])


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text[:_LONGEST])
    return {name: unescape(a or b or c.removesuffix("/")) for name, a, b, c in found}


def _section(text: str, m: re.Match[str], builder: Builder) -> int:
    """Take in CDATA, pass over a comment; where it ends."""
    end = text.find("]]>" if m[1] else "-->", m.end())
    if end < 0:
        return len(text) if m[2] else m.end()
    if m[1]:
        builder.data(text[m.end() : end])
    return end + 3


def _plain(text: str) -> str:
    """Text without references; a mended one has XML's own and numbers, no others."""
    if "&" not in text:
        return text
    text = _NUMBERED.sub(lambda m: unescape(m[0]), text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&apos;", "'").replace("&amp;", "&")
