"""/settings: one message, whose buttons change rows and redraw it in place."""

from dataclasses import replace
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer, redraw
from bot.telegram.conversation.menu import set_menu_of_chat
from bot.telegram.handlers.subscription import part
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import settings_screens as screens
from bot.telegram.screens.subscription_screens import gone
from bot.telegram.subscriptions.subscribing import (
    begun,
    held,
)
from bot.telegram.writing.texts import LANGUAGES, Texts
from storage.models import Chat, ChatKind, Post
from storage.ports import Store


def router() -> Router:
    made = Router(name="settings")
    made.message.register(settings, Command("settings", ignore_case=True), flags=CHANGES)
    on = made.callback_query.register
    on(screen, cb.Screen.filter(), flags=CHANGES)
    on(language, cb.Language.filter(F.code.in_(LANGUAGES)), flags=CHANGES)
    on(say_empty, cb.SayEmpty.filter(), flags=CHANGES)
    return made


async def settings(
    message: Message, store: Store, chat: Chat, reader: Reader, topics: Topics, now: datetime
) -> None:
    await answer(message, await main(store, chat, reader, topics, now=now))


async def main(store: Store, chat: Chat, reader: Reader, topics: Topics, *, now: datetime) -> Post:
    subscriptions = begun(await store.subscriptions.of_chat(chat.id))
    private = chat.kind is ChatKind.PRIVATE
    channels = await store.chats.owned_by(chat.id) if private else []
    return screens.settings(reader, chat, subscriptions, topics, now, channels=channels)


async def screen(
    query: CallbackQuery,
    callback_data: cb.Screen,
    store: Store,
    chat: Chat,
    reader: Reader,
    render: Render,
    texts: Texts,
    topics: Topics,
    now: datetime,
) -> None:
    """Any screen; a question that was left open for it is not waited for any more."""
    text = reader.text
    await store.chats.ask(chat.id, "", now=now)
    match callback_data.name:
        case "language":
            drawn = screens.language(text, texts)
        case "zone":
            drawn = screens.zone(text)
        case "sub" | "topics" | "times" | "days" | "count" | "layout" as name:
            mine = await held(store, render, callback_data.sub, chat=chat)
            drawn = part(name, text, mine, topics, now=now) if mine else gone(text)
        case _:
            drawn = await main(store, chat, reader, topics, now=now)
    await redraw(query, drawn)


async def language(
    query: CallbackQuery,
    callback_data: cb.Language,
    bot: Bot,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    await store.chats.choose(chat.id, language=callback_data.code)
    chat = replace(chat, language=callback_data.code)
    reader = render.reader(chat)
    await redraw(query, await main(store, chat, reader, topics, now=now))
    if chat.kind is ChatKind.PRIVATE:
        admin = chat.id in settings.admin_ids
        await set_menu_of_chat(bot, chat.id, reader.text, topics, admin=admin)


async def say_empty(
    query: CallbackQuery,
    callback_data: cb.SayEmpty,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    await store.chats.choose(chat.id, say_empty=callback_data.on)
    chat = replace(chat, say_empty=callback_data.on)
    await redraw(query, await main(store, chat, reader, topics, now=now))
