"""Committing: what polls without news have taught, as many as end together in one transaction."""

import asyncio

from storage.models import PollOutcome
from storage.ports import Sources

GATHER_S = 0.005  # how long the first waits for others to join its transaction


class Committing:
    """A thousand 304s must not be a thousand transactions."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._waiting: list[PollOutcome] = []
        self._turn = asyncio.Lock()

    async def commit(self, outcome: PollOutcome) -> None:
        """Back when it is committed. Whose turn it is writes for all who wait by then."""
        self._waiting.append(outcome)
        async with self._turn:
            if not self._waiting:
                return  # somebody has written ours
            await asyncio.sleep(GATHER_S)
            waiting, self._waiting = self._waiting, []
            await self._sources.failed_all(waiting)
