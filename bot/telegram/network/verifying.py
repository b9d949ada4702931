"""Whether Telegram does what reconciliation relies on, tried in a chat that the operator names.

Two messages are sent and deleted again. What is asked about them fails by design and changes
nothing; which words it fails with is what there is to see.
"""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.telegram.network.sender import BAD_REQUEST, NO_POLL, NO_SUCH_MESSAGE, send_error

T = TypeVar("T")

TEXT = "Svodka checks how Telegram numbers messages; this one is deleted in a moment."
FAR = 1_000_000  # above the newest message: nothing is there
TRIES = 3  # somebody else's message may come between two of ours

COUNTERS = {
    "private": "the bot's own counter, over all its private chats and basic groups",
    "group": "the bot's own counter, over all its private chats and basic groups",
    "supergroup": "a counter of its own",
    "channel": "a counter of its own",
}


class CannotVerify(Exception):
    """Nothing can be learned here; str() is a sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that was tried. `assumed` is what reconciliation relies on; None: on nothing."""

    tried: str
    got: str
    assumed: str | None = None

    @property
    def ok(self) -> bool:
        return self.assumed is None or self.got.removeprefix(BAD_REQUEST).startswith(self.assumed)


async def verify(bot: Bot, chat_id: int | str) -> AsyncIterator[Seen]:
    """What was seen, as it is seen. Raises CannotVerify when the chat cannot be written to."""
    me = await _done("getMe", bot.me())
    yield Seen(tried="getMe", got=f"the token is that of @{me.username}")
    chat = await _done("getChat", bot.get_chat(chat_id))
    numbered = COUNTERS.get(chat.type, "a counter that is not known")
    yield Seen(tried="getChat", got=f"a {chat.type} chat; messages are numbered by {numbered}")
    sent: list[int] = []
    try:
        for _ in range(TRIES):
            sent.append(await _send(bot, chat.id))
            sent.append(await _send(bot, chat.id))
            if sent[-1] == sent[-2] + 1:
                break
        first, second = sent[-2:]
        yield Seen(
            tried=f"two messages, one after the other: {first} and {second}",
            got=f"numbers grow by {second - first}",
            assumed="numbers grow by 1",
        )
        yield await _asked(bot, chat.id, first, "which is there", NO_POLL)
        yield await _asked(bot, chat.id, second + FAR, "never sent", NO_SUCH_MESSAGE)
        yield Seen(tried=f"deleteMessage {second}", got=await _delete(bot, chat.id, second))
        sent.remove(second)
        yield await _asked(bot, chat.id, second, "deleted", NO_SUCH_MESSAGE)
        yield await _asked(bot, chat.id, first, "asked about before", NO_POLL)
    finally:
        left = [f"{id_}: {await _delete(bot, chat.id, id_)}" for id_ in sent]
    yield Seen(tried="deleteMessage, of what is left", got=", ".join(left))


async def _asked(bot: Bot, chat_id: int, message_id: int, what: str, assumed: str) -> Seen:
    """Ask whether the message is there, as reconciliation does."""
    tried = f"stopPoll on message {message_id}, {what}"
    try:
        await bot.stop_poll(chat_id, message_id)
    except TelegramAPIError as e:
        return Seen(tried=tried, got=e.message, assumed=assumed)
    except ClientDecodeError as e:
        return Seen(tried=tried, got=str(e), assumed=assumed)
    return Seen(tried=tried, got="no error", assumed=assumed)


async def _send(bot: Bot, chat_id: int) -> int:
    sent = await _done(
        "sendMessage", bot.send_message(chat_id, TEXT, disable_notification=True, parse_mode=None)
    )
    return sent.message_id


async def _delete(bot: Bot, chat_id: int, message_id: int) -> str:
    try:
        await bot.delete_message(chat_id, message_id)
    except (TelegramAPIError, ClientDecodeError) as e:
        return f"{e}; please delete it by hand"
    return "deleted"


async def _done(method: str, request: Awaitable[T]) -> T:
    """What the request gives. Raises CannotVerify."""
    try:
        return await request
    except (TelegramAPIError, ClientDecodeError) as e:
        raise CannotVerify(f"{method}: {send_error(e)}") from e
