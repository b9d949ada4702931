"""Editing: messages that were sent are brought to what their deliveries say now.

An edit has no moment of doubt: the same one again changes nothing. So nothing is claimed or marked
before the request; whatever a kill or a broken connection leaves open is simply tried again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.jobs.delivery import outcome
from bot.jobs.delivery.amending import amend_posts
from bot.jobs.delivery.network import Network
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.sending import (
    Amender,
    ChatGone,
    ChatMigrated,
    Editor,
    InDoubt,
    NotSent,
    Refused,
    Renderer,
    RetryLater,
    SendError,
    TokenRefused,
)
from storage.errors import StorageError
from storage.models import Delivery, Edit, Post
from storage.ports import Store

log = logging.getLogger("svodka.edits")

BATCH = 60  # edits under way at a time
REST_S = 5.0  # between two looks for what waits for its time
AFTER_STORAGE_ERROR_S = 5.0
ATTEMPTS = 10  # without an answer that settles it


class Editing:
    """Edits what `amend` plans. One of these per database, beside its Outbound."""

    def __init__(
        self,
        store: Store,
        editor: Editor,
        amender: Amender,
        pacer: Pacer,
        *,
        clock: Callable[[], datetime],
        network: Network,
        renderer: Renderer | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.network = network
        self._bell = asyncio.Event()
        self._store = store
        self._editor = editor
        self._amender = amender
        self._pacer = pacer
        self._undrawn: set[int] = set()  # posts; tried again after a restart
        self._renderer = renderer  # of notices to owners of channels that are gone
        self._clock = clock
        self._sleep = sleep

    async def amend(self) -> None:
        """Plan what editors' corrections ask for. Call it every few seconds."""
        await amend_posts(
            self._store,
            self._amender,
            now=self._clock(),
            undrawn=self._undrawn,
            ring=self._bell.set,
        )

    async def run(self) -> None:
        """Edit until cancelled. Raises TokenRefused, in a group."""
        while True:
            try:
                await self.drain()
                await self._rest()
            except* StorageError as e:
                log.error("Editing stops for a moment: %s", e.exceptions[0])
                await self._sleep(AFTER_STORAGE_ERROR_S)

    async def drain(self) -> None:
        """Edit until nothing is due, or Telegram cannot be reached."""
        self._bell.clear()
        while due := await self._store.edits.due(now=self._clock(), limit=self._room()):
            async with asyncio.TaskGroup() as together:
                for edit in due:
                    together.create_task(self._settle(edit))
            if self.network.down:
                return

    def _room(self) -> int:
        return 1 if self.network.down else BATCH

    async def _rest(self) -> None:
        if self.network.down:
            await self._sleep(self.network.wait_s)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(REST_S):
                await self._bell.wait()

    async def _settle(self, edit: Edit) -> None:
        """One edit: made, put off, or given up."""
        delivery = edit.delivery
        if delivery.message_id is None:
            await self._give_up(edit, "it was never sent")
            return
        await self._turn(delivery)
        try:
            await self._request(delivery, delivery.message_id)
        except SendError as e:
            await self._failed(edit, e)
        except Exception as e:  # ours or a library's mistake: costs this edit only
            log.exception("editing failed", extra={"delivery": delivery.id})
            await self._failed(edit, InDoubt(f"{type(e).__name__}: {e}"))
        else:
            self.network.back()
            await self._store.edits.done(edit, now=self._clock())

    async def _turn(self, delivery: Delivery) -> None:
        await self._pacer.chat_ready(delivery.chat_id)
        await self._pacer.turn(delivery.chat_id, last=True)

    async def _request(self, delivery: Delivery, message_id: int) -> None:
        chat_id = delivery.chat_id

        async def edit(form: Post) -> None:
            await self._editor.edit(chat_id, message_id, form)

        async def turn() -> None:
            await self._turn(delivery)

        await outcome.in_some_form(delivery.post, edit, turn, delivery=delivery.id, chat=chat_id)

    async def _failed(self, edit: Edit, error: SendError) -> None:
        now, delivery = self._clock(), edit.delivery
        match error:
            case NotSent():
                self.network.lost(error)
            case TokenRefused():
                raise error
            case RetryLater():
                self._pacer.pause(error.retry_after_s, delivery.chat_id)
                wait = timedelta(seconds=error.retry_after_s)
                await self._put_off(edit, error, wait, attempts=edit.attempts)
            case ChatGone() | ChatMigrated():
                await outcome.record(self._store, delivery, error, now=now, renderer=self._renderer)
                await self._give_up(edit, str(error))
            case Refused():
                await self._give_up(edit, str(error))
            case _:
                wait = outcome.back_off(edit.attempts)
                await self._put_off(edit, error, wait, attempts=edit.attempts + 1)

    async def _put_off(
        self, edit: Edit, error: SendError, wait: timedelta, *, attempts: int
    ) -> None:
        now, why = self._clock(), str(error)
        if attempts >= ATTEMPTS:
            await self._give_up(edit, why)
            return
        await self._store.edits.put_off(
            edit, until=now + wait, attempts=attempts, error=why, now=now
        )

    async def _give_up(self, edit: Edit, why: str) -> None:
        delivery = edit.delivery
        fields = {"delivery": delivery.id, "chat": delivery.chat_id, "why": why}
        log.warning("a message stays unedited", extra=fields)
        await self._store.edits.dead(edit, error=why, now=self._clock())
