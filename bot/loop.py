"""The event loop that everything runs on: uvloop's, or asyncio's own where it cannot be had.

A request costs a third less CPU time on it: docs/decisions/0009-uvloop-where-there-is-one.md.
"""

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine
from typing import TypeVar

from bot import heap

T = TypeVar("T")

COLLECTING = 10_000, 20, 20  # as gc.set_threshold takes them, whose own are 700, 10, 10
LOOKUPS = "16"  # names looked up at once: four hosts without an answer must not stop all others


def run(main: Coroutine[object, object, T]) -> T:
    """`asyncio.run` on that loop.

    Python's collector looks through new objects less often than it would: what comes from workers
    by the hundred thousand is no garbage.
    """
    gc.set_threshold(*COLLECTING)
    heap.share()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(main)


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes such a loop; None: asyncio's own will do."""
    os.environ.setdefault("UV_THREADPOOL_SIZE", LOOKUPS)
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop
