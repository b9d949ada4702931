"""Teasers of other articles: elements of one kind beside each other, each a headline and a line.

Some have an element of their own; others only follow each other, a link and a few words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.sources.page.blocks import Block, Document, Node
from bot.sources.page.phrases import STAMP

CARD, CARD_BLOCKS = 600, 8  # characters, and blocks, of a teaser for another article
FLOW = 5  # teasers in a row, with fewer lines each
HEADLINE = 15  # characters of its link
ALIKE = 3  # such elements beside each other are cards

_READ_ON = re.compile(
    r"\W*(?:(?:читать|смотреть|чытаць|глядзець) (?:далее|дальше|полностью|целиком|запись|"
    r"статью|новость|материал|пост|цалкам|далей)|подробн(?:ее|ости)|падрабязн(?:ей|асці)|далее|дальше|"
    r"(?:read|see|learn|show) (?:more|on|full\b.{0,10})|continue reading|more)\W*",
    re.I,
)


def find_cards(document: Document) -> Iterator[int]:
    """Elements that each tell of another article: a link, a few words, several of one kind."""
    nodes = document.nodes
    kinds: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        if node.parent >= 0 and node.end > node.start:
            name = node.element.get("class") or ""
            kinds[(node.parent, node.element.tag, name)].append(at)
    for alike in kinds.values():
        if len(alike) < ALIKE:
            yield from (at for at in alike if _is_card_amid_text(document, nodes[at]))
        else:
            headlines = {at: told for at in alike if (told := _leads_to(document, nodes[at]))}
            if 4 * len(headlines) >= 3 * len(alike) and 2 * len({*headlines.values()}) > len(alike):
                yield from headlines


def _is_card_amid_text(document: Document, node: Node) -> bool:
    """One that HTML calls a work of its own, in somebody's text: its headline leads there."""
    if node.element.tag != "article" or node.end - node.start > CARD_BLOCKS:
        return False
    around = (document.blocks[: node.start], document.blocks[node.end :])
    amid = all(any(block.prose for block in blocks) for blocks in around)
    return amid and _headline(document, node) is not None


def _leads_to(document: Document, node: Node) -> str | None:
    """Which other article: its headline, or the address to read on at."""
    linked = document.linked[node.end] - document.linked[node.start]
    if not linked or node.end - node.start > CARD_BLOCKS:
        return None
    return (_headline(document, node) if linked >= HEADLINE else None) or _read_on(document, node)


def _read_on(document: Document, node: Node) -> str | None:
    """Where the last link of a post leads, that is cut short there."""
    for block in reversed(document.blocks[node.start : node.end]):
        if block.hrefs:
            return block.hrefs[0] if _READ_ON.fullmatch(block.text) else None
    return None


def _headline(document: Document, node: Node) -> str | None:
    """The one headline that is a link, where no more follows it than a teaser."""
    blocks = document.blocks[node.start : node.end]
    if sum(len(block.text) for block in blocks) > CARD:
        return None
    told = next((at for at, block in enumerate(blocks) if block.prose), len(blocks))
    linked = (b for b in blocks[: told + 1] if b.linked >= HEADLINE and _is_teaser(b))
    return next((block.text for block in linked), None)


def _is_teaser(block: Block) -> bool:
    """Mostly a link; or when, a link, and a few words in one line."""
    return 2 * block.linked >= len(block.text) or bool(STAMP.match(block.text))


def find_flows(blocks: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    """Begin and end of each run of teasers, and how many they are."""
    at = 0
    while at < len(blocks):
        end, headlines = at, 0
        while end < len(blocks) and is_headline(blocks[end]):
            told = end + 1
            size = 0
            while told < len(blocks) and told - end <= FLOW and not is_headline(blocks[told]):
                size += len(blocks[told].text)
                told += 1
            if told == end + 1 or size > CARD or told - end > FLOW:
                break
            end, headlines = told, headlines + 1
        if headlines >= FLOW:
            yield at, end, headlines
        at = max(end, at + 1)


def is_headline(block: Block) -> bool:
    return block.linked >= HEADLINE and 5 * block.linked >= 4 * len(block.text)
