"""A page as a row of blocks: paragraphs, headings, list items, rows of tables, in reading order.

Every element stands for a run of them (`Node`: from `start` to before `end`), so that what there is
in an element is told by differences of running sums, however deep the markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORDS = re.compile(r"\w+")


@dataclass(slots=True)
class Block:
    """A run of text between block borders."""

    text: str
    tag: str  # of the nearest block element around it
    linked: int  # characters of it in links
    bold: int  # characters of it in b or strong
    node: int  # the element it stands in
    hrefs: list[str] = field(default_factory=list)
    picture: bool = False  # an image stands in it
    joined: bool = False  # a line break parts it from the block before
    led: int = 0  # characters of the link that it begins with
    prose: int = field(init=False)  # characters that tell something: of a sentence, not linked

    def __post_init__(self) -> None:
        self.prose = self._prose()

    def _prose(self) -> int:
        own = len(self.text) - self.linked
        if self.tag in HEADINGS or own * 2 < len(self.text):
            return 0
        if own >= 80 or (own >= 25 and (self.joined or ends(self.text))):
            return own
        if self.tag == "li" and own >= 20 and 4 * self.linked <= own:
            return own // 2  # «проезд станет дороже на два рубля»
        return own if self.tag == "p" and own >= 40 and not self.linked else 0


@dataclass(slots=True)
class Node:
    """A block element, or an inline one that says what it is."""

    element: Any
    parent: int
    hint: int
    start: int
    end: int = 0


@dataclass(slots=True)
class Document:
    nodes: list[Node]
    blocks: list[Block]
    players: int  # frames and videos
    images: list[tuple[int, int, Any]]  # before which block, in which node, the element
    controls: list[tuple[int, int]]  # before which block, and in which node, a button or a field is
    choices: list[int]  # the nodes in which one answer of several can be ticked
    prose: list[int]  # running sums over the blocks, one longer than they are
    linked: list[int]

    def told(self, node: Node) -> int:
        """Characters of prose in an element."""
        return self.prose[node.end] - self.prose[node.start]


def ends(text: str) -> bool:
    """Whether it ends as a sentence does."""
    return text.rstrip("\"'»”’)] ")[-1:] in {".", "!", "?", "…", ":", ";"}


def folded(text: str) -> str:
    """Its words, by which two texts are compared."""
    return " ".join(_WORDS.findall(text)).casefold()


def ancestors(document: Document, at: int) -> Iterator[int]:
    """The node, and those around it, from within."""
    while at >= 0:
        yield at
        at = document.nodes[at].parent
