"""/subscribe [topic …] [HH:MM …] and /unsubscribe."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.news.schedule import next_run
from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import dates
from bot.telegram.admins import CHANGES
from bot.telegram.answers import answer, redraw, say
from bot.telegram.handlers.news import thread_of
from bot.telegram.posts import post, shorten
from bot.telegram.render import Render
from bot.telegram.stories import Reader
from bot.telegram.subscribing import Wish, begun, held, read_wish
from bot.telegram.subscription_screens import gone, leaving, subscription_buttons
from bot.telegram.subscription_words import describe
from bot.telegram.texts import Text
from storage.models import Chat, Post, Schedule, Subscription
from storage.ports import Store


def router() -> Router:
    made = Router(name="subscribe")
    made.message.register(subscribe, Command("subscribe", ignore_case=True), flags=CHANGES)
    made.message.register(unsubscribe, Command("unsubscribe", ignore_case=True), flags=CHANGES)
    made.callback_query.register(leave, cb.Unsubscribe.filter(), flags=CHANGES)
    return made


async def subscribe(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    wish = read_wish(command.args or "", topics)
    if wish.unknown:
        await say(message, not_understood(reader.text, wish, topics))
        return
    made = await store_wish(
        store, chat.id, wish, zone=reader.zone, now=now, thread_id=thread_of(message)
    )
    await answer(message, subscribed(reader, made, topics, now=now))


def not_understood(text: Text, wish: Wish, topics: Topics, target: str = "") -> str:
    """`target`: the channel that stood after the command."""
    slugs = " ".join(topic.slug for topic in topics.all[:2])
    words = ", ".join(text("quoted", words=shorten(word, 40)) for word in wish.unknown[:5])
    example = " ".join(f"/subscribe {target} {slugs} 8:00 19:30".split())
    return text("subscribe-unknown", n=len(wish.unknown), words=words, example=example)


async def store_wish(
    store: Store,
    chat_id: int,
    wish: Wish,
    *,
    zone: str,
    now: datetime,
    thread_id: int | None = None,
) -> Subscription:
    """The subscription wished for; one to the same topics only gets the times that were named."""
    known = same(await store.subscriptions.of_chat(chat_id), wish.topics, thread_id)
    schedule = known.schedule if known else Schedule()
    if wish.minutes:
        schedule = replace(schedule, minutes=wish.minutes)
    return await store.subscriptions.add(
        chat_id=chat_id,
        topics=wish.topics,
        schedule=schedule,
        next_run_at=next_run(schedule, zone, after=now),
        now=now,
        thread_id=thread_id,
        max_stories=known.max_stories if known else 10,
    )


def same(
    subscriptions: Sequence[Subscription], topics: Sequence[str], thread_id: int | None
) -> Subscription | None:
    matching = (
        s for s in subscriptions if set(s.topics) == set(topics) and s.thread_id == thread_id
    )
    return next(matching, None)


def subscribed(reader: Reader, made: Subscription, topics: Topics, *, now: datetime) -> Post:
    text = reader.text
    what = describe(text, made, topics)
    body: list[f.Text | str] = [f.Bold(text("subscribe-done", what=what))]
    if made.next_run_at is not None:
        moment = dates.moment(text, made.next_run_at, now=now, zone=reader.zone)
        body += ["\n\n", text("subscribe-next", moment=moment)]
    return post(f.Text(*body), subscription_buttons(text, made, now=now))


async def unsubscribe(
    message: Message, command: CommandObject, store: Store, chat: Chat, text: Text, topics: Topics
) -> None:
    """The only subscription, or the one of the topics named, ends; else it asks which."""
    subscriptions = begun(await store.subscriptions.of_chat(chat.id))
    if command.args and subscriptions:
        wish = read_wish(command.args, topics)
        named = None if wish.unknown else same(subscriptions, wish.topics, thread_of(message))
        if named is None:
            await answer(message, leaving(text, subscriptions, topics))
            return
        subscriptions = [named]
    if len(subscriptions) > 1:
        await answer(message, leaving(text, subscriptions, topics))
        return
    for subscription in subscriptions:
        await store.subscriptions.remove(subscription.id)
    await say(message, text("unsubscribe-done" if subscriptions else "unsubscribe-none"))


async def leave(
    query: CallbackQuery,
    callback_data: cb.Unsubscribe,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
) -> None:
    if callback_data.sub == 0:
        ids = [s.id for s in await store.subscriptions.of_chat(chat.id)]
    else:
        mine = await held(store, render, callback_data.sub, chat=chat)
        ids = [mine.subscription.id] if mine else []
    for subscription_id in ids:
        await store.subscriptions.remove(subscription_id)
    await redraw(query, post(f.Text(text("unsubscribe-done"))) if ids else gone(text))
