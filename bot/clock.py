"""The only place that reads the clock; everywhere else the time comes in."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
Ticks = Callable[[], float]  # seconds that nobody can set: time.monotonic


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
