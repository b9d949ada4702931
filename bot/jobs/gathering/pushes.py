"""Pushes: what a hub sends is checked, acknowledged, and filed as a poll would file it.

Between the acknowledgement and the filing a crash may take something from us. Polls go on, so that
it is found all the same.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from enum import StrEnum

from bot.jobs.gathering.reports import PollReport
from bot.jobs.gathering.websub import wanting
from bot.sources.websub import is_signed
from storage.models import HubSubscription, Source
from storage.ports import Store

log = logging.getLogger("svodka.websub")

PENDING_BYTES = 20 << 20  # acknowledged and not yet filed; more is told to come again
FINISH_S = 5.0

Receive = Callable[[Source, bytes, str | None], Awaitable[PollReport]]


class Push(StrEnum):
    """What became of something pushed."""

    TAKEN = "taken"
    UNSIGNED = "unsigned"  # no signature, or a wrong one: ignored
    UNKNOWN = "unknown"  # to an address that we gave no hub, or take no more from
    BUSY = "busy"  # too much is waiting already
    FAILED = "failed"  # taken, and then no feed could be read from it


class Pushes:
    """Takes in what is pushed, one document after another."""

    def __init__(self, *, store: Store, receive: Receive) -> None:
        self._store = store
        self._receive = receive
        self._pending: deque[tuple[Source, bytes, str | None]] = deque()
        self._filing: asyncio.Task[None] | None = None
        self.counted: Counter[Push] = Counter()

    async def expects(self, token: str) -> bool:
        """Whether anything may be pushed there; asked before a body is read."""
        return await self._subscribed(token) is not None

    async def push(
        self, token: str, body: bytes, *, content_type: str | None, signature: str | None
    ) -> Push:
        """Take a document. It is filed after the answer: hubs do not wait long (WebSub, §7)."""
        outcome = await self._push(token, body, content_type, signature)
        self.counted[outcome] += 1
        return outcome

    async def close(self) -> None:
        """Finish what was acknowledged, if that does not take long."""
        if self._filing is not None:
            await asyncio.wait({self._filing}, timeout=FINISH_S)
            self._filing.cancel()

    async def _subscribed(self, token: str) -> tuple[HubSubscription, Source] | None:
        known = await self._store.hubs.by_token(token)
        source = await wanting(self._store, known) if known else None
        return None if known is None or source is None else (known, source)

    async def _push(
        self, token: str, body: bytes, content_type: str | None, signature: str | None
    ) -> Push:
        found = await self._subscribed(token)
        if found is None:
            return Push.UNKNOWN
        known, source = found
        if not is_signed(body, signature, known.secret):
            log.warning("A push for «%s» is ignored: its signature is not the hub's.", source.title)
            return Push.UNSIGNED
        if sum(len(waiting) for _, waiting, _ in self._pending) + len(body) > PENDING_BYTES:
            return Push.BUSY
        self._pending.append((source, body, content_type))
        if self._filing is None or self._filing.done():
            self._filing = asyncio.create_task(self._file())
        return Push.TAKEN

    async def _file(self) -> None:
        """What is pending, one after another; what fails costs itself."""
        while self._pending:
            source, body, content_type = self._pending[0]
            try:
                report = await self._receive(source, body, content_type)
                if report.error is not None:
                    self.counted[Push.FAILED] += 1
                    log.warning("A push for «%s» cannot be read: %s", source.title, report.error)
            except Exception:
                self.counted[Push.FAILED] += 1
                log.exception("A push for «%s» is not filed.", source.title)
            finally:
                self._pending.popleft()
