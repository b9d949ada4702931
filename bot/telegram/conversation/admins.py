"""Who may change what a group or a channel gets: its admins, as Telegram knows them then."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.flags import get_flag
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    ChatMemberOwner,
    Message,
    TelegramObject,
)
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import say
from bot.telegram.conversation.surroundings import Handler
from storage.models import Chat, ChatKind

GROUPS = (ChatKind.GROUP, ChatKind.SUPERGROUP)
FRESH = timedelta(minutes=1)  # how long Telegram's answer about somebody counts
TOLD = timedelta(hours=1)  # somebody who was told that only admins may is told again after this
REMEMBERED = 5_000  # people
CHANGES = {"changes": True}  # a flag of handlers: in a group only for its admins


class Admins:
    """Asks Telegram what somebody may do in a chat, once a minute at most."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, int], tuple[datetime, bool | None]] = OrderedDict()

    async def may_change(self, bot: Bot, chat: Chat, user_id: int, *, now: datetime) -> bool:
        """Whether this person sets what the chat gets.

        Where the bot may not ask, being a member no more, the channel's owner still may.
        """
        asked_at, verdict = self._known.get((chat.id, user_id), (None, None))
        if asked_at is None or now - asked_at > FRESH:
            verdict = await _administers(bot, chat, user_id)
            _remember(self._known, (chat.id, user_id), (now, verdict))
        return chat.owner_id == user_id if verdict is None else verdict


async def _administers(bot: Bot, chat: Chat, user_id: int) -> bool | None:
    """None when Telegram does not tell."""
    try:
        member = await bot.get_chat_member(chat.id, user_id)
    except TelegramForbiddenError:
        return None
    except TelegramBadRequest as e:
        return False if "user not found" in e.message else None
    if chat.kind is ChatKind.CHANNEL:
        return may_post(member)
    return isinstance(member, ChatMemberOwner | ChatMemberAdministrator)


def may_post(member: ChatMemberUnion) -> bool:
    """Whether this member of a channel publishes there."""
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return isinstance(member, ChatMemberOwner)


class OnlyAdmins(BaseMiddleware):
    """Keeps the settings of groups and channels to their admins; the others get a kind word.

    In a group that is about handlers with the flag `changes`. A press or an answer that is about
    a channel is made in private: such a handler may ask for `channel`.
    """

    def __init__(self, admins: Admins) -> None:
        self._admins = admins
        self._told: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Message | CallbackQuery)
        chat: Chat = data["chat"]
        refusal = await self._refusal(event, chat, data)
        if refusal is None:
            return await handler(event, data)
        await self._refuse(event, chat, data["text"](refusal), data)
        return None

    async def _refusal(
        self, event: Message | CallbackQuery, chat: Chat, data: dict[str, Any]
    ) -> str | None:
        """The key of what to say to somebody who may not do this."""
        changes = chat.kind in GROUPS and get_flag(data, "changes")
        if changes and not await self._may(event, chat, data):
            return "group-admins-only"
        channel = data["channel"] = await _about(data)
        if channel is None:
            pressed = isinstance(data.get("callback_data"), cb.Channel | cb.ChannelZone | cb.Doubt)
            return "channel-unknown" if pressed else None
        return None if await self._may(event, channel, data) else "channel-not-yours"

    async def _may(self, event: Message | CallbackQuery, chat: Chat, data: dict[str, Any]) -> bool:
        if isinstance(event, Message) and event.sender_chat is not None:
            return event.sender_chat.id == chat.id  # an admin who stays anonymous
        if event.from_user is None:
            return False
        return await self._admins.may_change(data["bot"], chat, event.from_user.id, now=data["now"])

    async def _refuse(
        self, event: Message | CallbackQuery, chat: Chat, words: str, data: dict[str, Any]
    ) -> None:
        if isinstance(event, CallbackQuery):
            data["press"].words, data["press"].alert = words, True
            return
        who = (chat.id, event.from_user.id if event.from_user else 0)
        told_at = self._told.get(who)
        if told_at is None or data["now"] - told_at > TOLD:
            _remember(self._told, who, data["now"])
            await say(event, words)


async def _about(data: dict[str, Any]) -> Chat | None:
    """The channel that a press, or an answer to a question, is about."""
    store, press, question = data["store"], data.get("callback_data"), data.get("question")
    chat_id, sub = getattr(press, "chat", 0), getattr(press, "sub", 0)
    if question is not None:
        chat_id, sub = min(question.about, 0), max(question.about, 0)
    if sub and (subscription := await store.subscriptions.get(sub)) is not None:
        chat_id = subscription.chat_id
    if not chat_id or chat_id == data["chat"].id:
        return None
    found: Chat | None = await store.chats.get(chat_id)
    return found if found is not None and found.kind is ChatKind.CHANNEL else None


def _remember(kept: OrderedDict[tuple[int, int], Any], who: tuple[int, int], what: object) -> None:
    kept[who] = what
    kept.move_to_end(who)
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
