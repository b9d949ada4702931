"""/start, plain or from a link: t.me/…?start=t_flights follows a topic, ?start=w_… a word.

Routers that stand before this one take the links of their own.
"""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.config import Settings
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.deep_links import linked_topic, linked_word
from bot.telegram.conversation.answers import answer, say
from bot.telegram.conversation.menu import set_menu_of_chat
from bot.telegram.handlers.following import follow_each
from bot.telegram.handlers.news import PAGE, feed
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import first_screens
from bot.telegram.screens.taste_screens import named
from bot.telegram.subscriptions.following import parted, read
from bot.telegram.subscriptions.subscribing import begun, draft
from bot.telegram.writing.texts import Text, Texts
from storage.models import Chat, ChatKind, Interest, InterestKind
from storage.ports import Store


def router() -> Router:
    made = Router(name="start")
    made.message.register(start, CommandStart(ignore_case=True))
    return made


async def start(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    bot: Bot,
    texts: Texts,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    chat = await store.chats.see(chat, now=now)
    await store.chats.wake(chat.id, now=now)  # a private chat that was known is awake already
    await store.chats.ask(chat.id, "", now=now)
    text = reader.text
    parameter = command.args or ""
    if chat.kind is not ChatKind.PRIVATE:
        await in_group(message, store, reader, topics, linked_topic(parameter), now=now)
        return
    wanted = await linked(store, parameter, topics)
    if wanted is None and (linked_word(parameter) is not None or linked_topic(parameter)):
        await say(message, text("start-link-unknown"))
    known = begun(await store.subscriptions.of_chat(chat.id))
    if known and wanted is not None:
        await answer(message, await follow_each(store, chat, [wanted], reader, topics, now=now))
    elif known:
        await answer(message, first_screens.welcome_back(reader, known, now=now))
    else:
        what = await prepare(store, chat.id, wanted, text, topics, now=now) if wanted else ""
        await answer(message, first_screens.language(text, texts, wants=what))
    if chat.id in settings.admin_ids:
        await set_menu_of_chat(bot, chat.id, text, topics, admin=True)


async def linked(store: Store, parameter: str, topics: Topics) -> Interest | None:
    """What a link is about."""
    slug, words = linked_topic(parameter), linked_word(parameter)
    if slug is not None:
        known = topics.get(slug)
        return Interest(kind=InterestKind.TOPIC, value=slug) if known in topics.all else None
    found, _ = await read(store, words or "", topics)
    return found[0] if found else None


async def prepare(
    store: Store, chat_id: int, wanted: Interest, text: Text, topics: Topics, *, now: datetime
) -> str:
    """The first steps begin with it chosen; its name."""
    mine = await draft(store, chat_id, now=now)
    slugs, follows = parted([wanted])
    await store.subscriptions.change(mine.id, topics=slugs, follows=follows)
    return named(text, wanted, topics)


async def in_group(
    message: Message,
    store: Store,
    reader: Reader,
    topics: Topics,
    slug: str | None,
    *,
    now: datetime,
) -> None:
    text = reader.text
    if topics.get(slug or "") is None:
        await say(message, f"{text('start-hello-group')}\n\n{text('start-group')}")
        return
    page = cb.LatestPage(topic=slug or "", offset=0, size=PAGE)
    await answer(message, await feed(store, reader, topics, page, now=now))
