"""Ceilings: message ids that are certainly higher than those of requests that left earlier.

An id that was given to a request which began after another had ended, or was given up by Telegram,
is higher than what the other can have got. Without it reconciliation would have to ask about ids
that nobody has, again and again, while digests wait for their turns.
"""

from collections import deque
from collections.abc import Callable
from datetime import timedelta

from bot.jobs.delivery.counters import OWN_COUNTER_BELOW

REMEMBERED = 1_000


class Ceilings:
    """Of the bot's own counter, which moves; those of channels move seldom."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._given: deque[tuple[float, int]] = deque(maxlen=REMEMBERED)

    def note(self, chat_id: int, message_id: int, *, began: float) -> None:
        """A request that began then was given this id."""
        if chat_id > OWN_COUNTER_BELOW:
            self._given.append((began, message_id))

    def over(self, chat_id: int, ago: timedelta) -> int | None:
        """An id above all that the counter of the chat had given so long ago, if one is known."""
        if chat_id <= OWN_COUNTER_BELOW:
            return None
        before = self._monotonic() - ago.total_seconds()
        return min((id_ for began, id_ in self._given if began > before), default=None)
