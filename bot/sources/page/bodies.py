"""Which of a page's blocks are its article: what the site itself marks, else where the prose is.

A container is trusted as far as its name goes: schema.org's articleBody, then the class names of
content, then the element that holds most of the prose. What stands in elements named as furniture
is out of the question, unless the article's own heading or most of the page's prose is in them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from bot.sources.page.blocks import HEADINGS, Block, Document, Node, ancestors
from bot.sources.page.cards import find_cards, find_flows, is_headline
from bot.sources.page.hints import Hint
from bot.sources.page.parts import is_subtitle
from bot.sources.page.phrases import TIME, speaks_of_cookies, speaks_of_rights
from bot.sources.page.series import another_follows
from bot.sources.page.weeding import MARKED, MOST, SOME_PROSE, find_alive

CLIMB, CLIMB_CHARS = 1.3, 150  # how much more an element must tell to be taken for one within it
COLUMN = 2.5  # the same of a table's row: what stands beside a cell is another column
COLUMN_BLOCKS = 6  # of a cell that is no card among such
NEAR = 60  # characters of prose beside the title: an article begins there
GAP, FAR = 4, 4  # blocks between two parts of an article; else the second tells so much more
BOX = 10  # how much more a box of its own must tell to be the article after a lead
LEAST = 0.1  # of the page's prose stands around the title, if it is the article's
TRUSTED = 0.6  # of the prose found without names must be in what is named as the body
SHORT = 0.3  # how heavily short pieces weigh against the prose beside them
LEAD_REACH = 14  # blocks before the body, where its lead may stand


class Chooser:
    """Sums over the blocks that are left when furniture is out of the question."""

    def __init__(
        self, document: Document, title_at: int | None, *, says_article: bool = False
    ) -> None:
        """`says_article`: by its own word it is one, and a digest of many may be in its text."""
        self.document = document
        self.title_at = title_at
        cards = frozenset(find_cards(document))
        self.cards = cards - self._digest(cards) if says_article else cards
        self.carded = [False] * len(document.blocks)
        for at in self.cards:
            for place in range(document.nodes[at].start, document.nodes[at].end):
                self.carded[place] = True
        self.alive = find_alive(document, title_at, self.cards)
        self.teasers = len(self.cards)
        if not says_article:
            self._mute_flow()
        pairs = list(zip(document.blocks, self.alive, strict=True))
        self._prose = [0, *accumulate(_told(b) if on else 0 for b, on in pairs)]
        self._junk = [0, *accumulate(_junk(b) if on else 0.0 for b, on in pairs)]
        self.bound = self._bound()

    def _digest(self, cards: Iterable[int]) -> frozenset[int]:
        """Those that tell most of what is told in an element named as the text, right in it."""
        nodes = self.document.nodes
        inside: defaultdict[int, list[int]] = defaultdict(list)
        for at in cards:
            if nodes[nodes[at].parent].hint & MARKED:
                inside[nodes[at].parent].append(at)
        return frozenset(
            at
            for around, alike in inside.items()
            if sum(self.document.told(nodes[at]) for at in alike)
            > MOST * max(self.document.told(nodes[around]), SOME_PROSE)
            for at in alike
        )

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

    def places(self) -> list[int]:
        """The article's blocks, its lead before them; empty where nothing is told."""
        nodes = self.document.nodes
        found = self._found()
        if found is None:
            return []
        chosen = [found]
        for hint, trusted in ((Hint.STATED, TRUSTED / 2), (Hint.BODY, TRUSTED)):
            marked = self._marked(hint)
            told = sum(self.told(nodes[at]) for at in marked)
            if marked and told >= trusted * self.told(nodes[found]):
                chosen = marked
                break
        start, end = nodes[chosen[0]].start, nodes[chosen[-1]].end
        inside = (at for at in range(start, end) if self.alive[at] or self._is_time(at))
        return [*self._leads(start), *inside]

    def _is_time(self, at: int) -> bool:
        """Of a report by the hour: furniture by its name, yet what the text is ordered by."""
        return bool(TIME.fullmatch(self.document.blocks[at].text))

    def _found(self) -> int | None:
        """The element that holds the prose, found without names."""
        nodes = self.document.nodes
        direct = [0] * len(nodes)
        for block, on in zip(self.document.blocks, self.alive, strict=True):
            if on and block.prose:
                direct[block.node] += block.prose
                parent = nodes[block.node].parent
                if parent >= 0 and nodes[parent].element.tag != "tr":
                    direct[parent] += block.prose
        bound = self.bound
        inside = range(len(nodes)) if bound is None else _within(nodes, bound)
        best = max(inside, key=lambda at: direct[at], default=None)
        if best is None or not direct[best]:
            return None
        for at in ancestors(self.document, best):
            told, more = self._told_below(nodes[best]), self._told_below(nodes[at])
            climb = COLUMN if nodes[at].element.tag == "tr" else CLIMB
            if (
                more >= climb * told
                and more - told >= CLIMB_CHARS
                and self.value(nodes[at]) > self.value(nodes[best])
            ):
                best = at
            if at == bound:
                break
        return best

    def _told_below(self, node: Node) -> int:
        """Prose after the title, of what is around it."""
        start = node.start
        if self.title_at is not None and start <= self.title_at < node.end:
            start = self.title_at
        return self._prose[node.end] - self._prose[start]

    def _bound(self) -> int | None:
        """The element around the title beyond which its article does not go.

        It grows from the title outwards while prose follows closely; beyond cards and headings of
        other things only when there is far more of it, as after a lead.
        """
        if self.title_at is None:
            return None
        nodes = self.document.nodes
        bound = None
        for at in ancestors(self.document, self.document.blocks[self.title_at].node):
            told = self._told_below(nodes[at])
            if bound is None:
                bound = at if told >= NEAR else None
                continue
            before = self._told_below(nodes[bound])
            if told - before < CLIMB_CHARS:
                continue
            if another_follows(self.document, self.title_at, at):
                break
            gap = self._gap(nodes[bound].end, nodes[at].end)
            if gap is None or (gap > GAP and told < FAR * before):
                break
            if told < BOX * before and self._is_box(bound, at):
                break
            bound = at
        return bound if bound is not None and self._is_some(nodes[bound]) else None

    def _is_box(self, bound: int, around: int) -> bool:
        """Whether what follows is a box of its own: another element than ours, under a label."""
        nodes = self.document.nodes
        own = next(at for at in ancestors(self.document, bound) if nodes[at].parent == around)
        told = (
            at
            for at in range(nodes[bound].end, nodes[around].end)
            if self.alive[at] and _told(self.document.blocks[at])
        )
        first = next(told, None)
        if first is None:
            return False
        path = ancestors(self.document, self.document.blocks[first].node)
        other = next((at for at in path if nodes[at].parent == around), around)
        if other == around or nodes[other].hint & (MARKED | Hint.ARTICLE):
            return False
        alike = nodes[other].element, nodes[own].element
        if len({(element.tag, element.get("class")) for element in alike}) == 1:
            return False
        label = next((at for at in range(nodes[other].start, first) if self.alive[at]), None)
        return label is not None and _is_label(self.document.blocks[label])

    def _is_some(self, node: Node) -> bool:
        """Whether enough of the page's prose is there for the title to be the article's."""
        return self._told_below(node) >= LEAST * self.all_told

    def _gap(self, start: int, end: int) -> int | None:
        """Blocks before the next prose, a heading counting for many; None: cards come first."""
        gap = 0
        for at in range(start, end):
            if self.carded[at]:
                return None
            if self.alive[at]:
                block = self.document.blocks[at]
                if _told(block):
                    return gap
                gap += 1 if block.tag not in HEADINGS else GAP
        return gap

    def _marked(self, hint: int) -> list[int]:
        """The innermost elements so named that tell the most; parts of one text together."""
        nodes = self.document.nodes
        inside = range(len(nodes)) if self.bound is None else _within(nodes, self.bound)
        named = [at for at in inside if nodes[at].hint & hint and self.told(nodes[at])]
        if not named and hint is Hint.STATED:
            named = [at for at, node in enumerate(nodes) if node.hint & hint and self.told(node)]
        if not named:
            return []
        most = max(self.told(nodes[at]) for at in named)
        best = next(at for at in reversed(named) if self.told(nodes[at]) >= 0.85 * most)
        parts = [
            at
            for at in named
            if nodes[at].parent == nodes[best].parent and nodes[at].hint == nodes[best].hint
        ]
        return parts if self._is_one(parts) else [best]

    def _is_one(self, parts: Sequence[int]) -> bool:
        """Whether neighbours of one name are parts of a text: no heading of an article between."""
        first, last = self.document.nodes[parts[0]], self.document.nodes[parts[-1]]
        between = self.document.blocks[first.start : last.end]
        return all(block.tag != "h1" for block in between)

    def _leads(self, start: int) -> Iterator[int]:
        """Prose between the title and the body: the lead stands there, and the subtitle."""
        first = max(0, start - LEAD_REACH)
        if self.title_at is not None and self.title_at < start:
            first = max(first, self.title_at + 1)
        elif self.title_at is not None:
            return
        for at in range(first, start):
            if self.alive[at] and self._is_lead(at):
                yield at

    def _is_lead(self, at: int) -> bool:
        block = self.document.blocks[at]
        named = any(
            self.document.nodes[node].hint & Hint.LEAD
            for node in ancestors(self.document, block.node)
        )
        own = len(block.text) - block.linked
        if named:
            return own >= 20 and 2 * block.linked < len(block.text)
        if block.tag in ("h2", "h3"):
            return own >= 40 and not block.linked
        if self.title_at is None:
            return False
        return block.prose >= 60 or (at == self.title_at + 1 and is_subtitle(block))


def _is_label(block: Block) -> bool:
    """A heading, or a short line that is all bold."""
    return block.tag in HEADINGS or (len(block.text) <= 60 and block.bold >= 0.9 * len(block.text))


def _told(block: Block) -> int:
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


def _within(nodes: Sequence[Node], at: int) -> Iterator[int]:
    """A node and those in it, which stand right after it."""
    yield at
    for inner in range(at + 1, len(nodes)):
        if nodes[inner].start >= nodes[at].end:
            break
        if nodes[inner].end <= nodes[at].end:
            yield inner
