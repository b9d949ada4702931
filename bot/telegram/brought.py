"""What an admin brought: a text that is news, or a link, with where it came from."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.types import Message, MessageOriginChannel, MessageOriginChat

from bot.sources.files import Item, text_item

LONG = 200  # characters; a shorter text of one line is a question
LONG_TOGETHER = 80  # of several lines
URL = re.compile(r"https?://[^\s<>«»\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a forwarded message was published; all None for what was written or pasted."""

    title: str | None = None
    url: str | None = None
    at: datetime | None = None


def words_of(message: Message) -> str:
    return (message.text or message.caption or "").strip()


def is_news(said: str) -> bool:
    """Whether it is a text to be filed, not a command or a question."""
    if said.startswith("/"):
        return False
    lines = [line for line in said.splitlines() if line.strip()]
    if len(lines) == 1:
        return len(said) >= LONG and not said.endswith("?")
    return len(said) >= LONG_TOGETHER


def link_in(message: Message) -> str | None:
    """The one address that a message is about: alone, or with a line or two around it."""
    said = words_of(message)
    for entity in message.entities or ():
        if entity.type == "url" and entity.extract_from(message.text or "") == said:
            return said if "://" in said else f"https://{said}"
    found: list[str] = [url.rstrip(".,;:!?)") for url in URL.findall(said)]
    if len(set(found)) != 1 or len(said) - len(found[0]) >= LONG or said.startswith("/"):
        return None
    return found[0]


def origin_of(message: Message) -> Origin:
    """People who are quoted stay unnamed: only channels and groups are sources."""
    match message.forward_origin:
        case MessageOriginChannel() as origin:
            name = origin.chat.username
            url = f"https://t.me/{name}/{origin.message_id}" if name else None
            return Origin(title=origin.chat.title, url=url, at=origin.date)
        case MessageOriginChat() as origin:
            return Origin(title=origin.sender_chat.title, at=origin.date)
    return Origin()


def item_of(said: str, origin: Origin) -> Item:
    item = text_item(said)
    return replace(item, entry=replace(item.entry, url=origin.url, published_at=origin.at))
