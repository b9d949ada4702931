"""What nothing else understood is answered kindly, in private; in groups people talk on."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.answers import say
from bot.telegram.guards import Press
from bot.telegram.texts import Text


def router() -> Router:
    made = Router(name="unmatched")
    made.message.register(unknown_command, F.chat.type == "private", F.text.startswith("/"))
    made.message.register(not_text, F.chat.type == "private", F.content_type.in_(SENT))
    made.callback_query.register(old_button)
    return made


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


async def not_text(message: Message, text: Text) -> None:
    await say(message, text("error-not-text", example=text("search-example")))


async def old_button(query: CallbackQuery, text: Text, press: Press) -> None:
    """A press on a keyboard drawn by an older version of the bot, or by a topic now gone."""
    press.words, press.alert = text("error-old-button"), True
