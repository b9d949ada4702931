"""Handing a story on: the buttons for it, and the link by which others come to it."""

import re
from urllib.parse import urlencode

from aiogram.types import User

from bot.telegram.buttons.keyboards import Row
from bot.telegram.writing.posts import link
from bot.telegram.writing.texts import Text
from storage.models import Button, Story
from storage.ports import Store

COPIED = 256  # characters that a button may copy
_ASKED = re.compile(r"s:(\d{1,18})")
_STARTED = re.compile(r"s_(\d{1,18})")


def deep_link(username: str, story_id: int) -> str:
    """Opens the story in a chat with the bot."""
    return f"https://t.me/{username}?start=s_{story_id}"


def share_buttons(text: Text, story: Story, me: User) -> Row:
    """Send it to a chat, copy its address.

    Where the bot's owner has not switched inline mode on, Telegram would refuse a button for it.
    """
    here, address = deep_link(me.username or "", story.id), link(story.url)
    share = Button(text=text("button-share"), inline=f"s:{story.id}")
    if not me.supports_inline_queries:
        to = "https://t.me/share/url?" + urlencode({"url": address or here})
        share = Button(text=text("button-share"), url=to)
    copied = address if address and len(address) <= COPIED else here
    return share, Button(text=text("button-copy"), copy=copied)


def asked_id(words: str) -> int | None:
    """The story that an inline query of `share_buttons` names."""
    match = _ASKED.fullmatch(words.strip())
    return int(match[1]) if match else None


def started_id(parameter: str) -> int | None:
    """The story that the parameter of a `deep_link` names."""
    match = _STARTED.fullmatch(parameter)
    return int(match[1]) if match else None


async def shared_story(store: Store, story_id: int) -> Story | None:
    """The story as it is now, in whichever it was merged into; None if it is told no more."""
    story = await store.stories.get(await store.corrections.now_called(story_id))
    return None if story is not None and story.withdrawn else story
