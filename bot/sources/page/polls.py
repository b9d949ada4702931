"""Polls in a text that no name tells: answers that can be ticked, or a question with buttons."""

from collections import Counter
from collections.abc import Iterator

from bot.sources.page.blocks import Document, Node, ancestors
from bot.sources.page.hints import Hint

ANSWERS = 2  # things to tick, or to press
LINES = 14  # blocks of a poll
AROUND = 3  # blocks of it beside its answers: what is asked, how many answered
SAID = 300  # characters of a poll; sites fold their chapters with such boxes, too
ASKED = 160  # characters of a question

_TEXT = Hint.BODY | Hint.STATED


def find_polls(document: Document, title_at: int | None) -> Iterator[tuple[int, int]]:
    """Begin and end of each."""
    nodes = document.nodes
    for at in _holding(document, document.choices):
        found = nodes[at]
        while nodes[at].parent >= 0:
            at = nodes[at].parent
            if nodes[at].end - nodes[at].start > found.end - found.start + AROUND:
                break
            if not _is_poll(document, nodes[at], title_at):
                break
            found = nodes[at]
        if _is_poll(document, found, title_at):
            yield found.start, found.end
    for at in _holding(document, [node for _, node in document.controls]):
        if _asks(document, nodes[at]):
            yield nodes[at].start, nodes[at].end


def _holding(document: Document, inside: list[int]) -> Iterator[int]:
    """The innermost elements with several of those."""
    held = Counter[int]()
    for node in inside:
        for at, _ in zip(ancestors(document, node), range(AROUND), strict=False):
            held[at] += 1
    for at, several in held.items():
        if several >= ANSWERS:
            yield at


def _is_poll(document: Document, node: Node, title_at: int | None) -> bool:
    if node.hint & _TEXT or not 0 < node.end - node.start <= LINES:
        return False
    titled = title_at is not None and node.start <= title_at < node.end
    blocks = document.blocks[node.start : node.end]
    return not titled and sum(len(block.text) for block in blocks) <= SAID


def _asks(document: Document, node: Node) -> bool:
    """Only a question, beside buttons with its answers."""
    if node.end - node.start != 1:
        return False
    text = document.blocks[node.start].text
    return len(text) <= ASKED and text.endswith("?")
