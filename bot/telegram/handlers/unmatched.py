"""What nothing else understood is answered kindly, in private; in groups people talk on."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.conversation.answers import say
from bot.telegram.conversation.guards import Press
from bot.telegram.conversation.lately import Lately
from bot.telegram.writing.texts import Text


def router() -> Router:
    made = Router(name="unmatched")
    made.message.register(unknown_command, F.chat.type == "private", F.text.startswith("/"))
    made.message.register(only_words, F.chat.type == "private", F.content_type.in_(SENT))
    made.callback_query.register(old_button)
    return made


AT_ONCE = timedelta(seconds=10)
SENT = (
    "photo",
    "video",
    "voice",
    "audio",
    "document",
    "sticker",
    "animation",
    "video_note",
    "location",
    "contact",
)


async def unknown_command(message: Message, text: Text) -> None:
    await say(message, text("error-unknown-command"))


class Told(Lately[int, bool]):
    """The chats that were told a moment ago that only words are understood."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)


async def only_words(message: Message, text: Text, now: datetime, told: Told) -> None:
    """Said once to an album, or to posts forwarded by the dozen."""
    if told.get(message.chat.id, now=now):
        return
    told.put(message.chat.id, True, now=now)
    await say(message, text("error-not-text", example=text("search-example")))


async def old_button(query: CallbackQuery, text: Text, press: Press) -> None:
    """A press on a keyboard drawn by an older version of the bot, or by a topic now gone."""
    press.words, press.alert = text("error-old-button"), True
