"""Parts of an article: its blocks as paragraphs and headings, the rows of a table together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sources.page.blocks import HEADINGS, Block, Document, ancestors
from bot.sources.page.hints import Hint
from bot.sources.page.phrases import CREDIT

SUBTITLE = 40  # characters of a line below the title that no dot ends
CELL = 160  # characters; a longer cell is no figure of a table

_APART = re.compile(
    r"[|•·@©]|\s/\s|\b20\d\d\b|^(?:\S+\s){0,1}\S*:|:.*:"
)  # part what stands in lines of dates and names


@dataclass(slots=True)
class Part:
    """A paragraph, or the rows of a table."""

    blocks: list[Block]
    text: str
    heading: bool = False
    table: bool = False
    lead: bool = False
    right: bool = False  # set on the right of the column
    gone: bool = False
    next: int = 0  # the place in the document after it
    prose: int = field(init=False)
    linked: int = field(init=False)

    def __post_init__(self) -> None:
        self.linked = sum(block.linked for block in self.blocks)
        self.prose = sum(block.prose for block in self.blocks)
        if self.table and 2 * self.linked < len(self.text):
            self.prose = len(self.text)

    @property
    def tag(self) -> str:
        return self.blocks[0].tag

    @property
    def bold(self) -> bool:
        return sum(block.bold for block in self.blocks) >= 0.9 * len(self.text)


def parts_of(document: Document, places: Sequence[int]) -> Iterator[Part]:
    """Blocks as they are, the cells of a table's rows together."""
    at = 0
    while at < len(places):
        block = document.blocks[places[at]]
        end = at + 1
        if _in_cell(document, block) and (table := _table(document, block)) >= 0:
            while end < len(places) and _table(document, document.blocks[places[end]]) == table:
                end += 1
            blocks = [document.blocks[place] for place in places[at:end]]
            if rows := _rows(document, blocks):
                yield Part(blocks, "\n".join(rows), table=True, next=places[end - 1] + 1)
                at = end
                continue
            end = at + 1
        yield Part(
            [block],
            block.text,
            heading=block.tag in HEADINGS,
            next=places[at] + 1,
            right=_is_right(document.nodes[block.node].element),
            lead=any(
                document.nodes[node].hint & (Hint.LEAD | Hint.BODY) == Hint.LEAD
                for node in ancestors(document, block.node)
            ),
        )
        at = end


def _is_right(element: Any) -> bool:
    said = f"{element.get('align', '')} {element.get('style', '')[:200]}".replace(" ", "")
    return said == "right" or "text-align:right" in said


def _in_cell(document: Document, block: Block) -> bool:
    """Whether it is a table's cell, or the one paragraph of one."""
    parent = document.nodes[block.node].parent
    around = document.nodes[parent].element.tag if parent >= 0 else ""
    return block.tag in ("td", "th") or (block.tag in ("p", "div") and around in ("td", "th"))


def _table(document: Document, block: Block) -> int:
    """The innermost table around a block; -1: none."""
    for at in ancestors(document, block.node):
        if document.nodes[at].element.tag == "table":
            return at
    return -1


def _rows(document: Document, blocks: Sequence[Block]) -> list[str]:
    """«a — b» for each row; empty where the table only lays out a page."""
    rows: dict[int, dict[int, list[str]]] = {}
    for block in blocks:
        cell = row = -1
        for at in ancestors(document, block.node):
            tag = document.nodes[at].element.tag
            if tag in ("td", "th") and cell < 0:
                cell = at
            elif tag == "tr":
                row = at
                break
        if row < 0 or len(block.text) > CELL:
            return []
        rows.setdefault(row, {}).setdefault(cell, []).append(block.text)
    several = sum(len(cells) > 1 for cells in rows.values())
    if len(rows) < 2 or 2 * several < len(rows):
        return []
    lines = ([" ".join(texts) for texts in cells.values()] for cells in rows.values())
    return [" — ".join(" ".join(cell.split()) for cell in line) for line in lines]


def joined(parts: Sequence[Part]) -> Iterator[tuple[bool, str]]:
    """Paragraphs; lines that only a line break parts are one."""
    lines: list[str] = []
    heading = False
    for part in parts:
        if part.gone:
            continue
        if lines and part.blocks[0].joined and not heading:
            lines.append(part.text)
            continue
        if lines:
            yield heading, "\n".join(lines)
        lines, heading = [part.text], part.heading
    if lines:
        yield heading, "\n".join(lines)


def is_subtitle(block: Block) -> bool:
    """A line without an end, as a headline's second line has none: no date, name, or credit."""
    text = block.text
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return (
        len(text) >= SUBTITLE
        and not block.linked
        and 2 * lower > len(words)
        and not (_APART.search(text) or CREDIT.search(text))
    )
