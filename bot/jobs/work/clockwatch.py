"""A clock that is set while the bot runs must not cut a wait short, nor stretch it to hours.

Waits are rows with instants in them. When the clock on the wall has moved and the one that nobody
can set has not, what waits is moved along, before anything is decided by it.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from storage.ports import Outbox

log = logging.getLogger("svodka.outbox")

NOTICED = timedelta(seconds=5)  # less is how clocks are kept right


class ClockWatch:
    """`now` is the time by which the outbox and reconciliation decide."""

    def __init__(
        self, outbox: Outbox, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._monotonic = monotonic
        self._looked: tuple[datetime, float] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def now(self) -> datetime:
        """The present; what waits in the outbox is by the same clock when this returns."""
        async with self._one_at_a_time:
            now, ticks = self._clock(), self._monotonic()
            moved = self._moved(now, ticks)
            if abs(moved) > NOTICED:
                log.warning("the clock was set", extra={"by_s": round(moved.total_seconds())})
                await self._outbox.clock_set(moved, now=now)
            self._looked = now, ticks
            return now

    def _moved(self, now: datetime, ticks: float) -> timedelta:
        if self._looked is None:
            return timedelta()
        then, its_ticks = self._looked
        return now - then - timedelta(seconds=ticks - its_ticks)
