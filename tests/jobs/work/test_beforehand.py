"""Working beforehand: one is made while the one before is used."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.jobs.work.beforehand import beforehand


async def numbers(made: list[int], fails_at: int = 99) -> AsyncIterator[int]:
    for number in range(1, 5):
        if number == fails_at:
            raise ValueError("no more")
        made.append(number)
        yield number


async def test_the_next_is_made_meanwhile_and_no_more() -> None:
    made: list[int] = []
    seen = []
    async for number in beforehand(numbers(made)):
        for _ in range(5):
            await asyncio.sleep(0)
        seen.append((number, list(made)))
    assert seen == [(1, [1, 2]), (2, [1, 2, 3]), (3, [1, 2, 3, 4]), (4, [1, 2, 3, 4])]


async def test_what_fails_is_raised_in_its_turn() -> None:
    steps = beforehand(numbers([], fails_at=3))
    assert [await anext(steps), await anext(steps)] == [1, 2]
    with pytest.raises(ValueError, match="no more"):
        await anext(steps)


async def test_who_stops_half_way_leaves_nothing_running() -> None:
    made: list[int] = []

    async def stop() -> None:
        async for _ in beforehand(numbers(made)):
            raise KeyError

    with pytest.raises(KeyError):
        await stop()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1
    assert made in ([1], [1, 2])
