"""Buttons under posts. Every one is a `Button` value, so that a stored post can carry it too."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from bot.telegram.buttons import callbacks as cb
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Button, Chat

Row = tuple[Button, ...]
Rows = tuple[Row, ...]
LABEL = 40  # UTF-16 units; what a button as wide as a phone shows
NUMBERS = 7  # in a row at most: what a thumb tells apart on a phone


def button(text: str, data: CallbackData) -> Button:
    return Button(text=text, data=data.pack())


def rows(buttons: list[Button], width: int) -> Rows:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def numbers(stories: Sequence[int], back: CallbackData | str, *, first: int = 1) -> Rows:
    """A button for each of these stories, by its place in the list; it opens the story.

    `back`: the button that draws the list again, or the way back that another story carries.
    """
    way = back if isinstance(back, str) else cb.way_back(back)
    each = [
        button(str(place), cb.StoryOpen(story=story, back=way))
        for place, story in enumerate(stories, first)
    ]
    return in_equal_rows(each)


def in_equal_rows(buttons: list[Button]) -> Rows:
    """As few rows as a thumb can tell apart, and none much shorter than the others."""
    lines = -(-len(buttons) // NUMBERS) or 1
    return rows(buttons, -(-len(buttons) // lines) or 1)


def open_one(text: Text, story: int, back: CallbackData) -> Row:
    """The button that opens the only story."""
    return (button(text("button-more"), cb.StoryOpen(story=story, back=cb.way_back(back))),)


def ways_out(text: Text) -> Row:
    """Of the subscription whose digest it is: the press says in which message, and that which."""
    return (
        button(text("button-change"), cb.WayOut(do="change")),
        button(text("button-stop"), cb.WayOut(do="stop")),
    )


def digest_buttons(text: Text) -> Rows:
    return (
        (
            button(text("button-latest"), cb.Go(to="latest")),
            button(text("button-settings"), cb.Go(to="settings")),
        ),
    )


def doubt_buttons(text: Text, channel_id: int, delivery_id: int) -> Rows:
    """For the owner of a channel whose post may have arrived or not."""
    choices = (("doubt-button-again", True), ("doubt-button-leave", False))
    return tuple(
        (button(text(key), cb.Doubt(chat=channel_id, delivery=delivery_id, again=again)),)
        for key, again in choices
    )


def ticked(label: str, on: bool) -> str:
    return f"✅ {label}" if on else label


def back(text: Text, screen: str = "main", sub: int = 0) -> Button:
    """To another screen of the settings."""
    return button(text("button-back"), cb.Screen(name=screen, sub=sub))


def channel_button(channel: Chat) -> Button:
    return button(f"📢 {shorten(channel.title, LABEL)}", cb.Channel(do="open", chat=channel.id))
