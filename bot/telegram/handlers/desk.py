"""The editors' desk under an open story, for the bot's admins in private; and /edits."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import BaseFilter, Command
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.jobs.articles.correcting import (
    corrected_last,
    editions,
    last_taken_back,
    on_desk,
    take_back,
)
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Desk, Do, Edits
from bot.telegram.conversation.answers import answer, redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.extra_words import extra_words
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import desk_screens as screens
from bot.telegram.screens import story_screens
from bot.telegram.screens.story_screens import Way
from storage.models import Chat, Post
from storage.ports import Store

SHOWN = 5  # stories that were corrected last
# A digest is edited when its story is corrected; a search is drawn from words that stand in it.
BELOW = (cb.SentDigest.__prefix__, cb.FoundPage.__prefix__)


def router() -> Router:
    made = Router(name="desk")
    with_words = Command("edits", ignore_case=True, magic=F.args)
    made.message.register(extra_words, with_words, ByEditor())
    made.message.register(edits, Command("edits", ignore_case=True), ByEditor())
    on = made.callback_query.register
    on(open_, Desk.filter(F.do.in_((Do.OPEN, Do.REFRESH))), ByEditor())
    on(undo, Desk.filter(F.do == Do.UNDO), ByEditor())
    on(edits_again, Edits.filter(), ByEditor())
    return made


class ByEditor(BaseFilter):
    """One of the bot's admins, in private: whoever else presses is told that the button is old."""

    async def __call__(self, event: TelegramObject, editor: bool) -> bool:
        return editor


async def open_(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    chat: Chat,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """In place of the story, unless that stands where it would be drawn over or lost: below it."""
    at = callback_data
    await store.chats.ask(chat.id, "", now=now)  # nothing is waited for any more
    if at.do is Do.REFRESH:
        press.words = reader.text("desk-refreshed")  # nothing may have changed
    if query.message is not None and at.back.startswith(BELOW):
        await answer(query.message, await drawn(store, reader, at.story, "", now=now))
    else:
        await redraw(query, await drawn(store, reader, at.story, at.back, now=now))


async def undo(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """Take back that merge or split, if it is the last and its articles are where it put them."""
    story, back, said = callback_data.story, callback_data.back, ""
    last = await last_taken_back(store, story)
    if last and last.id == callback_data.pick and await take_back(store, last, now=now):
        said = reader.text(f"desk-undid-{last.kind.value}")
    else:
        press.words, press.alert = reader.text("desk-changed"), True
    await redraw(query, await drawn(store, reader, story, back, now=now, said=said))


async def edits(message: Message, store: Store, reader: Reader, now: datetime) -> None:
    await answer(message, await _edits(store, reader, now=now))


async def edits_again(
    query: CallbackQuery, store: Store, reader: Reader, press: Press, now: datetime
) -> None:
    press.words = reader.text("desk-refreshed")
    await redraw(query, await _edits(store, reader, now=now))


async def _edits(store: Store, reader: Reader, *, now: datetime) -> Post:
    corrected = await corrected_last(store, limit=SHOWN)
    return screens.edits(reader, await editions(store), corrected, now=now)


async def drawn(
    store: Store,
    reader: Reader,
    story_id: int,
    back: str,
    *,
    now: datetime,
    said: str = "",
    other: int = 0,
) -> Post:
    """The desk with the story as it is now, or a word that it is gone."""
    at = await on_desk(store, story_id)
    if at is None:
        return story_screens.gone(reader.text, Way(back))
    return screens.desk(reader, at, back, now=now, said=said, other=other)
