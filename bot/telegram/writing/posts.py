"""Posts within Telegram's limits: text is cleaned, measured and shortened.

Everything is built from aiogram's formatting nodes, so a title with `<b>` in it is only a title.
Lengths are UTF-16 units, as Telegram counts entities; 4096 of them are never too long a message.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)
from aiogram.utils.formatting import Bold, Text, TextLink

from storage.models import Button, Post

MAX_UNITS = 4096
MAX_ENTITIES = 100  # the rest would be dropped silently
MAX_BYTES = 30_000  # of text and links; Telegram refuses raw texts over 32,768
MAX_URL = 2048
# Marks that turn text around would turn the lines after it too; some more draw nothing at all.
UNWELCOME = re.compile(r"[\x00-\x1f\x7f-\xa0\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}(?::\d{2,4})?$")


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def one_line(text: str) -> str:
    """Without line breaks, control characters, marks of direction and doubled spaces."""
    return " ".join(UNWELCOME.sub(" ", text).split())


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` UTF-16 units, cut between words where that is possible."""
    line = one_line(text)
    if units(line) <= limit:
        return line
    kept, left = [], limit - 1
    for char in line:
        left -= units(char)
        if left < 0:
            break
        kept.append(char)
    cut = "".join(kept)
    space = len(cut) if line[len(cut)] == " " else cut.rfind(" ")
    if space > len(cut) // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:.·–—-") + "…"


def visible(text: str) -> bool:
    """Whether anything of it would be seen: Telegram refuses a text that is empty to the eye."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in text)


def link(url: str | None) -> str | None:
    """The url if Telegram would keep it as a link, else None."""
    if not url or len(url) > MAX_URL or UNWELCOME.search(url) or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # One bad link and Telegram refuses the whole post: a plain host and port, or no link.
    return url if parts.scheme in ("http", "https") and HOST.match(parts.netloc) else None


def linked(words: str, url: str | None) -> Text:
    """Words in bold, linked when the url is one that Telegram keeps."""
    good = link(url)
    return Bold(TextLink(words, url=good)) if good else Bold(words)


@dataclass(frozen=True, slots=True)
class Size:
    """What a text takes of the three limits."""

    units: int = 0
    entities: int = 0
    bytes: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(
            self.units + other.units, self.entities + other.entities, self.bytes + other.bytes
        )

    @property
    def fits(self) -> bool:
        return self.units <= MAX_UNITS and self.entities <= MAX_ENTITIES and self.bytes <= MAX_BYTES


GAP = Size(units=2, bytes=2)


def measure(node: Text) -> Size:
    return _size(*node.render())


def _size(text: str, entities: Sequence[MessageEntity]) -> Size:
    urls = sum(len((e.url or "").encode()) for e in entities)
    return Size(units(text), len(entities), len(text.encode()) + urls)


def stack(*nodes: Text | str | None) -> Text:
    """Nodes with a blank line between them; those that are None left out."""
    parts: list[Text | str] = []
    for node in nodes:
        if node is not None:
            parts += ["\n\n", node] if parts else [node]
    return Text(*parts)


def post(
    node: Text,
    buttons: Sequence[Sequence[Button]] = (),
    *,
    preview_url: str | None = None,
    silent: bool = False,
) -> Post:
    """A node as a stored value."""
    return _stored(node.render(), buttons, preview_url=preview_url, silent=silent)


def entity_rows(entities: Sequence[MessageEntity]) -> list[dict[str, Any]]:
    """Entities as a stored post holds them."""
    return [e.model_dump(exclude_none=True, mode="json") for e in entities if e.length]


def page(
    head: Text,
    blocks: Sequence[Text],
    buttons: Callable[[int], Sequence[Sequence[Button]]],
    *,
    preview_url: str | None = None,
) -> Post:
    """One post of the head and as many whole blocks as fit; `buttons` is told how many those are.

    Nearly always all of them do, so that is tried first: a page is drawn while a person waits.
    """
    count = len(blocks)
    rendered = stack(head, *blocks).render()
    if not _size(*rendered).fits:
        count = _fitting(head, blocks)
        rendered = stack(head, *blocks[:count]).render()
    return _stored(rendered, buttons(count), preview_url=preview_url)


def _fitting(head: Text, blocks: Sequence[Text]) -> int:
    """How many of the blocks one text holds below the head."""
    used = measure(head)
    for count, block in enumerate(blocks):
        used += measure(block) + GAP
        if not used.fits:
            return count
    return len(blocks)


def _stored(
    rendered: tuple[str, list[MessageEntity]],
    buttons: Sequence[Sequence[Button]],
    *,
    preview_url: str | None,
    silent: bool = False,
) -> Post:
    text, entities = rendered
    return Post(
        text=text,
        entities=json.dumps(entity_rows(entities), ensure_ascii=False),
        buttons=tuple(tuple(row) for row in buttons if row),
        preview_url=link(preview_url),
        silent=silent,
    )


def markup(buttons: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    rows = [[_pressed(button) for button in row] for row in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _pressed(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=button.text,
        callback_data=button.data,
        url=button.url,
        copy_text=CopyTextButton(text=button.copy) if button.copy else None,
        switch_inline_query=button.inline,
    )


def edit_kwargs(post: Post) -> dict[str, Any]:
    """What edit_text, answer and sendMessage alike take: the post's text."""
    preview = post.preview_url
    return {
        "text": post.text,
        "entities": [MessageEntity(**e) for e in json.loads(post.entities)],
        "parse_mode": None,
        "reply_markup": markup(post.buttons),
        "link_preview_options": LinkPreviewOptions(is_disabled=preview is None, url=preview),
    }


def send_kwargs(post: Post) -> dict[str, Any]:
    """What message.answer and bot.send_message take."""
    return edit_kwargs(post) | {"disable_notification": post.silent or None}
