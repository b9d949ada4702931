"""What an admin brought: a text that is news, or a link, with where it came from."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from aiogram.types import Message, MessageOriginChannel, MessageOriginChat

from bot.sources.files import Item, text_item
from bot.sources.platforms import is_on_platform

LONG = 200  # characters; a shorter text of one line is a question
LONG_TOGETHER = 80  # of several lines
URL = re.compile(r"https?://[^\s<>«»\"]+")
CHANNEL = re.compile(r"@[A-Za-z]\w{3,31}|(?:t|telegram)\.me/[\w/+-]+", re.I)
CHANNEL_POST = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?([a-z]\w{3,31})/(\d{1,10})(?:\?\S*)?", re.I
)
# Spaces within the scheme, or an address whose next word is plainly a part of it.
TORN = re.compile(r"https?\s*:(?:\s+/\s*/|\s*/\s+/|//\s+)\S+|https?://\S+\s+\S*(?:/\S*|\.\w{2,5})")


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


def address_in(message: Message) -> str | None:
    """What is to be looked at: an address, a @channel, or an address with a space in it."""
    said = words_of(message)
    if CHANNEL.fullmatch(said):
        return said
    if "\n" not in said and len(said) < LONG and TORN.fullmatch(said):
        return said
    return link_in(message)


def channel_post_in(url: str) -> str | None:
    """`https://t.me/name/123` of a link to one post of a public channel, else None."""
    found = CHANNEL_POST.fullmatch(url)
    return f"https://t.me/{found[1].lower()}/{found[2]}" if found else None


def is_followed(url: str) -> bool:
    """Whether an address cannot be of an article: a site's front page, a channel, a torn one.

    Nor can one of a network that shows nothing, or gives a feed for it.
    """
    parts = urlsplit(url)
    channel = "://" not in url or parts.hostname in ("t.me", "telegram.me")
    front = parts.path in ("", "/") and not parts.query
    return channel or front or TORN.fullmatch(url) is not None or is_on_platform(url)


def source_in(shown: str) -> str | None:
    """The address that an offer's last line holds; None when it is no such message."""
    found: list[str] = URL.findall(shown)
    return found[-1] if found and shown.endswith(found[-1]) else None


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
