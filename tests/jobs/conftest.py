"""What tests of jobs may ask for: clocks of their own, and a newsroom on loopback.

FakeTime stands still until every task waits for it, then jumps to the next alarm.
"""

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import Fetcher
from bot.sources.wire.manners import Manners
from storage.models import NewSource, Source
from storage.ports import Store
from tests.jobs.newsroom import Inline, Time, newsroom


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


@pytest.fixture
def time(now: datetime) -> Time:
    return Time(now)


@pytest.fixture
async def client(time: Time) -> AsyncIterator[Fetcher]:
    """Polite by the clock that is moved by hand."""
    manners = Manners(monotonic=time.monotonic, between_s=0)
    made = Fetcher("Svodka/test", allow_private=True, manners=manners, now=time.clock)
    yield made
    await made.close()


@pytest.fixture
async def ingest(store: Store, client: Fetcher, time: Time) -> AsyncIterator[Ingest]:
    workers = Inline()
    made = newsroom(store, client, workers, time)
    yield made
    await made.close()
    await workers.close()


@pytest.fixture
def add(store: Store, site: Any, now: datetime) -> Callable[..., Any]:
    """Store a source at that path of the site, or at that address."""

    async def added(path: str = "/rss", **about: Any) -> Source:
        url = path if path.startswith("http") else site.url + path
        new = NewSource(url=url, title=about.pop("title", path), **about)
        return await store.sources.add(new, now=now)

    return added
