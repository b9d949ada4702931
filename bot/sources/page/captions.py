"""What stands under a picture in a small box with it, whatever the box is called."""

from collections.abc import Iterator

from bot.sources.page.blocks import HEADINGS, Block, Document, Node, ends
from bot.sources.page.phrases import CREDIT

LONGEST, LINES = 220, 3  # characters, and blocks, of a caption with its number and its author
HALF = 0.5  # of the page's prose: no caption

_PROSE = HEADINGS | {"p", "li", "td", "th", "body", "blockquote"}


def find_captions(document: Document, title_at: int | None) -> Iterator[tuple[int, int]]:
    """Begin and end of each: a few words beside a picture that are no sentence, or who took it."""
    nodes = document.nodes
    for _, inner, _ in document.images:
        at = inner
        while at >= 0 and _is_small(nodes[at]) and nodes[at].parent >= 0:
            if not _is_small(nodes[nodes[at].parent]):
                break
            at = nodes[at].parent
        if at < 0 or not _is_small(nodes[at]) or nodes[at].element.tag in _PROSE:
            continue
        start, end = nodes[at].start, nodes[at].end
        titled = title_at is not None and start <= title_at < end
        if start < end and not titled and _is_caption(document, nodes[at]):
            for line in range(start, end):
                if not _is_told(document.blocks[line]):
                    yield line, line + 1


def _is_told(block: Block) -> bool:
    """A paragraph that only shares the box with a picture."""
    return (
        block.tag == "p" and block.prose > 0 and ends(block.text) and not CREDIT.search(block.text)
    )


def _is_small(node: Node) -> bool:
    return node.end - node.start <= LINES


def _is_caption(document: Document, box: Node) -> bool:
    blocks = document.blocks[box.start : box.end]
    if sum(len(block.text) for block in blocks) > LONGEST:
        return False
    if any(block.tag in HEADINGS for block in blocks) or document.told(box) > (
        HALF * document.prose[-1]
    ):
        return False
    return any(CREDIT.search(block.text) for block in blocks) or not any(
        ends(block.text) for block in blocks
    )
