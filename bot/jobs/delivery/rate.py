"""How fast everything leaves together: evenly, and never more than allowed in any second.

After a 429 the rate is halved, and climbs back by the same step each second (additive increase,
multiplicative decrease), so that it settles where the refusals end.
"""

import math
from collections import deque

EVENLY_S = 1.01  # over which a second's turns are spread: a hundredth for what the network bunches
SECOND_S = 1.002  # no such stretch holds more turns than that
CATCH_UP_S = 0.3  # turns that came late are made up for, as far as any second has room
LOWEST = 1 / 16  # of what was set
CLIMB_S = 60.0  # from nothing to what was set, had it fallen so low
EPISODE_S = 1.0  # 429s so close after a pause were under way before it: they say nothing new


class Rate:
    """`most_per_s` is never exceeded in any second, whatever the rate is now."""

    def __init__(self, most_per_s: float) -> None:
        self.most_per_s = most_per_s
        self.next_at = -math.inf
        self._recent: deque[float] = deque()
        self._low = most_per_s  # where it climbs from,
        self._since = -math.inf  # and from when on
        self._quiet_at = -math.inf  # 429s after it are new

    def per_s(self, now: float) -> float:
        """The rate now."""
        if self._low >= self.most_per_s:
            return self.most_per_s
        climbed = max(0.0, now - self._since) / CLIMB_S * self.most_per_s
        return min(self.most_per_s, self._low + climbed)

    def took(self, now: float, *, late: bool = False) -> None:
        """A turn was given; `late`: somebody waited for it since it was due."""
        due = max(self.next_at, now - CATCH_UP_S) if late else now
        self._recent.append(now)
        while self._recent[0] <= now - SECOND_S:
            self._recent.popleft()
        self.next_at = due + EVENLY_S / self.per_s(now)
        if len(self._recent) >= self.most_per_s >= 1:
            self.next_at = max(self.next_at, self._recent[0] + SECOND_S)

    def pause(self, until: float, now: float) -> None:
        """Telegram told the bot to wait: no turn before, and half as many after."""
        if now >= self._quiet_at:
            self._low = max(LOWEST * self.most_per_s, self.per_s(now) / 2)
        self.next_at = max(self.next_at, until)
        self._since = max(self._since, until)
        self._quiet_at = max(self._quiet_at, until + EPISODE_S)
