"""Telegram's HTML, parsed as tdlib's `parse_html` does, byte by byte, with its complaints.

It is not HTML: few tags, four named entities, and an end tag may be bare (`</>`). Offsets in
complaints count bytes of the UTF-8 text, offsets of entities count UTF-16 units.
"""

import re
from dataclasses import dataclass, replace

from bot.sandbox.entities import Entity, ordered, utf16
from bot.sandbox.links import checked_link, mentioned_user
from bot.sandbox.references import decode_reference, int32

_SPECIAL = re.compile(rb"[<&]")
_QUOTED = {ord("'"): re.compile(rb"['&\0]"), ord('"'): re.compile(rb'["&\0]')}
_SPACE = frozenset(b" \t\r\n\0\v")
_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_END = 0  # the byte after the last one
_GT, _LT, _SLASH, _EQUALS, _AMP = b"></=&"
_NAME_ENDS = _SPACE | frozenset(b"=>/\"'")
_TOKEN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_DATE_FORMAT = frozenset("tTdDwW")


class BadHtml(ValueError):
    """The text does not parse; the reason is tdlib's sentence."""


@dataclass(slots=True, kw_only=True)
class _Tag:
    name: str
    argument: str
    unix_time: int
    offset: int  # UTF-16, where it began
    position: int  # in the bytes that came out, where it began


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The text without tags, and its entities. Raises BadHtml."""
    parser = _Parser(text.encode())
    parser.run()
    try:
        plain = bytes(parser.out).decode()
    except UnicodeDecodeError:
        raise BadHtml(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ) from None
    entities = [replace(e, value="") if e.kind == "code" else e for e in parser.entities]
    return plain, ordered(entities)


class _Parser:
    def __init__(self, text: bytes) -> None:
        self.size = len(text)
        self.text = text + b"\0"
        self.at = 0
        self.out = bytearray()
        self.units = 0  # UTF-16 units put out so far
        self.open: list[_Tag] = []
        self.entities: list[Entity] = []

    def run(self) -> None:
        while self.at < self.size:
            self._plain()
            byte = self.text[self.at]
            if byte == _LT:
                begin = self.at
                self.at += 1
                if self.text[self.at] == _SLASH:
                    self._end_tag(begin)
                else:
                    self._start_tag(begin)
                self.at += 1
            elif byte == _AMP and not self._reference():
                self.out.append(byte)
                self.units += 1
                self.at += 1
        if self.open:
            raise BadHtml(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _plain(self) -> None:
        """Puts out what comes before the next `<`, `&` or the end."""
        end = min(_found(_SPECIAL, self.text, self.at), self.size)
        run = self.text[self.at : end]
        self.out += run
        self.units += utf16(run.decode())
        self.at = end

    def _reference(self) -> bool:
        letter, end = decode_reference(self.text, self.at)
        if not letter:
            return False
        self.at = end
        self.units += 2 if ord(letter) > 0xFFFF else 1
        self.out += letter.encode("utf-8", "surrogatepass")
        return True

    def _start_tag(self, begin: int) -> None:
        """Reads up to the closing `>`, where it leaves `at`."""
        self._until(_SPACE | {_GT})
        if self.text[self.at] == _END:
            raise BadHtml(f"Unclosed start tag at byte offset {begin}")
        name = _lower(self.text[begin + 1 : self.at])
        if name not in _KINDS:
            raise BadHtml(f'Unsupported start tag "{name}" at byte offset {begin}')
        tag = _Tag(name=name, argument="", unix_time=0, offset=self.units, position=len(self.out))
        while self.text[self.at] != _GT:
            self._skip_space()
            if self.text[self.at] == _GT:
                break
            self._attribute(tag, begin)
        if name == "span" and tag.argument != "spoiler":
            raise BadHtml(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(tag)

    def _attribute(self, tag: _Tag, begin: int) -> None:
        start = self.at
        self._until(_NAME_ENDS)
        name = self.text[start : self.at].decode()
        if not name:
            raise BadHtml(f'Empty attribute name in the tag "{tag.name}" at byte offset {begin}')
        self._skip_space()
        if self.text[self.at] != _EQUALS:
            self._unclosed(tag, begin)
            if (tag.name, name) == ("blockquote", "expandable"):
                tag.argument = "1"
            return
        self.at += 1
        self._skip_space()
        self._unclosed(tag, begin)
        value = self._value()
        if self.text[self.at] == _END:
            raise BadHtml(f"Unclosed start tag at byte offset {begin}")
        _set(tag, name, value)

    def _unclosed(self, tag: _Tag, begin: int) -> None:
        if self.text[self.at] == _END:
            raise BadHtml(f'Unclosed start tag "{tag.name}" at byte offset {begin}')

    def _value(self) -> str:
        quote = self.text[self.at]
        if quote not in b"'\"":
            start = self.at
            while self.text[self.at] in _TOKEN:
                self.at += 1
            if self.text[self.at] not in _SPACE and self.text[self.at] != _GT:
                raise BadHtml(f"Unexpected end of name token at byte offset {start}")
            return _lower(self.text[start : self.at])
        self.at += 1
        value = bytearray()
        special = _QUOTED[quote]
        while True:
            start, self.at = self.at, _found(special, self.text, self.at)
            value += self.text[start : self.at]
            if self.text[self.at] != _AMP:
                break
            letter, end = decode_reference(self.text, self.at)
            value += letter.encode("utf-8", "surrogatepass") or b"&"
            self.at = end if letter else self.at + 1
        if self.text[self.at] == quote:
            self.at += 1
        return value.decode("utf-8", "replace")

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise BadHtml(f"Unexpected end tag at byte offset {begin}")
        self._until(_SPACE | {_GT})
        name = _lower(self.text[begin + 2 : self.at])
        self._skip_space()
        if self.text[self.at] != _GT:
            raise BadHtml(f"Unclosed end tag at byte offset {begin}")
        tag = self.open[-1]
        if name and name != tag.name:
            raise BadHtml(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.units > tag.offset:
            self._close(tag)
        self.open.pop()

    def _close(self, tag: _Tag) -> None:
        kind = _KINDS[tag.name]
        entity = Entity(
            kind=kind, offset=tag.offset, length=self.units - tag.offset, value=tag.argument
        )
        last = self.entities[-1] if self.entities else None
        same = last and (last.offset, last.length) == (entity.offset, entity.length)
        match kind:
            case "text_link":
                self._link(tag, entity)
            case "custom_emoji":
                self.entities.append(_emoji(entity))
            case "date_time":
                if dated := _dated(entity, tag):
                    self.entities.append(dated)
            case "pre" if last and same and last.kind == "code" and last.value:
                self.entities[-1] = replace(last, kind="pre")
            case "code" if last and same and last.kind == "pre" and not last.value and entity.value:
                self.entities[-1] = replace(last, value=entity.value)
            case "blockquote" if tag.argument:
                self.entities.append(replace(entity, kind="expandable_blockquote", value=""))
            case "code":
                self.entities.append(entity)  # its language may yet make a `pre` of it
            case _:
                self.entities.append(replace(entity, value=""))

    def _link(self, tag: _Tag, entity: Entity) -> None:
        url = tag.argument or self.out[tag.position :].decode("utf-8", "replace")
        user = mentioned_user(url)
        if user is not None:
            self.entities.append(replace(entity, kind="text_mention", value=str(user)))
        elif link := checked_link(url):
            self.entities.append(replace(entity, value=link))

    def _until(self, ends: frozenset[int]) -> None:
        while self.text[self.at] not in ends:
            self.at += 1

    def _skip_space(self) -> None:
        while self.text[self.at] != _END and self.text[self.at] in _SPACE:
            self.at += 1


def _set(tag: _Tag, name: str, value: str) -> None:
    """Keep the attribute if this tag has a use for it."""
    match tag.name, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
            tag.argument = value
        case ("code", "class") if value.startswith("language-"):
            tag.argument = value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            tag.argument = value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            tag.argument = "1"
        case ("tg-time", "unix"):
            tag.unix_time = int32(value)


def _emoji(entity: Entity) -> Entity:
    digits = entity.value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or not -(2**63) <= int(entity.value) < 2**63:
        raise BadHtml("Invalid custom emoji identifier specified")
    if int(entity.value) == 0:
        raise BadHtml("Invalid custom emoji identifier specified")
    return replace(entity, value=str(int(entity.value)))


def _dated(entity: Entity, tag: _Tag) -> Entity | None:
    if tag.argument not in ("r", "R") and set(tag.argument) - _DATE_FORMAT:
        raise BadHtml("Invalid date format used")
    return replace(entity, unix_time=tag.unix_time) if tag.unix_time > 0 else None


def _found(pattern: re.Pattern[bytes], text: bytes, at: int) -> int:
    """Where the pattern next matches; the end when it does not."""
    match = pattern.search(text, at)
    return match.start() if match else len(text)


def _lower(word: bytes) -> str:
    return word.lower().decode("utf-8", "replace")
