"""One more subscription, by buttons: daily, weekly or at once, and what it is about."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import redraw, redraw_at
from bot.telegram.conversation.asking import Answers, Question, ask, ask_again, asking
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.following import not_understood
from bot.telegram.handlers.news import thread_of
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import choice_screens, subscription_screens
from bot.telegram.subscriptions import following
from bot.telegram.subscriptions.subscribing import Held
from bot.telegram.writing.texts import Text
from storage.models import Chat, Interest, InterestKind, Post, Schedule
from storage.ports import Store

SCHEDULES = {
    cb.NewHow.DAILY: Schedule(),
    cb.NewHow.WEEKLY: Schedule(minutes=(following.SUNDAYS_MIN,), days=(7,)),
    cb.NewHow.INSTANT: Schedule(),
}


def router() -> Router:
    made = Router(name="new digest")
    made.message.register(typed, Answers(*(f"new_{how.value}" for how in cb.NewHow)), flags=CHANGES)
    on = made.callback_query.register
    on(ask_how, cb.Screen.filter(F.name == "new"), flags=CHANGES)
    for how in cb.NewHow:
        on(ask_about, cb.Screen.filter(F.name == f"new_{how.value}"), flags=CHANGES)
        on(ask_words, cb.Screen.filter(F.name == f"words_{how.value}"), flags=CHANGES)
    on(make, cb.NewDigest.filter(), flags=CHANGES)
    return made


async def ask_how(query: CallbackQuery, text: Text) -> None:
    await redraw(query, choice_screens.new(text))


async def ask_about(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    now: datetime,
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    how = cb.NewHow(callback_data.name.removeprefix("new_"))
    await redraw(query, choice_screens.new_about(text, how, topics))


async def ask_words(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    how = cb.NewHow(callback_data.name.removeprefix("words_"))
    question = Question(f"new_{how.value}")
    words = text("new-ask", example=text("example-follow"))
    await ask(query, store, chat, question, asking(text, question, words), now=now)


async def make(
    query: CallbackQuery,
    callback_data: cb.NewDigest,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    press: Press,
    now: datetime,
) -> None:
    slug, message = callback_data.slug, query.message
    if callback_data.how is cb.NewHow.INSTANT and topics.get(slug) is None:
        press.words, press.alert = reader.text("settings-one-wish"), True
        return
    wanted = [Interest(kind=InterestKind.TOPIC, value=slug)] if topics.get(slug) else []
    thread_id = thread_of(message) if isinstance(message, Message) else None
    known, drawn = await made(
        store, chat, reader, callback_data.how, wanted, topics, now=now, thread_id=thread_id
    )
    if known:
        press.words = reader.text("new-known")
    await redraw(query, drawn)


async def typed(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """Names, places, words or sources, parted by commas."""
    wanted, unknown = await following.read(store, message.text or "", topics)
    if unknown or not wanted:
        refusal = not_understood(reader.text, "follow", unknown)
        await ask_again(message, question, refusal, reader.text)
        return
    await store.chats.ask(chat.id, "", now=now)
    how = cb.NewHow(question.name.removeprefix("new_"))
    _, drawn = await made(
        store, chat, reader, how, wanted, topics, now=now, thread_id=thread_of(message)
    )
    await redraw_at(question.message_id, drawn, answering=message)


async def made(
    store: Store,
    chat: Chat,
    reader: Reader,
    how: cb.NewHow,
    wanted: list[Interest],
    topics: Topics,
    *,
    now: datetime,
    thread_id: int | None,
) -> tuple[bool, Post]:
    """Whether there was such a subscription already, which stays as it is; its screen."""
    schedule = SCHEDULES[how]
    known = await following.same(
        store, chat.id, wanted, schedule, instant=how is cb.NewHow.INSTANT, thread_id=thread_id
    )
    subscription = known or await following.add(
        store,
        chat.id,
        wanted,
        schedule,
        zone=reader.zone,
        now=now,
        instant=how is cb.NewHow.INSTANT,
        thread_id=thread_id,
    )
    mine = Held(subscription, chat, reader.zone)
    drawn = subscription_screens.subscription(reader.text, mine, topics, now=now)
    return known is not None, drawn
