"""Rich messages as Telegram takes them: blocks of rich text, checked and measured.

https://core.telegram.org/bots/api#inputrichmessage. What the bot has no use for (media, tables,
formulas, HTML and Markdown of its own) is refused in plain words.
"""

from collections.abc import Callable, Iterable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.links import checked_link
from bot.sandbox.world import Json

MAX_LETTERS, MAX_BLOCKS, MAX_DEPTH = 32_768, 500, 16
STYLES = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "marked",
        "code",
        "subscript",
        "superscript",
    ]
)
TEXTS = frozenset(["paragraph", "footer", "heading", "pre"])  # blocks of a text
CREDITED = frozenset(["expandable_blockquote", "pullquote"])  # of a text with a credit


def rich_message(given: Json) -> Json:
    """The Bot API's RichMessage. Raises ApiError 400 when Telegram would refuse it."""
    if sum(given.get(name) is not None for name in ("html", "markdown", "blocks")) != 1:
        raise bad_request("exactly one of html, markdown and blocks must be specified")
    if given.get("blocks") is None or given.get("media"):
        raise bad_request("the sandbox takes rich messages of blocks, without media")
    checked = _Checked()
    blocks = checked.blocks(given["blocks"], 1)
    if checked.count > MAX_BLOCKS:
        raise bad_request("RICH_MESSAGE_TOO_MANY_BLOCKS")
    if checked.letters > MAX_LETTERS:
        raise bad_request("message is too long")
    if not checked.letters:
        raise bad_request("message text is empty")
    return {"blocks": blocks} | ({"is_rtl": True} if given.get("is_rtl") else {})


class _Checked:
    """Blocks and texts on their way through; what they come to is counted."""

    def __init__(self) -> None:
        self.letters = self.count = 0

    def blocks(self, given: Any, depth: int) -> list[Json]:
        if not isinstance(given, list) or not given:
            raise bad_request("a rich message must have blocks")
        if depth > MAX_DEPTH:
            raise bad_request("rich message is nested too deeply")
        return [self._block(_object(one), depth) for one in given]

    def _block(self, given: Json, depth: int) -> Json:
        self.count += 1
        kind = given.get("type")
        if kind == "divider":
            return {"type": kind}
        if kind == "list":
            return {"type": kind, "items": self._items(given.get("items"), depth)}
        if kind in ("details", "blockquote"):
            inside = {"blocks": self.blocks(given.get("blocks"), depth + 1)}
            name = "summary" if kind == "details" else "credit"
            texts = self._texts(given, [name], wanted=kind == "details", depth=depth)
            flags = {"is_open": True} if given.get("is_open") and kind == "details" else {}
            return {"type": kind} | texts | inside | flags
        if kind in TEXTS or kind in CREDITED:
            text = self._texts(given, ["text"], wanted=True, depth=depth)
            credit = self._texts(given, ["credit"] if kind in CREDITED else [], depth=depth)
            return {"type": kind} | text | credit | _own(given)
        raise bad_request(f"can't parse rich message: unsupported block type {kind!r}")

    def _items(self, given: Any, depth: int) -> list[Json]:
        if not isinstance(given, list) or not given:
            raise bad_request("a list must have items")
        ordered = any("value" in _object(item) or "type" in item for item in given)
        return [
            {
                "label": f"{item.get('value', number)}." if ordered else "•",
                "blocks": self.blocks(_object(item).get("blocks"), depth + 1),
            }
            for number, item in enumerate(given, 1)
        ]

    def _texts(
        self, given: Json, names: Iterable[str], *, depth: int, wanted: bool = False
    ) -> Json:
        texts = {}
        for name in names:
            if given.get(name) is not None:
                texts[name] = self.text(given[name], depth + 1)
            elif wanted:
                raise bad_request(f"can't parse rich message: Can't find field \"{name}\"")
        return texts

    def text(self, given: Any, depth: int) -> Any:
        """A RichText: a string, a list of them, or an object that styles one."""
        if depth > MAX_DEPTH:
            raise bad_request("rich message is nested too deeply")
        if isinstance(given, str):
            self.letters += len(given)
            return given
        if isinstance(given, list):
            return [self.text(one, depth) for one in given]
        kind = _object(given).get("type")
        text = self._texts(given, ["text"], wanted=True, depth=depth)
        if kind in STYLES:
            return {"type": kind} | text
        if kind in FIELDS:
            return {"type": kind} | text | FIELDS[kind](given)
        raise bad_request(f"can't parse rich message: unsupported text type {kind!r}")


def _object(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse rich message: an object is expected")
    return given


def _own(given: Json) -> Json:
    """What a block has beside its text: a heading's size, the language of code."""
    if given["type"] == "heading":
        size = given.get("size")
        if not isinstance(size, int) or not 1 <= size <= 6:
            raise bad_request("wrong heading size")
        return {"size": size}
    language = given.get("language")
    return {"language": str(language)} if given["type"] == "pre" and language else {}


def _link(given: Json) -> Json:
    url = checked_link(str(given.get("url", "")))
    if not url:
        raise bad_request("RICH_MESSAGE_URL_INVALID")
    return {"url": url}


def _moment(given: Json) -> Json:
    when, pattern = given.get("unix_time"), given.get("date_time_format")
    if not isinstance(when, int) or not isinstance(pattern, str):
        raise bad_request("can't parse rich message: wrong date and time")
    return {"unix_time": when, "date_time_format": pattern}


FIELDS: dict[str, Callable[[Json], Json]] = {"url": _link, "date_time": _moment}
