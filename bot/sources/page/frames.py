"""Boxes beside an article's own frame: what stands in elements of another kind than its prose does.

The elements around a block, by tag and class, are its frame; an article's paragraphs share one or
two. A box of another frame after the last of them is below the article; amid them it is set apart
when it has a button or begins with a label.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from bot.sources.page.blocks import HEADINGS, Block, Document, Node, ancestors, ends
from bot.sources.page.hints import Hint
from bot.sources.page.phrases import ASIDE, SIGNATURE, TIME

ALSO = 0.4  # of the prose of the main frame: another such frame is the article's, too
AFTER = 0.8  # the same, of one that begins below the main one's end
MARKED_WEIGHT = 2  # how much more prose counts in what the site names as the text
BELOW = 1.5  # the same, of a box below a text that the site names, and the box is not
PARAGRAPHS = 3  # of one kind, before a last one of another is none of theirs
LABEL = 60  # characters
FACT = 60  # characters of a figure set apart, and of what it is of

_ABOUT = "+-−–~≈×<> "  # before a figure
_MARKED = Hint.BODY | Hint.STATED
_SHARED = frozenset({"div", "span", "center", "font", "section", "body", "html", "main", "article"})
_TEXT_TAGS = """
    p ul ol li dl dt dd blockquote pre table tbody thead tfoot tr td th h1 h2 h3 h4 h5 h6
"""
_TEXTUAL = frozenset(_TEXT_TAGS.split())
_LISTED = HEADINGS | {"li", "td", "th", "dd", "dt", "pre"}
_SERIAL = re.compile(r"[-_]*\d+$")


def own_places(document: Document, places: Sequence[int], title_at: int | None) -> list[int]:
    """Places of an article without those of boxes set apart from it."""
    blocks = document.blocks
    if title_at is not None and places and places[0] < title_at:
        below = [at for at in places if at > title_at]
        told = sum(blocks[at].prose for at in below)
        if 2 * told > sum(blocks[at].prose for at in places):
            places = below
    frames = _frames(document.nodes)
    main = _main(document, places, frames)
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


def _odd_last(document: Document, places: Sequence[int]) -> Iterator[int]:
    """Last paragraphs that are marked as others than all before them, which are all alike."""
    told = [at for at in places if document.blocks[at].tag == "p"]
    kinds = [_kind(document.nodes[document.blocks[at].node].element) for at in told]
    common, times = Counter(kinds).most_common(1)[0] if kinds else (frozenset(), 0)
    if times < PARAGRAPHS or 3 * times < 2 * len(kinds):
        return
    for at in reversed(places):
        block = document.blocks[at]
        kind = _kind(document.nodes[block.node].element)
        if block.tag != "p" or kind == common or not kind or kinds.count(kind) > 1:
            return
        yield at


def _frames(nodes: Sequence[Node]) -> list[int]:
    """Of each element, a number for the kinds of all elements around its text."""
    known: dict[tuple[int, str, frozenset[str]], int] = {}
    frames: list[int] = []
    for node in nodes:
        outer = frames[node.parent] if node.parent >= 0 else 0
        tag = node.element.tag
        kind = frozenset() if tag in _TEXTUAL else _kind(node.element)
        if tag in _TEXTUAL or (not kind and tag in _SHARED):
            frames.append(outer)
        else:
            frames.append(known.setdefault((outer, tag, kind), len(known) + 1))
    return frames


def _kind(element: Any) -> frozenset[str]:
    """Its classes but for those with numbers, if it has others; else its id without its number."""
    tokens = (element.get("class") or "")[:300].split()
    if tokens:
        plain = [token for token in tokens if not any(map(str.isdigit, token))]
        return frozenset(plain or (_SERIAL.sub("", token) or token for token in tokens))
    name = _SERIAL.sub("", (element.get("id") or "")[:100])
    return frozenset({name}) if name else frozenset()


def _main(document: Document, places: Sequence[int], frames: Sequence[int]) -> set[int]:
    """The frame with the most prose, and those that tell almost as much."""
    holders = _holders(document.nodes)
    told: defaultdict[int, int] = defaultdict(int)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at in places:
        block = document.blocks[at]
        if block.prose:
            named = document.nodes[holders[block.node]].hint & _MARKED
            weight = MARKED_WEIGHT if named else 1
            told[frames[block.node]] += (
                block.prose * weight // (2 if block.linked and block.tag == "li" else 1)
            )
        if block.prose:
            first.setdefault(frames[block.node], at)
            last[frames[block.node]] = at
    best = max(told, key=lambda frame: told[frame], default=0)
    return {
        frame
        for frame, size in told.items()
        if size >= (ALSO if first[frame] < last[best] else AFTER) * told[best]
    }


def _holders(nodes: Sequence[Node]) -> list[int]:
    """Of each element, the one around the paragraph, list or table that it belongs to."""
    holders: list[int] = []
    for at, node in enumerate(nodes):
        textual = node.element.tag in _TEXTUAL and node.parent >= 0
        holders.append(holders[node.parent] if textual else at)
    return holders


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
    holders = _holders(document.nodes)
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
        marked = document.nodes[box].hint & (_MARKED | Hint.ARTICLE)
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
    kinds = {_kind(node.element) for node in around}
    return (
        kinds if all(node.hint & _MARKED for node in around) and frozenset() not in kinds else set()
    )


def _body(document: Document, at: int, told: int) -> int | None:
    """The innermost element around it that the site names as the text; with most of what is told,
    if there is such: some name every paragraph so."""
    named = [one for one in ancestors(document, at) if document.nodes[one].hint & _MARKED]
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
    if all(_is_listed(document, block) for block in blocks) or node.element.tag in _TEXTUAL:
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
    kind = _kind(document.nodes[box].element)
    beside = (node for node in document.nodes if node.parent == document.nodes[box].parent)
    return bool(kind) and sum(_kind(node.element) == kind for node in beside) == 1


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
