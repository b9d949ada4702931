"""Splicing: one part of a text becomes another; all around it stays, with its entities.

Offsets and lengths are UTF-16 units (core.telegram.org/bots/api#messageentity).
"""

from collections.abc import Sequence
from typing import Any

from bot.telegram.writing.posts import units

Entity = dict[str, Any]  # a MessageEntity as JSON


def cut(text: str, start: int, end: int | None = None) -> str:
    """The part between two offsets."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    part = encoded[2 * start : None if end is None else 2 * end]
    return part.decode("utf-16-le", "surrogatepass")


def splice(
    text: str,
    entities: Sequence[Entity],
    offset: int,
    length: int,
    part: str,
    part_entities: Sequence[Entity],
) -> tuple[str, list[Entity]]:
    """The text with `part` in place of those units.

    Entities within them go, those that reach into them end there or begin behind, and one that
    holds more than all of them holds the new part.
    """
    end, grown = offset + length, units(part) - length
    around = [kept for e in entities if (kept := _kept(e, offset, end, grown))]
    inside = [{**e, "offset": e["offset"] + offset} for e in part_entities]
    return (
        cut(text, 0, offset) + part + cut(text, end),
        sorted(around + inside, key=lambda e: (e["offset"], -e["length"])),
    )


def _kept(entity: Entity, start: int, end: int, grown: int) -> Entity | None:
    """What is left of an entity when start…end grew by so much."""
    first, last = entity["offset"], entity["offset"] + entity["length"]
    if first >= start and last <= end:
        return None
    if first < start < last < end:
        last = start
    elif start < first < end < last:
        first = end
    first = first + grown if first >= end else first
    last = last + grown if last >= end else last
    return {**entity, "offset": first, "length": last - first}
