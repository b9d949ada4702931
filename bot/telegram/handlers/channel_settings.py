"""What a channel gets, set by buttons in private.

OnlyAdmins gives each of these handlers the `channel`, having asked Telegram who presses.
"""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, Update

from bot.config import Settings
from bot.jobs.planning.choosing import LOOK_BACK
from bot.jobs.planning.plan import preview
from bot.news.times.schedule import valid_zone
from bot.news.topics.scores import Topics
from bot.telegram.bringing.reading import is_read, read
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation import asking
from bot.telegram.conversation.answers import Ring, answer, redraw, redraw_at, say
from bot.telegram.conversation.asking import Answers, Question
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.news import ask_digest, follows_of, most_stories, topics_of
from bot.telegram.handlers.subscribe import store_wish
from bot.telegram.handlers.zone import no_such_city
from bot.telegram.rendering.render import Render
from bot.telegram.screens import channel_screens, subscription_screens
from bot.telegram.subscriptions.subscribing import Held, move
from bot.telegram.subscriptions.wishes import Wish
from bot.telegram.subscriptions.zones import find_zone
from bot.telegram.writing.posts import shorten, visible
from bot.telegram.writing.texts import LANGUAGES, Text, Texts
from storage.models import Chat, Post, Story
from storage.ports import Store

CHANGING = ("open", "say", "silent", "no-header", "read", "no-read", *LANGUAGES)
ASKING = ("header", "ask-zone", "languages", "zones")


def router() -> Router:
    made = Router(name="channel settings")
    on = made.callback_query.register
    on(change, cb.Channel.filter(F.do.in_(CHANGING)))
    on(zone, cb.ChannelZone.filter(F.name.func(valid_zone)))
    on(ask, cb.Channel.filter(F.do.in_(ASKING)))
    on(add, cb.Channel.filter(F.do == "add"))
    on(show_preview, cb.Channel.filter(F.do == "preview"))
    on(publish, cb.Channel.filter(F.do == "publish"))
    made.message.register(answered, Answers("header", "channel_zone"))
    return made


async def main(
    store: Store,
    channel: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    *,
    editor: bool,
    now: datetime,
) -> Post:
    """The channel's screen; `editor`: for one of the bot's admins, who choose what it reads."""
    subscriptions = await store.subscriptions.of_chat(channel.id)
    own, reads = render.reader(channel), await is_read(store, channel.id)
    return channel_screens.main(
        text,
        channel,
        own,
        subscriptions,
        topics,
        now=now,
        reads=reads if editor or reads else None,
    )


async def change(
    query: CallbackQuery,
    callback_data: cb.Channel,
    channel: Chat,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    settings: Settings,
    press: Press,
    now: datetime,
) -> None:
    """Make the change, if the press is one; then the channel's screen."""
    editor = chat.id in settings.admin_ids
    await store.chats.ask(chat.id, "", now=now)
    match callback_data.do:
        case code if code in LANGUAGES:
            await store.chats.choose(channel.id, language=code)
            channel = replace(channel, language=code)
        case "no-header":
            await store.chats.choose(channel.id, header="")
            channel = replace(channel, header=None)
        case "say" | "silent" as how:
            await store.chats.choose(channel.id, say_empty=how == "say")
            channel = replace(channel, say_empty=how == "say")
        case "read" if not editor:  # a stranger's channel must not speak to all readers
            press.words, press.alert = text("error-old-button"), True
        case "read" | "no-read" as how:
            await read(store, channel, how == "read", now=now)
    await redraw(query, await main(store, channel, text, render, topics, editor=editor, now=now))


async def zone(
    query: CallbackQuery,
    callback_data: cb.ChannelZone,
    channel: Chat,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    editor = chat.id in settings.admin_ids
    channel = await move(store, channel, callback_data.name, now=now)
    await redraw(query, await main(store, channel, text, render, topics, editor=editor, now=now))


async def ask(
    query: CallbackQuery,
    callback_data: cb.Channel,
    channel: Chat,
    store: Store,
    chat: Chat,
    text: Text,
    texts: Texts,
    render: Render,
    now: datetime,
) -> None:
    """What to choose from, or a question that the next text answers."""
    match callback_data.do:
        case "languages":
            screen = channel_screens.language(text, texts, channel, render.reader(channel))
            await redraw(query, screen)
        case "zones":
            await redraw(query, channel_screens.zone(text, channel))
        case "ask-zone":
            question = Question("channel_zone", channel.id)
            words = text("ask-zone", example=text("ask-zone-example"))
            await asking.ask(
                query, store, chat, question, asking.asking(text, question, words), now=now
            )
        case _:
            question, drawn = Question("header", channel.id), channel_screens.header(text, channel)
            await asking.ask(query, store, chat, question, drawn, now=now)


async def answered(
    message: Message,
    question: Question,
    channel: Chat | None,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    """A header or a city, as the channel's question asked for."""
    said, editor = message.text or "", chat.id in settings.admin_ids
    if channel is None:
        await store.chats.ask(chat.id, "", now=now)
        await say(message, text("channel-unknown"))
        return
    if question.name == "header":
        header = shorten(said, channel_screens.HEADER)
        if not visible(header):
            drawn = channel_screens.header(text, channel)
            await redraw_at(question.message_id, drawn, answering=message)
            return
        await store.chats.choose(channel.id, header=header)
        channel = replace(channel, header=header)
    else:
        name = find_zone(said)
        if name is None:
            await asking.ask_again(message, question, no_such_city(text, said), text)
            return
        channel = await move(store, channel, name, now=now)
    await store.chats.ask(chat.id, "", now=now)
    screen = await main(store, channel, text, render, topics, editor=editor, now=now)
    await redraw_at(question.message_id, screen, answering=message)


async def add(
    query: CallbackQuery,
    channel: Chat,
    store: Store,
    text: Text,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    """Every topic, each morning: its topics are chosen first, its times after that."""
    zone = render.reader(channel).zone
    made = await store_wish(store, channel.id, Wish(), zone=zone, now=now)
    await redraw(query, subscription_screens.topic_choice(text, Held(made, channel, zone), topics))


async def show_preview(
    query: CallbackQuery,
    channel: Chat,
    store: Store,
    text: Text,
    render: Render,
    press: Press,
    now: datetime,
) -> None:
    """What would be published now, shown here; the channel still has it before it."""
    stories = await _fresh(store, channel, now=now)
    if not stories or query.message is None:
        press.words, press.alert = text("channel-nothing-new"), True
        return
    about = topics_of(await store.subscriptions.of_chat(channel.id))
    for part in render.digest(
        chat=channel, subscription=None, stories=stories, now=now, topics=about
    ):
        await answer(query.message, part)


async def publish(
    query: CallbackQuery,
    channel: Chat,
    store: Store,
    text: Text,
    render: Render,
    ring: Ring,
    settings: Settings,
    press: Press,
    event_update: Update,
    now: datetime,
) -> None:
    """A digest to the channel at once; without news nothing is said there."""
    press.alert = True
    if channel.asleep:
        press.words = text("channel-asleep")
    elif not await _fresh(store, channel, now=now):
        press.words = text("channel-nothing-new")
    else:
        await ask_digest(store, render, ring, settings, chat=channel, update=event_update, now=now)
        press.words = text("channel-published")


async def _fresh(store: Store, channel: Chat, *, now: datetime) -> list[Story]:
    """What a digest of all that the channel is subscribed to would hold now."""
    subscriptions = await store.subscriptions.of_chat(channel.id)
    return await preview(
        store,
        chat_id=channel.id,
        topics=topics_of(subscriptions),
        follows=follows_of(subscriptions),
        since=now - LOOK_BACK,
        now=now,
        limit=most_stories(subscriptions),
    )
