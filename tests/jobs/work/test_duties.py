"""Duties go on after a failure, and rings that come together are one."""

import asyncio
import logging

import pytest

from bot.jobs.work.duties import Duty, keep


async def test_a_failure_costs_one_call(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []
    second = asyncio.Event()

    async def work() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise RuntimeError("the first call fails")
        second.set()

    bell = asyncio.Event()
    bell.set()
    task = asyncio.create_task(keep(Duty(name="counting", every_s=1, work=work), bell))
    while not calls:
        await asyncio.sleep(0)
    bell.set()
    bell.set()
    await asyncio.wait_for(second.wait(), 120)
    task.cancel()
    await asyncio.wait([task])
    assert calls == [0, 1]
    assert caplog.records[0].levelno == logging.ERROR
    assert "counting failed" in caplog.text
