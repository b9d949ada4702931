"""What stands under a picture in a small box with it, whatever the box is called."""

from collections.abc import Iterator

from bot.sources.markup import tidy
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
        if at >= 0 and _is_slanted(document, nodes[at]):
            yield nodes[at].start, nodes[at].end
        under = _paragraph_under(document, at)
        if under is not None and _is_slanted(document, under):
            yield under.start, under.end
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


def _paragraph_under(document: Document, at: int) -> Node | None:
    """The element right below a paragraph in which there is only a picture."""
    picture = document.nodes[at]
    if at < 0 or picture.element.tag != "p" or picture.start < picture.end:
        return None
    if picture.start == len(document.blocks):
        return None
    under = document.nodes[document.blocks[picture.start].node]
    return under if under.parent == picture.parent else None


def _is_slanted(document: Document, paragraph: Node) -> bool:
    """A few words in italics, in the paragraph of a picture."""
    if paragraph.element.tag != "p" or paragraph.end - paragraph.start != 1:
        return False
    text = document.blocks[paragraph.start].text
    slanted = paragraph.element.iter("i", "em")
    return not ends(text) and any(tidy(one.text_content()) == text for one in slanted)


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
