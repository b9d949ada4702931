"""What keeps one person or one bad update from costing the others anything."""

import logging
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, ErrorEvent, Message, TelegramObject, Update

from bot.jobs.sending import ChatGone, ChatMigrated, InDoubt, NotSent, RetryLater
from bot.telegram.sender import send_error
from bot.telegram.session import chat_of
from bot.telegram.surroundings import Handler
from bot.telegram.texts import Text
from storage.errors import StorageError
from storage.models import Chat, ChatKind
from storage.ports import Store

log = logging.getLogger("svodka.telegram")

BURST = 30  # updates a person may send
WINDOW = timedelta(seconds=10)  # in so short a time
PEOPLE = 5_000  # remembered at once


class Flood(BaseMiddleware):
    """Leaves unanswered what one person sends beyond the burst, having said so once."""

    def __init__(self) -> None:
        self._recent: OrderedDict[int, deque[datetime]] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user, now = data.get("event_from_user"), data["now"]
        count = self._count(user.id, now) if user is not None else 0
        if count <= BURST:
            return await handler(event, data)
        if count == BURST + 1 and isinstance(event, Update) and _to_us(event, data):
            await _say(event, data["text"]("error-flood"))
        return None

    def _count(self, user_id: int, now: datetime) -> int:
        """How many in the window, this one included; kept to just over the burst."""
        times = self._recent.setdefault(user_id, deque(maxlen=BURST + 2))
        self._recent.move_to_end(user_id)
        while len(self._recent) > PEOPLE:
            self._recent.popitem(last=False)
        while times and now - times[0] > WINDOW:
            times.popleft()
        times.append(now)
        return len(times)


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


def _to_us(update: Update, data: dict[str, Any]) -> bool:
    """Whether the person is speaking to the bot: in a group they may be speaking to anybody."""
    chat: Chat | None = data.get("chat")
    private = chat is not None and chat.kind is ChatKind.PRIVATE
    return chat is not None and (private or update.callback_query is not None)


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
