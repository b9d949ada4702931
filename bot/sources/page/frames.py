"""Frames: the elements around a block by tag and class, of which an article has one or two."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bot.sources.page.blocks import Document, Node
from bot.sources.page.hints import Hint

ALSO = 0.4  # of the prose of the main frame: another such frame is the article's, too
AFTER = 0.8  # the same, of one that begins below the main one's end
MARKED_WEIGHT = 2  # how much more prose counts in what the site names as the text
MARKED = Hint.BODY | Hint.STATED

_SHARED = frozenset({"div", "span", "center", "font", "section", "body", "html", "main", "article"})
_TEXT_TAGS = """
    p ul ol li dl dt dd blockquote pre table tbody thead tfoot tr td th h1 h2 h3 h4 h5 h6
"""
TEXTUAL = frozenset(_TEXT_TAGS.split())
_SERIAL = re.compile(r"[-_]*\d+$")


def number_frames(nodes: Sequence[Node]) -> list[int]:
    """Of each element, a number for the kinds of all elements around its text."""
    known: dict[tuple[int, str, frozenset[str]], int] = {}
    frames: list[int] = []
    for node in nodes:
        outer = frames[node.parent] if node.parent >= 0 else 0
        tag = node.element.tag
        kind = frozenset() if tag in TEXTUAL else kind_of(node.element)
        if tag in TEXTUAL or (not kind and tag in _SHARED):
            frames.append(outer)
        else:
            frames.append(known.setdefault((outer, tag, kind), len(known) + 1))
    return frames


def kind_of(element: Any) -> frozenset[str]:
    """Its classes but for those with numbers, if it has others; else its id without its number."""
    tokens = (element.get("class") or "")[:300].split()
    if tokens:
        plain = [token for token in tokens if not any(map(str.isdigit, token))]
        return frozenset(plain or (_SERIAL.sub("", token) or token for token in tokens))
    name = _SERIAL.sub("", (element.get("id") or "")[:100])
    return frozenset({name}) if name else frozenset()


def main_frames(document: Document, places: Sequence[int], frames: Sequence[int]) -> set[int]:
    """The frame with the most prose, and those that tell almost as much."""
    holders = holders_of(document.nodes)
    told: defaultdict[int, int] = defaultdict(int)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at in places:
        block = document.blocks[at]
        if block.prose:
            named = document.nodes[holders[block.node]].hint & MARKED
            weight = MARKED_WEIGHT if named else 1
            told[frames[block.node]] += (
                block.prose * weight // (2 if block.linked and block.tag == "li" else 1)
            )
        if block.prose:
            first.setdefault(frames[block.node], at)
            last[frames[block.node]] = at
    best = max(told, key=lambda frame: told[frame], default=0)
    return {
        frame
        for frame, size in told.items()
        if size >= (ALSO if first[frame] < last[best] else AFTER) * told[best]
    }


def holders_of(nodes: Sequence[Node]) -> list[int]:
    """Of each element, the one around the paragraph, list or table that it belongs to."""
    holders: list[int] = []
    for at, node in enumerate(nodes):
        textual = node.element.tag in TEXTUAL and node.parent >= 0
        holders.append(holders[node.parent] if textual else at)
    return holders
