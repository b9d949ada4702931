"""The pace of each chat: a bucket of three refilled once a second, twenty a minute to a group."""

import math
from collections import deque

ChatId = int | str  # a str is the @name of a channel

CHAT_BURST = 3
CHAT_REFILL_S = 1.1  # a tenth for what the network bunches
GROUP_LIMIT = 20
GROUP_WINDOW_S = 60.5
FLIGHT_S = 0.1  # of a request and its answer; what the tenth above is for


def many_read(chat_id: ChatId) -> bool:
    """Whether it is a group or a channel, whose minute is limited too."""
    return isinstance(chat_id, str) or chat_id < 0


class ChatPaces:
    """The paces of chats that had a turn lately; idle ones are forgotten."""

    def __init__(self) -> None:
        self._paces: dict[ChatId, _Pace] = {}
        self._paused: dict[ChatId, float] = {}
        self._sweep_at = 1024  # when this many are known, the idle ones are forgotten

    def __len__(self) -> int:
        return len(self._paces)

    def ready_at(self, chat_id: ChatId | None, now: float) -> float:
        """When the chat may have its next turn; None has no pace of its own."""
        pace = None if chat_id is None else self._paces.get(chat_id)
        return now if pace is None else max(now, pace.ready_at())

    def took(self, chat_id: ChatId | None, now: float) -> None:
        if chat_id is not None:
            self._pace(chat_id, now).took(now)

    def landed(self, chat_id: ChatId | None, left: float, now: float) -> None:
        """What left then was answered now: Telegram may have counted it at any instant between."""
        if chat_id is not None:
            self._pace(chat_id, now).landed(left, now)

    def pause(self, chat_id: ChatId, until: float, now: float) -> None:
        """No turn before; then one by one."""
        pace = self._pace(chat_id, now)
        pace.pause(until)
        self._paused[chat_id] = pace.paused_until

    def another_paused(self, chat_id: ChatId, now: float) -> bool:
        """Whether any other chat was told to wait, and is waiting."""
        self._paused = {c: until for c, until in self._paused.items() if until > now}
        return any(c != chat_id for c in self._paused)

    def _pace(self, chat_id: ChatId, now: float) -> "_Pace":
        pace = self._paces.get(chat_id)
        if pace is None:
            if len(self._paces) >= self._sweep_at:
                self._paces = {c: p for c, p in self._paces.items() if not p.idle(now)}
                self._sweep_at = max(1024, 2 * len(self._paces))
            pace = self._paces[chat_id] = _Pace(many_read(chat_id))
        return pace


class _Pace:
    """What one chat has had: `full_at` says when its bucket is full again."""

    __slots__ = ("full_at", "paused_until", "recent", "took_at")

    def __init__(self, group: bool) -> None:
        self.full_at = -math.inf
        self.paused_until = -math.inf
        self.took_at = math.inf
        self.recent: deque[float] | None = deque(maxlen=GROUP_LIMIT) if group else None

    def ready_at(self) -> float:
        at = max(self.paused_until, self.full_at - (CHAT_BURST - 1) * CHAT_REFILL_S)
        if self.recent is not None and len(self.recent) == GROUP_LIMIT:
            at = max(at, self.recent[0] + GROUP_WINDOW_S)
        return at

    def took(self, now: float) -> None:
        self.took_at = now
        self.full_at = max(self.full_at, now) + CHAT_REFILL_S
        if self.recent is not None:
            self.recent.append(now)

    def landed(self, left: float, now: float) -> None:
        """It was counted when it had its turn, which may be some time before it left."""
        late_s = now - min(left, self.took_at)
        if late_s <= FLIGHT_S:
            return
        self.full_at = max(
            self.full_at, min(self.full_at + late_s, now + CHAT_BURST * CHAT_REFILL_S)
        )
        if self.recent:
            self.recent[-1] = max(self.recent[-1], now)

    def pause(self, until: float) -> None:
        self.paused_until = max(self.paused_until, until)
        self.full_at = max(self.full_at, until + (CHAT_BURST - 1) * CHAT_REFILL_S)

    def idle(self, now: float) -> bool:
        """True when forgetting the chat changes nothing."""
        counted = self.recent is not None and self.recent and self.recent[-1] + GROUP_WINDOW_S > now
        return max(self.full_at, self.paused_until) <= now and not counted
