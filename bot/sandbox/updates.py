"""The updates that wait for the bot, and the long poll that hands them out.

An update is confirmed by a call with a higher offset and kept a day at most. Only one poller may
wait: when a second one comes, the first is answered 409.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.errors import ApiError
from bot.sandbox.world import Json

KEPT = timedelta(hours=24)
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_SET = "Conflict: terminated by setWebhook request"


class UpdateQueue:
    """Numbered updates in order, with at most one waiting poller."""

    def __init__(self, clock: Clock, *, first_id: int = 100_000_001) -> None:
        self._clock = clock
        self._next_id = first_id
        self._queue: deque[tuple[datetime, Json]] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self.allowed: frozenset[str] | None = None  # None: all but those one has to ask for
        self.polled_at: datetime | None = None
        self.arrived = asyncio.Event()  # set while updates wait; what the webhook listens to

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def polling(self) -> bool:
        """Whether a poller waits at this moment."""
        return self._waiting is not None

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Which kinds come from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def put(self, kind: str, body: Json) -> int | None:
        """Queue an update and wake the poller; its id, or None when this kind is not wanted."""
        wanted = kind not in UNASKED if self.allowed is None else kind in self.allowed
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._queue.append((self._clock(), {"update_id": update_id, kind: body}))
        self.arrived.set()
        self._wake()
        return update_id

    def drop(self) -> None:
        """Forget all that waits."""
        self._queue.clear()
        self.arrived.clear()

    def oldest(self) -> Json | None:
        """The first unconfirmed update."""
        self._forget_old()
        return self._queue[0][1] if self._queue else None

    def confirm(self, offset: int) -> None:
        """Forget what is below `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0][1]["update_id"] < offset:
            self._queue.popleft()
        if not self._queue:
            self.arrived.clear()

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """The next updates, waiting up to `timeout_s` for one. Raises ApiError 409 when ousted."""
        self.polled_at = self._clock()
        self.oust(CONFLICT)
        self.confirm(offset)
        self._forget_old()
        if not self._queue and timeout_s > 0:
            await self._wait(timeout_s)
        return [update for _, update in list(self._queue)[:limit]]

    def oust(self, reason: str) -> None:
        """Answer 409 to whoever waits."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ApiError(409, reason))
        self._waiting = None

    def close(self) -> None:
        """Answer whoever waits with what there is, so that a server can stop."""
        self._wake()

    async def _wait(self, timeout_s: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiting, timeout_s)
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        self._waiting = None

    def _forget_old(self) -> None:
        while self._queue and self._queue[0][0] < self._clock() - KEPT:
            self._queue.popleft()
