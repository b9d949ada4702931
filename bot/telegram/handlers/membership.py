"""Blocked, unblocked, upgraded: what Telegram tells us of chats without a word being said."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated, Message

from storage.models import Chat
from storage.ports import Store


def router() -> Router:
    made = Router(name="membership")
    made.my_chat_member.register(private, F.chat.type == "private")
    made.message.register(upgraded, F.migrate_to_chat_id)
    return made


async def private(event: ChatMemberUpdated, store: Store, chat: Chat, now: datetime) -> None:
    """A person who blocks the bot is not written to; what they chose waits for them."""
    if event.new_chat_member.status == "kicked":
        await store.chats.sleep(chat.id, reason="blocked", now=now)
    else:
        await store.chats.wake(chat.id, now=now)


async def upgraded(message: Message, store: Store, now: datetime) -> None:
    """A group became a supergroup: everything of it goes along."""
    if message.migrate_to_chat_id is not None:
        await store.chats.migrate(message.chat.id, message.migrate_to_chat_id, now=now)
