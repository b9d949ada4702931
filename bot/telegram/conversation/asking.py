"""What the bot asked and a text will answer: a row, so that a restart loses nothing.

The answer is drawn in the message that asked: settings stay one message.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from aiogram import Bot
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import back, button
from bot.telegram.conversation.answers import redraw, redraw_at
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Chat, ChatKind, Post
from storage.ports import Store


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: «first_time:12:5001» is `first_time` about the subscription 12.

    Below zero it is about a channel, by its id. `message_id`: of the message that asked, or 0.
    `rest`: what else whoever asked must know again.
    """

    name: str
    about: int = 0
    message_id: int = 0
    rest: str = ""

    def __str__(self) -> str:
        rest = f":{self.rest}" if self.rest else ""
        return f"{self.name}:{self.about}:{self.message_id}{rest}"


def read_question(said: str) -> Question:
    name, about, message_id, rest, *_ = *said.split(":", 3), "", "", ""
    return Question(name, _number(about), _number(message_id), rest)


def _number(said: str) -> int:
    return int(said) if said.removeprefix("-").isdecimal() else 0


class Answers(BaseFilter):
    """A text that answers one of these open questions; gives `question`.

    In a group only a reply to the bot does: the others talk among themselves.
    """

    def __init__(self, *names: str) -> None:
        self._names = names

    async def __call__(
        self, message: Message, bot: Bot, store: Store, chat: Chat, now: datetime
    ) -> bool | dict[str, Question]:
        if not message.text or message.text.startswith("/"):
            return False
        reply = message.reply_to_message
        to_us = reply is not None and reply.from_user is not None and reply.from_user.id == bot.id
        if chat.kind is not ChatKind.PRIVATE and not to_us:
            return False
        question = read_question(await store.chats.asked(chat.id, now=now) or "")
        return {"question": question} if question.name in self._names else False


async def ask(
    query: CallbackQuery,
    store: Store,
    chat: Chat,
    question: Question,
    asking: Post,
    *,
    now: datetime,
) -> None:
    """Turn the message under the pressed button into the question that the next text answers."""
    shown = query.message.message_id if query.message else 0
    await store.chats.ask(chat.id, str(replace(question, message_id=shown)), now=now)
    drawn = await redraw(query, asking)
    if drawn != shown:
        await store.chats.ask(chat.id, str(replace(question, message_id=drawn)), now=now)


async def ask_again(message: Message, question: Question, words: str, text: Text) -> None:
    """Say what was not understood, where it was asked; the question stays open."""
    drawn = asking(text, question, words)
    await redraw_at(question.message_id, drawn, answering=message)


def asking(text: Text, question: Question, words: str) -> Post:
    """The words, and the way back: screens are named as the questions that they lead to."""
    match question:
        case Question(name="follow" | "mute"):
            home = button(text("button-interests-all"), cb.Interests())
        case Question(about=channel) if channel < 0:
            home = button(text("button-back"), cb.Channel(do="open", chat=channel))
        case _:
            home = back(text, question.name, question.about)
    return post(f.Text(words), ((home,),))
