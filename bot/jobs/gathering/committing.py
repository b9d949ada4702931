"""Committing: what polls without news have taught, as many as end together in one transaction."""

import asyncio

from storage.models import PollOutcome
from storage.ports import Sources

GATHER_S = 0.02  # how long the first waits for others to join its transaction


class Committing:
    """A thousand 304s must not be a thousand transactions."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._waiting: list[PollOutcome] = []
        self._written: asyncio.Task[None] | None = None  # once these are

    async def commit(self, outcome: PollOutcome) -> None:
        """Back when it is committed, with all who came while the first of them waited."""
        self._waiting.append(outcome)
        if self._written is None:
            self._written = asyncio.create_task(self._write())
        await asyncio.shield(self._written)  # one who is cancelled must not cost the others

    async def _write(self) -> None:
        await asyncio.sleep(GATHER_S)
        waiting, self._waiting, self._written = self._waiting, [], None
        await self._sources.failed_all(waiting)
