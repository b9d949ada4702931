"""The lines before the pacer: answers ahead of digests, people and channels in turn, edits last.

Whose own chat must rest stands aside until it has rested, and keeps nobody waiting meanwhile.
"""

import asyncio
import heapq
import math
from collections import deque
from itertools import count

from bot.jobs.delivery.chatpaces import ChatId, ChatPaces, many_read

BULK_SHARE = 10  # every tenth turn is a digest's even when answers never stop
LAST_SHARE = 10  # and of those every tenth is an edit's


class Waiter:
    """Who waits for a turn; `future` is done when it has come, or was given up."""

    __slots__ = ("chat_id", "future", "last", "number", "urgent")

    def __init__(self, chat_id: ChatId | None, urgent: bool, last: bool, number: int) -> None:
        self.chat_id = chat_id
        self.urgent = urgent
        self.last = last
        self.number = number
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Lines:
    """Four lines: answers, digests to people, digests to groups and channels, edits."""

    def __init__(self, chats: ChatPaces) -> None:
        self._chats = chats
        self._urgent: deque[Waiter] = deque()
        self._people: deque[Waiter] = deque()
        self._groups: deque[Waiter] = deque()
        self._edits: deque[Waiter] = deque()
        self._resting: list[tuple[float, int, Waiter]] = []
        self._numbers = count()
        self._urgent_in_a_row = 0
        self._digests_in_a_row = 0
        self._last_bulk = self._people
        self.only_urgent = False  # digests must wait, for now

    def __len__(self) -> int:
        lines = (self._urgent, self._people, self._groups, self._edits)
        return sum(len(line) for line in lines) + len(self._resting)

    def join(
        self, chat_id: ChatId | None, *, urgent: bool, last: bool = False, now: float
    ) -> asyncio.Future[None]:
        """Stand at the end of a line."""
        self._wake(now)  # those whose time has come stand before the newcomer
        waiter = Waiter(chat_id, urgent, last, next(self._numbers))
        self._stand(waiter, now)
        return waiter.future

    def next(self, now: float) -> Waiter | None:
        """Who is next, taken out of the line; None while every chat must rest."""
        self._wake(now)
        while line := self._line():
            waiter = line.popleft()
            if waiter.future.done():  # given up
                continue
            if self._chats.ready_at(waiter.chat_id, now) > now:
                self._stand(waiter, now)
                continue
            self._urgent_in_a_row = self._urgent_in_a_row + 1 if waiter.urgent else 0
            if waiter.last:
                self._digests_in_a_row = 0
            elif not waiter.urgent:
                self._last_bulk = line
                self._digests_in_a_row += 1
            return waiter
        return None

    def rested_at(self) -> float:
        """When the first of the resting chats is ready; infinity when nobody rests."""
        return self._resting[0][0] if self._resting else math.inf

    def _line(self) -> deque[Waiter]:
        """The one that comes next; an empty one when nobody in it may go."""
        if self.only_urgent:
            return self._urgent
        other = self._groups if self._last_bulk is self._people else self._people
        bulk = other or self._last_bulk
        if self._edits and (not bulk or self._digests_in_a_row >= LAST_SHARE - 1):
            bulk = self._edits
        bulk_first = bulk and self._urgent_in_a_row >= BULK_SHARE - 1
        return bulk if bulk_first or not self._urgent else self._urgent

    def _stand(self, waiter: Waiter, now: float) -> None:
        ready_at = self._chats.ready_at(waiter.chat_id, now)
        if ready_at > now:
            heapq.heappush(self._resting, (ready_at, waiter.number, waiter))
        else:
            self._line_of(waiter).append(waiter)

    def _line_of(self, waiter: Waiter) -> deque[Waiter]:
        if waiter.urgent:
            return self._urgent
        if waiter.last:
            return self._edits
        group = waiter.chat_id is not None and many_read(waiter.chat_id)
        return self._groups if group else self._people

    def _wake(self, now: float) -> None:
        while self._resting and (self._resting[0][0] <= now or self._resting[0][2].future.done()):
            waiter = heapq.heappop(self._resting)[2]
            if not waiter.future.done():
                self._line_of(waiter).append(waiter)
