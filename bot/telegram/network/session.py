"""The way to Telegram: its address, a proxy, time-outs, and one pacer for all that leaves.

aiogram's own session tells a connection that was never made from one that broke by words only;
here the first is NotConnected, since it alone proves that nothing was sent.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum, auto
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetUpdates, Response, SendChatAction, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, Message
from aiohttp import (
    BytesPayload,
    ClientConnectorError,
    ClientError,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
)
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from yarl import URL

from bot.jobs.delivery.chatpaces import ChatId
from bot.jobs.delivery.pacing import Pacer

log = logging.getLogger("svodka.telegram")

Noted = Callable[[int, int], Awaitable[None]]  # chat id, message id

ANSWER_S = 30  # for Telegram to answer a request
CONNECT_S = 10
PATIENCE_S = 60  # how long an answer to a person may be put off by 429 in all
FORM = "application/x-www-form-urlencoded"
PLAIN_429_S = 5  # a 429 that says no time

NEVER_LEFT = (
    ClientConnectorError,
    ConnectionTimeoutError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)


class NotConnected(TelegramNetworkError):
    """No connection was made: Telegram cannot have seen the request."""


class Turn(Enum):
    """How a request waits for its turn."""

    URGENT = auto()  # ahead of digests: an answer to a person
    BULK = auto()
    TAKEN = auto()  # it has had its turn


_turn: ContextVar[Turn] = ContextVar("turn", default=Turn.URGENT)


@contextmanager
def waiting(turn: Turn) -> Iterator[None]:
    """Requests made inside wait like that."""
    token = _turn.set(turn)
    try:
        yield
    finally:
        _turn.reset(token)


def build_bot(
    token: str,
    *,
    pacer: Pacer,
    api_url: str | None = None,
    proxy: str | None = None,
    noted: Noted | None = None,
    paid: bool = False,
) -> Bot:
    """A bot all of whose requests pass the pacer; close it with `bot.session.close()`.

    `proxy` is an http:// or socks5:// address. `noted` is told the id of each message it sends
    outside the outbox. `paid`: messages beyond Telegram's free rate are paid for.
    """
    api = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
    session = Session(proxy=proxy, api=api, timeout=ANSWER_S)
    if paid:
        session.middleware(pay)
    session.middleware(Pacing(pacer, noted))
    return Bot(token, session=session, default=DefaultBotProperties(link_preview_is_disabled=True))


class Session(AiohttpSession):
    """aiogram's session, exact about what failed."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Raises NotConnected when nothing left, TelegramNetworkError when something may have."""
        session = await self.create_session()
        total = self.timeout if timeout is None else timeout
        try:
            async with session.post(
                self.api.api_url(token=bot.token, method=method.__api_method__),
                data=self._body(bot, method),
                timeout=ClientTimeout(total=total, sock_connect=CONNECT_S),
            ) as response:
                status, content = response.status, await response.text()
        except NEVER_LEFT as e:
            raise NotConnected(method=method, message=f"{type(e).__name__}: {e}") from e
        except TimeoutError as e:
            raise TelegramNetworkError(method=method, message=f"no answer in {total:g} s") from e
        except (ClientError, OSError, UnicodeDecodeError) as e:
            raise TelegramNetworkError(method=method, message=f"{type(e).__name__}: {e}") from e
        try:
            answer = self.check_response(bot, method, status, content)
        except (ClientDecodeError, TelegramAPIError) as e:
            raise _by_status(e, status, method) from e
        return cast("TelegramType", answer.result)

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> FormData | BytesPayload:
        """A form; without files it is one string, quoted by C rather than byte by byte."""
        files: dict[str, InputFile] = {}
        fields = {
            name: prepared
            for name, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files))
        }
        if files:
            return self.build_form_data(bot, method)
        form = URL.build(query=fields).raw_query_string
        return BytesPayload(form.encode("ascii"), content_type=FORM)


def _by_status(
    e: ClientDecodeError | TelegramAPIError, status: int, method: TelegramMethod[Any]
) -> ClientDecodeError | TelegramAPIError:
    """A gateway's own 429 and 5xx, which carry no JSON of Telegram's, told by their status."""
    if status == 429 and not isinstance(e, TelegramRetryAfter):
        return TelegramRetryAfter(method=method, message=str(e), retry_after=PLAIN_429_S)
    if status >= 500 and isinstance(e, ClientDecodeError):
        return TelegramServerError(method=method, message=f"HTTP status {status}")
    return e


async def pay(
    make_request: NextRequestMiddlewareType[TelegramType],
    bot: Bot,
    method: TelegramMethod[TelegramType],
) -> Response[TelegramType]:
    """Lets each message go beyond the free rate (core.telegram.org/bots/api#paid-broadcasts)."""
    if "allow_paid_broadcast" in type(method).model_fields:
        method = method.model_copy(update={"allow_paid_broadcast": True})
    return await make_request(bot, method)


class Pacing(BaseRequestMiddleware):
    """Makes each request wait for its turn, and out a 429 when it is an answer to a person."""

    def __init__(self, pacer: Pacer, noted: Noted | None = None) -> None:
        self._pacer = pacer
        self._noted = noted

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Pass the request on in its turn."""
        turn = _turn.get()
        if turn is Turn.TAKEN or isinstance(method, GetUpdates):
            with self._pacer.on_its_way(chat_of(method)):
                return await make_request(bot, method)
        waited_s = 0
        while True:
            await self._pacer.turn(chat_of(method), urgent=turn is Turn.URGENT)
            try:
                with self._pacer.on_its_way(chat_of(method)):
                    result = await make_request(bot, method)
            except TelegramRetryAfter as e:
                self._pacer.pause(e.retry_after, chat_of(method))
                waited_s += e.retry_after
                if waited_s > PATIENCE_S:
                    raise
                log.warning("told to wait", extra={"seconds": e.retry_after})
            else:
                if self._noted and isinstance(result, Message):
                    await self._noted(result.chat.id, result.message_id)
                return result


COUNTED = ("send", "edit", "copy", "forward")


def chat_of(method: TelegramMethod[Any]) -> ChatId | None:
    """The chat whose own limits the request counts against; None: only the overall one."""
    if isinstance(method, SendChatAction) or not method.__api_method__.startswith(COUNTED):
        return None
    chat_id: ChatId | None = getattr(method, "chat_id", None)
    return chat_id
