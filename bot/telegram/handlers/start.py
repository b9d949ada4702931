"""/start, plain or from a link: t.me/…?start=t_flights follows a topic, ?start=w_… a word.

Routers that stand before this one take the links of their own.
"""

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import first_screens
from bot.telegram.answers import answer, say
from bot.telegram.handlers.news import PAGE, feed
from bot.telegram.stories import Reader
from bot.telegram.subscribing import begun, draft
from bot.telegram.texts import Texts
from storage.models import Chat, ChatKind
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
    texts: Texts,
    topics: Topics,
    now: datetime,
) -> None:
    await store.chats.wake(chat.id, now=now)  # a private chat is awake already
    await store.chats.ask(chat.id, "", now=now)
    text = reader.text
    topic = topics.get((command.args or "").removeprefix("t_"))
    private = chat.kind is ChatKind.PRIVATE
    known = begun(await store.subscriptions.of_chat(chat.id))
    if topic is not None and (known or not private):
        page = cb.LatestPage(topic=topic.slug, offset=0, size=PAGE)
        await answer(message, await feed(store, reader, topics, page, now=now))
    elif not private:
        await say(message, f"{text('start-hello-group')}\n\n{text('start-group')}")
    elif known:
        due = [s.next_run_at for s in known if s.next_run_at]
        await answer(message, first_screens.welcome_back(reader, min(due), now=now))
    else:
        if topic is not None:
            wanted = await draft(store, chat.id, now=now)
            await store.subscriptions.change(wanted.id, topics=(topic.slug,))
        title = topic.titles[text.language] if topic else ""
        await answer(message, first_screens.language(text, texts, wants=title))
