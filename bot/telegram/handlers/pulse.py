"""/pulse: the week as a picture, by day or by night, with the same in words below it."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from bot.news.digests.pulse import Pulse
from bot.news.topics.scores import Topics
from bot.pictures.palette import Theme
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button
from bot.telegram.conversation.answers import answer
from bot.telegram.rendering.drawn import Drawn, hour
from bot.telegram.rendering.pulse import caption, chart
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.posts import markup
from storage.models import Post
from storage.ports import Store


def router() -> Router:
    made = Router(name="pulse")
    made.message.register(show, Command("pulse", ignore_case=True))
    made.callback_query.register(switch, cb.PulseIn.filter(F.theme.in_([*Theme])))
    return made


async def show(
    message: Message, store: Store, reader: Reader, topics: Topics, drawn: Drawn, now: datetime
) -> None:
    await _show(message, Theme.LIGHT, store, reader, topics, drawn, now=now)


async def switch(
    query: CallbackQuery,
    callback_data: cb.PulseIn,
    store: Store,
    reader: Reader,
    topics: Topics,
    drawn: Drawn,
    now: datetime,
) -> None:
    """The same message in other colours, and with the week as it is by now."""
    if query.message is not None:
        theme = Theme(callback_data.theme)
        await _show(query.message, theme, store, reader, topics, drawn, now=now, edit=True)


async def _show(
    message: Message | InaccessibleMessage,
    theme: Theme,
    store: Store,
    reader: Reader,
    topics: Topics,
    drawn: Drawn,
    *,
    now: datetime,
    edit: bool = False,
) -> None:
    """Below the message; with `edit` in its place, unless it is too old for that."""
    week = await drawn.week(store, reader.zone, now=now)
    if not week.whole.total:
        await answer(message, Post(text=reader.text("pulse-empty")))
        return
    said, keyboard = _said(reader, topics, week), _other(reader, theme)

    async def send(file: str | BufferedInputFile) -> Message | bool:
        if edit and isinstance(message, Message):
            media = InputMediaPhoto(media=file, **said)
            return await message.edit_media(media, reply_markup=keyboard)
        return await message.answer_photo(file, **said, reply_markup=keyboard)

    key = (hour(now), reader.zone, reader.text.language, theme)
    try:
        await drawn.hand(key, chart(reader.text, topics, week), send)
    except TelegramBadRequest as e:
        if "message is not modified" not in e.message:
            raise


def _said(reader: Reader, topics: Topics, week: Pulse) -> dict[str, Any]:
    """The words below the picture."""
    words, entities = caption(reader.text, topics, week).render()
    return {"caption": words, "caption_entities": entities, "parse_mode": None}


def _other(reader: Reader, theme: Theme) -> InlineKeyboardMarkup | None:
    """The button for the other colours."""
    other = Theme.DARK if theme is Theme.LIGHT else Theme.LIGHT
    label = reader.text("button-dark" if other is Theme.DARK else "button-light")
    return markup([[button(label, cb.PulseIn(theme=other))]])
