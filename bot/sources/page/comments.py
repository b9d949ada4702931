"""Readers' comments that no name tells: who, perhaps when, and what they say, again and again.

They follow the text and are never in what the site names as the text, where lists of people asked
in the street may look the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.sources.page.blocks import HEADINGS, Block, Document, Node, ancestors, ends
from bot.sources.page.hints import Hint
from bot.sources.page.phrases import TIME

SEVERAL = 3  # comments
TOLD = 60  # characters of prose before the first of them
NAMED, NAME_WORDS = 50, 5  # characters, and words, of who says it
LINES = 8  # blocks of one comment
SAID = 25  # characters

_WHEN = re.compile(
    r"\d{1,2}[.:/]\d\d|\d{1,2} [а-яёіў]{3,9}|\b(?:вчера|сегодня|учора|сёння|назад|таму)\b", re.I
)
_MARKED = Hint.BODY | Hint.STATED


def find_comments(document: Document, title_at: int | None) -> Iterator[tuple[int, int]]:
    """Begin and end of each run of comments."""
    first = 0 if title_at is None else title_at + 1
    for nodes in _alike(document):
        start = nodes[0].start
        if start < first or document.prose[start] - document.prose[first] < TOLD:
            continue
        telling = (node for node in nodes if document.told(node) >= SAID)
        says = sum(_is_comment(document.blocks[node.start : node.end]) for node in telling)
        if 4 * says >= 3 * len(nodes) and not _is_marked(document, nodes[0].parent):
            yield start, nodes[-1].end
    yield from _flows(document, first)


def _alike(document: Document) -> Iterator[list[Node]]:
    """Elements of one kind beside each other, with nothing told between them or after."""
    kinds: defaultdict[tuple[int, str, str], list[Node]] = defaultdict(list)
    for node in document.nodes:
        if node.parent >= 0 and 1 < node.end - node.start <= LINES:
            kinds[(node.parent, node.element.tag, node.element.get("class") or "")].append(node)
    for (parent, _, _), nodes in kinds.items():
        if len(nodes) >= SEVERAL:
            told = document.prose[document.nodes[parent].end] - document.prose[nodes[0].start]
            if sum(map(document.told, nodes)) >= told:
                yield nodes


def _is_comment(blocks: Sequence[Block]) -> bool:
    return _is_name(blocks[0]) and any(len(b.text) >= SAID and b.prose for b in blocks[1:])


def _is_name(block: Block) -> bool:
    text = block.text
    if len(text) > NAMED or ends(text) or block.tag in HEADINGS or TIME.fullmatch(text):
        return False
    words = _WHEN.split(text)[0].split()
    return 0 < len(words) <= NAME_WORDS and text[0].isalpha()


def _is_marked(document: Document, at: int) -> bool:
    return any(document.nodes[around].hint & _MARKED for around in ancestors(document, at))


def _flows(document: Document, first: int) -> Iterator[tuple[int, int]]:
    """Comments without elements of their own: a line with a name and a date, then some prose."""
    blocks = document.blocks
    at = first
    while at < len(blocks):
        end, several = at, 0
        while end + 1 < len(blocks) and blocks[end + 1].prose >= SAID and _is_dated(blocks[end]):
            several += 1
            end += 2
            while end < len(blocks) and blocks[end].prose and not _is_dated(blocks[end]):
                if blocks[end].node != blocks[end - 1].node:
                    break
                end += 1
        told = document.prose[at] - document.prose[first]
        if several >= SEVERAL and told >= TOLD and not _is_marked(document, blocks[at].node):
            yield at, end
        at = max(end, at + 1)


def _is_dated(block: Block) -> bool:
    return _is_name(block) and bool(_WHEN.search(block.text))
