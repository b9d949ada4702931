"""Articles below each other on one page, as an endless feed has them: the first alone is asked for.

The next stands in an element of the same kind, its headline and its text as deep in the same
elements. Sections of one article look like that, too; so each must have its own date or address.
"""

import re
from typing import Any

from bot.sources.page.blocks import HEADINGS, Document, ancestors
from bot.sources.page.phrases import STAMP

TOLD = 60  # characters of prose in a next article
LINE = 80  # characters of one with a date

_ADDRESS = re.compile(r"data-(?:.*-)?(?:url|href|link|uri|path|slug|permalink)$")
_NUMBER = re.compile(r"data-(?:.*-)?id$")

Path = tuple[str, ...]


def another_follows(document: Document, title_at: int, around: int) -> bool:
    """Whether, in the element `around`, what holds the title is followed by an article like it."""
    nodes = document.nodes
    path = ancestors(document, document.blocks[title_at].node)
    own = next((at for at in path if nodes[at].parent == around), None)
    if own is None or not nodes[own].element.get("class"):
        return False
    shape = _shape(document, own, title_at)
    for at in range(own + 1, len(nodes)):
        if nodes[at].start >= nodes[around].end:
            break
        if nodes[at].parent == around and _kind(nodes[at].element) == _kind(nodes[own].element):
            if document.told(nodes[at]) < TOLD or not _are_apart(document, own, at):
                return False
            heading = _heading(document, at)
            return heading is not None and _shape(document, at, heading) == shape
    return False


def _kind(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _heading(document: Document, at: int) -> int | None:
    """The first heading in an element, if nothing is told before it."""
    for place in range(document.nodes[at].start, document.nodes[at].end):
        block = document.blocks[place]
        if block.tag in HEADINGS:
            return place
        if block.prose:
            return None
    return None


def _shape(document: Document, box: int, heading: int) -> tuple[Path, Path] | None:
    """How deep in which elements the heading stands, and the first that is told after it."""
    places = range(heading + 1, document.nodes[box].end)
    told = next((at for at in places if document.blocks[at].prose), None)
    return None if told is None else (_path(document, box, heading), _path(document, box, told))


def _path(document: Document, box: int, place: int) -> Path:
    kinds = []
    for at in ancestors(document, document.blocks[place].node):
        if at == box:
            break
        tag, name = _kind(document.nodes[at].element)
        kinds.append(f"{'h' if tag in HEADINGS else tag} {name}")
    return tuple(kinds)


def _are_apart(document: Document, own: int, other: int) -> bool:
    """Whether each is an article by its tag, or has its own address, number or date."""
    boxes = document.nodes[own], document.nodes[other]
    if all(box.element.tag == "article" for box in boxes):
        return True
    first, second = (_marks(box.element) for box in boxes)
    if first and second and first != second:
        return True
    return all(
        any(
            len(b.text) <= LINE and STAMP.match(b.text)
            for b in document.blocks[box.start : box.end]
        )
        for box in boxes
    )


def _marks(element: Any) -> list[str]:
    return [
        value
        for name, value in element.attrib.items()
        if (_ADDRESS.match(name) and "/" in value)
        or (_NUMBER.match(name) and value.isdigit() and len(value) > 2)
    ]
