"""/search and plain words: a question or a search, with pages that are read from the message."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import redraw, say
from bot.telegram.conversation.questions import Questions
from bot.telegram.rendering import lists
from bot.telegram.rendering.stories import Reader
from storage.models import Chat
from storage.ports import Store


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
    questions: Questions,
    now: datetime,
) -> None:
    if not command.args:
        await store.chats.ask(chat.id, "", now=now)  # whatever comes next is a question anyway
        example = reader.text("search-example")
        await say(message, reader.text("search-ask", example=example))
        return
    await questions.answer(message, command.args, reader, now=now)


async def question(message: Message, reader: Reader, questions: Questions, now: datetime) -> None:
    await questions.answer(message, message.text or "", reader, now=now)


async def turn(
    query: CallbackQuery,
    callback_data: cb.FoundPage,
    bot: Bot,
    reader: Reader,
    questions: Questions,
    now: datetime,
) -> None:
    words = lists.query_in(_shown(query))
    me = await bot.me()
    await redraw(query, await questions.look(words, callback_data, reader, me=me, now=now))


async def try_suggested(
    query: CallbackQuery,
    callback_data: cb.Suggested,
    bot: Bot,
    reader: Reader,
    questions: Questions,
    now: datetime,
) -> None:
    words = lists.suggestion_in(_shown(query), callback_data.number)
    page, me = cb.FoundPage(offset=0), await bot.me()
    await redraw(query, await questions.look(words, page, reader, me=me, now=now))


def _shown(query: CallbackQuery) -> str:
    """The text of the message under the pressed button."""
    return (query.message.text or "") if isinstance(query.message, Message) else ""
