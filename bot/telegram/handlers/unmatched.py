"""What nothing else understood is answered kindly, in private; in groups people talk on."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.answers import say
from bot.telegram.guards import Press
from bot.telegram.lately import Lately
from bot.telegram.texts import Text


def router() -> Router:
    made = Router(name="unmatched")
    made.message.register(unknown_command, F.chat.type == "private", F.text.startswith("/"))
    made.message.register(OnlyWords().say, F.chat.type == "private", F.content_type.in_(SENT))
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


class OnlyWords:
    """Says that only words are understood: once to an album, or to posts forwarded by the dozen."""

    def __init__(self) -> None:
        self._said: Lately[int, bool] = Lately(AT_ONCE)

    async def say(self, message: Message, text: Text, now: datetime) -> None:
        if self._said.get(message.chat.id, now=now):
            return
        self._said.put(message.chat.id, True, now=now)
        await say(message, text("error-not-text", example=text("search-example")))


async def old_button(query: CallbackQuery, text: Text, press: Press) -> None:
    """A press on a keyboard drawn by an older version of the bot, or by a topic now gone."""
    press.words, press.alert = text("error-old-button"), True
