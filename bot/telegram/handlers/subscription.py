"""A subscription's own buttons: its topics, times, days and how many stories, redrawn in place."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import redraw
from bot.telegram.conversation.asking import Question, ask, asking
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.first_steps import A_DAY
from bot.telegram.rendering.render import Render
from bot.telegram.screens import subscription_screens
from bot.telegram.screens.subscription_screens import USUAL_COUNTS, gone
from bot.telegram.subscriptions.subscribing import (
    Held,
    change,
    held,
    reschedule,
    switched,
    with_day,
    with_time,
)
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post, Schedule, Taste, Verdict
from storage.ports import Store


def router() -> Router:
    made = Router(name="subscription")
    on = made.callback_query.register
    on(topic, cb.TopicPick.filter(), flags=CHANGES)
    on(ask_time, cb.TimePick.filter(F.minutes < 0), flags=CHANGES)
    on(time, cb.TimePick.filter(F.minutes.in_(A_DAY)), flags=CHANGES)
    on(day, cb.DayPick.filter(F.day.in_(range(9))), flags=CHANGES)
    on(count, cb.Count.filter(F.stories.in_(USUAL_COUNTS)), flags=CHANGES)
    return made


def part(name: str, text: Text, mine: Held, topics: Topics, *, now: datetime) -> Post:
    """One screen of a subscription."""
    match name:
        case "topics":
            return subscription_screens.topic_choice(text, mine, topics)
        case "times":
            return subscription_screens.times(text, mine)
        case "days":
            return subscription_screens.days(text, mine)
        case "count":
            return subscription_screens.count(text, mine)
        case "layout":
            return subscription_screens.layout(text, mine)
    return subscription_screens.subscription(text, mine, topics, now=now)


async def topic(
    query: CallbackQuery,
    callback_data: cb.TopicPick,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    press: Press,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    known = not callback_data.slug or topics.get(callback_data.slug) is not None
    if mine is not None and known:
        mine = await with_topic(store, mine, callback_data.slug, text, press)
    setup = callback_data.setup
    drawn = subscription_screens.topic_choice(text, mine, topics, setup=setup) if mine else None
    await redraw(query, drawn or gone(text))


async def with_topic(store: Store, mine: Held, slug: str, text: Text, press: Press) -> Held | None:
    """With this topic switched; alerts of everything would never end."""
    chosen = switched(mine.subscription.topics, slug)
    if mine.subscription.instant and not (chosen or (slug and mine.subscription.follows)):
        press.words, press.alert = text("settings-one-wish"), True
        return mine
    mine = mine if slug else await widen(store, mine, text, press)
    return await change(store, mine, topics=chosen)


async def widen(store: Store, mine: Held, text: Text, press: Press) -> Held:
    """To everything: what it followed is wanted more, so that it still comes first."""
    follows = mine.subscription.follows
    for interest in follows:
        await store.chats.taste(mine.chat.id, Taste(interest=interest, verdict=Verdict.MORE))
    if not follows:
        return mine
    names = ", ".join(one.label for one in follows)
    press.words, press.alert = text("topics-widened", names=shorten(names, 100)), True
    return await change(store, mine, topics=(), follows=()) or mine


async def ask_time(
    query: CallbackQuery,
    callback_data: cb.TimePick,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    question = Question("times", callback_data.sub)
    await ask(query, store, chat, question, asking(text, question, text("ask-time")), now=now)


async def time(
    query: CallbackQuery,
    callback_data: cb.TimePick,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    press: Press,
    now: datetime,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    if mine is not None:
        schedule = with_time(mine.subscription.schedule, callback_data.minutes)
        mine = await run_by(store, mine, schedule, press, text("settings-one-time"), now=now)
    await redraw(query, subscription_screens.times(text, mine) if mine else gone(text))


async def day(
    query: CallbackQuery,
    callback_data: cb.DayPick,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    press: Press,
    now: datetime,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    if mine is not None:
        schedule = with_day(mine.subscription.schedule, callback_data.day)
        mine = await run_by(store, mine, schedule, press, text("settings-one-day"), now=now)
    await redraw(query, subscription_screens.days(text, mine) if mine else gone(text))


async def run_by(
    store: Store,
    mine: Held,
    schedule: Schedule | None,
    press: Press,
    refusal: str,
    *,
    now: datetime,
) -> Held | None:
    """Give it the schedule; one that would never run is refused with a word."""
    if schedule is None:
        press.words, press.alert = refusal, True
        return mine
    return await reschedule(store, mine, schedule, now=now)


async def count(
    query: CallbackQuery,
    callback_data: cb.Count,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
) -> None:
    mine = await held(store, render, callback_data.sub, chat=chat)
    mine = await change(store, mine, max_stories=callback_data.stories, reading_s=0)
    await redraw(query, subscription_screens.count(text, mine) if mine else gone(text))
