"""Rich messages: the nodes of a text as blocks of core.telegram.org/bots/api#inputrichmessage.

A post keeps them in groups, so that what tells one story can be found and drawn again.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from aiogram.types import InputRichMessage, MessageEntity
from aiogram.utils.formatting import Text

from bot.telegram.writing.posts import markup
from bot.telegram.writing.splicing import cut
from storage.models import Post

RichText = Any  # str, a list of them, or an object of a RichText… type, as JSON
RichBlock = dict[str, Any]  # an InputRichBlock, as JSON
Group = tuple[int, list[RichBlock]]  # the number of the span that the blocks tell, or AROUND

AROUND = -1
MAX_BLOCKS, MAX_LETTERS = 500, 32_768
NAMES = {"text_link": "url", "expandable_blockquote": "italic"}  # by the entity's name
FIELDS = ("url", "unix_time", "date_time_format")


def rich_text(node: Text) -> RichText:
    """A node as rich text; its styles nest, as nodes do."""
    text, entities = node.render()
    return _between(text, sorted(entities, key=lambda e: (e.offset, -e.length)), 0, None)


def _between(text: str, entities: Sequence[MessageEntity], start: int, end: int | None) -> RichText:
    parts: list[RichText] = []
    left = [e for e in entities if e.length]
    while left:
        outer, *left = left
        last = outer.offset + outer.length
        inside = [e for e in left if e.offset < last]
        left = left[len(inside) :]
        parts += [cut(text, start, outer.offset), _styled(text, outer, inside)]
        start = last
    parts = [part for part in (*parts, cut(text, start, end)) if part]
    return parts[0] if len(parts) == 1 else parts or ""


def _styled(text: str, entity: MessageEntity, inside: Sequence[MessageEntity]) -> RichText:
    last = entity.offset + entity.length
    known = {name: value for name in FIELDS if (value := getattr(entity, name)) is not None}
    words = _between(text, inside, entity.offset, last)
    return {"type": NAMES.get(entity.type, entity.type), "text": words} | known


def paragraph(node: Text) -> RichBlock:
    return {"type": "paragraph", "text": rich_text(node)}


def heading(node: Text, size: int) -> RichBlock:
    """`size`: 1 is the largest, 6 the smallest."""
    return {"type": "heading", "text": rich_text(node), "size": size}


def details(summary: Text, *inside: Text, unfolded: bool = False) -> RichBlock:
    return {
        "type": "details",
        "summary": rich_text(summary),
        "blocks": [paragraph(node) for node in inside],
    } | ({"is_open": True} if unfolded else {})


def footer(node: Text) -> RichBlock:
    return {"type": "footer", "text": rich_text(node)}


def takes(groups: Iterable[Group]) -> bool:
    """Whether it is within the limits of one rich message, with room to spare."""
    blocks = [block for _, group in groups for block in group]
    letters = len(json.dumps(blocks, ensure_ascii=False))  # more than there are to read
    return letters <= MAX_LETTERS and sum(map(_count, blocks)) <= MAX_BLOCKS


def _count(block: RichBlock) -> int:
    return 1 + sum(map(_count, block.get("blocks", ())))


def write_rich(groups: Iterable[Group]) -> str:
    """As a stored post holds them."""
    return json.dumps(list(groups), ensure_ascii=False)


def told_anew(rich: str, number: int, blocks: list[RichBlock]) -> str:
    """A stored rich message with these blocks where the span of that number is told."""
    groups = json.loads(rich)
    return write_rich((n, blocks if n == number else old) for n, old in groups)


def rich_kwargs(post: Post) -> dict[str, Any]:
    """What edit_text and sendRichMessage take of a rich post. Raises ValueError or TypeError."""
    blocks = [block for _, group in json.loads(post.rich or "") for block in group]
    message = InputRichMessage(blocks=blocks, skip_entity_detection=True)
    return {"rich_message": message, "reply_markup": markup(post.buttons)}
