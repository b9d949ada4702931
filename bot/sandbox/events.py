"""What the chat page is told as it happens: numbered events, kept for those who reconnect."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from bot.sandbox.world import Json

KEPT = 2000


class Events:
    """An append-only run of events `(id, name, data)`, of which the newest are kept."""

    def __init__(self) -> None:
        self.last_id = 0
        self._kept: deque[tuple[int, str, Json]] = deque(maxlen=KEPT)
        self._bell = asyncio.Event()
        self._closed = False

    def add(self, name: str, data: Json) -> None:
        """Tell every listener."""
        self.last_id += 1
        self._kept.append((self.last_id, name, data))
        self._bell.set()
        self._bell = asyncio.Event()

    def close(self) -> None:
        """End every listener's run."""
        self._closed = True
        self._bell.set()

    async def after(
        self, last_id: int, *, idle_s: float
    ) -> AsyncIterator[tuple[int, str, Json] | None]:
        """Events after `last_id` for ever; None when nothing came for `idle_s`.

        A `reset` event comes first when some in between are no longer kept.
        """
        if last_id > self.last_id or (self._kept and last_id + 1 < self._kept[0][0]):
            yield self.last_id, "reset", {}
            last_id = self.last_id
        while not self._closed:
            bell = self._bell
            for event in [e for e in self._kept if e[0] > last_id]:
                last_id = event[0]
                yield event
            try:
                if self.last_id == last_id:
                    await asyncio.wait_for(bell.wait(), idle_s)
            except TimeoutError:
                yield None
