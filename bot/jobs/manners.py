"""Good manners towards sites: one request at a time to a host, a second between two, few in all."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

AT_ONCE = 8  # requests under way, over all hosts
BETWEEN_S = 1.0  # from the end of one request to a host to the start of the next
HOSTS = 2_000  # remembered; a host forgotten was idle the longest


class Manners:
    """Gives turns to fetch from a host."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        between_s: float = BETWEEN_S,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._between_s = between_s
        self._places = asyncio.Semaphore(AT_ONCE)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Inside, one request to this host may be made."""
        known = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        async with known.lock:
            await self._sleep(max(0.0, known.free_at - self._monotonic()))
            async with self._places:
                try:
                    yield
                finally:
                    known.free_at = self._monotonic() + self._between_s
        self._forget()

    def _forget(self) -> None:
        while len(self._hosts) > HOSTS and not next(iter(self._hosts.values())).lock.locked():
            self._hosts.popitem(last=False)


class _Host:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
