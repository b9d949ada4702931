"""What somebody saved: pages of it, redrawn in place."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Rows, button, in_equal_rows, numbers
from bot.telegram.rendering.lists import arrows
from bot.telegram.rendering.stories import Reader, listed
from bot.telegram.writing.posts import post, stack
from bot.telegram.writing.texts import Text
from storage.models import Post, Story

PAGE = 5
HEADLINE = 120  # UTF-16 units


def saved(reader: Reader, stories: Sequence[Story], at: cb.SavedPage, *, now: datetime) -> Post:
    """`stories` holds one more than the page when there is a next one."""
    text, shown = reader.text, stories[:PAGE]
    if not shown:
        return post(f.Text(text("saved-none")), ((button(text("button-close"), cb.Close()),),))
    lines = [
        listed(reader, at.offset + n, one, HEADLINE, now=now) for n, one in enumerate(shown, 1)
    ]
    return post(stack(f.Bold(text("saved-title")), *lines), _buttons(text, stories, at))


def _buttons(text: Text, stories: Sequence[Story], at: cb.SavedPage) -> Rows:
    shown, here = [one.id for one in stories[:PAGE]], cb.SavedPage(offset=at.offset)
    if at.edit:
        each = [
            button(f"✕ {at.offset + n}", cb.SavedPage(offset=at.offset, drop=id_, edit=True))
            for n, id_ in enumerate(shown, 1)
        ]
        return (*in_equal_rows(each), (button(text("button-done"), here),))
    before = cb.SavedPage(offset=max(0, at.offset - PAGE)) if at.offset else None
    after = cb.SavedPage(offset=at.offset + PAGE) if len(stories) > PAGE else None
    edit = button(text("button-edit"), cb.SavedPage(offset=at.offset, edit=True))
    opening = numbers(shown, here, first=at.offset + 1)
    return (*opening, *arrows(text, before, after), (edit,))
