"""How one delivery leaves: its turn, its mark just before the request, and what came of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.jobs.delivery import outcome
from bot.jobs.delivery.ceilings import Ceilings
from bot.jobs.delivery.counters import Counters
from bot.jobs.delivery.marks import Marks
from bot.jobs.delivery.network import Network
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.sending import (
    InDoubt,
    NotSent,
    Renderer,
    RetryLater,
    Sender,
    SendError,
    TokenRefused,
)
from storage.errors import StorageError
from storage.models import Delivery, DeliveryKind, Post
from storage.ports import Store

log = logging.getLogger("svodka.outbox")

LATE_S = 0.5  # a mark that took longer, the disk being slow, would let many leave at once


class Leaving:
    """Sends deliveries that were claimed, each when its turn comes.

    `failure` is what ends this life of the outbox; `stopping`: nothing more may begin.
    """

    def __init__(
        self,
        store: Store,
        sender: Sender,
        pacer: Pacer,
        *,
        places: int,
        ask: bool,
        clock: Callable[[], datetime],
        renderer: Renderer | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.network = Network()
        self.ceilings = Ceilings(monotonic)
        self.in_flight: set[asyncio.Task[None]] = set()  # lanes that wait for an answer
        self.stopping = False
        self.failure: TokenRefused | StorageError | None = None
        self._store = store
        self._sender = sender
        self._pacer = pacer
        self._renderer = renderer
        self._clock = clock
        self._monotonic = monotonic
        self._marks = Marks(store.outbox, clock)
        self._counters = Counters(store, sender, ask=ask)
        # One in five is kept for who asked, whatever else is under way.
        self._asked_places = asyncio.Semaphore(places // 5)
        self._places = asyncio.Semaphore(places - places // 5)

    async def take_turn(self, delivery: Delivery, *, alone: Callable[[], bool]) -> bool:
        """Wait for its turn and send it; True when the chat's next one may go.

        Without a network only a delivery that is `alone` under way tries.
        """
        try:
            await self._counters.know(delivery.chat_id)
        except SendError as e:  # of the question: the delivery has not left
            await outcome.put_off(self._store, delivery, e, now=self._clock())
            return False
        await self._pacer.chat_ready(delivery.chat_id)
        async with self._place(delivery):
            await self._turn(delivery)
            had_at = self._monotonic()
            if self.stopping or self.failure or (self.network.down and not alone()):
                await self.release([delivery])
                return False
            lane = asyncio.current_task()
            assert lane is not None
            self.in_flight.add(lane)
            try:
                if not await self._marks.sending(delivery.id):
                    return True  # taken back: forgotten, or its chat fell asleep
                if self._monotonic() - had_at > LATE_S:
                    await self._turn(delivery)
                return await self._send(delivery)
            finally:
                self.in_flight.discard(lane)

    async def release(self, deliveries: Iterable[Delivery]) -> None:
        """They were claimed and have not left: others may claim them."""
        ids = [delivery.id for delivery in deliveries]
        if ids:
            await self._store.outbox.release(ids, now=self._clock())

    def _place(self, delivery: Delivery) -> asyncio.Semaphore:
        asked = delivery.kind is DeliveryKind.ASKED
        return self._places if not asked or self._asked_places.locked() else self._asked_places

    async def _turn(self, delivery: Delivery) -> None:
        await self._pacer.turn(delivery.chat_id, urgent=delivery.kind is DeliveryKind.ASKED)

    async def _send(self, delivery: Delivery) -> bool:
        began = self._monotonic()
        try:
            message_id = await self._request(delivery)
        except SendError as e:
            return await self._failed(delivery, e)
        except Exception as e:  # ours or a library's mistake: costs this delivery only
            log.exception("sending failed", extra={"delivery": delivery.id})
            return await self._failed(delivery, InDoubt(f"{type(e).__name__}: {e}"))
        self.network.back()
        self.ceilings.note(delivery.chat_id, message_id, began=began)
        await self._marks.sent(delivery.id, message_id)
        return not self.stopping

    async def _request(self, delivery: Delivery) -> int:
        chat_id = delivery.chat_id

        async def send(form: Post) -> int:
            return await self._sender.send(
                chat_id, form, thread_id=delivery.thread_id, reply_to=delivery.reply_to
            )

        async def turn() -> None:
            await self._pacer.turn(chat_id)

        return await outcome.in_some_form(
            delivery.post, send, turn, delivery=delivery.id, chat=chat_id
        )

    async def _failed(self, delivery: Delivery, error: SendError) -> bool:
        match error:
            case RetryLater():
                self._pacer.pause(error.retry_after_s, delivery.chat_id)
            case NotSent():
                self.network.lost(error)
            case TokenRefused():
                self.failure = error
            case _:
                self.network.back()
        goes_on = await outcome.record(
            self._store, delivery, error, now=self._clock(), renderer=self._renderer
        )
        return goes_on and not self.stopping
