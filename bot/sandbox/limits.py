"""How fast Telegram lets a bot send: 30 a second in all, 1 a second to a chat with short bursts,
20 a minute to a group or channel. Past that, 429 with the seconds to wait. Messages that are paid
for may be 1000 a second in all."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

ALL_PER_S, ALL_BURST = 30.0, 30.0
PAID_PER_S, PAID_BURST = 1000.0, 1000.0
CHAT_PER_S, CHAT_BURST = 1.0, 3.0
GROUP_PER_MINUTE = 20


@dataclass(slots=True)
class _Bucket:
    """Room for a burst, refilled at a steady rate."""

    rate: float
    room: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it does now."""
        self.level = min(self.room, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


class Limits:
    """Counts what was accepted; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float], *, on: bool = True) -> None:
        self._monotonic = monotonic
        self.on = on
        start = monotonic()
        self._free = _Bucket(ALL_PER_S, ALL_BURST, ALL_BURST, start)
        self._paid = _Bucket(PAID_PER_S, PAID_BURST, PAID_BURST, start)
        self._chats: dict[int, _Bucket] = {}
        self._minutes: defaultdict[int, deque[float]] = defaultdict(deque)

    def take(self, chat_id: int, *, group: bool, paid: bool = False) -> int:
        """Count a message for the chat; when it is too many, the whole seconds to wait instead."""
        if not self.on:
            return 0
        now = self._monotonic()
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = _Bucket(CHAT_PER_S, CHAT_BURST, CHAT_BURST, now)
        all_of_them = self._paid if paid else self._free
        wait = max(all_of_them.wait(now), chat.wait(now), self._minute(chat_id, now, group))
        if wait > 0:
            return math.ceil(wait)
        all_of_them.level -= 1
        chat.level -= 1
        if group:
            self._minutes[chat_id].append(now)
        return 0

    def _minute(self, chat_id: int, now: float, group: bool) -> float:
        if not group:
            return 0.0
        sent = self._minutes[chat_id]
        while sent and sent[0] <= now - 60:
            sent.popleft()
        return sent[0] + 60 - now if len(sent) >= GROUP_PER_MINUTE else 0.0
