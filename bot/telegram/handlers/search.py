"""/search and plain words: a question or a search, with pages that are read from the message."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.jobs.answer import answer as find
from bot.news.query import parse_query
from bot.news.smalltalk import small_talk
from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import lists
from bot.telegram.answers import answer, redraw, say
from bot.telegram.posts import units
from bot.telegram.stories import Reader
from storage.models import Chat, Post
from storage.ports import Store

PAGE = 5
LONGEST = 200  # UTF-16 units of a question


def router() -> Router:
    made = Router(name="search")
    made.message.register(search, Command("search", ignore_case=True))
    made.callback_query.register(turn, cb.FoundPage.filter())
    made.callback_query.register(try_suggested, cb.Suggested.filter())
    return made


def router_of_questions() -> Router:
    """Last of all: what is no command and answers no question of ours is a question to us."""
    made = Router(name="questions")
    made.message.register(question, F.chat.type == "private", F.text, ~F.text.startswith("/"))
    return made


async def search(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    if not command.args:
        await store.chats.ask(chat.id, "search", now=now)
        example = reader.text("search-example")
        await say(message, reader.text("search-ask", example=example))
        return
    await say_found(message, command.args, store=store, reader=reader, topics=topics, now=now)


async def question(
    message: Message, store: Store, reader: Reader, topics: Topics, now: datetime
) -> None:
    await say_found(message, message.text or "", store=store, reader=reader, topics=topics, now=now)


async def say_found(
    message: Message, words: str, *, store: Store, reader: Reader, topics: Topics, now: datetime
) -> None:
    if units(words) > LONGEST:
        example = reader.text("search-example")
        await say(message, reader.text("search-long", example=example))
        return
    page = cb.FoundPage(offset=0)
    await answer(message, await look(words, page, store, reader, topics, now=now))


async def turn(
    query: CallbackQuery,
    callback_data: cb.FoundPage,
    store: Store,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    shown = query.message.text if isinstance(query.message, Message) else None
    words = lists.query_in(shown or "")
    await redraw(query, await look(words, callback_data, store, reader, topics, now=now))


async def try_suggested(
    query: CallbackQuery,
    callback_data: cb.Suggested,
    store: Store,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    shown = query.message.text if isinstance(query.message, Message) else None
    words = lists.suggestion_in(shown or "", callback_data.number)
    page = cb.FoundPage(offset=0)
    await redraw(query, await look(words, page, store, reader, topics, now=now))


async def look(
    words: str, page: cb.FoundPage, store: Store, reader: Reader, topics: Topics, *, now: datetime
) -> Post:
    if talk := small_talk(words):
        return lists.talk(reader.text, talk)
    names = [source.title for source in await store.sources.all()]
    query = parse_query(words, now=now, zone=reader.zone, topics=topics, sources=names)
    if query.empty:
        return lists.not_understood(reader.text)
    answer = await find(store, query, limit=PAGE + 1, offset=page.offset, quote=query.question)
    return lists.found(reader, query, answer, page, size=PAGE, now=now)
