"""The list of what is followed and muted: a press takes it back, or has it told at once."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation import asking
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import redraw
from bot.telegram.conversation.asking import Question
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.news import thread_of
from bot.telegram.screens import interest_screens
from bot.telegram.screens.taste_screens import named
from bot.telegram.subscriptions import following
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post
from storage.ports import Store


def router() -> Router:
    made = Router(name="interests")
    on = made.callback_query.register
    on(turn, cb.Interests.filter(F.offset >= 0), flags=CHANGES)
    on(ask, cb.Screen.filter(F.name.in_(("follow", "mute"))), flags=CHANGES)
    on(drop, cb.OneInterest.filter(F.do == cb.Wish.DROP), flags=CHANGES)
    on(at_once, cb.OneInterest.filter(F.do == cb.Wish.AT_ONCE), flags=CHANGES)
    return made


async def everything(
    store: Store, chat_id: int, text: Text, topics: Topics, page: cb.Interests | None = None
) -> Post:
    chat, known = await store.chats.get(chat_id), await store.subscriptions.of_chat(chat_id)
    entries = following.entries(chat, known) if chat else []
    return interest_screens.listed(text, entries, topics, page or cb.Interests())


async def turn(
    query: CallbackQuery,
    callback_data: cb.Interests,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    now: datetime,
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    await redraw(query, await everything(store, chat.id, text, topics, callback_data))


async def ask(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    what = callback_data.name
    drawn = interest_screens.asking(text, what)
    await asking.ask(query, store, chat, Question(what), drawn, now=now)


async def drop(
    query: CallbackQuery,
    callback_data: cb.OneInterest,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    press: Press,
) -> None:
    interest = await following.find(store, chat, callback_data.key)
    if interest is None:
        press.words = text("interest-gone")
    elif not await following.drop(store, chat.id, interest):
        press.words, press.alert = text("interest-last"), True
    else:
        press.words = text("interest-dropped", what=shorten(named(text, interest, topics), 60))
    await redraw(query, await everything(store, chat.id, text, topics))


async def at_once(
    query: CallbackQuery,
    callback_data: cb.OneInterest,
    store: Store,
    chat: Chat,
    text: Text,
    press: Press,
    now: datetime,
) -> None:
    """Beside the digest, an alert."""
    interest = await following.find(store, chat, callback_data.key)
    message = query.message
    thread_id = thread_of(message) if isinstance(message, Message) else None
    if interest is None:
        press.words = text("interest-gone")
        return
    done = await following.at_once(store, chat.id, interest, now=now, thread_id=thread_id)
    press.words, press.alert = text("at-once-done" if done else "at-once-known"), True
