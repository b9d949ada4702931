"""The first steps after /start: language, place, topics, time; then the first digest at once.

What was chosen is in rows after every press: language and zone in the chat, the topics in a
subscription that is due at no time yet. So a restart between two presses loses nothing.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Update
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import Ring, redraw
from bot.telegram.conversation.asking import Question, ask, asking
from bot.telegram.conversation.menu import set_menu_of_chat
from bot.telegram.handlers.news import ask_digest
from bot.telegram.rendering.render import Render
from bot.telegram.screens import first_screens, subscription_screens
from bot.telegram.screens.subscription_screens import gone
from bot.telegram.subscriptions.subscribing import Held, draft, held, reschedule
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import LANGUAGES, Text
from storage.models import Chat, Post
from storage.ports import Store

A_DAY = range(24 * 60)  # minutes


def router() -> Router:
    made = Router(name="first steps")
    on = made.callback_query.register
    on(language, cb.Language.filter(F.setup & F.code.in_(LANGUAGES)), flags=CHANGES)
    on(ask_zone, cb.Screen.filter(F.name == "first_zone"), flags=CHANGES)
    on(skip_zone, cb.Screen.filter(F.name == "first_topics"), flags=CHANGES)
    on(choose_time, cb.Screen.filter(F.name == "first_time"), flags=CHANGES)
    on(ask_time, cb.FirstTime.filter(F.minutes < 0), flags=CHANGES)
    on(time, cb.FirstTime.filter(F.minutes.in_(A_DAY) & (F.second < 24 * 60)), flags=CHANGES)
    return made


async def language(
    query: CallbackQuery,
    callback_data: cb.Language,
    bot: Bot,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    settings: Settings,
) -> None:
    """The first step is done: from here on the bot speaks so."""
    await store.chats.choose(chat.id, language=callback_data.code)
    text = render.reader(replace(chat, language=callback_data.code)).text
    await redraw(query, first_screens.zone(text))
    admin = chat.id in settings.admin_ids
    await set_menu_of_chat(bot, chat.id, text, topics, admin=admin)


async def ask_zone(
    query: CallbackQuery, store: Store, chat: Chat, text: Text, now: datetime
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    await redraw(query, first_screens.zone(text))


async def skip_zone(
    query: CallbackQuery,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    """The zone is the one of the settings."""
    await redraw(query, await choose_topics(store, chat, render, topics, now=now))


async def choose_topics(
    store: Store, chat: Chat, render: Render, topics: Topics, *, now: datetime
) -> Post:
    """The third step: the zone is known, the topics are asked for."""
    await store.chats.ask(chat.id, "", now=now)
    subscription, reader = await draft(store, chat.id, now=now), render.reader(chat)
    mine = Held(subscription, chat, reader.zone)
    return subscription_screens.topic_choice(reader.text, mine, topics, setup=True)


async def choose_time(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    now: datetime,
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    mine = await held(store, render, callback_data.sub, chat=chat)
    await redraw(query, first_screens.time(text, mine) if mine else gone(text))


async def ask_time(
    query: CallbackQuery,
    callback_data: cb.FirstTime,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    question = Question("first_time", callback_data.sub)
    await ask(query, store, chat, question, asking(text, question, text("ask-time")), now=now)


async def time(
    query: CallbackQuery,
    callback_data: cb.FirstTime,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    ring: Ring,
    settings: Settings,
    event_update: Update,
    now: datetime,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    minutes = {callback_data.minutes, max(callback_data.second, callback_data.minutes)}
    done = await begin(store, mine, sorted(minutes), text, now=now)
    await redraw(query, done)
    if mine is not None and mine.subscription.next_run_at is None:  # else it had its first digest
        await ask_digest(
            store, render, ring, settings, chat=mine.chat, update=event_update, now=now
        )


async def begin(
    store: Store, mine: Held | None, minutes: list[int], text: Text, *, now: datetime
) -> Post:
    """The last step: the schedule runs, and the first digest follows."""
    if mine is None:
        return gone(text)
    schedule = replace(mine.subscription.schedule, minutes=tuple(minutes))
    begun = await reschedule(store, mine, schedule, now=now)
    if begun is None or begun.subscription.next_run_at is None:
        return gone(text)
    moment = dates.moment(text, begun.subscription.next_run_at, now=now, zone=mine.zone)
    return post(f.Text(f.Bold(text("start-done", moment=moment)), "\n\n", text("start-first")))
