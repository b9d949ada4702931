"""/help, /about, /sources, and the buttons that open or close a message."""

from datetime import datetime, timedelta

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, Update, User
from aiogram.utils import formatting as f

from bot import __version__
from bot.config import Settings
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import Ring, answer, take_away
from bot.telegram.conversation.menu import CHOOSING, KNOWING, OWN, READING
from bot.telegram.handlers.news import PAGE, ask_digest, feed, thread_of
from bot.telegram.handlers.settings import main
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import source_screens
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Button, Chat, Post
from storage.ports import Store

MONTH = timedelta(days=30)


def router() -> Router:
    made = Router(name="info")
    made.message.register(help_, Command("help", ignore_case=True))
    made.message.register(about, Command("about", ignore_case=True))
    made.message.register(sources, Command("sources", ignore_case=True))
    made.callback_query.register(close, cb.Close.filter())
    made.callback_query.register(go, cb.Go.filter())
    return made


def help_post(text: Text, me: User) -> Post:
    """What the bot can do; in other chats too, where its owner switched that on."""

    def listed(names: tuple[str, ...]) -> str:
        return "\n".join(f"/{name} — {text(f'command-{name}')}" for name in names)

    tries = [
        text("help-try-asking", example=text("search-example")),
        text("help-try-following", example=text("example-follow")),
        text("help-try-digest"),
    ]
    elsewhere = [text("help-added")]
    if me.supports_inline_queries:
        elsewhere.insert(0, text("help-inline", name=f"@{me.username}"))
    return post(
        f.as_list(
            f.Bold(text("help-try")),
            "\n".join(f"• {one}" for one in tries),
            f.Bold(text("help-title")),
            listed((*READING, "saved")),
            listed(CHOOSING),
            listed((*KNOWING, *OWN)),
            text("help-topics"),
            "\n".join(elsewhere),
            sep="\n\n",
        ),
        (_invitations(text, me),),
    )


def _invitations(text: Text, me: User) -> tuple[Button, ...]:
    """To a channel, with the right it takes, and to a group."""
    home = f"https://t.me/{me.username}"
    channel = Button(text=text("button-to-channel"), url=f"{home}?startchannel&admin=post_messages")
    return channel, Button(text=text("button-to-group"), url=f"{home}?startgroup")


async def help_(message: Message, bot: Bot, text: Text) -> None:
    await answer(message, help_post(text, await bot.me()))


async def about(message: Message, store: Store, text: Text) -> None:
    articles, stories = await store.articles.count(), await store.stories.count()
    body = f.as_list(
        f.Bold(text("about-title")),
        text("about-text"),
        text("about-count", articles=articles, stories=stories),
        f"{text('about-version', version=__version__)}\n{text('about-privacy')}",
        sep="\n\n",
    )
    await answer(message, post(body))


async def sources(
    message: Message, store: Store, chat: Chat, reader: Reader, settings: Settings, now: datetime
) -> None:
    """Where the news come from; admins, in private, are told how each source is doing too."""
    listed = await store.sources.all()
    if chat.id in settings.admin_ids:
        stats = await store.sources.stats(since=now - MONTH)
        await answer(message, source_screens.admins_list(reader, listed, stats, now=now))
    else:
        await answer(message, source_screens.source_list(reader, listed, now=now))


async def close(query: CallbackQuery) -> None:
    await take_away(query)


async def go(
    query: CallbackQuery,
    callback_data: cb.Go,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    render: Render,
    ring: Ring,
    settings: Settings,
    event_update: Update,
    now: datetime,
) -> None:
    """A button under a digest opens something new below it; the digest itself stays."""
    message = query.message
    if message is None:
        return
    match callback_data.to:
        case "latest":
            page = cb.LatestPage(topic="", offset=0, size=PAGE)
            await answer(message, await feed(store, reader, topics, page, now=now))
        case "digest":
            await ask_digest(
                store,
                render,
                ring,
                settings,
                chat=chat,
                update=event_update,
                now=now,
                thread_id=thread_of(message) if isinstance(message, Message) else None,
            )
        case "settings":
            await answer(message, await main(store, chat, reader, topics, now=now))
        case _:
            await answer(message, help_post(reader.text, await bot.me()))
