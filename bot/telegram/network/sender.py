"""Sends posts of the outbox; what Telegram says of one becomes a SendError by its table.

Branches on the code and the beginning of the text: the whole text is subject to change
(https://core.telegram.org/bots/api#making-requests).
"""

import json
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import EditMessageText, SendMessage, SendRichMessage
from aiogram.types import ReplyParameters

from bot.jobs.delivery.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    NotSent,
    Refused,
    RetryLater,
    SendError,
    TokenRefused,
    Uneditable,
)
from bot.telegram.network.session import NotConnected, Turn, waiting
from bot.telegram.writing.posts import edit_kwargs, send_kwargs
from bot.telegram.writing.rich import rich_kwargs
from storage.models import Post

# 400s that are about the chat, not about the post; tdlib/telegram-bot-api's Client.cpp and TDLib
# word most of them, a few come straight from Telegram's servers.
CHAT_IS_GONE = (
    "chat not found",
    "not enough rights",
    "need administrator rights",
    "have no rights to send",
    "group chat was deactivated",
    "user not found",
    "PEER_ID_INVALID",
    "USER_IS_BLOCKED",
    "USER_DEACTIVATED",
    "INPUT_USER_DEACTIVATED",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_ADMIN_REQUIRED",
    "CHAT_RESTRICTED",
    "CHANNEL_PRIVATE",
)
WRONG_TOKEN = "Telegram does not know this BOT_TOKEN; copy it again from @BotFather into .env."  # noqa: S105 - a sentence
BAD_REQUEST = "Bad Request: "
NO_SUCH_METHOD = "Not Found: method not found"
NO_SUCH_MESSAGE = "message with poll to stop not found"
NO_POLL = "message is not a poll"
NOT_MODIFIED = "message is not modified"
UNEDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "MESSAGE_ID_INVALID",
)


class TelegramSender:
    """Implements bot.jobs.delivery.sending.Sender and Editor over a bot of `session`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._knows_rich = True  # until the server says that it does not

    async def send(
        self,
        chat_id: int,
        post: Post,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send at once: the caller has had its turn."""
        if not post.text:
            raise Refused("the stored post cannot be read")
        try:
            request = self._request(chat_id, post, thread_id, reply_to)
        except (ValueError, TypeError) as e:
            raise Refused(f"the stored post cannot be read: {e}") from e
        try:
            with waiting(Turn.TAKEN):
                message = await self._bot(request)
        except (TelegramAPIError, ClientDecodeError) as e:
            if isinstance(e, TelegramNotFound) and e.message.startswith(NO_SUCH_METHOD):
                self._knows_rich = False
            raise send_error(e) from e
        return message.message_id

    def _request(
        self, chat_id: int, post: Post, thread_id: int | None, reply_to: int | None
    ) -> SendMessage | SendRichMessage:
        where: dict[str, Any] = {"chat_id": chat_id, "message_thread_id": thread_id}
        if reply_to is not None:
            where["reply_parameters"] = ReplyParameters(
                message_id=reply_to, allow_sending_without_reply=True
            )
        if post.rich and self._knows_rich:
            silent = post.silent or None
            return SendRichMessage(disable_notification=silent, **where, **rich_kwargs(post))
        plain = SendMessage(**where, **send_kwargs(replace(post, entities="[]")))
        return plain.model_copy(update={"entities": _listed(post.entities)})

    async def edit(self, chat_id: int, message_id: int, post: Post) -> None:
        """Edit at once: the caller has had its turn."""
        drawn = rich_kwargs(post) if post.rich and self._knows_rich else edit_kwargs(post)
        try:
            with waiting(Turn.TAKEN):
                await self._bot(EditMessageText(chat_id=chat_id, message_id=message_id, **drawn))
        except (TelegramAPIError, ClientDecodeError) as e:
            reason = e.message.removeprefix(BAD_REQUEST)
            if reason.startswith(UNEDITABLE):
                raise Uneditable(e.message) from e
            if not reason.startswith(NOT_MODIFIED):
                raise send_error(e) from e

    async def exists(self, chat_id: int, message_id: int) -> bool | None:
        """Asked by a call that fails either way and changes nothing.

        One at a time, ahead of digests: behind them each question would wait for seconds.
        """
        try:
            with waiting(Turn.URGENT):
                await self._bot.stop_poll(chat_id, message_id)
        except (TelegramAPIError, ClientDecodeError) as e:
            reason = e.message.removeprefix(BAD_REQUEST)
            if reason.startswith(NO_SUCH_MESSAGE):
                return False
            if reason.startswith(NO_POLL):
                return True
            error = send_error(e)
            if isinstance(error, (RetryLater, NotSent, InDoubt)):
                raise error from e
            return None  # the chat is closed to us, or the server knows no such method
        return True


def _listed(entities: str) -> str:
    """The same JSON: read into models it would only be written again, at a fifth of a post's cost.

    Raises ValueError, TypeError for what is no list of objects.
    """
    if not all(isinstance(entity, dict) for entity in json.loads(entities)):
        raise TypeError("entities are no objects")
    return entities


def send_error(e: TelegramAPIError | ClientDecodeError) -> SendError:
    """What an error of sendMessage means for the post."""
    match e:
        case TelegramRetryAfter():
            return RetryLater(e.retry_after)
        case TelegramMigrateToChat():
            return ChatMigrated(e.migrate_to_chat_id)
        case TelegramForbiddenError():
            return ChatGone(e.message)
        case TelegramUnauthorizedError():
            return TokenRefused(WRONG_TOKEN)
        case TelegramNotFound() if e.message == "Not Found":
            return TokenRefused(WRONG_TOKEN)
        case TelegramBadRequest() if _chat_is_gone(e.message):
            return ChatGone(e.message)
        case TelegramBadRequest() | TelegramNotFound() | TelegramEntityTooLarge():
            return Refused(e.message)
        case NotConnected():
            return NotSent(e.message)
    return InDoubt(e.message)


def _chat_is_gone(message: str) -> bool:
    return message.removeprefix(BAD_REQUEST).startswith(CHAT_IS_GONE)
