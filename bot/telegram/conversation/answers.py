"""Handing posts to a chat in answer to an update: a new message, or the same one redrawn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramNotFound
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from bot.telegram.network.session import Turn, waiting
from bot.telegram.writing.posts import edit_kwargs, send_kwargs
from bot.telegram.writing.rich import rich_kwargs
from storage.models import Post

Ring = Callable[[], None]  # wakes the outbox: something new is due

TYPING_S = 4.5  # Telegram shows «typing…» for five seconds, or until a message comes

# What Telegram says, among other words, of a message that is gone, or that nobody may edit.
NOT_TO_BE_EDITED = ("message can't be edited", "not found", "MESSAGE_ID_INVALID")


async def answer(message: Message | InaccessibleMessage, post: Post) -> int:
    """The id of the new message."""
    return (await message.answer(**send_kwargs(post))).message_id


async def say(message: Message, words: str) -> None:
    """Plain words; nothing in them is markup."""
    await message.answer(**send_kwargs(Post(text=words)))


async def redraw(query: CallbackQuery, post: Post) -> int:
    """Turn the message under the pressed button into this post; send it anew if that is refused.

    The id of the message that shows it; 0 if there is none.
    """
    message = query.message
    if message is None:
        return 0
    if not isinstance(message, Message):  # too old to be edited
        return await answer(message, post)
    if post.rich and await _redraw_rich(message, post):
        return message.message_id
    try:
        await message.edit_text(**edit_kwargs(post))
    except TelegramBadRequest as e:
        if "message is not modified" not in e.message:
            if not any(words in e.message for words in NOT_TO_BE_EDITED):
                raise
            return await answer(message, post)
    return message.message_id


async def redraw_at(message_id: int, post: Post, *, answering: Message) -> None:
    """Turn an older message of the bot into this post, instead of answering that one.

    Where there is none to edit, or it shows just that, the answer is a message of its own.
    """
    bot, chat = answering.bot, answering.chat
    assert bot is not None
    if message_id:
        try:
            await bot.edit_message_text(chat_id=chat.id, message_id=message_id, **edit_kwargs(post))
        except TelegramBadRequest as e:
            if not any(w in e.message for w in (*NOT_TO_BE_EDITED, "message is not modified")):
                raise
        else:
            return
    await answer(answering, post)


async def _redraw_rich(message: Message, post: Post) -> bool:
    """Whether the message is that rich message now; else its text must do."""
    try:
        await message.edit_text(**rich_kwargs(post))
    except (TelegramBadRequest, TelegramNotFound) as e:
        return "message is not modified" in e.message
    return True


async def take_away(query: CallbackQuery) -> None:
    """Delete the message under the pressed button, or at least its buttons."""
    message = query.message
    if not isinstance(message, Message):
        return
    try:
        await message.delete()
    except TelegramBadRequest:  # older than 48 hours, or not ours to delete
        await message.edit_reply_markup(reply_markup=None)


@asynccontextmanager
async def typing(
    bot: Bot, chat_id: int, *, thread_id: int | None = None, after_s: float = 0
) -> AsyncIterator[None]:
    """While the block lasts, the person sees that an answer is being worked on.

    Not if it is over within `after_s`; and whatever else is to be sent goes ahead of it.
    """

    async def show() -> None:
        await asyncio.sleep(after_s)
        with suppress(TelegramAPIError), waiting(Turn.BULK):  # an answer comes without it, too
            while True:
                await bot.send_chat_action(chat_id, "typing", message_thread_id=thread_id)
                await asyncio.sleep(TYPING_S)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
