"""Handlers at work: one lane a chat, in order; lanes beside each other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

from storage.errors import StorageError

log = logging.getLogger("svodka.telegram")

Handle = Callable[[Update], Awaitable[object]]
Sleep = Callable[[float], Awaitable[None]]
Admits = Callable[[Update], Awaitable[bool]]

TRIES = 6  # of an update that the store failed before it was looked at, a second and more apart


async def everybody(_: Update) -> bool:
    return True


class Lanes:
    """What is being handled; `monotonic` tells since when.

    What `admits` turns away is dropped as it comes, and takes no place in a lane.
    """

    def __init__(
        self,
        handle: Handle,
        *,
        monotonic: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
        admits: Admits = everybody,
    ) -> None:
        self._handle = handle
        self._admits = admits
        self._monotonic = monotonic
        self._sleep = sleep
        self._tails: dict[int, asyncio.Task[None]] = {}
        self._open: dict[int, float] = {}  # updates whose handlers have not ended, and since when
        self._newest = 0

    async def put(self, updates: Sequence[Update], *, wait_s: float) -> None:
        """Start handling those that are new; wait for them, but not longer than `wait_s`."""
        for update in updates:
            if update.update_id <= self._newest:
                continue  # asked for again only because an earlier one is not done
            self._newest = update.update_id
            if not await self._admits(update):
                continue
            self._open[update.update_id] = self._monotonic()
            lane = lane_of(update)
            task = asyncio.create_task(self._after(self._tails.get(lane), update))
            self._tails[lane] = task
            task.add_done_callback(partial(self._leave, lane))
        await self.finish(wait_s=wait_s)

    async def finish(self, *, wait_s: float) -> None:
        if self._tails:
            await asyncio.wait(self._tails.values(), timeout=wait_s)

    def unhandled(self, *, within_s: float) -> int | None:
        """The first update that is being handled, and has been for no longer than that."""
        since = self._monotonic() - within_s
        return min((id_ for id_, began in self._open.items() if began > since), default=None)

    async def _after(self, before: asyncio.Task[None] | None, update: Update) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._try(update)
        except Exception:
            log.exception("Update %d failed; the rest goes on.", update.update_id)
        finally:
            self._open.pop(update.update_id)

    async def _try(self, update: Update) -> None:
        """A full disk or a locked database may pass: nobody's command is lost over it."""
        for tried in range(1, TRIES):
            try:
                await self._handle(update)
            except StorageError:
                await self._sleep(tried)
            else:
                return
        await self._handle(update)

    def _leave(self, lane: int, task: asyncio.Task[None]) -> None:
        if self._tails.get(lane) is task:
            del self._tails[lane]


def lane_of(update: Update) -> int:
    """The chat, else the person, an update is about; 0 when it is about neither."""
    try:
        event: Any = update.event
    except UpdateTypeLookupError:
        return 0
    if (query_message := getattr(event, "message", None)) is not None:
        event = query_message
    chat = getattr(event, "chat", None) or getattr(event, "from_user", None)
    return int(chat.id) if chat is not None else 0
