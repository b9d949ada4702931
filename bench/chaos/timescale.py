"""One time for server, bot and harness, in which seconds may be short.

At scale 20 every timer of a process runs twenty times as fast: what sleeps, what waits for an
answer, what comes due. The work itself does not get faster, so a scale is also a slow machine.
"""

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds since `zero` (of the machine's monotonic clock, which all processes share)."""

    scale: float
    zero: float
    began: datetime  # what the clocks on the wall showed then

    @classmethod
    def begin(cls, scale: float) -> "Time":
        return cls(scale, time.monotonic(), datetime.now(UTC))

    def monotonic(self) -> float:
        return (time.monotonic() - self.zero) * self.scale

    def now(self) -> datetime:
        """The clock on the wall."""
        return self.began + timedelta(seconds=self.monotonic())

    def set_wrong(self, by: Path) -> Callable[[], datetime]:
        """A clock ahead by the seconds written in that file."""
        return lambda: self.now() + timedelta(seconds=float(by.read_text()))

    def real(self, seconds: float) -> float:
        """How long that is on this machine."""
        return seconds / self.scale

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """asyncio.run, with this time for all that waits."""
        with asyncio.Runner(loop_factory=lambda: _Loop(self)) as runner:
            return runner.run(main)


class _Selector(selectors.DefaultSelector):
    def __init__(self, scale: float) -> None:
        super().__init__()
        self._scale = scale

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self._scale if timeout else timeout)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, of: Time) -> None:
        super().__init__(_Selector(of.scale))
        self._of = of

    def time(self) -> float:
        return self._of.monotonic()
