"""How far it is known what people wrote: their messages take ids of the bot's own counter, too.

One whose update has not come yet would be taken for a delivery in doubt that has arrived.
"""

import math
from collections.abc import Callable
from datetime import timedelta


class Hearing:
    """Knows since when there may be messages that nobody has told us of."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._at = -math.inf

    def all_noted(self) -> None:
        """The ids of all messages that have come by now are noted."""
        self._at = self._monotonic()

    def behind(self) -> timedelta | None:
        """How long ago that was; None before the first time."""
        ago_s = self._monotonic() - self._at
        return timedelta(seconds=ago_s) if math.isfinite(ago_s) else None
