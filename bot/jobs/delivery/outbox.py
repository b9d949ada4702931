"""The outbox: every post to Telegram is a row before it is a request.

Deliveries are claimed in batches and sent in lanes: one lane a chat, in order, lanes beside each
other. Each is marked `sending` after its turn and just before its request, so that what a kill
leaves in doubt is never more than the requests in flight: see bot.jobs.delivery.leaving.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from bot.jobs.delivery import reconcile
from bot.jobs.delivery.hearing import Hearing
from bot.jobs.delivery.leaving import Leaving
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.recalling import recall
from bot.jobs.delivery.sending import Renderer, Sender
from bot.jobs.work.clockwatch import ClockWatch
from storage.errors import StorageError
from storage.models import Delivery
from storage.ports import Store

log = logging.getLogger("svodka.outbox")

PLACES = 50  # requests in flight; at 30 a second Telegram may take over a second to answer each
HOLD = 128  # deliveries claimed at a time
ROOM_FOR_ASKED = 16  # at a time, beyond that: who asked does not queue behind a broadcast
HOLD_OF_A_CHAT = 5  # one chat's long queue must not hold up the others
LEASE_S = 600
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
        self._leaving = Leaving(
            store,
            sender,
            pacer,
            places=places,
            ask=ask,
            clock=clock,
            renderer=renderer,
            monotonic=monotonic,
        )
        self.network = self._leaving.network
        self._store = store
        self._sender = sender
        self._pacer = pacer
        self._renderer = renderer  # of notices to owners; None: they are not told
        self._lives = (f"{owner}:{life}" for life in count(1))
        self._owner = next(self._lives)
        self._clock = clock
        self._watch = ClockWatch(store.outbox, clock, monotonic)
        self._ask = ask  # Telegram, about deliveries in doubt
        self._hearing = hearing  # None: updates are pushed to us as they come
        self._sleep = sleep
        self._lanes: dict[asyncio.Task[None], int] = {}  # and how many deliveries each took
        self._more = False  # the last claim took all it had room for
        self._taken_over = False  # what an earlier life left waits by our clock

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
            if self._leaving.failure:
                raise self._leaving.failure
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
        """Find out what became of deliveries in doubt; see bot.jobs.delivery.reconcile.

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
                ceiling=self._leaving.ceilings.over,
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
            self._owner = next(self._lives)
            self._leaving.failure, self._leaving.stopping = None, False
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
            await self._leaving.release(of_chat[HOLD_OF_A_CHAT:])
            lane = asyncio.create_task(self._lane(deque(of_chat[:HOLD_OF_A_CHAT])))
            self._lanes[lane] = min(len(of_chat), HOLD_OF_A_CHAT)
            lane.add_done_callback(self._lane_ended)

    def _lane_ended(self, lane: asyncio.Task[None]) -> None:
        del self._lanes[lane]
        if not lane.cancelled() and (error := lane.exception()):
            log.error("a lane crashed", exc_info=error)
        room = HOLD - sum(self._lanes.values())
        if not self._lanes or self._leaving.failure or (self._more and room >= HOLD // 2):
            self.bell.set()

    async def _lane(self, deliveries: deque[Delivery]) -> None:
        """Send one chat's deliveries in order, until one of them has to wait."""
        try:
            while deliveries:
                if not await self._leaving.take_turn(deliveries.popleft(), alone=self._alone):
                    return await self._leaving.release(deliveries)
        except StorageError as e:
            self._leaving.failure = self._leaving.failure or e
        return None

    def _alone(self) -> bool:
        return len(self._lanes) == 1

    async def _stop_lanes(self) -> None:
        """Lanes without a request in flight end at once, the others when it is answered."""
        self._leaving.stopping = True
        for lane in self._lanes.keys() - self._leaving.in_flight:
            lane.cancel()
        if self._lanes:
            await asyncio.wait(self._lanes)
