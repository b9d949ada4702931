"""A story opened in place of its list, from a digest, /latest, a search or any other; and back."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.jobs.answering.opening import open_story
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.sharing import share_buttons
from bot.telegram.conversation.answers import answer, redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.rendering import lists
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import story_screens
from bot.telegram.screens.story_screens import Way
from bot.telegram.writing.posts import one_line
from storage.models import Chat, Post
from storage.ports import Store

DIGEST = cb.way_back(cb.SentDigest())


def router() -> Router:
    made = Router(name="reading")
    made.callback_query.register(open_, cb.StoryOpen.filter())
    made.callback_query.register(close, cb.SentDigest.filter())
    made.callback_query.register(save, cb.StoryAct.filter(F.do.in_((cb.Act.SAVE, cb.Act.DROP))))
    return made


async def open_(
    query: CallbackQuery,
    callback_data: cb.StoryOpen,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    editor: bool,
    now: datetime,
) -> None:
    """In place, unless the digest could not be put back then: below it."""
    message, back = query.message, callback_data.back
    if message is None:
        return
    stays = not isinstance(message, Message)  # it is too old to be edited
    if back == DIGEST and not stays:
        stays = await store.outbox.post_of(chat.id, message.message_id) is None
    way = Way("") if stays else way_of(query, back)
    person, story = query.from_user.id, callback_data.story
    shown = await card(person, story, way, bot, store, reader, editor=editor, now=now)
    if stays:
        await answer(message, shown)
    else:
        await redraw(query, shown)


async def close(
    query: CallbackQuery, store: Store, chat: Chat, reader: Reader, press: Press
) -> None:
    """The digest is again what the message was sent as."""
    message = query.message
    sent = message and await store.outbox.post_of(chat.id, message.message_id)
    if sent:
        await redraw(query, sent)
    else:
        press.words, press.alert = reader.text("reading-digest-gone"), True


async def save(
    query: CallbackQuery,
    callback_data: cb.StoryAct,
    bot: Bot,
    store: Store,
    reader: Reader,
    press: Press,
    editor: bool,
    now: datetime,
) -> None:
    """Everybody saves for themselves, in whatever chat they press."""
    person, story = query.from_user.id, callback_data.story
    if callback_data.do is cb.Act.DROP:
        await store.saved.remove(person, story)
        press.words = reader.text("saved-dropped")
    elif await store.saved.add(person, story, now=now):
        press.words = reader.text("saved-kept")
    elif await store.chats.get(person) is None:
        press.words, press.alert = reader.text("saved-stranger"), True
        return
    way = way_of(query, callback_data.back)
    shown = await card(person, story, way, bot, store, reader, editor=editor, now=now)
    await redraw(query, shown)


async def card(
    person: int,
    story_id: int,
    way: Way,
    bot: Bot,
    store: Store,
    reader: Reader,
    *,
    editor: bool,
    now: datetime,
) -> Post:
    """The story as it is now, or a kind word about what became of it. `person`: who reads it."""
    opened = await open_story(store, story_id, person=person)
    if opened is None:
        return story_screens.gone(reader.text, way)
    if opened.story.withdrawn:
        return story_screens.withdrawn(reader.text, opened.story, way, editor=editor)
    share = share_buttons(reader.text, opened.story, await bot.me())
    return story_screens.story(reader, opened, way, now=now, share=share, editor=editor)


def way_of(query: CallbackQuery, back: str) -> Way:
    """From a search: with its words above, where the page is drawn from."""
    if not back.startswith(cb.FoundPage.__prefix__) or not isinstance(query.message, Message):
        return Way(back)
    words = one_line(lists.query_in(query.message.text or ""))
    return Way(back, f.Bold(f"{lists.LENS}{words}"))
