"""/ahead: planned events by their days, and as a file for a calendar; the file of one story."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, InaccessibleMessage, Message

from bot.jobs.answering.ahead import ahead, ahead_in, entries
from bot.news.digests.planned import Planned
from bot.news.times.calendar import calendar
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer, redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import ahead_screens
from bot.telegram.writing.texts import Text
from storage.models import Chat
from storage.ports import Store


def router() -> Router:
    made = Router(name="ahead")
    made.message.register(show, Command("ahead", ignore_case=True))
    made.callback_query.register(file, cb.AheadPage.filter(F.file))
    made.callback_query.register(turn, cb.AheadPage.filter())
    made.callback_query.register(file_of_story, cb.StoryAct.filter(F.do == cb.Act.DATES))
    return made


async def show(message: Message, store: Store, chat: Chat, reader: Reader, now: datetime) -> None:
    events = await _ahead(store, chat, reader, now)
    await answer(message, ahead_screens.ahead(reader, events, cb.AheadPage(), now=now))


async def turn(
    query: CallbackQuery,
    callback_data: cb.AheadPage,
    store: Store,
    chat: Chat,
    reader: Reader,
    now: datetime,
) -> None:
    events = await _ahead(store, chat, reader, now)
    await redraw(query, ahead_screens.ahead(reader, events, callback_data, now=now))


async def file(
    query: CallbackQuery,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """All that has exact days: a season in a calendar is only in the way."""
    events = [one for one in await _ahead(store, chat, reader, now) if one.exact]
    await _send(query, events, bot, reader.text, press, now)


async def file_of_story(
    query: CallbackQuery,
    callback_data: cb.StoryAct,
    bot: Bot,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """All that the story says is to come."""
    zone, language = reader.zone, reader.text.language
    events = await ahead_in(store, callback_data.story, now=now, zone=zone, language=language)
    await _send(query, events, bot, reader.text, press, now)


async def _ahead(store: Store, chat: Chat, reader: Reader, now: datetime) -> list[Planned]:
    return await ahead(store, chat, now=now, zone=reader.zone, language=reader.text.language)


async def _send(
    query: CallbackQuery,
    events: Sequence[Planned],
    bot: Bot,
    text: Text,
    press: Press,
    now: datetime,
) -> None:
    message: Message | InaccessibleMessage | None = query.message
    if not events:
        press.words, press.alert = text("ahead-nothing-left"), True
    elif message is not None:
        me = await bot.me()
        made = calendar(
            entries(events, maker=f"{me.username}.t.me"), name=text("ahead-title"), maker="Svodka"
        )
        document = BufferedInputFile(made.encode("utf-8", "replace"), f"svodka-{now:%Y-%m-%d}.ics")
        caption = text("ahead-file", n=len(events))
        await message.answer_document(document, caption=caption, parse_mode=None)
