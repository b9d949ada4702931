"""One pacer for everything that leaves: evenly, and never faster than Telegram allows.

Limits (core.telegram.org/bots/faq): about 30 messages a second in all, about one a second to a
chat with short bursts, 20 a minute to a group or channel. Answers to people go ahead of digests.
"""

import asyncio
import heapq
import math
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import count

ChatId = int | str  # a str is the @name of a channel

CHAT_BURST = 3
CHAT_REFILL_S = 1.1  # a tenth for what the network bunches
GROUP_LIMIT = 20
GROUP_WINDOW_S = 60.5
CATCH_UP_S = 0.01  # how late a turn may be and still not push back those behind it
BULK_SHARE = 10  # every tenth turn is a digest's even when answers never stop
WHOLE_BOT_S = 30.0  # one chat's 429 stops the others for no longer


class Pacer:
    """Gives turns; whoever has one may send one request at once."""

    def __init__(
        self,
        rate_per_s: float,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        # Any second holds rate × (1 + CATCH_UP_S + jitter) turns: a hair slower keeps to the rate.
        self._interval = (1 + 1.5 * CATCH_UP_S) / rate_per_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._next_at = -math.inf  # of all turns
        self._chats = _Chats()
        self._lines = _Lines(self._chats)
        self._pump: asyncio.Task[None] | None = None
        self._nap: asyncio.Future[None] | None = None

    async def turn(self, chat_id: ChatId | None, *, urgent: bool = False) -> None:
        """Wait until a request may leave; without a chat only the overall pace counts."""
        now = self._monotonic()
        if not self._lines and max(self._next_at, self._chats.ready_at(chat_id, now)) <= now:
            self._give(chat_id, now)
            return
        waiter = self._lines.join(chat_id, urgent=urgent, now=now)
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
        self._next_at = max(self._next_at, now + everyone_s)

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return len(self._lines)

    @property
    def chats_known(self) -> int:
        """How many chats are remembered; idle ones are forgotten."""
        return len(self._chats)

    def _give(self, chat_id: ChatId | None, now: float) -> None:
        self._next_at = max(self._next_at, now - CATCH_UP_S) + self._interval
        self._chats.took(chat_id, now)

    async def _give_turns(self) -> None:
        while self._lines:
            now = self._monotonic()
            if self._next_at > now:
                await self._rest(self._next_at - now)
            elif waiter := self._lines.next(now):
                self._give(waiter.chat_id, now)
                waiter.future.set_result(None)
            elif self._lines:
                await self._rest(self._lines.blocked_until() - now)

    async def _rest(self, wait_s: float) -> None:
        self._nap = asyncio.ensure_future(self._sleep(wait_s))
        try:
            await asyncio.wait([self._nap])
        finally:
            self._nap.cancel()
            self._nap = None


class _Waiter:
    __slots__ = ("chat_id", "future", "number", "urgent")

    def __init__(self, chat_id: ChatId | None, urgent: bool, number: int) -> None:
        self.chat_id = chat_id
        self.urgent = urgent
        self.number = number
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class _Lines:
    """Who waits: two lines, urgent and bulk, and those whose own chat must rest."""

    def __init__(self, chats: "_Chats") -> None:
        self._chats = chats
        self._urgent: deque[_Waiter] = deque()
        self._bulk: deque[_Waiter] = deque()
        self._blocked: list[tuple[float, int, _Waiter]] = []
        self._numbers = count()
        self._urgent_in_a_row = 0

    def __len__(self) -> int:
        return len(self._urgent) + len(self._bulk) + len(self._blocked)

    def join(self, chat_id: ChatId | None, *, urgent: bool, now: float) -> asyncio.Future[None]:
        """Stand at the end of a line; the future is done when the turn has come."""
        self._unblock(now)  # those whose time has come stand before the newcomer
        waiter = _Waiter(chat_id, urgent, next(self._numbers))
        self._stand(waiter, now)
        return waiter.future

    def next(self, now: float) -> _Waiter | None:
        """Who is next, taken out of the line; None while every chat must rest."""
        self._unblock(now)
        while line := self._line():
            waiter = line.popleft()
            if waiter.future.done():  # given up
                continue
            if self._chats.ready_at(waiter.chat_id, now) > now:
                self._stand(waiter, now)
                continue
            self._urgent_in_a_row = self._urgent_in_a_row + 1 if waiter.urgent else 0
            return waiter
        return None

    def blocked_until(self) -> float:
        """When the first of the resting chats is ready."""
        return self._blocked[0][0]

    def _line(self) -> deque[_Waiter]:
        bulk_first = self._bulk and self._urgent_in_a_row >= BULK_SHARE - 1
        return self._bulk if bulk_first or not self._urgent else self._urgent

    def _stand(self, waiter: _Waiter, now: float) -> None:
        ready_at = self._chats.ready_at(waiter.chat_id, now)
        if ready_at > now:
            heapq.heappush(self._blocked, (ready_at, waiter.number, waiter))
        else:
            (self._urgent if waiter.urgent else self._bulk).append(waiter)

    def _unblock(self, now: float) -> None:
        while self._blocked and (self._blocked[0][0] <= now or self._blocked[0][2].future.done()):
            waiter = heapq.heappop(self._blocked)[2]
            if not waiter.future.done():
                (self._urgent if waiter.urgent else self._bulk).append(waiter)


class _Pace:
    """What one chat has had: `full_at` says when its bucket is full again."""

    __slots__ = ("full_at", "paused_until", "recent")

    def __init__(self, group: bool) -> None:
        self.full_at = -math.inf
        self.paused_until = -math.inf
        self.recent: deque[float] | None = deque(maxlen=GROUP_LIMIT) if group else None

    def ready_at(self) -> float:
        at = max(self.paused_until, self.full_at - (CHAT_BURST - 1) * CHAT_REFILL_S)
        if self.recent is not None and len(self.recent) == GROUP_LIMIT:
            at = max(at, self.recent[0] + GROUP_WINDOW_S)
        return at

    def took(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + CHAT_REFILL_S
        if self.recent is not None:
            self.recent.append(now)

    def idle(self, now: float) -> bool:
        """True when forgetting the chat changes nothing."""
        counted = self.recent is not None and self.recent and self.recent[-1] + GROUP_WINDOW_S > now
        return max(self.full_at, self.paused_until) <= now and not counted


class _Chats:
    """The paces of chats that had a turn lately."""

    def __init__(self) -> None:
        self._paces: dict[ChatId, _Pace] = {}
        self._paused: dict[ChatId, float] = {}
        self._sweep_at = 1024  # when this many are known, the idle ones are forgotten

    def __len__(self) -> int:
        return len(self._paces)

    def ready_at(self, chat_id: ChatId | None, now: float) -> float:
        pace = None if chat_id is None else self._paces.get(chat_id)
        return now if pace is None else max(now, pace.ready_at())

    def took(self, chat_id: ChatId | None, now: float) -> None:
        if chat_id is not None:
            self._pace(chat_id, now).took(now)

    def pause(self, chat_id: ChatId, until: float, now: float) -> None:
        pace = self._pace(chat_id, now)
        pace.paused_until = max(pace.paused_until, until)
        self._paused[chat_id] = pace.paused_until

    def another_paused(self, chat_id: ChatId, now: float) -> bool:
        self._paused = {c: until for c, until in self._paused.items() if until > now}
        return any(c != chat_id for c in self._paused)

    def _pace(self, chat_id: ChatId, now: float) -> _Pace:
        pace = self._paces.get(chat_id)
        if pace is None:
            if len(self._paces) >= self._sweep_at:
                self._paces = {c: p for c, p in self._paces.items() if not p.idle(now)}
                self._sweep_at = max(1024, 2 * len(self._paces))
            group = isinstance(chat_id, str) or chat_id < 0
            pace = self._paces[chat_id] = _Pace(group)
        return pace
