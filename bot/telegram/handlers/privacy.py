"""/privacy, /mydata and /forgetme: what is stored about a chat, the whole of it, and its end."""

import json
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer, redraw
from bot.telegram.conversation.menu import forget_menu_of_chat
from bot.telegram.conversation.questions import Questions
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Chat, ChatKind, Post
from storage.ports import Store

STORED = ("you", "choices", "saved", "sent")  # what /privacy tells of, line by line


def router() -> Router:
    made = Router(name="privacy")
    made.message.register(privacy, Command("privacy", ignore_case=True))
    made.message.register(mydata, Command("mydata", ignore_case=True), flags=CHANGES)
    made.message.register(forget, Command("forgetme", ignore_case=True), flags=CHANGES)
    made.callback_query.register(forgotten, cb.Forget.filter(F.sure), flags=CHANGES)
    made.callback_query.register(kept, cb.Forget.filter(), flags=CHANGES)
    return made


async def privacy(message: Message, text: Text) -> None:
    stored = "\n".join(f"• {text(f'privacy-{what}')}" for what in STORED)
    body = f.as_list(
        f.Bold(text("privacy-title")), stored, text("privacy-not"), text("privacy-ways"), sep="\n\n"
    )
    await answer(message, post(body))


async def mydata(message: Message, store: Store, chat: Chat, text: Text, now: datetime) -> None:
    """All that is stored about this chat, as a file."""
    told = {"told_at": now.isoformat(), **await store.chats.data(chat.id)}
    body = json.dumps(told, ensure_ascii=False, indent=2).encode()
    file = BufferedInputFile(body, filename=f"svodka-{now:%Y-%m-%d}.json")
    await message.answer_document(file, caption=text("mydata-done"), parse_mode=None)


async def forget(message: Message, chat: Chat, text: Text) -> None:
    await answer(message, sure(text, group=chat.kind is not ChatKind.PRIVATE))


def sure(text: Text, *, group: bool) -> Post:
    yes = button(text("forget-yes"), cb.Forget(sure=True))
    no = button(text("forget-no"), cb.Forget(sure=False))
    return post(f.Text(text("forget-sure-group" if group else "forget-sure")), ((yes, no),))


async def forgotten(
    query: CallbackQuery, bot: Bot, store: Store, chat: Chat, text: Text, questions: Questions
) -> None:
    await store.chats.forget(chat.id)
    questions.forget(chat.id)
    await forget_menu_of_chat(bot, chat.id)
    await redraw(query, post(f.Text(text("forget-done"))))


async def kept(query: CallbackQuery, text: Text) -> None:
    await redraw(query, post(f.Text(text("forget-kept"))))
