"""t.me/…?start=s_12: the story that somebody shared, opened in a chat with the bot."""

from dataclasses import replace
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.telegram.buttons.sharing import started_id
from bot.telegram.conversation.answers import answer
from bot.telegram.handlers.reading import card
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens.story_screens import Way
from bot.telegram.subscriptions.subscribing import begun
from storage.models import Button, Chat, ChatKind
from storage.ports import Store


def router() -> Router:
    """Stands before whatever else takes /start."""
    made = Router(name="sharing")
    named = CommandStart(ignore_case=True, magic=F.args.func(_names_story))
    made.message.register(open_shared, named)
    return made


def _names_story(args: str | None) -> bool:
    return started_id(args or "") is not None


async def open_shared(
    message: Message,
    command: CommandObject,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    editor: bool,
    now: datetime,
) -> None:
    """Whoever has not begun yet is offered to: a link from a friend is how many come."""
    chat = await store.chats.see(chat, now=now)
    await store.chats.wake(chat.id, now=now)
    story_id = started_id(command.args or "") or 0
    person = message.from_user.id if message.from_user else chat.id
    shown = await card(person, story_id, Way(""), bot, store, reader, editor=editor, now=now)
    if chat.kind is ChatKind.PRIVATE and not begun(await store.subscriptions.of_chat(chat.id)):
        begin = f"https://t.me/{(await bot.me()).username}?start=begin"
        offered = Button(text=reader.text("button-begin"), url=begin)
        shown = replace(shown, buttons=((offered,), *shown.buttons))
    await answer(message, shown)
