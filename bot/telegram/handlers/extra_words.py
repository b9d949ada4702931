"""Commands that need no words, with some after them: what was not understood, and what works."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.telegram.conversation.answers import say
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text

ALONE = (
    "topics",
    "ahead",
    "pulse",
    "saved",
    "settings",
    "sources",
    "help",
    "about",
    "privacy",
    "mydata",
    "forgetme",
)


def router() -> Router:
    """Stands before what takes these commands."""
    made = Router(name="extra words")
    made.message.register(extra_words, Command(*ALONE, ignore_case=True, magic=F.args))
    return made


async def extra_words(message: Message, command: CommandObject, text: Text) -> None:
    words, name = shorten(command.args or "", 40), f"/{command.command.lower()}"
    example = text("search-example")
    await say(message, text("extra-words", words=words, command=name, example=example))
