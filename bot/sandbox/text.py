"""A message's text as Telegram takes it: parsed, cleaned, trimmed, held against the limits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.sandbox.detect import detect
from bot.sandbox.entities import Entity, fix, from_json, merge, utf16
from bot.sandbox.errors import bad_request
from bot.sandbox.html import BadHtml, parse_html
from bot.sandbox.links import checked_link
from bot.sandbox.world import Json

RAW_BYTES = 1 << 15
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # code points, after parsing
ENTITY_LIMIT = 100  # the rest is dropped without a word

_REMOVED = frozenset("\r\u0333\u033f\u030a") | {chr(code) for code in range(0x2028, 0x202F)}
_UNEVEN = re.compile("[\x00-\x09\x0b-\x1f\u0333\u033f\u030a\u2028-\u202e\U00010000-\U0010ffff]")
_BLANK = frozenset(
    "\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202e\u202f"
    "\u205f\u2800\u3000\ufffc \n\u200b\u200c\u200d\u200e\u200f\ufeff\u00a0"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text with the entities it will be shown with."""

    text: str
    entities: tuple[Entity, ...] = ()

    def as_json(self, name: str = "text") -> Json:
        """`text` and `entities`, or `caption` and `caption_entities`, as a Message has them."""
        field = "entities" if name == "text" else f"{name}_entities"
        shown: Json = {name: self.text}
        if self.entities:
            shown[field] = [entity.as_json() for entity in self.entities]
        return shown


def message_text(
    text: str, parse_mode: str | None = None, entities: Sequence[Json] | None = None
) -> Formatted:
    """A message's text. Raises ApiError 400 when Telegram would refuse it."""
    read = _read(text, parse_mode, entities)
    if not read.text:
        raise bad_request("text must be non-empty")
    if len(read.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return read


def caption_text(
    text: str, parse_mode: str | None = None, entities: Sequence[Json] | None = None
) -> Formatted:
    """A caption, which may be empty."""
    read = _read(text, parse_mode, entities, caption=True)
    if len(read.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return read


def typed_text(text: str, entities: Sequence[Json] = ()) -> Formatted:
    """What a person types or pastes; the app finds commands, links and names in it."""
    return message_text(text, None, list(entities))


def pieces(text: str) -> list[str]:
    """A long text in the messages an app makes of it, cut at a line or a word where it can."""
    cut = []
    while len(text) > TEXT_LIMIT:
        head = text[:TEXT_LIMIT]
        end = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or TEXT_LIMIT
        cut.append(text[:end])
        text = text[end:]
    return [*cut, text]


def _read(
    text: str, parse_mode: str | None, given: Sequence[Json] | None, *, caption: bool = False
) -> Formatted:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > RAW_BYTES:
        raise bad_request("text is too long")
    entities: list[Entity] = []
    mode = (parse_mode or "none").lower()
    if mode == "html":
        try:
            text, entities = parse_html(text)
        except BadHtml as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif mode in ("markdown", "markdownv2"):
        raise bad_request(f"the sandbox does not parse {parse_mode}; use HTML or entities")
    elif mode != "none":
        raise bad_request("unsupported parse_mode")
    elif given:
        entities = from_json(given)
    if not text and not caption:
        raise bad_request("message text is empty")
    return normal(text, entities)


def normal(text: str, entities: Sequence[Entity]) -> Formatted:
    """Cleaned and trimmed, with what the server finds in it; empty when nothing shows."""
    text, kept = _clean(text, fix(_in_range(_linked(entities))))
    text, kept = _trim(text, fix(kept))
    if all(letter in _BLANK for letter in text):
        return Formatted("")
    return Formatted(text, tuple(merge(kept, detect(text))[:ENTITY_LIMIT]))


def _linked(entities: Sequence[Entity]) -> list[Entity]:
    """Links in the form Telegram keeps; those it takes for none are gone."""
    checked = [
        replace(e, value=checked_link(e.value)) if e.kind == "text_link" else e for e in entities
    ]
    return [e for e in checked if e.kind != "text_link" or e.value]


def _in_range(entities: Sequence[Entity]) -> list[Entity]:
    for entity in entities:
        if not 0 <= entity.offset <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {entity.length}")
    return [entity for entity in entities if entity.length]


def _clean(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Without control and direction characters; entities keep to their letters."""
    if not _UNEVEN.search(text):  # as most texts are: places stay what they are
        end = len(text)
        return text, [_moved(entity, range(end + 1), end) for entity in entities]
    places: dict[int, int] = {}  # UTF-16 offset before → after
    before = after = 0
    out: list[str] = []
    for letter in text:
        places[before] = after
        before += utf16(letter)
        if letter in _REMOVED:
            continue
        out.append(" " if letter < " " and letter != "\n" else letter)
        after += utf16(letter)
    places[before] = after
    return "".join(out), [_moved(entity, places, before) for entity in entities]


def _moved(entity: Entity, places: Mapping[int, int] | range, end: int) -> Entity:
    if entity.offset > end:
        raise bad_request(
            f"entity begins after the end of the text at UTF-16 offset {entity.offset}"
        )
    if entity.end > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {entity.offset} "
            f"ends after the end of the text at UTF-16 offset {entity.end}"
        )
    if entity.offset not in places or entity.end not in places:
        raise bad_request(
            f"entity beginning at UTF-16 offset {entity.offset} "
            "begins or ends in a middle of a UTF-16 symbol"
        )
    offset = places[entity.offset]
    return replace(entity, offset=offset, length=places[entity.end] - offset)


def _trim(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Space goes from the end always, from the beginning only up to the first entity."""
    text = text.rstrip(" \n")
    end = utf16(text)
    kept = [replace(e, length=min(e.length, end - e.offset)) for e in entities if e.offset < end]
    kept = [e for e in kept if e.length > 0]
    margin = len(text) - len(text.lstrip(" \n"))
    if kept:
        margin = min(margin, kept[0].offset)
    return text[margin:], [replace(e, offset=e.offset - margin) for e in kept]
