"""Marks of the outbox, many to a transaction: whoever comes while one is written shares the next.

A durable commit takes as long for thirty marks as for one, so thirty senders wait once, not thirty
times; and nobody leaves before the mark is on disk.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from storage.ports import Outbox


class Marks:
    """Marks deliveries as `sending` and `sent`; each call returns when its mark is committed.

    Who waits for a mark must not be cancelled.
    """

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._clock = clock
        self._sending: dict[int, asyncio.Future[bool]] = {}
        self._sent: dict[int, tuple[int, asyncio.Future[None]]] = {}
        self._writer: asyncio.Task[None] | None = None

    async def sending(self, delivery_id: int) -> bool:
        """The request leaves next; False if the delivery was taken back."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._sending[delivery_id] = done
        self._write()
        return await done

    async def sent(self, delivery_id: int, message_id: int) -> None:
        """Telegram has it, under this id."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sent[delivery_id] = (message_id, done)
        self._write()
        await done

    def _write(self) -> None:
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())

    async def _write_all(self) -> None:
        while self._sending or self._sent:
            await self._write_those(self._sending, self._sent)

    async def _write_those(
        self,
        sending: dict[int, asyncio.Future[bool]],
        sent: dict[int, tuple[int, asyncio.Future[None]]],
    ) -> None:
        self._sending, self._sent = {}, {}
        try:
            may_leave = await self._outbox.mark(
                sending=list(sending),
                sent={delivery_id: message_id for delivery_id, (message_id, _) in sent.items()},
                now=self._clock(),
            )
        except Exception as e:  # theirs to handle: each of them waits for it
            for begun in sending.values():
                begun.set_exception(e)
            for _, noted in sent.values():
                noted.set_exception(e)
            return
        for delivery_id, begun in sending.items():
            begun.set_result(delivery_id in may_leave)
        for _, noted in sent.values():
            noted.set_result(None)
