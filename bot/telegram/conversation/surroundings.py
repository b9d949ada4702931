"""What every handler may ask for by name, found once per update: the chat, its reader, the time."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
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
from bot.telegram.rendering.render import Render
from bot.telegram.writing.texts import LANGUAGES
from storage.models import Chat, ChatKind
from storage.ports import Store

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Surroundings(BaseMiddleware):
    """Refreshes the chat and wakes it; gives `chat`, `reader`, `text`, `now`, `editor`.

    `met` is False for a chat that is not stored: then `chat` is as Telegram tells it. `editor`: it
    is the private chat of one of the bot's admins, who may set stories right there.
    """

    def __init__(self, store: Store, render: Render, clock: Clock) -> None:
        self._store = store
        self._render = render
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        seen = chat_of(event)
        now = data["now"] = self._clock()
        if seen is not None:
            known = await self._known(seen, event, now)
            chat = known or seen
            reader = self._render.reader(chat)
            data |= {"chat": chat, "reader": reader, "text": reader.text, "met": known is not None}
            private = chat.kind is ChatKind.PRIVATE
            data["editor"] = private and chat.id in data["settings"].admin_ids
        return await handler(event, data)

    async def _known(self, seen: Chat, update: Update, now: datetime) -> Chat | None:
        """The stored chat, up to date; a private chat that speaks to us is awake.

        None for one that is not stored. Only /start, and the bot being brought to a group or a
        channel, store it: what was forgotten stays so, whatever else is typed or pressed there.
        """
        store = self._store
        if update.inline_query is not None:
            return await store.chats.get(seen.id)
        chat = await store.chats.known(seen, now=now)
        speaks = seen.kind is ChatKind.PRIVATE and update.my_chat_member is None
        if chat is not None and chat.asleep and speaks:
            await store.chats.wake(chat.id, now=now)
            chat = replace(chat, asleep=None)
        return chat


def chat_of(update: Update) -> Chat | None:
    """Where it happened, as Telegram tells it; None for an update of no chat that we know of."""
    event = update.event
    match event:
        case Message():
            user = event.from_user if event.chat.type == "private" else None
            return seen_chat(event.chat, user)
        case CallbackQuery() if event.message is not None:
            user = event.from_user if event.message.chat.type == "private" else None
            return seen_chat(event.message.chat, user)
        case ChatMemberUpdated():
            user = event.from_user if event.chat.type == "private" else None
            return seen_chat(event.chat, user)
        case CallbackQuery() | InlineQuery():
            return person_of(event.from_user)
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
