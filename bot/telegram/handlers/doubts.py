"""A channel's post that may have arrived or not: its owner decides, with two buttons, in private.

OnlyAdmins gives the `channel`, having asked Telegram who presses.
"""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils import formatting as f

from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import Ring, redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat
from storage.ports import Store


def router() -> Router:
    made = Router(name="doubts")
    made.callback_query.register(decide, cb.Doubt.filter())
    return made


async def decide(
    query: CallbackQuery,
    callback_data: cb.Doubt,
    channel: Chat,
    store: Store,
    chat: Chat,
    text: Text,
    ring: Ring,
    press: Press,
    now: datetime,
) -> None:
    """Send it again or leave it; whichever was pressed, the buttons have done their work."""
    if channel.owner_id != chat.id:
        press.words, press.alert = text("channel-not-yours"), True
        return
    key = "doubt-left"
    if callback_data.again:
        again = await store.outbox.again(callback_data.delivery, chat_id=channel.id, now=now)
        key = "doubt-again" if again else "doubt-settled"
        ring()
    await redraw(query, post(f.Text(text(key, channel=shorten(channel.title, 100)))))
