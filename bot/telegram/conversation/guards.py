"""What keeps one person or one bad update from costing the others anything."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, ErrorEvent, Message, TelegramObject, Update

from bot.jobs.delivery.sending import ChatGone, ChatMigrated, InDoubt, NotSent, RetryLater
from bot.telegram.conversation.answers import say
from bot.telegram.conversation.surroundings import Handler
from bot.telegram.conversation.throttle import Gate, Verdict
from bot.telegram.network.sender import send_error
from bot.telegram.network.session import chat_of
from bot.telegram.writing.texts import Text
from storage.errors import StorageError
from storage.models import Chat
from storage.ports import Store

log = logging.getLogger("svodka.telegram")

STORES = {"stores": True}  # a flag of handlers that store something and are not flagged `changes`


class Doorkeeper(BaseMiddleware):
    """Before anything else: leaves what is beyond somebody's pace, and notes the `verdict`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        verdict = data["verdict"] = await self._gate.verdict(event)
        return None if verdict is Verdict.IGNORED else await handler(event, data)


class Flood(BaseMiddleware):
    """Says so, once, to somebody who is not heard any more."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        if data["verdict"] is Verdict.HEARD:
            return await handler(event, data)
        if "text" in data:
            await _say(event, data["text"]("error-flood"))
        return None


@dataclass(slots=True)
class Press:
    """What the person sees when a button was pressed; nothing but the end of the spinner if ''."""

    words: str = ""
    alert: bool = False


class AnswerPress(BaseMiddleware):
    """Answers every press once its handler is done, with what the handler put into `press`.

    A press in a chat that we do not know, or were told to forget, goes no farther.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, CallbackQuery)
        press = data["press"] = Press()
        result = None
        if data["met"]:
            result = await handler(event, data)
        else:  # whatever was erased stays erased
            press.words, press.alert = data["text"]("error-stranger"), True
        await event.answer(press.words or None, show_alert=press.alert or None)
        return result


class OnlyMet(BaseMiddleware):
    """Tells a chat that is not stored to begin with /start, where its wish would be stored.

    What is only read, and questions, are answered there too.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Message)
        if data["met"] or not (get_flag(data, "changes") or get_flag(data, "stores")):
            return await handler(event, data)
        await say(event, data["text"]("error-stranger"))
        return None


async def failed(event: ErrorEvent, store: Store, **data: Any) -> bool:
    """The one place where a handler's error ends: logged, and told to the person kindly.

    Not so that of a store that failed before a handler began: then the update may be tried again.
    """
    error, update = event.exception, event.update
    chat: Chat | None = data.get("chat")
    text: Text | None = data.get("text")
    if isinstance(error, StorageError) and text is None:
        raise error
    if isinstance(error, TelegramBadRequest) and "query is too old" in error.message:
        return True  # a press from long ago; the spinner is gone by itself
    if isinstance(error, TelegramAPIError | ClientDecodeError):
        meaning = send_error(error)
        if isinstance(meaning, ChatGone | ChatMigrated):
            gone = await _gone(store, error, meaning, now=data["now"])
            if gone is not None and chat is not None and gone == chat.id:
                return True  # there is nobody to tell
        if isinstance(meaning, NotSent | InDoubt | RetryLater):
            log.warning("an answer did not arrive: %s", error)
            return True
    log.error(
        "an update failed",
        exc_info=error,
        extra={"update": update.update_id, "chat": chat.id if chat else None},
    )
    if text is not None:
        await _say(update, text("error-ours"))
    return True


async def _gone(
    store: Store,
    error: TelegramAPIError | ClientDecodeError,
    meaning: ChatGone | ChatMigrated,
    *,
    now: datetime,
) -> int | None:
    """The chat that nothing can be shown in sleeps, or moves; None if it was only asked about."""
    chat_id = chat_of(error.method) if isinstance(error, TelegramAPIError) else None
    if not isinstance(chat_id, int):
        return None
    if isinstance(meaning, ChatMigrated):
        await store.chats.migrate(chat_id, meaning.new_id, now=now)
    else:
        await store.chats.sleep(chat_id, reason=str(meaning), now=now)
    return chat_id


async def _say(update: Update, words: str) -> None:
    """A word to the person, as far as that is possible now."""
    event = update.event
    try:
        if isinstance(event, CallbackQuery):
            await event.answer(words, show_alert=True)
        elif isinstance(event, Message) and event.chat.type != "channel":
            await event.answer(words, parse_mode=None)
    except TelegramAPIError as e:
        log.warning("a word of regret did not arrive: %s", e)
