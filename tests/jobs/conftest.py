"""A clock that stands still until every task waits for it, then jumps to the next alarm."""

import asyncio
import heapq
from collections.abc import Coroutine
from itertools import count
from typing import Any

import pytest


class FakeTime:
    """Give its `monotonic` and `sleep` to what is tested, and `run` what takes (its) time.

    `late_s` is how much every alarm oversleeps, as those of a busy machine do.
    """

    def __init__(self, *, late_s: float = 0.0) -> None:
        self.now = 1000.0
        self.late_s = late_s
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, wait_s: float) -> None:
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        at = self.now + wait_s + self.late_s
        heapq.heappush(self._alarms, (at, next(self._numbers), alarm))
        await alarm

    async def run(self, work: Coroutine[Any, Any, Any], *, until: float = float("inf")) -> Any:
        """Run it to its end, or cancel it when the clock would pass `until`."""
        task = asyncio.ensure_future(work)
        while True:
            await self._everyone_waits()
            if task.done():
                return task.result()
            if not self._alarms or self._alarms[0][0] > until:
                self.now = max(self.now, until)
                task.cancel()
                await asyncio.wait([task])
                return None
            at, _, alarm = heapq.heappop(self._alarms)
            self.now = max(self.now, at)
            if not alarm.done():
                alarm.set_result(None)

    async def _everyone_waits(self) -> None:
        loop = asyncio.get_running_loop()
        while loop._ready:  # type: ignore[attr-defined]
            await asyncio.sleep(0)


@pytest.fixture(scope="session")
def fake_time() -> type[FakeTime]:
    return FakeTime
