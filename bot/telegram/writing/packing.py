"""Packing: blocks go whole into as few texts as hold them, and are found there again."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.utils.formatting import Text

from bot.telegram.writing.posts import GAP, Size, measure


@dataclass(frozen=True, slots=True)
class Block:
    """What is never torn apart: one story. `heading` stands above the first of its group.

    `lead` stands before the body and is no part of it. `tight`: no blank line parts it from the one
    before of its group.
    """

    body: Text
    heading: Text | None = None
    group: str = ""
    lead: str = ""
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the body of a block stands in a text; UTF-16 units."""

    block: int  # its position among all
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Packed:
    """One text within the limits, and where its blocks are."""

    node: Text
    places: tuple[Place, ...]


class _Text:
    """A text that is being filled."""

    def __init__(self, used: Size) -> None:
        self._nodes: list[Text | str] = []
        self._places: list[Place] = []
        self._end = 0  # units of it so far
        self._used = used

    def has_room(self, size: Size) -> bool:
        return (self._used + size).fits

    def add(self, node: Text, size: Size, gap: str = "\n\n") -> None:
        """Put a node of that size below."""
        if self._nodes:
            self._nodes.append(gap)
            self._end += len(gap)
        self._nodes.append(node)
        self._end += size.units
        self._used += size + GAP

    def ends_with(self, block: int, length: int) -> None:
        """Note that so many units at the end are the body of that block."""
        self._places.append(Place(block, self._end - length, length))

    def packed(self) -> Packed:
        return Packed(Text(*self._nodes), tuple(self._places))


def pack(head: Text, blocks: Sequence[Block], foot: Text | None, part: Size) -> list[Packed]:
    """Texts within the limits, of whole blocks in their order; `part` is room kept in each.

    The head stands on the first, the foot on the last. A group that goes on in the next text
    gets its heading again.
    """
    texts, group = [_Text(part)], ""
    texts[0].add(head, measure(head))
    for number, block in enumerate(blocks):
        body = measure(block.body)
        node = Text(block.lead, block.body)
        headed = node if block.heading is None else Text(block.heading, "\n", node)
        size = measure(node)
        goes_on = block.group == group
        if not goes_on:
            node, size = headed, measure(headed)
        if not texts[-1].has_room(size + GAP):
            texts.append(_Text(part))
            node, size = headed, measure(headed)
        texts[-1].add(node, size, "\n" if goes_on and block.tight else "\n\n")
        texts[-1].ends_with(number, body.units)
        group = block.group
    if foot is not None:
        if not texts[-1].has_room(measure(foot) + GAP):
            texts.append(_Text(part))
        texts[-1].add(foot, measure(foot))
    return [text.packed() for text in texts]
