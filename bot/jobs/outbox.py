"""The outbox: every post to Telegram is a row before it is a request.

Deliveries are claimed in batches and sent in lanes: one lane a chat, in order, lanes beside each
other. Each is marked `sending` after its turn and just before its request, so that what a kill
leaves in doubt is never more than the requests in flight.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from bot.jobs import outcome, reconcile
from bot.jobs.ceilings import Ceilings
from bot.jobs.clockwatch import ClockWatch
from bot.jobs.counters import Counters
from bot.jobs.hearing import Hearing
from bot.jobs.marks import Marks
from bot.jobs.network import Network
from bot.jobs.pacing import Pacer
from bot.jobs.recalling import recall
from bot.jobs.sending import (
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

PLACES = 50  # requests in flight; at 30 a second Telegram may take over a second to answer each
HOLD = 128  # deliveries claimed at a time
ROOM_FOR_ASKED = 16  # at a time, beyond that: who asked does not queue behind a broadcast
HOLD_OF_A_CHAT = 5  # one chat's long queue must not hold up the others
LEASE_S = 600
LATE_S = 0.5  # a mark that took longer, the disk being slow, would let many leave at once
LOOK_AGAIN_S = 0.25  # while lanes are busy: a chat whose lane has ended may have more
LONGEST_REST_S = 10.0  # should a bell be forgotten
AFTER_STORAGE_ERROR_S = 5.0


class Outbound:
    """Sends what is due. Set `bell` when something was planned.

    One of these per database. `run` it until cancelled: it then finishes the requests in flight
    and gives the rest back.
    """

    def __init__(
        self,
        store: Store,
        sender: Sender,
        pacer: Pacer,
        *,
        owner: str,
        clock: Callable[[], datetime],
        bell: asyncio.Event | None = None,
        renderer: Renderer | None = None,
        places: int = PLACES,
        ask: bool = True,
        hearing: Hearing | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.bell = bell or asyncio.Event()
        self.network = Network()
        self._store = store
        self._sender = sender
        self._pacer = pacer
        self._renderer = renderer  # of notices to owners; None: they are not told
        self._lives = (f"{owner}:{life}" for life in count(1))
        self._owner = next(self._lives)
        self._clock = clock
        self._ceilings = Ceilings(monotonic)
        self._watch = ClockWatch(store.outbox, clock, monotonic)
        self._ask = ask  # Telegram, about deliveries in doubt
        self._hearing = hearing  # None: updates are pushed to us as they come
        self._monotonic = monotonic
        self._sleep = sleep
        self._marks = Marks(store.outbox, clock)
        # One in five is kept for who asked, whatever else is under way.
        self._asked_places = asyncio.Semaphore(places // 5)
        self._places = asyncio.Semaphore(places - places // 5)
        self._lanes: dict[asyncio.Task[None], int] = {}  # and how many deliveries each took
        self._leaving: set[asyncio.Task[None]] = set()  # with a request in flight
        self._counters = Counters(store, sender, ask=ask)
        self._more = False  # the last claim took all it had room for
        self._stopping = False
        self._taken_over = False  # what an earlier life left waits by our clock
        self._failure: TokenRefused | StorageError | None = None

    async def run(self) -> None:
        """Send until cancelled. Raises TokenRefused when Telegram does not know the token."""
        try:
            await self._take_over()
            await recall(self._store, self._pacer, now=self._clock())
            while True:
                try:
                    await self.drain()
                    await self._rest()
                except StorageError as e:
                    await self._start_afresh(e)
        finally:
            await self._stop_lanes()
            with suppress(StorageError):
                await self._store.outbox.give_back(owner=self._owner, now=self._clock())

    async def drain(self) -> None:
        """Send until nothing is due, or Telegram cannot be reached."""
        await self._claim()
        while self._lanes or (self.bell.is_set() and not self.network.down):
            await self._lanes_go_on()
            if self._failure:
                raise self._failure
            if not self.network.down:
                await self._claim()

    async def _lanes_go_on(self) -> None:
        """Until there may be more to claim; without a network, until one of the lanes has ended."""
        if self.network.down:
            await asyncio.wait(self._lanes, return_when=asyncio.FIRST_COMPLETED)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_S):
                await self.bell.wait()

    async def settle(self) -> None:
        """Find out what became of deliveries in doubt; see bot.jobs.reconcile.

        Nothing before `run` has taken over: by a clock that was set since, what an earlier life
        left would seem to have waited long enough, while Telegram is still at work on it.
        """
        behind = self._hearing.behind() if self._hearing else timedelta()
        number = reconcile.AT_ONCE if self._taken_over and behind is not None else 0
        while number == reconcile.AT_ONCE:
            assert behind is not None
            settled = await reconcile.settle(
                self._store,
                self._sender,
                now=await self._watch.now(),
                behind=behind,
                renderer=self._renderer,
                ask=self._ask,
                ceiling=self._ceilings.over,
            )
            number = settled.number
            if number:
                self.bell.set()

    async def _take_over(self) -> None:
        """What a dead process held: claimed is planned again, sending is in doubt."""
        for what, number in (await self._store.outbox.mend(now=self._clock())).items():
            log.error("%d deliveries were %s; mended as far as can be", number, what)
        planned, doubtful = await self._store.outbox.recover(owner=self._owner, now=self._clock())
        self._taken_over = True
        if planned or doubtful:
            log.warning("took over deliveries", extra={"planned": planned, "in_doubt": doubtful})

    async def _start_afresh(self, error: StorageError) -> None:
        """The store failed: what was in flight may not be marked, so begin like a new process."""
        while True:
            log.error("The outbox stops for a moment: %s", error)
            await self._stop_lanes()
            await self._sleep(AFTER_STORAGE_ERROR_S)
            self._owner, self._failure, self._stopping = next(self._lives), None, False
            try:
                return await self._take_over()
            except StorageError as again:
                error = again

    async def _rest(self) -> None:
        """Until something is planned or comes due."""
        if self.network.down:
            await self._sleep(self.network.wait_s)
            return
        wait_s = LONGEST_REST_S
        if retry_at := await self._store.outbox.next_retry_at():
            until_retry_s = (retry_at - self._clock()).total_seconds()
            wait_s = min(wait_s, max(LOOK_AGAIN_S, until_retry_s))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self.bell.wait()

    async def _claim(self) -> None:
        """Take what may leave, as far as there is room, and start its lanes."""
        rung = self.bell.is_set()
        self.bell.clear()
        room = HOLD - sum(self._lanes.values())
        full = room < HOLD // 2
        if full and not rung:
            return
        limit = 1 if self.network.down else ROOM_FOR_ASKED if full else room
        claimed = await self._store.outbox.claim(
            owner=self._owner,
            now=await self._watch.now(),
            limit=limit,
            lease_s=LEASE_S,
            only_asked=full,
        )
        self._more = full or len(claimed) == limit
        lanes: dict[int, list[Delivery]] = {}
        for delivery in claimed:
            lanes.setdefault(delivery.chat_id, []).append(delivery)
        for of_chat in lanes.values():
            await self._release(of_chat[HOLD_OF_A_CHAT:])
            lane = asyncio.create_task(self._lane(deque(of_chat[:HOLD_OF_A_CHAT])))
            self._lanes[lane] = min(len(of_chat), HOLD_OF_A_CHAT)
            lane.add_done_callback(self._lane_ended)

    def _lane_ended(self, lane: asyncio.Task[None]) -> None:
        del self._lanes[lane]
        if not lane.cancelled() and (error := lane.exception()):
            log.error("a lane crashed", exc_info=error)
        room = HOLD - sum(self._lanes.values())
        if not self._lanes or self._failure or (self._more and room >= HOLD // 2):
            self.bell.set()

    async def _lane(self, deliveries: deque[Delivery]) -> None:
        """Send one chat's deliveries in order, until one of them has to wait."""
        try:
            while deliveries:
                if not await self._take_turn(deliveries.popleft()):
                    return await self._release(deliveries)
        except StorageError as e:
            self._failure = self._failure or e
        return None

    async def _take_turn(self, delivery: Delivery) -> bool:
        """Wait for its turn and send it; True when the chat's next one may go."""
        try:
            await self._counters.know(delivery.chat_id)
        except SendError as e:  # of the question: the delivery has not left
            await outcome.put_off(self._store, delivery, e, now=self._clock())
            return False
        await self._pacer.chat_ready(delivery.chat_id)
        async with self._place(delivery):
            await self._turn(delivery)
            had_at = self._monotonic()
            if self._stopping or self._failure or (self.network.down and len(self._lanes) > 1):
                await self._release([delivery])
                return False
            lane = asyncio.current_task()
            assert lane is not None
            self._leaving.add(lane)
            try:
                if not await self._marks.sending(delivery.id):
                    return True  # taken back: forgotten, or its chat fell asleep
                if self._monotonic() - had_at > LATE_S:
                    await self._turn(delivery)
                return await self._send(delivery)
            finally:
                self._leaving.discard(lane)

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
        self._ceilings.note(delivery.chat_id, message_id, began=began)
        await self._marks.sent(delivery.id, message_id)
        return not self._stopping

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
                self._failure = error
            case _:
                self.network.back()
        goes_on = await outcome.record(
            self._store, delivery, error, now=self._clock(), renderer=self._renderer
        )
        return goes_on and not self._stopping

    async def _release(self, deliveries: Iterable[Delivery]) -> None:
        ids = [delivery.id for delivery in deliveries]
        if ids:
            await self._store.outbox.release(ids, now=self._clock())

    async def _stop_lanes(self) -> None:
        """Lanes without a request in flight end at once, the others when it is answered."""
        self._stopping = True
        for lane in self._lanes.keys() - self._leaving:
            lane.cancel()
        if self._lanes:
            await asyncio.wait(self._lanes)
