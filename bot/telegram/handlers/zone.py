"""Where a chat lives: by a button, a city that is typed, or the clock on the wall.

It is asked in the first steps and in the settings; they differ in what comes after.
"""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.news.times.schedule import parse_time, valid_zone
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import redraw, redraw_at
from bot.telegram.conversation.asking import Answers, Question, ask, ask_again, asking
from bot.telegram.conversation.questions import Questions
from bot.telegram.handlers.asked import words
from bot.telegram.handlers.first_steps import choose_topics
from bot.telegram.handlers.settings import main
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import settings_screens as screens
from bot.telegram.subscriptions import zones
from bot.telegram.subscriptions.subscribing import move
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post
from storage.ports import Store

CITY_WORDS = 3  # a longer answer is no city, but a question of its own
SETUP, CHANGE = Question("first_zone"), Question("zone")


def router() -> Router:
    """Stands before the settings, which take any screen."""
    made = Router(name="zone")
    made.message.register(city, Answers(SETUP.name, CHANGE.name), flags=CHANGES)
    on = made.callback_query.register
    on(ask_city, cb.Zone.filter(F.name == ""), flags=CHANGES)
    on(ask_time, cb.Screen.filter(F.name.in_(("clock", "first_clock"))), flags=CHANGES)
    on(choose, cb.Zone.filter(F.name.func(valid_zone)), flags=CHANGES)
    return made


async def ask_city(
    query: CallbackQuery,
    callback_data: cb.Zone,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    question = SETUP if callback_data.setup else CHANGE
    words = text("ask-zone", example=text("ask-zone-example"))
    await ask(query, store, chat, question, asking(text, question, words), now=now)


async def ask_time(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    """What the clock on the wall shows."""
    setup = callback_data.name == "first_clock"
    clock = screens.clock(text, now=now, setup=setup)
    await ask(query, store, chat, SETUP if setup else CHANGE, clock, now=now)


async def choose(
    query: CallbackQuery,
    callback_data: cb.Zone,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    chat = await move(store, chat, callback_data.name, now=now)
    setup = callback_data.setup
    await redraw(query, await after(store, chat, render, topics, setup=setup, now=now))


async def city(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    render: Render,
    topics: Topics,
    questions: Questions,
    now: datetime,
) -> None:
    """A city, or the time there."""
    said = message.text or ""
    shown = parse_time(said)
    zone = zones.find_zone(said) if shown is None else zones.showing(shown, now)
    if zone is None and len(said.split()) > CITY_WORDS:
        await words(message, store, chat, reader, questions, now)
    elif zone is None:
        await ask_again(message, question, no_such_city(reader.text, said), reader.text)
    else:
        chat = await move(store, chat, zone, now=now)
        setup = question.name == SETUP.name
        screen = await after(store, chat, render, topics, setup=setup, now=now)
        await redraw_at(question.message_id, screen, answering=message)


def no_such_city(text: Text, said: str) -> str:
    return text("ask-zone-unknown", word=shorten(said, 60), example=text("ask-zone-example"))


async def after(
    store: Store, chat: Chat, render: Render, topics: Topics, *, setup: bool, now: datetime
) -> Post:
    """The next of the first steps, or the settings again."""
    if setup:
        return await choose_topics(store, chat, render, topics, now=now)
    await store.chats.ask(chat.id, "", now=now)
    return await main(store, chat, render.reader(chat), topics, now=now)
