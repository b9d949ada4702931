"""One bot, one instance: who is the bot over a database, and who stops, or stands by.

On one machine its own lock decides, and dies with its process, so that after kill -9 a restart owns
everything at once. Machines that share a file have a lease in it, renewed by heartbeats. No clock
of another machine is believed: an owner there is gone when its heart has stood still for a whole
lease while we watched. Should it wake up after that, the store lets it write nothing, and what is
not written as about to leave does not leave.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from storage.errors import OwnerLost, StorageError, StoreBusy
from storage.models import Holder
from storage.ports import Store

log = logging.getLogger("svodka")

LEASE_S = 30
BEAT_S = 5
LOOK_S = 2  # how often one that waits looks


class Instance:
    """This process, as the owner of a store or on its way there."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._name = secrets.token_hex(8)
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._said = False

    async def begin(self, *, standby: bool = False) -> bool:
        """Own the store; True when an earlier life did so at this very place.

        Raises StoreBusy when another copy does; with `standby`, waits until it is gone.
        """
        await self._lock(standby)
        seen = await self._store.ownership.holder()
        since = self._monotonic()
        while not await self._take(seen, watched_s=self._monotonic() - since):
            if seen is not None and not standby and self._lives(seen):
                raise StoreBusy(_another(seen))
            self._say(f"{_named(seen)} may still be the bot over this database; waiting.")
            await self._sleep(LOOK_S)
            before, seen = seen, await self._store.ownership.holder()
            if seen != before:
                since = self._monotonic()
                if seen is not None and seen.until is not None and not standby:
                    raise StoreBusy(_another(seen))
        if self._said:
            log.info("This copy is the bot from now on.")
        return seen is not None and seen.here

    async def beat(self) -> None:
        """Renew the lease until cancelled. Raises OwnerLost."""
        while True:
            await self._sleep(BEAT_S)
            try:
                await self.renew()
            except OwnerLost:
                raise
            except StorageError as e:  # nobody else can write either
                log.warning("The lease could not be renewed: %s", e)

    async def renew(self) -> None:
        """One heartbeat. Raises StorageError."""
        now = self._clock()
        await self._store.ownership.beat(self._name, now=now, until=_until(now))

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[asyncio.Task[None]]:
        """The task that beats, until the block ends; then it lets go, and nobody need wait."""
        heart = asyncio.create_task(self.beat())
        try:
            yield heart
        finally:
            heart.cancel()
            await asyncio.wait([heart])
            await self.end()

    async def end(self) -> None:
        """Let go of what is still ours."""
        with suppress(StorageError):
            await self._store.ownership.leave(self._name, now=self._clock())

    async def _lock(self, standby: bool) -> None:
        """The lock of this machine."""
        while True:
            try:
                return self._store.own()
            except StoreBusy as e:
                if not standby:
                    raise
                self._say(f"Standing by. {e}")
            await self._sleep(LOOK_S)

    async def _take(self, seen: Holder | None, *, watched_s: float) -> bool:
        """Take what nobody holds; of one that lived here the lock has told that it is dead."""
        free = seen is None or seen.here or seen.until is None or watched_s >= LEASE_S
        now = self._clock()
        return free and await self._store.ownership.take(
            self._name, after=seen, now=now, until=_until(now)
        )

    def _lives(self, seen: Holder) -> bool:
        """Whether its lease runs; one that ends in the far future was written by a wrong clock."""
        now = self._clock()
        return seen.until is not None and now < seen.until <= _until(now)

    def _say(self, sentence: str) -> None:
        if not self._said:
            log.warning("%s", sentence)
        self._said = True


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=LEASE_S)


def _named(seen: Holder | None) -> str:
    return f"The copy on {seen.host} (process {seen.pid})" if seen else "Another copy"


def _another(seen: Holder) -> str:
    return (
        f"Another Svodka is running with this database, on {seen.host} (process {seen.pid}): stop "
        "it first, or start this one with --standby to take over when that one ends."
    )
