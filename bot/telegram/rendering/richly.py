"""A digest as rich messages: headings, and stories to unfold, part by part as its texts are."""

from collections.abc import Mapping, Sequence

from aiogram.utils import formatting as f

from bot.telegram.rendering import layouts
from bot.telegram.rendering.edition import Edition, below_title, end, title
from bot.telegram.writing.packing import Block, Packed
from bot.telegram.writing.rich import AROUND, Group, footer, heading, paragraph, takes, write_rich

TITLE, TOPIC = 2, 4  # sizes


def rich_parts(
    edition: Edition, blocks: Sequence[Block], texts: Sequence[Packed]
) -> Mapping[int, str]:
    """The rich form of each part, counted from 1; none of one that no rich message would hold."""
    made = {part: _part(edition, blocks, texts, part) for part in range(1, len(texts) + 1)}
    return {part: write_rich(groups) for part, groups in made.items() if takes(groups)}


def _part(
    edition: Edition, blocks: Sequence[Block], texts: Sequence[Packed], part: int
) -> list[Group]:
    groups: list[Group] = []
    if part == 1:
        lines = below_title(edition)
        top = [heading(f.Text(title(edition)), TITLE), *map(paragraph, lines)]
        groups.append((AROUND, top))
    groups += _stories(edition, blocks, texts[part - 1])
    if part == len(texts) and (foot := end(edition)) is not None:
        groups.append((AROUND, [footer(foot)]))
    if len(texts) > 1:
        words = edition.reader.text("part", part=part, parts=len(texts))
        groups.append((AROUND, [footer(f.Text(words))]))
    return groups


def _stories(edition: Edition, blocks: Sequence[Block], text: Packed) -> list[Group]:
    groups: list[Group] = []
    group = ""
    for number, place in enumerate(text.places):
        block, item = blocks[place.block], edition.items[place.block]
        if block.heading is not None and block.group != group:
            groups.append((AROUND, [heading(block.heading, TOPIC)]))
        first = place.block == 0
        story = layouts.rich(edition.reader, item, now=edition.now, lead=block.lead, unfolded=first)
        groups.append((number, story))
        group = block.group
    return groups
