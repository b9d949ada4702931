"""Times that are typed, in answer to a question of the bot."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.types import Message, Update

from bot.config import Settings
from bot.news.times.schedule import parse_time
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import Ring, redraw_at
from bot.telegram.conversation.asking import Answers, Question, ask_again
from bot.telegram.conversation.questions import Questions
from bot.telegram.handlers.first_steps import begin
from bot.telegram.handlers.news import ask_digest
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens.subscription_screens import gone
from bot.telegram.screens.subscription_screens import times as times_screen
from bot.telegram.subscriptions.subscribing import Held, held, reschedule
from bot.telegram.subscriptions.wishes import LINKING
from bot.telegram.writing.posts import shorten
from storage.models import Chat
from storage.ports import Store


def router() -> Router:
    made = Router(name="asked")
    made.message.register(times, Answers("times", "first_time"), flags=CHANGES)
    return made


async def words(
    message: Message,
    store: Store,
    chat: Chat,
    reader: Reader,
    questions: Questions,
    now: datetime,
) -> None:
    await store.chats.ask(chat.id, "", now=now)
    await questions.answer(message, message.text or "", reader, now=now)


async def times(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    render: Render,
    questions: Questions,
    ring: Ring,
    settings: Settings,
    event_update: Update,
    now: datetime,
) -> None:
    said = message.text or ""
    minutes, unknown = read_times(said)
    if unknown and not any(char.isdigit() for char in said):
        await words(message, store, chat, reader, questions, now)
        return
    if unknown:
        refusal = reader.text("ask-time-unknown", word=shorten(unknown, 60))
        await ask_again(message, question, refusal, reader.text)
        return
    await store.chats.ask(chat.id, "", now=now)
    mine = await held(store, render, question.about, chat=chat)
    if question.name == "first_time":
        done = await begin(store, mine, minutes, reader.text, now=now)
        await redraw_at(question.message_id, done, answering=message)
        if mine is not None:
            await ask_digest(
                store, render, ring, settings, chat=mine.chat, update=event_update, now=now
            )
        return
    mine = mine and await with_times(store, mine, minutes, now=now)
    screen = times_screen(reader.text, mine) if mine else gone(reader.text)
    await redraw_at(question.message_id, screen, answering=message)


def read_times(said: str) -> tuple[list[int], str | None]:
    """Minutes after midnight, and the first word that is no time."""
    minutes: set[int] = set()
    for word in said.replace(",", " ").replace(";", " ").split():
        if word.casefold() in LINKING:
            continue
        if (time := parse_time(word)) is None:
            return [], word
        minutes.add(time)
    return sorted(minutes), None if minutes else said


async def with_times(
    store: Store, mine: Held, minutes: Sequence[int], *, now: datetime
) -> Held | None:
    """These times beside those chosen with buttons."""
    chosen = tuple(sorted({*mine.subscription.schedule.minutes, *minutes}))
    schedule = replace(mine.subscription.schedule, minutes=chosen)
    return await reschedule(store, mine, schedule, now=now)
