"""What every handler may ask for by name, found once per update: the chat, its reader, the time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import (
    CallbackQuery,
    ChatFullInfo,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    TelegramObject,
    Update,
    User,
)
from aiogram.types import Chat as TelegramChat

from bot.clock import Clock
from bot.telegram.render import Render
from bot.telegram.texts import LANGUAGES
from storage.models import Chat, ChatKind
from storage.ports import Store

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an update happened: the chat as Telegram tells it, and a message id it brought."""

    chat: Chat
    message_id: int | None = None


class Surroundings(BaseMiddleware):
    """Refreshes the chat, wakes it, notes the message id; gives `chat`, `reader`, `text`, `now`.

    `met` is False for a chat that is not stored: then `chat` is as Telegram tells it.
    """

    def __init__(self, store: Store, render: Render, clock: Clock) -> None:
        self._store = store
        self._render = render
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        place = place_of(event)
        now = data["now"] = self._clock()
        if place is not None:
            known = await self._known(place, event, now)
            chat = known or place.chat
            reader = self._render.reader(chat)
            data |= {"chat": chat, "reader": reader, "text": reader.text, "met": known is not None}
        return await handler(event, data)

    async def _known(self, place: Place, update: Update, now: datetime) -> Chat | None:
        """The stored chat, up to date; a private chat that speaks to us is awake.

        None for one that is not stored. Only /start, and the bot being brought to a group or a
        channel, store it: what was forgotten stays so, whatever else is typed or pressed there.
        """
        seen, store = place.chat, self._store
        if update.inline_query is not None:
            return await store.chats.get(seen.id)
        if place.message_id is None:
            chat = await store.chats.known(seen, now=now)
        else:
            chat, _ = await asyncio.gather(
                store.chats.known(seen, now=now),
                store.outbox.saw_message(seen.id, place.message_id),
            )
        speaks = seen.kind is ChatKind.PRIVATE and update.my_chat_member is None
        if chat is not None and chat.asleep and speaks:
            await store.chats.wake(chat.id, now=now)
            chat = replace(chat, asleep=None)
        return chat


def place_of(update: Update) -> Place | None:
    """None for an update of no chat that we know of."""
    event = update.event
    match event:
        case Message():
            user = event.from_user if event.chat.type == "private" else None
            return Place(seen_chat(event.chat, user), event.message_id)
        case CallbackQuery() if event.message is not None:
            user = event.from_user if event.message.chat.type == "private" else None
            return Place(seen_chat(event.message.chat, user))
        case ChatMemberUpdated():
            user = event.from_user if event.chat.type == "private" else None
            return Place(seen_chat(event.chat, user))
        case CallbackQuery() | InlineQuery():
            return Place(person_of(event.from_user))
    return None


def seen_chat(chat: TelegramChat | ChatFullInfo, user: User | None = None) -> Chat:
    return Chat(
        id=chat.id,
        kind=ChatKind(chat.type),
        title=chat.title or chat.full_name,
        username=chat.username,
        language=language_of(user),
    )


def person_of(user: User) -> Chat:
    """Their private chat, whether or not they ever wrote there."""
    return Chat(
        id=user.id,
        kind=ChatKind.PRIVATE,
        title=user.full_name,
        username=user.username,
        language=language_of(user),
    )


def language_of(user: User | None) -> str | None:
    """The client's language, if it is one of ours."""
    code = ((user and user.language_code) or "").lower().partition("-")[0]
    return code if code in LANGUAGES else None
