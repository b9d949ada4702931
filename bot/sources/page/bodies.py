"""Which of a page's blocks are its article: what the site itself marks, else where the prose is.

A container is trusted as far as its name goes: schema.org's articleBody, then the class names of
content, then the element that holds most of the prose. What stands in elements named as furniture
is out of the question, unless the article's own heading or most of the page's prose is in them.
"""

from collections.abc import Iterator, Sequence

from bot.sources.page.blocks import Block, Document, Node, ancestors
from bot.sources.page.bounds import MORE, find_bound
from bot.sources.page.hints import Hint
from bot.sources.page.parts import is_subtitle
from bot.sources.page.phrases import TIME
from bot.sources.page.remains import Remains

CLIMB = 1.3  # how much more an element must tell to be taken for one within it
COLUMN = 2.5  # the same of a table's row: what stands beside a cell is another column
TRUSTED = 0.6  # of the prose found without names must be in what is named as the body
LEAD_REACH = 14  # blocks before the body, where its lead may stand


def body_places(remains: Remains) -> list[int]:
    """The article's blocks, its lead before them; empty where nothing is told."""
    nodes = remains.document.nodes
    bound = find_bound(remains)
    found = _found(remains, bound)
    if found is None:
        return []
    chosen = [found]
    for hint, trusted in ((Hint.STATED, TRUSTED / 2), (Hint.BODY, TRUSTED)):
        marked = _marked(remains, bound, hint)
        told = sum(remains.told(nodes[at]) for at in marked)
        if marked and told >= trusted * remains.told(nodes[found]):
            chosen = marked
            break
    blocks = remains.document.blocks
    start, end = nodes[chosen[0]].start, nodes[chosen[-1]].end
    inside = (at for at in range(start, end) if remains.alive[at] or _is_time(blocks[at]))
    return [*_leads(remains, start), *inside]


def _is_time(block: Block) -> bool:
    """Of a report by the hour: furniture by its name, yet what the text is ordered by."""
    return bool(TIME.fullmatch(block.text))


def _found(remains: Remains, bound: int | None) -> int | None:
    """The element that holds the prose, found without names."""
    nodes = remains.document.nodes
    direct = [0] * len(nodes)
    for block, on in zip(remains.document.blocks, remains.alive, strict=True):
        if on and block.prose:
            direct[block.node] += block.prose
            parent = nodes[block.node].parent
            if parent >= 0 and nodes[parent].element.tag != "tr":
                direct[parent] += block.prose
    inside = range(len(nodes)) if bound is None else _within(nodes, bound)
    best = max(inside, key=lambda at: direct[at], default=None)
    if best is None or not direct[best]:
        return None
    for at in ancestors(remains.document, best):
        told, more = remains.told_below(nodes[best]), remains.told_below(nodes[at])
        climb = COLUMN if nodes[at].element.tag == "tr" else CLIMB
        if (
            more >= climb * told
            and more - told >= MORE
            and remains.value(nodes[at]) > remains.value(nodes[best])
        ):
            best = at
        if at == bound:
            break
    return best


def _marked(remains: Remains, bound: int | None, hint: int) -> list[int]:
    """The innermost elements so named that tell the most; parts of one text together."""
    nodes = remains.document.nodes
    inside = range(len(nodes)) if bound is None else _within(nodes, bound)
    named = [at for at in inside if nodes[at].hint & hint and remains.told(nodes[at])]
    if not named and hint is Hint.STATED:
        named = [at for at, node in enumerate(nodes) if node.hint & hint and remains.told(node)]
    if not named:
        return []
    most = max(remains.told(nodes[at]) for at in named)
    best = next(at for at in reversed(named) if remains.told(nodes[at]) >= 0.85 * most)
    parts = [
        at
        for at in named
        if nodes[at].parent == nodes[best].parent and nodes[at].hint == nodes[best].hint
    ]
    return parts if _is_one(remains.document, parts) else [best]


def _is_one(document: Document, parts: Sequence[int]) -> bool:
    """Whether neighbours of one name are parts of a text: no heading of an article between."""
    first, last = document.nodes[parts[0]], document.nodes[parts[-1]]
    between = document.blocks[first.start : last.end]
    return all(block.tag != "h1" for block in between)


def _leads(remains: Remains, start: int) -> Iterator[int]:
    """Prose between the title and the body: the lead stands there, and the subtitle."""
    first = max(0, start - LEAD_REACH)
    if remains.title_at is not None and remains.title_at < start:
        first = max(first, remains.title_at + 1)
    elif remains.title_at is not None:
        return
    for at in range(first, start):
        if remains.alive[at] and _is_lead(remains, at):
            yield at


def _is_lead(remains: Remains, at: int) -> bool:
    document = remains.document
    block = document.blocks[at]
    named = any(document.nodes[node].hint & Hint.LEAD for node in ancestors(document, block.node))
    own = len(block.text) - block.linked
    if named:
        return own >= 20 and 2 * block.linked < len(block.text)
    if block.tag in ("h2", "h3"):
        return own >= 40 and not block.linked
    if remains.title_at is None:
        return False
    return block.prose >= 60 or (at == remains.title_at + 1 and is_subtitle(block))


def _within(nodes: Sequence[Node], at: int) -> Iterator[int]:
    """A node and those in it, which stand right after it."""
    yield at
    for inner in range(at + 1, len(nodes)):
        if nodes[inner].start >= nodes[at].end:
            break
        if nodes[inner].end <= nodes[at].end:
            yield inner
