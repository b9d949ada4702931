"""/pulse: the week as a picture, by day or by night, with the same in words below it."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message

from bot.news.pulse import Pulse
from bot.news.topics import Topics
from bot.pictures.palette import Theme
from bot.telegram import callbacks as cb
from bot.telegram.answers import say
from bot.telegram.drawn import Drawn, Key, hour
from bot.telegram.keyboards import button
from bot.telegram.posts import markup
from bot.telegram.pulse import caption, chart
from bot.telegram.stories import Reader
from storage.ports import Store


def router() -> Router:
    made = Router(name="pulse")
    made.message.register(show, Command("pulse", ignore_case=True))
    made.callback_query.register(switch, cb.PulseIn.filter(F.theme.in_([*Theme])))
    return made


async def show(
    message: Message, store: Store, reader: Reader, topics: Topics, drawn: Drawn, now: datetime
) -> None:
    week = await drawn.week(store, reader.zone, now=now)
    if not week.whole.total:
        await say(message, reader.text("pulse-empty"))
        return
    said = _said(reader, topics, week, Theme.LIGHT)

    async def send(file: str | BufferedInputFile) -> Message:
        return await message.answer_photo(file, **said)

    await drawn.hand(_key(reader, Theme.LIGHT, now), chart(reader.text, topics, week), send)


async def switch(
    query: CallbackQuery,
    callback_data: cb.PulseIn,
    store: Store,
    reader: Reader,
    topics: Topics,
    drawn: Drawn,
    now: datetime,
) -> None:
    """The same message in other colours, and as the week is by now."""
    message, theme = query.message, Theme(callback_data.theme)
    week = await drawn.week(store, reader.zone, now=now)
    if not isinstance(message, Message):
        return
    said = _said(reader, topics, week, theme)
    keyboard = said.pop("reply_markup")

    async def send(file: str | BufferedInputFile) -> Message | bool:
        return await message.edit_media(InputMediaPhoto(media=file, **said), reply_markup=keyboard)

    try:
        await drawn.hand(_key(reader, theme, now), chart(reader.text, topics, week), send)
    except TelegramBadRequest as e:
        if "message is not modified" not in e.message:
            raise


def _key(reader: Reader, theme: Theme, now: datetime) -> Key:
    return (hour(now), reader.zone, reader.text.language, theme)


def _said(reader: Reader, topics: Topics, week: Pulse, theme: Theme) -> dict[str, Any]:
    """The words below the picture, and the button for the other colours."""
    text = reader.text
    other = Theme.DARK if theme is Theme.LIGHT else Theme.LIGHT
    label = text("button-dark" if other is Theme.DARK else "button-light")
    words, entities = caption(text, topics, week).render()
    return {
        "caption": words,
        "caption_entities": entities,
        "parse_mode": None,
        "reply_markup": markup([[button(label, cb.PulseIn(theme=other))]]),
    }
