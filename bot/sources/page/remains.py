"""What remains of a page when furniture and teasers are out of the question, and what it tells.

Teasers of other articles are cards with an element each, or headlines that are links, a few lines
below each. A digest of many in the text of what says that it is an article is none of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate, pairwise

from bot.sources.page.blocks import Block, Document, Node, ancestors
from bot.sources.page.cards import find_cards, find_flows, is_headline
from bot.sources.page.phrases import speaks_of_cookies, speaks_of_rights
from bot.sources.page.weeding import MARKED, MOST, SOME_PROSE, find_alive

COLUMN_BLOCKS = 6  # of a table's cell that is no card among such: a column
SHORT = 0.3  # how heavily short pieces weigh against the prose beside them


class Remains:
    """Which blocks are alive, which were in teasers, and sums over those that are left."""

    def __init__(
        self, document: Document, title_at: int | None, *, says_article: bool = False
    ) -> None:
        """`says_article`: by its own word it is one, and a digest of many may be in its text."""
        self.document = document
        self.title_at = title_at
        cards = frozenset(find_cards(document))
        self.cards = cards - _digest(document, cards) if says_article else cards
        self.carded = [False] * len(document.blocks)
        for at in self.cards:
            for place in range(document.nodes[at].start, document.nodes[at].end):
                self.carded[place] = True
        self.alive = find_alive(document, title_at, self.cards)
        self.teasers = len(self.cards)
        if not says_article:
            self._mute_flow()
        pairs = list(zip(document.blocks, self.alive, strict=True))
        self._prose = [0, *accumulate(told_in(b) if on else 0 for b, on in pairs)]
        self._junk = [0, *accumulate(_junk(b) if on else 0.0 for b, on in pairs)]

    def _mute_flow(self) -> None:
        """Cards without an element of their own: a headline that is a link, a few lines, and so on
        again and again."""
        after = -1 if self.title_at is None else self.title_at
        shown = (on or card for on, card in zip(self.alive, self.carded, strict=True))
        places = [at for at, on in enumerate(shown) if on and at > after]
        blocks = self.document.blocks
        cut = [i for i, (at, to) in enumerate(pairwise(places), 1) if self._parts(at, to)]
        for first, last in pairwise([0, *cut, len(places)]):
            for start, end, headlines in find_flows([blocks[at] for at in places[first:last]]):
                self.teasers += headlines
                for at in places[first + start : first + end]:
                    self.alive[at] = False
                    self.carded[at] = True

    def _parts(self, at: int, to: int) -> bool:
        """Whether no row of cards goes on from a block to the next: text, or another column."""
        if self._is_resumed(at, to):
            return True
        left, entered = self._cell(at), self._cell(to)
        return left is not entered and left is not None and left.end - left.start >= COLUMN_BLOCKS

    def _cell(self, at: int) -> Node | None:
        nodes = self.document.nodes
        around = ancestors(self.document, self.document.blocks[at].node)
        return next((nodes[one] for one in around if nodes[one].element.tag == "td"), None)

    def _is_resumed(self, card: int, at: int) -> bool:
        """Whether the text goes on below a card, in an element of its own that is named as text."""
        if not self.carded[card] or self.carded[at] or is_headline(self.document.blocks[at]):
            return False
        around = ancestors(self.document, self.document.blocks[at].node)
        nodes = (self.document.nodes[one] for one in around)
        return any(node.hint & MARKED and node.start > card for node in nodes)

    def told(self, node: Node) -> int:
        return self._prose[node.end] - self._prose[node.start]

    def value(self, node: Node) -> float:
        return self.told(node) - (self._junk[node.end] - self._junk[node.start])

    @property
    def all_told(self) -> int:
        return self._prose[-1]

    def told_below(self, node: Node) -> int:
        """Prose after the title, of what is around it."""
        start = node.start
        if self.title_at is not None and start <= self.title_at < node.end:
            start = self.title_at
        return self._prose[node.end] - self._prose[start]


def _digest(document: Document, cards: Iterable[int]) -> frozenset[int]:
    """Those that tell most of what is told in an element named as the text, right in it."""
    nodes = document.nodes
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for at in cards:
        if nodes[nodes[at].parent].hint & MARKED:
            inside[nodes[at].parent].append(at)
    return frozenset(
        at
        for around, alike in inside.items()
        if sum(document.told(nodes[at]) for at in alike)
        > MOST * max(document.told(nodes[around]), SOME_PROSE)
        for at in alike
    )


def told_in(block: Block) -> int:
    """Its prose; none in what speaks of rights and cookies."""
    prose = block.prose
    if prose and speaks_of_cookies(block.text):
        return 0
    return 0 if prose and len(block.text) < SOME_PROSE and speaks_of_rights(block.text) else prose


def _junk(block: Block) -> float:
    """How much a block speaks against being an article's."""
    if block.prose:
        return 0
    return block.linked + SHORT * (len(block.text) - block.linked)
