"""A feed's XML as a small tree: its items and their elements, by names that do not vary.

It never goes deeper than a feed does: what an element holds beyond that is markup, kept as text.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from bot.sources.errors import NotAFeed
from bot.sources.xml.names import Names

MAX_DEPTH = 2000

MAX_ELEMENTS = 200_000  # of one part of a feed

_HOLDERS = "rss rdf:rdf channel feed items item entry author media:group media:content"
_HOLD = frozenset(_HOLDERS.split())  # whose elements we look at


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
    """Takes starts, ends and text as a parser tells them; makes nodes. Raises NotAFeed."""

    def __init__(self) -> None:
        self.root = Node("")
        self.leaf: Node | None = None  # an open one that holds text
        self.leaf_depth = 0
        self._nodes = [self.root]  # open ones that hold others
        self._depth = 0
        self._elements = 0
        self._said: list[str] = []  # of the leaf
        self._markup: set[int] = set()  # which pieces of it are tags
        self._names = Names()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise NotAFeed("the feed is nested too deep, or holds too much, to be read")
        name = name.lower()
        if self.leaf is not None:
            self._tag(_start_tag(name, attributes))
            return
        if attributes:
            attributes = {key.lower(): value for key, value in attributes.items()}
            self._names.learn(attributes, self._depth)
        node = Node(self._names.usual(name), attributes)
        self._nodes[-1].children.append(node)
        if node.name in _HOLD:
            self._nodes.append(node)
        else:
            self.leaf, self.leaf_depth, self._said, self._markup = node, self._depth, [], set()

    def end(self, name: str) -> None:
        """The end of what began last."""
        if self.leaf is None:
            self._nodes.pop()
        elif self._depth == self.leaf_depth:
            self.leaf.text = self._text()
            if self.leaf.attributes.get("mode") == "base64":  # of Atom 0.3
                self.leaf.text = _unpacked(self.leaf.text)
            self.leaf = None
        else:
            self._tag(f"</{local_name(name.lower())}>")
        self._names.forget(self._depth)
        self._depth -= 1

    def data(self, text: str) -> None:
        if self.leaf is not None:
            self._said.append(text)
        elif len(self._nodes[-1].text) < 1000:  # an author, a picture's address
            self._nodes[-1].text += text[:1000].strip()

    def _tag(self, tag: str) -> None:
        self._markup.add(len(self._said))
        self._said.append(tag)

    def _text(self) -> str:
        """The leaf's text as it is; amid markup, escaped."""
        if not self._markup:
            return "".join(self._said)
        return "".join(
            said if at in self._markup else escape(said, quote=False)
            for at, said in enumerate(self._said)
        )


def _start_tag(name: str, attributes: Mapping[str, str]) -> str:
    said = (f' {key}="{escape(value)}"' for key, value in attributes.items() if ":" not in key)
    return f"<{local_name(name)}{''.join(said)}>"


def _unpacked(text: str) -> str:
    try:
        return b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return text


def local_name(name: str) -> str:
    return name.rpartition(":")[2]
