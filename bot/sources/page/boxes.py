"""Boxes beside an article's own frame: what stands in elements of another kind than its prose does.

A box of another frame after the last of the article's paragraphs is below the article; amid them it
is set apart when it has a button or begins with a label.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.sources.page.blocks import HEADINGS, Block, Document, ancestors, ends
from bot.sources.page.frames import (
    AFTER,
    ALSO,
    MARKED,
    TEXTUAL,
    holders_of,
    kind_of,
    main_frames,
    number_frames,
)
from bot.sources.page.hints import Hint
from bot.sources.page.phrases import ASIDE, SIGNATURE, TIME

BELOW = 1.5  # the same, of a box below a text that the site names, and the box is not
PARAGRAPHS = 3  # of one kind, before a last one of another is none of theirs
LABEL = 60  # characters
ASIDE_BLOCKS, ASIDE_TOLD = 8, 600  # blocks, and characters of prose, of a box with a heading
FACT = 60  # characters of a figure set apart, and of what it is of

_ABOUT = "+-−–~≈×<> "  # before a figure
_LISTED = HEADINGS | {"li", "td", "th", "dd", "dt", "pre"}


def own_places(document: Document, places: Sequence[int], title_at: int | None) -> list[int]:
    """Places of an article without those of boxes set apart from it."""
    blocks = document.blocks
    if title_at is not None and places and places[0] < title_at:
        below = [at for at in places if at > title_at]
        told = sum(blocks[at].prose for at in below)
        if 2 * told > sum(blocks[at].prose for at in places):
            places = below
    places = _without_asides(document, places)
    frames = number_frames(document.nodes)
    main = main_frames(document, places, frames)
    own = [at for at in places if frames[blocks[at].node] in main and blocks[at].prose]
    if not own:
        return list(places)
    tops = _tops(document, own)
    boxes: defaultdict[int, list[int]] = defaultdict(list)
    for at in places:
        if (top := tops[blocks[at].node]) >= 0:
            boxes[top].append(at)
    pressed = {tops[node] for _, node in document.controls}
    apart = set(_apart(document, boxes, own, frames, pressed))
    gone = {at for box in apart for at in boxes[box]}
    gone.update(_odd_last(document, [at for at in places if at not in gone]))
    return [at for at in places if at not in gone]


def _without_asides(document: Document, places: Sequence[int]) -> Sequence[int]:
    """Less the boxes below some prose that a heading says are asides, if they tell less than a
    long paragraph or two: beside a short text they would be the most of it."""
    for node in document.nodes:
        if not 1 < node.end - node.start <= ASIDE_BLOCKS or node.hint & (MARKED | Hint.ARTICLE):
            continue
        label = document.blocks[node.start]
        if label.tag not in HEADINGS or not ASIDE.fullmatch(label.text):
            continue
        before = sum(document.blocks[at].prose for at in places if at < node.start)
        if before and document.told(node) <= ASIDE_TOLD:
            places = [at for at in places if not node.start <= at < node.end]
    return places


def _odd_last(document: Document, places: Sequence[int]) -> Iterator[int]:
    """Last paragraphs that are marked as others than all before them, which are all alike."""
    told = [at for at in places if document.blocks[at].tag == "p"]
    kinds = [kind_of(document.nodes[document.blocks[at].node].element) for at in told]
    common, times = Counter(kinds).most_common(1)[0] if kinds else (frozenset(), 0)
    if times < PARAGRAPHS or 3 * times < 2 * len(kinds):
        return
    for at in reversed(places):
        block = document.blocks[at]
        kind = kind_of(document.nodes[block.node].element)
        if block.tag != "p" or kind == common or not kind or kinds.count(kind) > 1:
            return
        yield at


def _tops(document: Document, own: Sequence[int]) -> list[int]:
    """For each element the outermost around it without any of the article's prose; -1: none."""
    before = [0] * (len(document.blocks) + 1)
    for at in own:
        before[at + 1] = 1
    before = list(accumulate(before))
    tops: list[int] = []
    for at, node in enumerate(document.nodes):
        if before[node.end] > before[node.start]:
            tops.append(-1)
        else:
            tops.append(tops[node.parent] if node.parent >= 0 and tops[node.parent] >= 0 else at)
    return tops


def _apart(
    document: Document,
    boxes: dict[int, list[int]],
    own: Sequence[int],
    frames: Sequence[int],
    pressed: set[int],
) -> Iterator[int]:
    told = sum(document.blocks[at].prose for at in own)
    named = _body(document, document.blocks[own[-1]].node, told)
    main = {frames[document.blocks[at].node] for at in own}
    holders = holders_of(document.nodes)
    alike = _named_as(document, own, holders)
    told_at = (at for inside in boxes.values() for at in inside if document.blocks[at].prose)
    first = min(told_at, default=own[0])
    amid: set[int] = set()  # frames of boxes that are the article's between its paragraphs
    for box, inside in boxes.items():
        if frames[box] in main:
            continue
        blocks = [document.blocks[at] for at in inside]
        if inside[0] < own[0]:
            offered = box in pressed and inside[0] > first  # a lead stands above it
            if offered or _is_portrait(document, box, blocks) or _is_aside(document, box):
                yield box
            continue
        if alike >= _named_as(document, inside, holders) > set():
            continue
        prose = sum(block.prose for block in blocks)
        marked = document.nodes[box].hint & (MARKED | Hint.ARTICLE)
        within = named is not None and _is_within(document, box, named)
        if inside[0] > own[-1] and not within and frames[box] not in amid:
            if prose < (BELOW if named is not None and not marked else AFTER) * told:
                yield box
        elif prose < ALSO * told and _is_apart(document, box, blocks, pressed):
            yield box
        else:
            amid.add(frames[box])


def _named_as(
    document: Document, places: Sequence[int], holders: Sequence[int]
) -> set[frozenset[str]]:
    """Kinds of the elements right around paragraphs, if the site names each of them as text."""
    told = (document.blocks[at].node for at in places if document.blocks[at].prose)
    around = [document.nodes[holders[node]] for node in told]
    kinds = {kind_of(node.element) for node in around}
    return (
        kinds if all(node.hint & MARKED for node in around) and frozenset() not in kinds else set()
    )


def _body(document: Document, at: int, told: int) -> int | None:
    """The innermost element around it that the site names as the text; with most of what is told,
    if there is such: some name every paragraph so."""
    named = [one for one in ancestors(document, at) if document.nodes[one].hint & MARKED]
    whole = (one for one in named if document.told(document.nodes[one]) >= AFTER * told)
    return next(whole, named[0] if named else None)


def _is_aside(document: Document, box: int) -> bool:
    """«Коротко», a retelling by machine, and the like above the text."""
    node = document.nodes[box]
    return node.end - node.start > 1 and bool(ASIDE.fullmatch(document.blocks[node.start].text))


def _is_apart(document: Document, box: int, blocks: Sequence[Block], pressed: set[int]) -> bool:
    node = document.nodes[box]
    if box in pressed or (len(blocks) > 1 and ASIDE.fullmatch(blocks[0].text)):
        return True
    if all(_is_listed(document, block) for block in blocks) or node.element.tag in TEXTUAL:
        return False
    if len(blocks) < 2:
        return False
    if not any(block.prose for block in blocks):
        return blocks[0].text.lstrip(_ABOUT)[:1].isdigit() and all(
            len(block.text) <= FACT for block in blocks
        )
    return _is_label(blocks[0]) or _is_asked_once(document, box, blocks[0])


def _is_listed(document: Document, block: Block) -> bool:
    """A subheading, or what stands in a list or table, an element deeper perhaps."""
    parent = document.nodes[block.node].parent
    return block.tag in _LISTED or (
        block.tag == "p" and parent >= 0 and document.nodes[parent].element.tag in _LISTED
    )


def _is_label(block: Block) -> bool:
    """A short line that is no heading and no sentence."""
    short = len(block.text) <= LABEL and not ends(block.text) and block.tag not in _LISTED
    return short and not TIME.fullmatch(block.text)


def _is_asked_once(document: Document, box: int, first: Block) -> bool:
    """«Нравится то, что мы делаем?» at the head of a box of which there is only one."""
    if len(first.text) > LABEL or first.text[-1] != "?" or first.tag in _LISTED:
        return False
    kind = kind_of(document.nodes[box].element)
    beside = (node for node in document.nodes if node.parent == document.nodes[box].parent)
    return bool(kind) and sum(kind_of(node.element) == kind for node in beside) == 1


def _is_portrait(document: Document, box: int, blocks: Sequence[Block]) -> bool:
    """A picture, a name, and who that is."""
    node = document.nodes[box]
    pictured = any(
        node.start <= at <= node.start + 1 and inner >= box for at, inner, _ in document.images
    )
    return pictured and len(blocks) > 1 and bool(SIGNATURE.fullmatch(blocks[0].text))


def _is_within(document: Document, inner: int, box: int) -> bool:
    outer, node = document.nodes[box], document.nodes[inner]
    return inner >= box and outer.start <= node.start and node.end <= outer.end
