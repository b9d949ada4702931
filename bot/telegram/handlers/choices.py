"""How a digest comes: as long as somebody has time, in which layout, silently, not for a week.

And how alerts do not: in quiet hours.
"""

import re
from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.news.times.schedule import parse_time
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer, redraw, redraw_at, say
from bot.telegram.conversation.asking import Answers, Question, ask, ask_again, asking
from bot.telegram.handlers.first_steps import A_DAY
from bot.telegram.handlers.settings import main
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import choice_screens, subscription_screens
from bot.telegram.screens.subscription_screens import USUAL_MINUTES, gone
from bot.telegram.subscriptions import pausing
from bot.telegram.subscriptions.subscribing import Held, begun, change, held
from bot.telegram.subscriptions.words import MINUTE_S
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post, QuietHours
from storage.ports import Store

MOST_STORIES = 20  # of a digest that is as long as the time to read it
BETWEEN = re.compile(r"[\s,;–—-]+")
LINKING = frozenset(("с", "со", "до", "по", "от", "з", "да", "ад", "from", "to", "till", "until"))


def router() -> Router:
    made = Router(name="choices")
    made.message.register(pause_all, Command("pause", ignore_case=True), flags=CHANGES)
    made.message.register(quiet_typed, Answers("quiet"), flags=CHANGES)
    on = made.callback_query.register
    on(minutes, cb.Minutes.filter(F.minutes.in_(USUAL_MINUTES)), flags=CHANGES)
    on(layout, cb.LayoutPick.filter(), flags=CHANGES)
    on(silent, cb.Silent.filter(), flags=CHANGES)
    on(resume_all, cb.Pause.filter((F.sub == 0) & (F.days == 0)), flags=CHANGES)
    on(pause, cb.Pause.filter(F.days.in_(range(pausing.LONGEST + 1))), flags=CHANGES)
    on(quiet, cb.Quiet.filter(F.start.in_(A_DAY) & F.end.in_(A_DAY)), flags=CHANGES)
    on(show_quiet, cb.Screen.filter(F.name == "quiet"), flags=CHANGES)
    on(ask_quiet, cb.Screen.filter(F.name == "ask_quiet"), flags=CHANGES)
    return made


async def minutes(
    query: CallbackQuery,
    callback_data: cb.Minutes,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    reading_s = callback_data.minutes * MINUTE_S
    mine = await change(store, mine, reading_s=reading_s, max_stories=MOST_STORIES)
    await redraw(query, subscription_screens.count(text, mine) if mine else gone(text))


async def layout(
    query: CallbackQuery,
    callback_data: cb.LayoutPick,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    mine = await change(store, mine, layout=callback_data.layout)
    await redraw(query, subscription_screens.layout(text, mine) if mine else gone(text))


async def silent(
    query: CallbackQuery,
    callback_data: cb.Silent,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    mine = await change(store, mine, silent=callback_data.on)
    await redraw(query, _screen(text, mine, topics, now=now))


async def pause(
    query: CallbackQuery,
    callback_data: cb.Pause,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    if mine is not None:
        days = callback_data.days
        changed = await pausing.pause(store, mine.subscription, mine.zone, days=days, now=now)
        mine = replace(mine, subscription=changed) if changed else None
    await redraw(query, _screen(text, mine, topics, now=now))


def _screen(text: Text, mine: Held | None, topics: Topics, *, now: datetime) -> Post:
    return subscription_screens.subscription(text, mine, topics, now=now) if mine else gone(text)


async def pause_all(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    now: datetime,
) -> None:
    """/pause, /pause 3, /pause 2 недели: all digests and alerts of the chat."""
    text, words = reader.text, command.args or ""
    days, known = pausing.read_days(words), begun(await store.subscriptions.of_chat(chat.id))
    if days is None:
        await say(message, text("pause-unknown", words=shorten(words, 40)))
    elif not known:
        await say(message, text("pause-none"))
    else:
        for subscription in known:
            await pausing.pause(store, subscription, reader.zone, days=days, now=now)
        until = pausing.midnight(reader.zone, days=days, now=now)
        words = text("pause-done", date=dates.date(text, until, zone=reader.zone))
        resume = button(text("button-resume"), cb.Pause(sub=0, days=0))
        await answer(message, post(f.Text(words), ((resume,),)))


async def resume_all(
    query: CallbackQuery, store: Store, chat: Chat, reader: Reader, topics: Topics, now: datetime
) -> None:
    for subscription in await store.subscriptions.of_chat(chat.id):
        if pausing.paused(subscription, now=now):
            await pausing.pause(store, subscription, reader.zone, days=0, now=now)
    await redraw(query, post(f.Text(reader.text("pause-over"))))


async def show_quiet(
    query: CallbackQuery, store: Store, chat: Chat, text: Text, now: datetime
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    await redraw(query, choice_screens.quiet(text, chat.quiet))


async def quiet(
    query: CallbackQuery, callback_data: cb.Quiet, store: Store, chat: Chat, text: Text
) -> None:
    hours = QuietHours(start=callback_data.start, end=callback_data.end)
    await store.chats.choose(chat.id, quiet=hours)
    await redraw(query, choice_screens.quiet(text, hours if hours.start != hours.end else None))


async def ask_quiet(
    query: CallbackQuery, store: Store, chat: Chat, text: Text, now: datetime
) -> None:
    question = Question("quiet")
    await ask(query, store, chat, question, asking(text, question, text("ask-quiet")), now=now)


async def quiet_typed(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """«с 22:30 до 7»: the end may be the next morning."""
    said = message.text or ""
    hours = read_hours(said)
    if hours is None:
        refusal = reader.text("ask-quiet-unknown", words=shorten(said, 40))
        await ask_again(message, question, refusal, reader.text)
        return
    await store.chats.ask(chat.id, "", now=now)
    await store.chats.choose(chat.id, quiet=hours)
    screen = await main(store, replace(chat, quiet=hours), reader, topics, now=now)
    await redraw_at(question.message_id, screen, answering=message)


def read_hours(words: str) -> QuietHours | None:
    """«с 22:30 до 7», «23-7»: two times of day that differ; None for anything else."""
    said = [word for word in BETWEEN.split(words.casefold()) if word and word not in LINKING]
    times = [parse_time(word) for word in said]
    if len(times) != 2 or times[0] is None or times[1] is None or times[0] == times[1]:
        return None
    return QuietHours(start=times[0], end=times[1])
