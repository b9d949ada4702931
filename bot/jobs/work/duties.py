"""Duties: work that a bell calls for, over and over; a failure costs one call, never the duty."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger("svodka")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is done, as the log names it, and how often its bell rings."""

    name: str
    every_s: float
    work: Callable[[], Awaitable[object]]


async def keep(duty: Duty, bell: asyncio.Event) -> None:
    """Do the work each time the bell has rung, until cancelled. Rings meanwhile are one more."""
    while True:
        await bell.wait()
        bell.clear()
        try:
            await duty.work()
        except Exception:
            log.exception("%s failed; it is tried again at the next bell.", duty.name)
