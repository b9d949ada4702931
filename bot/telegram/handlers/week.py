"""/week: what of the week one should not have missed."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.jobs.answering.week import week
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer, redraw, say
from bot.telegram.handlers.news import an_example
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import week_screens
from bot.telegram.writing.posts import shorten
from storage.models import Chat, Post
from storage.ports import Store


def router() -> Router:
    made = Router(name="week")
    made.message.register(show, Command("week", ignore_case=True))
    made.callback_query.register(turn, cb.WeekPage.filter())
    return made


async def show(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """Of all topics, or of the one that is named."""
    words = (command.args or "").strip()
    slug = topics.find(words) if words else ""
    if slug is None:
        example, word = an_example(topics, words), shorten(words, 60)
        await say(message, reader.text("week-not-understood", word=word, topic=example))
        return
    page = cb.WeekPage(topic=slug)
    await answer(message, await _page(store, chat, reader, topics, page, now=now))


async def turn(
    query: CallbackQuery,
    callback_data: cb.WeekPage,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    await redraw(query, await _page(store, chat, reader, topics, callback_data, now=now))


async def _page(
    store: Store, chat: Chat, reader: Reader, topics: Topics, page: cb.WeekPage, *, now: datetime
) -> Post:
    wanted = (page.topic,) if page.topic else ()
    stories = await week(store, chat, topics=wanted, now=now)
    return week_screens.week(reader, stories, topics, page, now=now)
