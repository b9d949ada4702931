"""One pacer for everything that leaves: evenly, and never faster than Telegram allows.

Limits (core.telegram.org/bots/faq): about 30 messages a second in all, about one a second to a
chat with short bursts, 20 a minute to a group or channel. Answers to people go ahead of digests.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from bot.jobs.delivery.chatpaces import ChatId, ChatPaces
from bot.jobs.delivery.lines import Lines
from bot.jobs.delivery.rate import Rate

WHOLE_BOT_S = 30.0  # one chat's 429 stops the others for no longer
LONGEST_NAP_S = 60.0


class Pacer:
    """Gives turns; whoever has one may send one request at once."""

    def __init__(
        self,
        rate_per_s: float,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.rate = Rate(rate_per_s)
        self._monotonic = monotonic
        self._sleep = sleep
        self._chats = ChatPaces()
        self._lines = Lines(self._chats)
        self._pump: asyncio.Task[None] | None = None
        self._nap: asyncio.Future[None] | None = None

    async def turn(
        self, chat_id: ChatId | None, *, urgent: bool = False, last: bool = False
    ) -> None:
        """Wait until a request may leave; without a chat only the overall pace counts.

        `urgent` ones go ahead of the others, `last` ones behind.
        """
        now = self._monotonic()
        free = urgent or not self._lines.only_urgent
        if (
            free
            and not self._lines
            and max(self.rate.next_at, self._chats.ready_at(chat_id, now)) <= now
        ):
            self._give(chat_id, now)
            return
        waiter = self._lines.join(chat_id, urgent=urgent, last=last, now=now)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._give_turns())
        elif self._nap is not None:
            self._nap.cancel()  # the newcomer may go before those it sleeps for
        await waiter

    async def chat_ready(self, chat_id: ChatId) -> None:
        """Wait, in nobody's way, until this chat could be given a turn."""
        while (wait_s := self._chats.ready_at(chat_id, now := self._monotonic()) - now) > 0:
            await self._sleep(wait_s)

    def pause(self, retry_after_s: float, chat_id: ChatId | None = None) -> None:
        """Telegram said 429: no turns for that long, for all or, told by one chat, mostly for it.

        One chat's 429 may be its own (a group in slow mode asks for an hour), so the others wait
        WHOLE_BOT_S at most, unless another chat was told the same within its time.
        """
        now = self._monotonic()
        if chat_id is not None and not self._chats.another_paused(chat_id, now):
            everyone_s = min(retry_after_s, WHOLE_BOT_S)
        else:
            everyone_s = retry_after_s
        if chat_id is not None:
            self._chats.pause(chat_id, now + retry_after_s, now)
        self.rate.pause(now + everyone_s, now)

    @contextmanager
    def on_its_way(self, chat_id: ChatId | None) -> Iterator[None]:
        """While a request to the chat is: a slow one counts as late as it may have come."""
        left = self._monotonic()
        try:
            yield
        finally:
            self._chats.landed(chat_id, left, self._monotonic())

    def hold(self, held: bool) -> None:
        """While held, answers alone are given turns; digests wait."""
        self._lines.only_urgent = held
        if self._nap is not None:
            self._nap.cancel()

    def recall(self, chat_id: ChatId, ago_s: float) -> None:
        """An earlier life sent something there so long ago: it counts. The oldest comes first."""
        self._chats.took(chat_id, self._monotonic() - ago_s)

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return len(self._lines)

    @property
    def chats_known(self) -> int:
        """How many chats are remembered; idle ones are forgotten."""
        return len(self._chats)

    def _give(self, chat_id: ChatId | None, now: float, *, late: bool = False) -> None:
        self.rate.took(now, late=late)
        self._chats.took(chat_id, now)

    async def _give_turns(self) -> None:
        while self._lines:
            now = self._monotonic()
            if self.rate.next_at > now:
                await self._rest(self.rate.next_at - now)
            elif waiter := self._lines.next(now):
                self._give(waiter.chat_id, now, late=True)
                waiter.future.set_result(None)
            elif self._lines:
                await self._rest(min(self._lines.rested_at() - now, LONGEST_NAP_S))

    async def _rest(self, wait_s: float) -> None:
        self._nap = asyncio.ensure_future(self._sleep(wait_s))
        try:
            await asyncio.wait([self._nap])
        finally:
            self._nap.cancel()
            self._nap = None
