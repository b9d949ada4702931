"""A feed's XML as a small tree: its items and their elements, by names that do not vary.

It never goes deeper than a feed does: what an element holds beyond that is markup, kept as text.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from bot.sources.errors import NotAFeed
from bot.sources.xmlnames import Names

MAX_DEPTH = 2000

_HOLDERS = "rss rdf:rdf channel feed items item entry author media:group media:content"
_HOLD = frozenset(_HOLDERS.split())  # whose elements we look at
# Where one of these begins, an unclosed one before it has ended.
_LINE = "title link guid pubdate dc:date category comments description"
_LINES = frozenset(_LINE.split())
_SHORT = _LINES - {"description"}


@dataclass(slots=True)
class Node:
    """An element; `text` may be markup. Names are in lower case, with the usual prefixes."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The text of the first child that has one, by the order of the names."""
        for name in names:
            for child in self.children:
                if child.name == name and child.text.strip():
                    return child.text
        return ""

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]


class Builder:
    """Takes starts, ends and text as a parser tells them; makes nodes."""

    def __init__(self) -> None:
        self.root = Node("")
        self._nodes = [self.root]  # open ones that hold others
        self._leaf: Node | None = None  # an open one that holds text
        self._leaf_depth = 0
        self._pieces: list[tuple[bool, str]] = []  # of the leaf: whether markup, and what
        self._open: list[str] = []  # names of all that is open, as written
        self._names = Names()
        self._times_open: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        self._open.append(name)
        self._times_open[name] = self._times_open.get(name, 0) + 1
        if len(self._open) > MAX_DEPTH:
            raise NotAFeed("the feed is nested too deep to be read")
        if self._leaf is not None:
            self._pieces.append((True, _start_tag(name, attributes)))
            return
        attributes = {key.lower(): value for key, value in attributes.items()}
        self._names.learn(attributes, len(self._open))
        node = Node(self._names.usual(name), attributes)
        self._nodes[-1].children.append(node)
        if node.name in _HOLD:
            self._nodes.append(node)
        else:
            self._leaf, self._leaf_depth, self._pieces = node, len(self._open), []

    def end(self, _name: str = "") -> None:
        """The end of what began last."""
        name = self._open.pop()  # as it began: an end tag may be in other letters
        self._times_open[name] -= 1
        depth = len(self._open) + 1
        if self._leaf is None:
            self._nodes.pop()
        elif depth == self._leaf_depth:
            self._leaf.text = _joined(self._pieces)
            if self._leaf.attributes.get("mode") == "base64":  # of Atom 0.3
                self._leaf.text = _unpacked(self._leaf.text)
            self._leaf = None
        else:
            self._pieces.append((True, f"</{local_name(name)}>"))
        self._names.forget(depth)

    def data(self, text: str) -> None:
        if self._leaf is not None:
            self._pieces.append((False, text))
        elif len(self._nodes[-1].text) < 1000:  # an author, a picture's address
            self._nodes[-1].text += text[:1000].strip()

    def close(self, name: str) -> None:
        """The end of the innermost open element of that name, if there is one."""
        if self._times_open.get(name):
            while self._open[-1] != name:
                self.end()
            self.end()

    def close_all(self) -> None:
        while self._open:
            self.end()

    def make_room(self, name: str) -> None:
        """End what cannot hold an element of that name: another item, a title."""
        local = local_name(name)
        if local in ("item", "entry"):
            self.close(name)
        elif self._leaf is not None and self._leaf.name in _SHORT and name in _LINES:
            self.close(self._open[self._leaf_depth - 1])


def _start_tag(name: str, attributes: Mapping[str, str]) -> str:
    said = (f' {key}="{escape(value)}"' for key, value in attributes.items() if ":" not in key)
    return f"<{local_name(name)}{''.join(said)}>"


def _joined(pieces: list[tuple[bool, str]]) -> str:
    """Text as it is; amid markup, escaped."""
    if not any(markup for markup, _ in pieces):
        return "".join(text for _, text in pieces)
    return "".join(text if markup else escape(text, quote=False) for markup, text in pieces)


def _unpacked(text: str) -> str:
    try:
        return b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return text


def local_name(name: str) -> str:
    return name.rpartition(":")[2]
