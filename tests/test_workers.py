"""Workers: other processes that answer, fail alone, and never outlive us."""

import asyncio
import gc
import math
import operator
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable

import pytest

from bot import workers as module
from bot.worker import HEAD
from bot.workers import Preparation, WorkerFailed, Workers


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    made = Workers(count=2)
    yield made
    await made.close()


async def until(true: Callable[[], bool], seconds: float = 120) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def gone(pid: int) -> bool:
    """Whether that process has ended (a zombie of a dead parent has)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def test_work_is_done_in_another_process(workers: Workers) -> None:
    assert await workers.run(math.factorial, 20) == math.factorial(20)
    assert await workers.run(os.getpid) != os.getpid()


async def test_a_process_serves_again_and_two_serve_at_once(workers: Workers) -> None:
    first = await workers.run(os.getpid)
    assert await workers.run(os.getpid) == first
    pids = await asyncio.gather(*(workers.run(os.getpid) for _ in range(8)))
    assert len(set(pids)) <= 2


async def test_they_are_busy_while_who_comes_must_wait() -> None:
    alone = Workers(count=1)
    assert not alone.busy
    work = asyncio.create_task(alone.run(math.sqrt, 4))
    await asyncio.sleep(0)
    assert alone.busy
    assert await work == 2
    assert not alone.busy
    await alone.close()


async def test_what_the_work_raises_is_raised_here(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError):
        await workers.run(operator.truediv, 1, 0)
    assert await workers.run(operator.add, 1, 2) == 3


async def test_an_error_that_cannot_be_pickled_comes_by_name(workers: Workers) -> None:
    with pytest.raises(UnicodeDecodeError):  # five arguments, pickles well
        await workers.run(operator.methodcaller("decode", "utf-8"), b"\xff")
    with pytest.raises(WorkerFailed, match="Local: here"):
        await workers.run(exec, "class Local(Exception): pass\nraise Local('here')")


async def test_a_crash_costs_only_its_own_work(workers: Workers) -> None:
    neighbour = asyncio.create_task(workers.run(time.sleep, 0.5))
    with pytest.raises(WorkerFailed, match="_exit"):
        await workers.run(os._exit, 3)
    await neighbour
    assert await workers.run(operator.add, 1, 2) == 3


async def test_a_hang_that_holds_the_interpreter_is_ended(workers: Workers) -> None:
    assert await workers.run(operator.add, 1, 2) == 3
    with pytest.raises(WorkerFailed, match=r"took longer than 0\.2 s"):
        await workers.run(re.match, r"(a+)+$", "a" * 64 + "b", timeout_s=0.2)
    assert await workers.run(operator.add, 1, 2) == 3


async def test_a_cancelled_caller_leaves_no_process_at_work(workers: Workers) -> None:
    pid = await workers.run(os.getpid)
    task = asyncio.create_task(workers.run(time.sleep, 60))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(pid)


async def test_workers_at_rest_are_dismissed() -> None:
    workers = Workers(count=1, idle_s=0.05)
    pid = await workers.run(os.getpid)
    await until(lambda: gone(pid))
    assert await workers.run(os.getpid) != pid
    await workers.close()


async def test_a_worker_killed_at_rest_is_replaced(workers: Workers) -> None:
    pid = await workers.run(os.getpid)
    os.kill(pid, signal.SIGKILL)
    await until(lambda: gone(pid))
    await until(lambda: not any(seat.process and seat.process.fit for seat in workers._seats))
    assert await workers.run(operator.add, 1, 2) == 3


async def test_what_a_library_prints_does_no_harm(workers: Workers) -> None:
    await workers.run(print, "noise")
    assert await workers.run(operator.add, 1, 2) == 3


async def test_who_waits_behind_a_crash_is_served_all_the_same() -> None:
    alone = Workers(count=1)
    pid = await alone.run(os.getpid)
    crash = asyncio.create_task(alone.run(os._exit, 3))
    behind = asyncio.create_task(alone.run(os.getpid))
    with pytest.raises(WorkerFailed, match="_exit"):
        await crash
    assert await behind != pid
    await alone.close()


async def test_the_time_of_a_work_begins_when_that_before_it_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_AHEAD_S", 60)
    alone = Workers(count=1)
    await alone.run(os.getpid)
    first = asyncio.create_task(alone.run(time.sleep, 3.2))
    second = asyncio.create_task(alone.run(os.getpid, timeout_s=3))
    await asyncio.gather(first, second)
    await alone.close()


async def test_each_is_given_the_answer_to_its_own_work_whatever_was_given_up(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AHEAD_S", 0.02)
    chance = random.Random(1)

    def work(n: int) -> str:
        return f"(__import__('time').sleep({chance.choice((0, 0, 0.01, 0.03))}), {n})[1]"

    async def caller(first: int) -> list[int]:
        return [await workers.run(eval, work(n)) for n in range(first, first + 40)]

    answers = await asyncio.gather(*(caller(first) for first in range(0, 240, 40)))
    assert [n for found in answers for n in found] == list(range(240))


async def test_what_waits_behind_a_hang_goes_elsewhere(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AHEAD_S", 0.1)
    await asyncio.gather(workers.run(time.sleep, 0.1), workers.run(time.sleep, 0.1))
    hang = asyncio.create_task(workers.run(time.sleep, 60))
    short = [asyncio.create_task(workers.run(operator.add, 1, n)) for n in range(3)]
    assert await asyncio.gather(*short) == [1, 2, 3]
    hang.cancel()


async def test_what_nobody_waits_for_any_more_is_passed_over() -> None:
    alone = Workers(count=1)
    await alone.run(os.getpid)
    first = asyncio.create_task(alone.run(time.sleep, 0.2))
    unwanted = asyncio.create_task(alone.run(operator.add, 1, 1))
    wanted = asyncio.create_task(alone.run(operator.add, 1, 2))
    await asyncio.sleep(0.05)
    unwanted.cancel()
    assert await wanted == 3
    await first
    await alone.close()


async def prepared() -> Preparation:
    return exec, ("import sys; sys._loaded = 'by the first'",)


async def twins() -> tuple[Workers, list[int]]:
    """Two that began together, and the numbers of their processes."""
    made = Workers(count=2, prepare=prepared)
    both = await asyncio.gather(*(made.run(eval, HERE) for _ in range(2)))
    assert {said for _, said in both} == {"by the first"}
    return made, [pid for pid, _ in both]


HERE = "(__import__('time').sleep(0.2), __import__('os').getpid(), __import__('sys')._loaded)[1:]"


async def test_twins_have_what_the_first_of_them_loaded() -> None:
    made, pids = await twins()
    assert len(set(pids)) == 2
    await made.close()
    assert all(map(gone, pids))


async def test_the_crash_of_a_twin_is_not_the_others() -> None:
    made, pids = await twins()
    with pytest.raises(WorkerFailed, match="_exit"):
        await made.run(os._exit, 3)
    neighbour = asyncio.create_task(made.run(eval, HERE))
    await asyncio.sleep(0)
    with pytest.raises(WorkerFailed, match="_exit"):
        await made.run(os._exit, 3)
    await neighbour
    again = await asyncio.gather(*(made.run(eval, HERE) for _ in range(2)))
    assert len({*dict(again), *pids}) >= 3
    await made.close()


async def test_twins_at_rest_are_dismissed() -> None:
    made, pids = await twins()
    made._dismiss()
    await until(lambda: all(map(gone, pids)))
    await made.close()


PARENT = """
import asyncio, math, os, re, sys
from bot.workers import Workers

async def prepare():
    return math.sqrt, (4,)

async def main():
    workers = Workers(count=2, prepare=prepare)
    pids = [await workers.run(os.getpid)]
    busy = asyncio.create_task(workers.run(re.match, "(a+)+$", "a" * 64 + "b", timeout_s=0.5))
    await asyncio.sleep(0)
    print(pids[0], flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_workers_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    await until(lambda: gone(pid))
    gc.collect()  # an unclosed transport would warn here, and fail us


def test_a_worker_that_nobody_hears_any_more_ends_without_a_word() -> None:
    code = "from bot.worker import serve; serve()"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stderr
        worker.stdout.close()
        job = pickle.dumps((math.sqrt, (4,), 60))
        worker.stdin.write(HEAD.pack(len(job), 1) + job)
        worker.stdin.flush()
        assert worker.stderr.read() == b""
        assert worker.wait() == 0
