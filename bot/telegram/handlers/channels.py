"""Channels: the bot is made an admin, or is one no more; /subscribe @channel in private."""

import re
from dataclasses import replace
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import BaseFilter, Command, CommandObject
from aiogram.types import ChatMemberUpdated, Message, Update, User
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.jobs.delivery.notices import tell_owner
from bot.news.topics.scores import Topics
from bot.telegram.bringing.reading import is_read
from bot.telegram.buttons.keyboards import channel_button
from bot.telegram.conversation.admins import Admins, may_post
from bot.telegram.conversation.answers import Ring, answer, say
from bot.telegram.conversation.guards import STORES
from bot.telegram.conversation.surroundings import person_of, seen_chat
from bot.telegram.handlers.subscribe import perhaps, store_wish, understood, why_not
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import channel_screens
from bot.telegram.screens.subscription_screens import subscription_buttons
from bot.telegram.subscriptions.wishes import read_wish
from bot.telegram.subscriptions.words import describe
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, send_kwargs, shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post, Subscription
from storage.ports import Store

TARGET = re.compile(r"(?:(?:https?://)?t\.me/|@)([A-Za-z]\w{3,31})|(-\d{5,19})")


def router() -> Router:
    made = Router(name="channels")
    made.my_chat_member.register(changed, F.chat.type == "channel")
    made.message.register(
        subscribe,
        F.chat.type == "private",
        Command("subscribe", ignore_case=True),
        ForChannel(),
        flags=STORES,
    )
    return made


async def changed(
    event: ChatMemberUpdated,
    bot: Bot,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    settings: Settings,
    ring: Ring,
    event_update: Update,
    now: datetime,
) -> None:
    """The right to post came: the schedule wakes. It went: the schedule sleeps, nothing is lost."""
    gone = event.new_chat_member.status in ("left", "kicked")
    if not gone:
        chat = await store.chats.see(chat, now=now)
    could, can = may_post(event.old_chat_member), may_post(event.new_chat_member)
    if can and (chat.asleep or not could):
        editor = event.from_user.id in settings.admin_ids
        await _came(event.from_user, bot, store, chat, render, topics, editor=editor, now=now)
    elif not can and not chat.asleep:
        await store.chats.sleep(chat.id, reason="removed" if gone else "may not post", now=now)
        key = f"asleep:{chat.id}:{event_update.update_id}"
        if await tell_owner(store, render, chat.id, name="notice-asleep", key=key, now=now):
            ring()
        elif not gone:
            await _greet(event.from_user, bot, store, chat, render, now=now)


async def _came(
    user: User,
    bot: Bot,
    store: Store,
    chat: Chat,
    render: Render,
    topics: Topics,
    *,
    editor: bool,
    now: datetime,
) -> None:
    """The channel belongs to whoever did this; they are greeted, if they let the bot write."""
    await store.chats.wake(chat.id, now=now)
    if user.is_bot:
        return
    person = await store.chats.see(person_of(user), now=now)
    chat = await _adopt(store, replace(chat, asleep=None), person)
    subscriptions = await store.subscriptions.of_chat(chat.id)
    text = render.reader(person).text
    said = text("channel-awake" if subscriptions else "channel-hello")
    reads = await is_read(store, chat.id)
    screen = channel_screens.main(
        text,
        chat,
        render.reader(chat),
        subscriptions,
        topics,
        now=now,
        said=said,
        reads=reads if editor or reads else None,
    )
    await _write(bot, store, person, screen, now=now)


async def _greet(
    user: User, bot: Bot, store: Store, chat: Chat, render: Render, *, now: datetime
) -> None:
    """Nobody's channel yet, and no right to post: whoever brought the bot is told what it needs."""
    if user.is_bot:
        return
    person = await store.chats.get(user.id) or person_of(user)
    words = render.reader(person).text("channel-needs-right", channel=shorten(chat.title, 100))
    await _write(bot, store, person, post(f.Text(words)), now=now)


async def _adopt(store: Store, channel: Chat, person: Chat) -> Chat:
    """The person owns the channel; it reads as they do until it chooses otherwise."""
    language = None if channel.language else person.language
    zone = None if channel.zone else person.zone
    await store.chats.choose(channel.id, owner_id=person.id, language=language, zone=zone)
    return replace(
        channel,
        owner_id=person.id,
        language=channel.language or language,
        zone=channel.zone or zone,
    )


async def _write(bot: Bot, store: Store, person: Chat, words: Post, *, now: datetime) -> None:
    """A message to somebody who may never have pressed start: then it cannot arrive."""
    try:
        await bot.send_message(person.id, **send_kwargs(words))
    except (TelegramForbiddenError, TelegramBadRequest) as e:
        await store.chats.sleep(person.id, reason=e.message, now=now)


class ForChannel(BaseFilter):
    """/subscribe with a channel's name, link or id after it; gives `target`, `wanted`."""

    async def __call__(self, message: Message, command: CommandObject) -> bool | dict[str, object]:
        first, _, wanted = (command.args or "").partition(" ")
        found = TARGET.fullmatch(first.rstrip("/"))
        if found is None:
            return False
        name, number = found.groups()
        return {"target": f"@{name}" if name else int(number), "wanted": wanted}


async def subscribe(
    message: Message,
    target: str | int,
    wanted: str,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    render: Render,
    topics: Topics,
    admins: Admins,
    now: datetime,
) -> None:
    text = reader.text
    channel = await _found(bot, store, target, now=now)
    if channel is None:
        await say(message, text("channel-not-found", name=str(target)))
        return
    if not await admins.may_change(bot, channel, chat.id, now=now):
        await say(message, text("channel-not-yours"))
        return
    channel = await _awake(bot, store, channel, now=now)
    wish = await understood(store, read_wish(wanted, topics), topics)
    refusal = why_not(text, wish, topics, str(target))
    if channel.asleep:
        await say(message, text("channel-needs-right", channel=shorten(channel.title, 100)))
    elif refusal:
        await say(message, refusal)
    else:
        if channel.owner_id is None:
            channel = await _adopt(store, channel, chat)
        own = render.reader(channel)
        made = await store_wish(store, channel.id, wish, zone=own.zone, now=now)
        await answer(message, _subscribed(text, channel, own, made, topics, now=now))


async def _found(bot: Bot, store: Store, target: str | int, *, now: datetime) -> Chat | None:
    """The channel of that name or id, as Telegram knows it now: names change hands."""
    try:
        found = await bot.get_chat(target)
    except (TelegramBadRequest, TelegramForbiddenError):
        return None
    if found.type != "channel":
        return None
    return await store.chats.see(seen_chat(found), now=now)


async def _awake(bot: Bot, store: Store, channel: Chat, *, now: datetime) -> Chat:
    """The channel, awake or asleep as the bot's rights there are: word of them can be missed."""
    try:
        can = may_post(await bot.get_chat_member(channel.id, bot.id))
    except (TelegramBadRequest, TelegramForbiddenError):
        can = False
    if can and channel.asleep:
        await store.chats.wake(channel.id, now=now)
    return replace(channel, asleep=None if can else channel.asleep or "may not post")


def _subscribed(
    text: Text, channel: Chat, own: Reader, made: Subscription, topics: Topics, *, now: datetime
) -> Post:
    what, title = describe(text, made, topics), shorten(channel.title, 100)
    body: list[f.Text | str] = [f.Bold(text("channel-subscribed", channel=title, what=what))]
    if made.next_run_at is not None:
        moment = dates.moment(text, made.next_run_at, now=now, zone=own.zone)
        body += ["\n\n", text("digest-next", moment=moment)]
    said, instead = perhaps(text, made, topics)
    buttons = (*instead, *subscription_buttons(text, made, now=now), (channel_button(channel),))
    return post(f.Text(*body, *said), buttons)
