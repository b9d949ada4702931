"""Good manners towards sites: one request at a time to a host, a rest between two, few in all.

A host is a name: two sites on one machine are two hosts, since an address tells too little (half
the web stands behind a few front servers), and one site under http and https, or on two ports, is
one.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import islice

from bot.sources.errors import ToldToWait

AT_ONCE = 16  # requests under way, over all hosts
BETWEEN_S = 1.0  # from the end of one request to a host to the start of the next, at least
JITTER = 0.25  # a rest is up to so much longer, so that nothing of ours beats like a clock
LONGEST_PAUSE_S = 7 * 86_400.0  # who says "in a year" is asked again in a week
HOSTS = 4_000  # remembered; a host forgotten was idle the longest
_LOOKED_AT = 32  # of the idle ones, to find one that may be forgotten


class Manners:
    """Gives turns to ask a host, and holds everybody back while one wants to be left alone."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        at_once: int = AT_ONCE,
        between_s: float = BETWEEN_S,
        jitter: float = JITTER,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._between_s = between_s
        self._jitter = jitter
        self._places = asyncio.Semaphore(at_once)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Inside, one request to this host may be made. Raises ToldToWait while it is paused."""
        known = self._known(host)
        self._check(host, known)
        known.wanted += 1
        try:
            async with known.lock:
                if (rest_s := self._rest_s(known)) > 0:
                    await self._sleep(rest_s)
                async with self._places:
                    self._check(host, known)  # somebody may have been told to wait meanwhile
                    try:
                        yield
                    finally:
                        known.ended_at = self._monotonic()
        finally:
            known.wanted -= 1

    def pause(self, host: str, seconds: float) -> None:
        """Nobody asks this host for so long; a longer pause that runs already goes on."""
        until = self._monotonic() + min(seconds, LONGEST_PAUSE_S)
        known = self._known(host)
        known.paused_until = max(known.paused_until, until)

    def paused_s(self, host: str) -> float:
        """How long the host is still to be left alone; 0 when it may be asked."""
        known = self._hosts.get(host)
        return max(known.paused_until - self._monotonic(), 0.0) if known else 0.0

    def slow_down(self, host: str, between_s: float) -> None:
        """This host wants a longer rest than others between two requests."""
        self._known(host).between_s = between_s

    def _known(self, host: str) -> "_Host":
        known = self._hosts.get(host)
        if known is None:
            self._forget()
            known = self._hosts[host] = _Host()
        self._hosts.move_to_end(host)
        return known

    def _check(self, host: str, known: "_Host") -> None:
        left_s = known.paused_until - self._monotonic()
        if left_s > 0:
            raise ToldToWait(f"{host} asks to be left alone for {_spoken(left_s)}", left_s)

    def _rest_s(self, known: "_Host") -> float:
        """What is left of the rest after its last request."""
        if known.ended_at is None:
            return 0.0
        rest_s = max(self._between_s, known.between_s) * random.uniform(1, 1 + self._jitter)
        return known.ended_at + rest_s - self._monotonic()

    def _forget(self) -> None:
        """Make room: the host idle the longest goes, one that waits for nothing before others."""
        if len(self._hosts) < HOSTS:
            return
        idle = [name for name in islice(self._hosts, _LOOKED_AT) if not self._hosts[name].wanted]
        free = [name for name in idle if not self.paused_s(name)]
        for name in (free or idle)[:1]:
            del self._hosts[name]


class _Host:
    __slots__ = ("between_s", "ended_at", "lock", "paused_until", "wanted")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.wanted = 0  # who has its turn, or waits for it
        self.ended_at: float | None = None
        self.paused_until = 0.0
        self.between_s = 0.0


def _spoken(seconds: float) -> str:
    if seconds < 120:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / 60)} min" if seconds < 7200 else f"{round(seconds / 3600)} h"
