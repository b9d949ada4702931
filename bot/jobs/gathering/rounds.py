"""Rounds: many sources polled beside each other, those of one host one after another.

A slow host holds one place and keeps nobody else waiting: what it takes long over goes on in the
background, while the next round begins.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from bot.sources.addresses import host_of
from storage.models import Source

log = logging.getLogger("svodka.ingest")

T = TypeVar("T")

PATIENCE_S = 20.0  # a round is waited for so long

Work = Callable[[Source], Awaitable[None]]


class Rounds:
    """At most `places` hosts are at work at once; each source once at a time."""

    def __init__(self, *, places: int) -> None:
        self._places = places
        self._busy: set[int] = set()
        self._runners: set[asyncio.Task[Any]] = set()

    @property
    def full(self) -> bool:
        return len(self._runners) >= self._places

    async def run(
        self, sources: Sequence[Source], work: Work, *, patience_s: float | None = None
    ) -> None:
        """Work on these, but for those that are being worked on.

        With `patience_s`, it is back after that time; what is left goes on without the caller.
        """
        waiting = self._by_host(sources)
        if not waiting:
            return
        runners = [
            asyncio.create_task(self._runner(waiting, work))
            for _ in range(min(len(waiting), max(self._places - len(self._runners), 1)))
        ]
        self._runners.update(runners)
        for runner in runners:
            runner.add_done_callback(self._runners.discard)
        try:
            done, _ = await asyncio.wait(runners, timeout=patience_s)
        except asyncio.CancelledError:
            await _cancel(runners)
            raise
        for runner in done:
            runner.result()

    async def alone(
        self,
        source: Source,
        work: Callable[[Source], Coroutine[Any, Any, T]],
        *,
        patience_s: float | None = None,
    ) -> T | None:
        """Work on one out of turn; None if that is not over in time, and goes on by itself."""
        self._busy.add(source.id)  # meanwhile no round works on it
        task = asyncio.create_task(work(source))
        self._runners.add(task)
        task.add_done_callback(self._runners.discard)
        task.add_done_callback(lambda _: self._busy.discard(source.id))
        try:
            done, _ = await asyncio.wait([task], timeout=patience_s)
        except asyncio.CancelledError:
            await _cancel([task])
            raise
        if done:
            return task.result()
        task.add_done_callback(_tell_failure)
        return None

    async def close(self) -> None:
        """End what goes on in the background."""
        await _cancel(list(self._runners))

    def _by_host(self, sources: Sequence[Source]) -> deque[list[Source]]:
        hosts: dict[str, list[Source]] = {}
        for source in sources:
            if source.id not in self._busy:
                self._busy.add(source.id)
                hosts.setdefault(host_of(source.url), []).append(source)
        return deque(hosts.values())

    async def _runner(self, waiting: deque[list[Source]], work: Work) -> None:
        """Take hosts off the list until there is none; if one fails us, nobody does the rest."""
        try:
            while waiting:
                mine = waiting.popleft()
                try:
                    for source in mine:
                        await work(source)
                finally:
                    self._busy.difference_update(source.id for source in mine)
        except BaseException:
            while waiting:
                self._busy.difference_update(source.id for source in waiting.popleft())
            raise


def _tell_failure(task: asyncio.Task[Any]) -> None:
    """Nobody else asks any more how it ended."""
    if not task.cancelled() and (e := task.exception()) is not None:
        log.error("A first poll broke off; the source is polled with the others.", exc_info=e)


async def _cancel(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
