"""Message entities as Telegram keeps them: sorted, not crossing, offsets in UTF-16 units.

`fix` is tdlib's `fix_entities`: styles are merged and split along the borders of links, quotes
and code, which may not cross each other; what crosses is dropped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Json

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")  # may be split
QUOTES = ("blockquote", "expandable_blockquote")
FOUND = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
]  # the server finds these itself and ignores them when given
CONTINUOUS = (*FOUND, "text_link", "text_mention", "custom_emoji")
CODE = ("pre", "code", "date_time")
KNOWN = frozenset((*STYLES, *QUOTES, *CONTINUOUS, *CODE))

_PRIORITY = {
    **dict.fromkeys(QUOTES, 0),
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One entity. `value` is the link, language, custom emoji id, user id or date format."""

    kind: str
    offset: int
    length: int
    value: str = ""
    unix_time: int = 0

    @property
    def end(self) -> int:
        """The first unit after it."""
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        """The outer before the inner, then by kind."""
        priority = _PRIORITY.get(self.kind, 50)
        if self.kind == "pre" and self.value:
            priority = 10
        return self.offset, -self.length, priority

    def as_json(self) -> Json:
        """The Bot API's MessageEntity; `text_mention` carries a bare user id until sent."""
        entity: Json = {"offset": self.offset, "length": self.length, "type": self.kind}
        if self.kind == "text_mention":
            entity["user"] = {"id": int(self.value)}
        elif self.kind == "date_time":
            entity["unix_time"] = self.unix_time
            if self.value:
                entity["date_time_format"] = self.value
        elif self.value:
            entity[_VALUES[self.kind]] = self.value
        return entity


_VALUES = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


def ordered(entities: Iterable[Entity]) -> list[Entity]:
    """Sorted as Telegram sorts them."""
    return sorted(entities, key=lambda entity: entity.order)


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units, counted here: what judges posts borrows no measure
    from what makes them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def from_json(given: Sequence[Json]) -> list[Entity]:
    """Entities a caller gave; raises ApiError 400 for an unknown type or a missing field."""
    return [entity for one in given if (entity := _from_one(one)) is not None]


def _from_one(given: Json) -> Entity | None:
    kind, offset, length = given["type"], given["offset"], given["length"]
    if kind not in KNOWN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if kind in FOUND:
        return None
    value = ""
    if kind == "text_mention":
        value = str(_wanted(given, "user")["id"])
    elif kind in ("text_link", "custom_emoji"):
        value = str(_wanted(given, _VALUES[kind]))
    elif kind in ("pre", "date_time"):
        value = given.get("language" if kind == "pre" else "date_time_format", "")
    when = int(_wanted(given, "unix_time")) if kind == "date_time" else 0
    return Entity(kind=kind, offset=offset, length=length, value=value, unix_time=when)


def _wanted(given: Json, name: str) -> Any:
    if given.get(name) is None:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    return given[name]


def fix(entities: Iterable[Entity]) -> list[Entity]:
    """The same entities, merged, split and thinned until none crosses another."""
    entities = ordered(entities)
    if _valid(entities):
        return entities
    styles = [e for e in entities if e.kind in STYLES]
    quotes = _apart([e for e in entities if e.kind in QUOTES])
    others = _apart([e for e in entities if e.kind not in STYLES and e.kind not in QUOTES])
    solid = ordered([*(e for e in others if not _crosses(e, quotes)), *quotes])
    return ordered([*solid, *_split(styles, solid)])


def merge(entities: Iterable[Entity], found: Iterable[Entity]) -> list[Entity]:
    """Entities with those the server found in the text, which give way to the given ones."""
    entities, kept = list(entities), []
    solid = [e for e in entities if e.kind in CONTINUOUS or e.kind in CODE]
    quotes = [e for e in entities if e.kind in QUOTES]
    for entity in found:
        if any(entity.offset < e.end and e.offset < entity.end for e in solid):
            continue
        if not _crosses(entity, quotes):
            kept.append(entity)
    return fix([*entities, *kept]) if kept else ordered(entities)


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """Without those that begin before their predecessor ends."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quotes: Iterable[Entity]) -> bool:
    """Whether it overlaps a quote without lying inside it."""
    return any(
        entity.offset < q.end
        and q.offset < entity.end
        and not (q.offset <= entity.offset and entity.end <= q.end)
        for q in quotes
    )


def _valid(entities: Sequence[Entity]) -> bool:
    """Whether sorted entities already nest as Telegram wants them."""
    stack: list[Entity] = []
    style_end: dict[str, int] = {}
    for entity in entities:
        while stack and entity.offset >= stack[-1].end:
            stack.pop()
        if stack and not _nests(entity, stack):
            return False
        if entity.kind in STYLES:
            if style_end.get(entity.kind, -1) >= entity.offset:
                return False  # the two can be merged
            style_end[entity.kind] = entity.end
        stack.append(entity)
    return True


def _nests(entity: Entity, outer: Sequence[Entity]) -> bool:
    kinds = {e.kind for e in outer}
    if entity.end > outer[-1].end or entity.kind in kinds or outer[-1].kind in CODE:
        return False
    if entity.kind in CODE and kinds - set(QUOTES):
        return False
    if (entity.kind in CONTINUOUS or entity.kind in QUOTES) and kinds & set(CONTINUOUS):
        return False
    if entity.kind in QUOTES and kinds & set(QUOTES):
        return False
    return not kinds & set(STYLES)  # a style over others may have to be split


def _split(styles: Sequence[Entity], solid: Sequence[Entity]) -> list[Entity]:
    """Styles merged by kind, then cut at every border of `solid` and of each other.

    Nothing is kept inside code. This follows tdlib's `split_entities` step by step, because where
    it cuts is visible in the answer.
    """
    cutter = _Cutter(styles)
    stack: list[Entity] = []

    def close_up_to(offset: int | None) -> None:
        while stack and (offset is None or offset >= stack[-1].end):
            before = len(cutter.cut)
            cutter.advance(stack[-1].end)
            if stack[-1].kind in CODE:
                del cutter.cut[before:]
            stack.pop()
        cutter.advance(offset)

    for entity in solid:
        close_up_to(entity.offset)
        stack.append(entity)
    close_up_to(None)
    return cutter.cut


class _Cutter:
    """Lays styles down from left to right, cutting where it is told to stop."""

    def __init__(self, styles: Sequence[Entity]) -> None:
        self._left = list(styles)
        self._next = 0
        self._open: dict[str, tuple[int, int]] = {}
        self.cut: list[Entity] = []

    def advance(self, end: int | None) -> None:
        """Take the styles that begin before `end`, and lay down what lies before it."""
        while self._next < len(self._left):
            style = self._left[self._next]
            if end is not None and style.offset >= end:
                break
            begun = self._open.get(style.kind)
            if begun is not None and style.offset <= begun[1]:
                self._open[style.kind] = (begun[0], max(begun[1], style.end))
            else:
                self._flush(style.offset)
                self._open[style.kind] = (style.offset, style.end)
            self._next += 1
        self._flush(end)

    def _flush(self, offset: int | None) -> None:
        for kind in STYLES:
            begin, end = self._open.get(kind, (0, 0))
            if not end or (offset is not None and begin >= offset):
                continue
            if offset is None or end <= offset:
                self.cut.append(Entity(kind=kind, offset=begin, length=end - begin))
                del self._open[kind]
            else:
                self.cut.append(Entity(kind=kind, offset=begin, length=offset - begin))
                self._open[kind] = (offset, end)


def shifted(entity: Entity, offset: int, length: int) -> Entity:
    """The entity at another place."""
    return replace(entity, offset=offset, length=length)
