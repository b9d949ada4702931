"""CPU work in other processes, so that the event loop never waits for a parser.

We own the processes (`bot.worker`) rather than share a pool of them, because a hang or a crash must
cost the one text that caused it, and a pool cannot say which one that was.
"""

import asyncio
import pickle
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar, TypeVarTuple

from bot.processes import START_S, Process, Sent, start
from bot.worker import WorkerFailed as WorkerFailed

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_AHEAD_S = 2.0  # how long a work waits behind another in its process, before it goes elsewhere


Preparation = tuple[Callable[..., object], tuple[object, ...]]  # work, and what it is given


class Workers:
    """At most `count` processes, started when there is work and ended after `idle_s` without.

    `prepare` is asked for what new processes do before their first work, if anything: what it loads
    they share. Each has the next work in hand while it is at one, so that it need not wait for us.
    """

    def __init__(
        self,
        count: int = 2,
        idle_s: float = 30,
        prepare: Callable[[], Awaitable[Preparation | None]] | None = None,
    ) -> None:
        self._seats = [_Seat() for _ in range(count)]
        self._waiting: deque[_Wish] = deque()
        self._births = asyncio.Lock()
        self._idle_s = idle_s
        self._prepare = prepare
        self._bell: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        """Call a module-level function of picklable values in a worker.

        What it raises is raised here. WorkerFailed: it took longer than `timeout_s`, or crashed.
        """
        job = pickle.dumps((work, args, timeout_s))
        name = getattr(work, "__qualname__", repr(work))
        try:
            reply = await self._ask(job, timeout_s)
        except TimeoutError:
            raise WorkerFailed(f"{name} took longer than {timeout_s:g} s") from None
        except (EOFError, OSError) as e:
            raise WorkerFailed(f"{name} ended its process") from e
        done, value = pickle.loads(reply)  # noqa: S301 - written by our own process
        if done:
            return value  # type: ignore[no-any-return]  # T, through a pickle
        raise value

    @property
    def busy(self) -> bool:
        """Whether who comes now must wait for a process: all are at work."""
        return all(seat.taken for seat in self._seats)

    async def close(self) -> None:
        """End every worker, at work or not, and wait until they are gone."""
        if self._bell is not None:
            self._bell.cancel()
        for seat in self._seats:
            await seat.clear()

    async def _ask(self, job: bytes, timeout_s: float) -> bytes:
        """What waits too long behind another goes elsewhere, and is done there in vain."""
        async with self._seated() as seat:
            sent = seat.send_ahead(job, timeout_s)
            if await seat.turn_comes(_AHEAD_S):
                try:
                    return await self._work(seat, job, timeout_s, sent)
                finally:
                    seat.turn.release()
        async with self._seated(alone=True) as seat, seat.turn:
            return await self._work(seat, job, timeout_s)

    async def _work(
        self, seat: "_Seat", job: bytes, timeout_s: float, sent: Sent | None = None
    ) -> bytes:
        """The time that it may take begins here: what was sent ahead is begun about now."""
        seat.began = asyncio.get_running_loop().time()
        process = seat.process
        try:
            if process is None or not await self._reaches(process, job, timeout_s, sent):
                process = await self._started(seat)
                await self._reaches(process, job, timeout_s, None)  # others may have sent ahead
            async with asyncio.timeout(timeout_s + (0 if process.warm else START_S)):
                return await process.answer()
        except BaseException:
            await seat.clear()
            raise

    async def _reaches(
        self, process: Process, job: bytes, timeout_s: float, sent: Sent | None
    ) -> bool:
        """Whether its next answer is that to this job, which is sent unless it was and is owed.

        Numbered at once: what others send while it is waited for must not be taken for it.
        """
        if sent is None or not process.owes(sent):
            if not process.fit:
                return False
            sent = process.send(job, timeout_s)
        return await process.passes_over(sent)

    async def _started(self, seat: "_Seat") -> Process:
        """A new process; where there is none at all, one for each seat."""
        await seat.clear()
        async with self._births:
            if seat.process is None:  # else it was born with another just now
                others = [one for one in self._seats if one is not seat and one.process is None]
                alone = len(others) < len(self._seats) - 1
                first = await self._prepare() if self._prepare is not None else None
                job = pickle.dumps((*first, START_S)) if first else None
                born = await start(job, twins=0 if alone else len(others))
                for one, process in zip((seat, *others), born, strict=False):
                    one.process = process
            assert seat.process is not None
            return seat.process

    @asynccontextmanager
    async def _seated(self, *, alone: bool = False) -> AsyncIterator["_Seat"]:
        """First come, first served; `alone`, behind nobody's work, is for who has waited before."""
        wish = _Wish(asyncio.get_running_loop().create_future(), alone)
        self._waiting.insert(0 if alone else len(self._waiting), wish)
        self._give()
        try:
            seat = await wish.seat
        except asyncio.CancelledError:
            if not wish.seat.cancelled():
                self._leave(wish.seat.result())
            raise
        try:
            yield seat
        finally:
            self._leave(seat)

    def _give(self) -> None:
        """Seats to those who wait, while there is room for the first of them."""
        now = asyncio.get_running_loop().time()
        while self._waiting:
            wish = self._waiting[0]
            if not wish.seat.done():
                room = [seat for seat in self._seats if seat.has_room(wish, now)]
                if not room:
                    return
                seat = min(room, key=lambda one: (one.taken, one.process is None))
                seat.taken += 1
                wish.seat.set_result(seat)
            self._waiting.popleft()

    def _leave(self, seat: "_Seat") -> None:
        seat.taken -= 1
        self._give()
        if self._bell is not None:
            self._bell.cancel()
        self._bell = asyncio.get_running_loop().call_later(self._idle_s, self._dismiss)

    def _dismiss(self) -> None:
        """Tell workers at rest to end; their processes are reaped by the loop."""
        for seat in self._seats:
            if not seat.taken and seat.process is not None:
                seat.dismiss()


class _Wish(NamedTuple):
    """Somebody's, for a seat."""

    seat: "asyncio.Future[_Seat]"
    alone: bool


class _Seat:
    """A place for one process."""

    def __init__(self) -> None:
        self.process: Process | None = None
        self.turn = asyncio.Lock()  # whose work is done
        self.taken = 0  # by how many: whose turn it is, and who is next
        self.began = 0.0  # by the loop's clock, what is at work
        self._ending: asyncio.Task[None] | None = None  # of the process that was here last

    def has_room(self, wish: _Wish, now: float) -> bool:
        if wish.alone or not self.taken:
            return not self.taken
        return self.taken == 1 and now - self.began < _AHEAD_S

    def send_ahead(self, job: bytes, timeout_s: float) -> Sent | None:
        """To the process that is there, though it may be at something else."""
        process = self.process
        return process.send(job, timeout_s) if process is not None and process.fit else None

    async def turn_comes(self, within_s: float) -> bool:
        try:
            async with asyncio.timeout(within_s):
                await self.turn.acquire()
        except TimeoutError:
            return False
        return True

    def dismiss(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            self._ending = asyncio.create_task(process.dismiss())

    async def clear(self) -> None:
        """End the process, if one is there, and wait for the one that another caller ends."""
        process, self.process = self.process, None
        if process is not None:
            self._ending = asyncio.create_task(process.end())
        if self._ending is not None:
            await asyncio.shield(self._ending)
