"""Which blocks of a page are out of the question: hidden, named as furniture, cards, comments.

A name counts less where the article's own heading, or most of the prose, stands in it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate

from bot.sources.page.blocks import HEADINGS, Document, Node, ancestors, ends
from bot.sources.page.captions import find_captions
from bot.sources.page.comments import find_comments
from bot.sources.page.hints import Hint
from bot.sources.page.polls import find_polls

SOME_PROSE = 300  # characters: what may be furniture is none when it tells as much
ROWS = 2  # of a table that only lays out a line of dates or rates
LITTLE_PROSE = 60  # the same of what is named as text, too
ALMOST = 0.8  # of the prose of what it stands in: no furniture
MOST = 0.5  # of the page's prose
FACTS, SEVERAL = 6, 3  # lines of facts together; how often with the same labels
LABEL = 20  # characters of such a label

_SUBHEADINGS = HEADINGS - {"h1"}
_COMMENTS = re.compile(
    r"(?:комментарии|обсуждение|отзывы|мнения читателей|каментары[іi]?|абмеркаванне|comments?)"
    r"[\s:]*(?:\(?\d+\)?)?",
    re.I,
)
_REST = re.compile(r"[-–—]\s?[а-яёіў]{3}")
MARKED = Hint.BODY | Hint.STATED
_DOUBTFUL = Hint.HIDDEN | Hint.FURNITURE | Hint.MAYBE | Hint.CAPTION


def find_alive(document: Document, title_at: int | None, cards: Iterable[int]) -> list[bool]:
    """Blocks that stand in nothing hidden, in no furniture, no card of a list and no comment."""
    dead = _dead(document, title_at)
    alive = [not dead[block.node] for block in document.blocks]
    for at in cards:
        node = document.nodes[at]
        alive[node.start : node.end] = [False] * (node.end - node.start)
    for find in (find_captions, find_comments, find_polls):
        for start, end in find(document, title_at):
            alive[start:end] = [False] * (end - start)
    _mute_comments(document, alive, title_at)
    return alive


def _dead(document: Document, title_at: int | None) -> list[bool]:
    """Of each element, whether it or what it stands in is furniture."""
    nodes = document.nodes
    dead = [False] * len(nodes)
    together = _told_together(document)
    within: dict[int, int] = {}  # told in elements named as text, or around the title
    stated = _stated_before(document)
    facts = _facts(document)
    for at, node in enumerate(nodes):
        titled = title_at is not None and node.start <= title_at < node.end
        if node.parent >= 0 and dead[node.parent]:
            dead[at] = True
        elif node.hint & _DOUBTFUL:
            around = next((within[a] for a in ancestors(document, node.parent) if a in within), 0)
            holds_article = titled or stated[node.end] > stated[node.start]
            series = at in facts or together.get(_kin(node), 0) > MOST * around > 0
            dead[at] = _is_furniture(document, node, holds_article, around) and not series
        if (titled or node.hint & MARKED) and not dead[at]:
            within[at] = document.told(node)
    return dead


def _kin(node: Node) -> tuple[int, str, str]:
    return node.parent, node.element.tag, node.element.get("class") or ""


def _told_together(document: Document) -> dict[tuple[int, str, str], int]:
    """What elements that may be furniture tell together with those beside them of their kind:
    «что известно» in cards is an article."""
    told: defaultdict[tuple[int, str, str], int] = defaultdict(int)
    for node in document.nodes:
        if node.hint & _DOUBTFUL == Hint.MAYBE:
            told[_kin(node)] += document.told(node)
    return told


def _facts(document: Document) -> set[int]:
    """Elements with the same labels again and again: «Где: …», «Когда: …» under each event."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, node in enumerate(document.nodes):
        if node.hint & _DOUBTFUL == Hint.MAYBE and 1 < node.end - node.start <= FACTS:
            blocks = document.blocks[node.start : node.end]
            labels = [block.text.partition(": ") for block in blocks]
            if all(fact and len(label) <= LABEL for label, _, fact in labels):
                names = node.element.get("class") or "", *(label for label, _, _ in labels)
                alike[names].append(at)
    return {at for nodes in alike.values() if len(nodes) >= SEVERAL for at in nodes}


def _stated_before(document: Document) -> list[int]:
    """How many of schema.org's texts begin before each block."""
    begun = [0] * (len(document.blocks) + 1)
    for node in document.nodes:
        if node.hint & Hint.STATED and document.told(node) > SOME_PROSE / 3:
            begun[node.start] += 1
    return [0, *accumulate(begun)]


def _is_furniture(document: Document, node: Node, holds_article: bool, around: int) -> bool:
    """`around`: what the element tells that it stands in, named as text or around the title."""
    told, all_told = document.told(node), document.prose[-1]
    perhaps = node.hint & Hint.MAYBE and not node.hint & Hint.FURNITURE
    if node.element.tag == "figure" and node.hint == Hint.MAYBE and not _shows(node):
        return False
    if perhaps and (
        _has_data(document, node)
        or _is_heading(document, node)
        or _is_lead(node, told)
        or _goes_on(document, node)
    ):
        return False
    if node.hint & (Hint.HIDDEN | Hint.CAPTION) and told < MOST * all_told:
        return not (holds_article and node.hint & Hint.CAPTION)
    if holds_article:
        return False
    if told > MOST * all_told and not node.hint & Hint.SURELY:
        return False
    if perhaps and told >= ALMOST * around > 0:
        return False
    if node.hint & Hint.FURNITURE and not node.hint & MARKED:
        return True
    linked = document.linked[node.end] - document.linked[node.start]
    least = LITTLE_PROSE if node.hint & MARKED else SOME_PROSE
    return told < least or linked > told


def _shows(figure: Node) -> bool:
    """Whether it has a picture; some editors put every paragraph into a figure."""
    inside = figure.element.iter("img", "picture", "svg", "video", "iframe", "amp-img", "noscript")
    return next(inside, None) is not None


def _has_data(document: Document, node: Node) -> bool:
    """Whether it is a table without links, of more than two rows: figures are no prose."""
    if node.element.tag != "table" or document.linked[node.end] > document.linked[node.start]:
        return False
    rows = [row for row in node.element.iter("tr") if len(row) > 1]
    return len(rows) > ROWS


def _is_lead(node: Node, told: int) -> bool:
    return bool(node.hint & Hint.LEAD) and told >= LITTLE_PROSE


def _goes_on(document: Document, node: Node) -> bool:
    """Whether it is the rest of a quote's sentence: «— рассказал житель посёлка.»"""
    blocks = document.blocks[node.start : min(node.end, node.start + 2)]
    return len(blocks) == 1 and ends(blocks[0].text) and bool(_REST.match(blocks[0].text))


def _is_heading(document: Document, node: Node) -> bool:
    """Whether only a subheading is in it, as builders of pages wrap each in an element."""
    blocks = document.blocks[node.start : min(node.end, node.start + 3)]
    return len(blocks) == 1 and blocks[0].tag in _SUBHEADINGS and not blocks[0].linked


def _mute_comments(document: Document, alive: list[bool], title_at: int | None) -> None:
    """What follows a bare «Комментарии» beside it, once something has been told."""
    muted = 0
    for at in range(title_at or 0, len(document.blocks)):
        block = document.blocks[at]
        if (
            at >= muted
            and len(block.text) <= 40
            and not block.linked
            and _COMMENTS.fullmatch(block.text)
        ):
            before = document.prose[at] - document.prose[title_at or 0]
            parent = document.nodes[block.node].parent
            if parent >= 0 and (before or _heads(document, at, title_at)):
                muted = document.nodes[parent].end
                alive[at:muted] = [False] * (muted - at)


def _heads(document: Document, at: int, title_at: int | None) -> bool:
    """Whether it is the heading of a box of its own, below the title, as in a gallery."""
    box = document.nodes[document.nodes[document.blocks[at].node].parent]
    heading = document.blocks[at].tag in HEADINGS
    return heading and title_at is not None and title_at < at == box.start
