"""Another copy that takes updates with our token: what Telegram's 409s tell of it, and what we do.

The last request of a killed process may cause one. Two copies that go on each end the other's poll,
again and again: then no digest leaves, so that none leaves twice, until one of them has stopped.
The newer one gives way first, and until it has been alone for a moment it answers nobody.
"""

import logging
import math
from collections.abc import Callable

log = logging.getLogger("svodka.telegram")

LASTS_S = 30  # a conflict that goes on for so long does not pass by itself
GIVES_WAY_S = 15  # an older copy waits so much longer for the newer one to stop
NEW_S = 60  # a copy is new for so long
OVER_S = 15  # after the last sign
ALONE_S = 5  # without one, and nobody else can be there: who is ended asks again after 3 s
TAKEN_S = ALONE_S + 2  # between two looks at what was left with Telegram

SAID = "Another copy of the bot asks with this token (409); if that goes on, this one stops."
STOPS = (
    "Another copy of the bot is running with this token; stop it, or give this one a token of its "
    "own from @BotFather."
)


class AnotherCopy(Exception):
    """Another process takes updates with the same token, and goes on doing so."""


class Rivals:
    """Hears how our polls end. `hold` is told whether digests must wait.

    `alone` says that nobody else can be there; else digests and answers wait until it has shown.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        *,
        hold: Callable[[bool], None] = lambda held: None,
        alone: bool = True,
    ) -> None:
        self._monotonic = monotonic
        self._hold = hold
        self._began = monotonic()
        self._careful_until = -math.inf if alone else self._began + NEW_S
        self._first: float | None = None  # 409 of this conflict,
        self._last = -math.inf  # and the latest
        self._left: int | None = None  # the first update that we were handed and did not take
        self.alone = alone
        if not alone:
            hold(True)

    @property
    def near(self) -> bool:
        """Whether somebody else asks, too."""
        return self._first is not None

    @property
    def careful(self) -> bool:
        """Whether what we are handed may be handed to another, too."""
        return self.near or self._monotonic() < self._careful_until

    def met(self, *, ago_s: float = 0.0) -> None:
        """A sign, such as 409, of another copy within that time. May raise AnotherCopy."""
        now = self._monotonic()
        if self._first is None or now - self._last > OVER_S:
            self._first = now
            log.warning(SAID)
        elif now - ago_s - self._first >= self._patience_s(self._first):
            raise AnotherCopy(STOPS)
        else:
            self._hold(True)  # one may be that of a killed process; this is the second
        self._last = now

    def heard(self, first_id: int | None) -> None:
        """A poll of ours was answered with updates from that one on. May raise AnotherCopy.

        Those that we have left with Telegram can have been confirmed by nobody but another copy.
        """
        now = self._monotonic()
        left, self._left = self._left, None if self.alone else first_id
        if left is not None and first_id != left:
            self.met(ago_s=TAKEN_S)
        elif self.near and now - self._last > OVER_S:
            self._first = None
            log.info("No other copy asks with this token any more.")
            self._is_alone()
        elif not self.near and not self.alone and now - self._began >= ALONE_S:
            self._is_alone()

    def _is_alone(self) -> None:
        self.alone = True
        self._left = None
        self._hold(False)

    def _patience_s(self, since: float) -> float:
        new = since - self._began < NEW_S
        return LASTS_S if new else LASTS_S + GIVES_WAY_S
