"""/start and the first steps: where you live, what about, when; then the first digest at once.

What was chosen is in rows after every press: the zone in the chat, the topics in a subscription
that is due at no time yet. So a restart between two presses loses nothing.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, Update
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.news.schedule import valid_zone
from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import dates, screens
from bot.telegram.answers import Ring, answer, redraw, say
from bot.telegram.handlers.news import PAGE, ask_digest, feed
from bot.telegram.keyboards import button, digest_buttons
from bot.telegram.posts import post
from bot.telegram.render import Render
from bot.telegram.stories import Reader
from bot.telegram.subscribing import Held, held, move, reschedule
from bot.telegram.texts import Text
from storage.models import Chat, ChatKind, Post, Schedule
from storage.ports import Store

A_DAY = range(24 * 60)  # minutes


def router() -> Router:
    made = Router(name="start")
    made.message.register(start, CommandStart(ignore_case=True))
    made.callback_query.register(zone, cb.Zone.filter(F.setup & F.name.func(valid_zone)))
    made.callback_query.register(
        time, cb.FirstTime.filter(F.minutes.in_(A_DAY) & (F.second < 24 * 60))
    )
    made.callback_query.register(ask_time, cb.FirstTime.filter(F.minutes < 0))
    made.callback_query.register(choose_time, cb.Screen.filter(F.name == "first_time"))
    return made


async def start(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    await store.chats.wake(chat.id, now=now)  # a private chat is awake already
    text = reader.text
    slug = (command.args or "").removeprefix("t_")
    if topics.get(slug) is not None:  # t.me/…?start=t_flights
        page = cb.LatestPage(topic=slug, offset=0, size=PAGE)
        await answer(message, await feed(store, reader, topics, page, now=now))
        return
    await store.chats.ask(chat.id, "", now=now)
    if chat.kind is not ChatKind.PRIVATE:
        await say(message, f"{text('start-hello-group')}\n\n{text('start-group')}")
        return
    due = [s.next_run_at for s in await store.subscriptions.of_chat(chat.id) if s.next_run_at]
    if due:
        await answer(message, welcome_back(reader, min(due), now=now))
    else:
        await answer(message, screens.zone(text, setup=True))


def welcome_back(reader: Reader, due: datetime, *, now: datetime) -> Post:
    text = reader.text
    moment = dates.moment(text, due, now=now, zone=reader.zone)
    words = f"{text('start-again')} {text('start-next', moment=moment)}"
    latest, settings = digest_buttons(text)[0]
    digest = button(text("button-digest"), cb.Go(to="digest"))
    return post(f.Text(words), ((latest, digest), (settings,)))


async def zone(
    query: CallbackQuery,
    callback_data: cb.Zone,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    now: datetime,
) -> None:
    await redraw(query, await in_zone(store, chat, callback_data.name, text, topics, now=now))


async def in_zone(
    store: Store, chat: Chat, name: str, text: Text, topics: Topics, *, now: datetime
) -> Post:
    """The second step: the zone is known, the topics are asked for."""
    chat = await move(store, chat, name, now=now)
    known = await store.subscriptions.of_chat(chat.id)
    subscription = (
        known[0]
        if known
        else await store.subscriptions.add(
            chat_id=chat.id, topics=(), schedule=Schedule(), next_run_at=None, now=now
        )
    )
    return screens.topic_choice(text, Held(subscription, chat, name), topics, setup=True)


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
    await redraw(query, screens.first_time(text, mine) if mine else gone(text))


async def ask_time(
    query: CallbackQuery,
    callback_data: cb.FirstTime,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    await store.chats.ask(chat.id, f"first_time:{callback_data.sub}", now=now)
    back = screens.back(text, "first_time", callback_data.sub)
    await redraw(query, post(f.Text(text("ask-time")), ((back,),)))


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


def gone(text: Text) -> Post:
    return post(f.Text(text("subscription-gone")))
