"""How far around its title an article may go: as far as prose follows closely.

Cards, headings of other things and boxes under a label of their own end it.
"""

from bot.sources.page.blocks import HEADINGS, Block, ancestors
from bot.sources.page.hints import Hint
from bot.sources.page.remains import Remains, told_in
from bot.sources.page.series import another_follows
from bot.sources.page.weeding import MARKED

MORE = 150  # characters of prose by which an element must tell more than one within it
NEAR = 60  # characters of prose beside the title: an article begins there
GAP, FAR = 4, 4  # blocks between two parts of an article; else the second tells so much more
BOX = 10  # how much more a box of its own must tell to be the article after a lead
LEAST = 0.1  # of the page's prose stands around the title, if it is the article's


def find_bound(remains: Remains) -> int | None:
    """The element around the title beyond which its article does not go.

    It grows from the title outwards while prose follows closely; beyond cards and headings of
    other things only when there is far more of it, as after a lead.
    """
    if remains.title_at is None:
        return None
    document = remains.document
    nodes = document.nodes
    bound = None
    for at in ancestors(document, document.blocks[remains.title_at].node):
        told = remains.told_below(nodes[at])
        if bound is None:
            bound = at if told >= NEAR else None
            continue
        before = remains.told_below(nodes[bound])
        if told - before < MORE:
            continue
        if another_follows(document, remains.title_at, at):
            break
        gap = _gap(remains, nodes[bound].end, nodes[at].end)
        if gap is None or (gap > GAP and told < FAR * before):
            break
        if told < BOX * before and _is_box(remains, bound, at):
            break
        bound = at
    if bound is None or remains.told_below(nodes[bound]) < LEAST * remains.all_told:
        return None
    return bound


def _is_box(remains: Remains, bound: int, around: int) -> bool:
    """Whether what follows is a box of its own: another element than ours, under a label."""
    document = remains.document
    nodes = document.nodes
    own = next(at for at in ancestors(document, bound) if nodes[at].parent == around)
    told = (
        at
        for at in range(nodes[bound].end, nodes[around].end)
        if remains.alive[at] and told_in(document.blocks[at])
    )
    first = next(told, None)
    if first is None:
        return False
    path = ancestors(document, document.blocks[first].node)
    other = next((at for at in path if nodes[at].parent == around), around)
    if other == around or nodes[other].hint & (MARKED | Hint.ARTICLE):
        return False
    alike = nodes[other].element, nodes[own].element
    if len({(element.tag, element.get("class")) for element in alike}) == 1:
        return False
    label = next((at for at in range(nodes[other].start, first) if remains.alive[at]), None)
    return label is not None and _is_label(document.blocks[label])


def _gap(remains: Remains, start: int, end: int) -> int | None:
    """Blocks before the next prose, a heading counting for many; None: cards come first."""
    gap = 0
    for at in range(start, end):
        if remains.carded[at]:
            return None
        if remains.alive[at]:
            block = remains.document.blocks[at]
            if told_in(block):
                return gap
            gap += 1 if block.tag not in HEADINGS else GAP
    return gap


def _is_label(block: Block) -> bool:
    """A heading, or a short line that is all bold."""
    return block.tag in HEADINGS or (len(block.text) <= 60 and block.bold >= 0.9 * len(block.text))
