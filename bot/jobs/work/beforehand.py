"""Working beforehand: the next is made while the one before is used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def beforehand(made: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same; while each is used, one more is made, and never two.

    What fails in making it is raised in its turn.
    """

    async def step() -> T | None:
        return await anext(made, None)

    coming = asyncio.create_task(step())
    try:
        while (one := await coming) is not None:
            coming = asyncio.create_task(step())
            yield one
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await coming
