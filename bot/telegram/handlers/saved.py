"""/saved: what somebody keeps to read again."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer, redraw, say
from bot.telegram.conversation.guards import Press
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import saved_screens
from storage.models import Chat, ChatKind, Post
from storage.ports import Store


def router() -> Router:
    made = Router(name="saved")
    made.message.register(saved, Command("saved", ignore_case=True))
    made.callback_query.register(turn, cb.SavedPage.filter())
    return made


async def saved(message: Message, store: Store, chat: Chat, reader: Reader, now: datetime) -> None:
    """Only in private: what somebody keeps is nobody else's to see."""
    if chat.kind is ChatKind.PRIVATE:
        await answer(message, await shelf(store, chat.id, reader, cb.SavedPage(), now=now))
    else:
        await say(message, reader.text("saved-private"))


async def turn(
    query: CallbackQuery,
    callback_data: cb.SavedPage,
    store: Store,
    chat: Chat,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    if callback_data.drop and await store.saved.remove(chat.id, callback_data.drop):
        press.words = reader.text("saved-dropped")
    await redraw(query, await shelf(store, chat.id, reader, callback_data, now=now))


async def shelf(
    store: Store, person: int, reader: Reader, page: cb.SavedPage, *, now: datetime
) -> Post:
    """The page; the one before it when nothing is left there."""
    size = saved_screens.PAGE
    stories = await store.saved.of(person, limit=size + 1, offset=max(0, page.offset))
    if not stories and page.offset > 0:
        page = page.model_copy(update={"offset": max(0, page.offset - size)})
        stories = await store.saved.of(person, limit=size + 1, offset=page.offset)
    return saved_screens.saved(reader, stories, page, now=now)
