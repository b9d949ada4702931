"""Whether Telegram can be reached: said once when it is lost, once when it is back."""

import logging

log = logging.getLogger("svodka.outbox")

LONGEST_WAIT_S = 30.0


class Network:
    """Counts fruitless tries; while it is `down`, one try at a time is enough."""

    def __init__(self) -> None:
        self._tries = 0

    @property
    def down(self) -> bool:
        return self._tries > 0

    @property
    def wait_s(self) -> float:
        """How long to wait before the next try."""
        return min(LONGEST_WAIT_S, 2.0 ** (self._tries - 1)) if self._tries else 0.0

    def lost(self, why: Exception) -> None:
        if not self._tries:
            log.warning("Telegram cannot be reached (%s); what is due waits.", why)
        self._tries += 1

    def back(self) -> None:
        if self._tries:
            log.info("Telegram answers again; what waited is sent now.")
        self._tries = 0
