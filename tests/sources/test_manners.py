"""Manners: one at a time to a host, a rest between two, and nobody asks who wants no asking."""

import asyncio
from itertools import pairwise

import pytest

from bot.sources.errors import ToldToWait
from bot.sources.wire import manners as module
from bot.sources.wire.manners import Manners


class Watch:
    """Time that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def made(watch: Watch, *, at_once: int = 16) -> Manners:
    return Manners(monotonic=watch.read, sleep=watch.sleep, at_once=at_once)


async def test_a_host_is_asked_one_at_a_time_with_a_rest_between(watch: Watch) -> None:
    manners, times, inside = made(watch), list[tuple[float, float]](), 0

    async def ask() -> None:
        nonlocal inside
        async with manners.turn("a.example"):
            inside += 1
            assert inside == 1
            began = watch.now
            await watch.sleep(3)
            times.append((began, watch.now))
            inside -= 1

    await asyncio.gather(*(ask() for _ in range(5)))
    rests = [begin - end for (_, end), (begin, _) in pairwise(times)]
    assert all(1 <= rest <= 1.25 for rest in rests)
    assert len(set(rests)) > 1


async def test_a_host_does_not_wait_for_another(watch: Watch) -> None:
    manners = made(watch)
    for host in ("a.example", "b.example", "c.example"):
        async with manners.turn(host):
            assert watch.now == 1000


async def test_few_are_asked_at_once_over_all_hosts(watch: Watch) -> None:
    manners, inside, most = made(watch, at_once=3), 0, 0

    async def ask(host: str) -> None:
        nonlocal inside, most
        async with manners.turn(host):
            inside += 1
            most = max(most, inside)
            await watch.sleep(1)
            inside -= 1

    await asyncio.gather(*(ask(f"{number}.example") for number in range(20)))
    assert most == 3


async def test_a_paused_host_is_asked_by_nobody_until_its_time(watch: Watch) -> None:
    manners = made(watch)
    manners.pause("a.example", 600)
    manners.pause("a.example", 60)  # shortens nothing
    with pytest.raises(ToldToWait, match=r"a\.example asks to be left alone for 10 min") as told:
        async with manners.turn("a.example"):
            pytest.fail("it was asked")
    assert told.value.retry_after_s == 600
    async with manners.turn("b.example"):
        pass
    watch.now += 600
    async with manners.turn("a.example"):
        pass


async def test_who_waits_in_line_hears_that_the_host_is_paused_now(watch: Watch) -> None:
    manners, asked = made(watch), list[int]()

    async def ask(number: int) -> None:
        async with manners.turn("a.example"):
            asked.append(number)
            manners.pause("a.example", 60)

    results = await asyncio.gather(*(ask(n) for n in range(4)), return_exceptions=True)
    assert asked == [0]
    assert [type(result) for result in results[1:]] == [ToldToWait] * 3


async def test_no_pause_is_for_ever(watch: Watch) -> None:
    manners = made(watch)
    manners.pause("a.example", 1e12)
    assert manners.paused_s("a.example") == 7 * 86_400


async def test_a_site_can_want_longer_rests(watch: Watch) -> None:
    manners = made(watch)
    manners.slow_down("a.example", 10)
    for _ in range(2):
        async with manners.turn("a.example"):
            pass
    assert 1010 <= watch.now <= 1012.5


async def test_a_turn_that_failed_is_over(watch: Watch) -> None:
    manners = made(watch)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            async with manners.turn("a.example"):
                raise RuntimeError
    async with manners.turn("a.example"):
        assert watch.now >= 1002


async def test_hosts_are_forgotten_but_not_those_in_use_or_paused(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HOSTS", 10)
    manners = made(watch)
    manners.pause("paused.example", 600)
    async with manners.turn("busy.example"):
        for number in range(100):
            async with manners.turn(f"{number}.example"):
                pass
        assert len(manners._hosts) == 10
        assert manners.paused_s("paused.example") == 600
        waiting = asyncio.create_task(manners.turn("busy.example").__aenter__())
        await asyncio.sleep(0)
        assert not waiting.done()
    for number in range(100):
        manners.pause(f"hostile{number}.example", 600)
    assert len(manners._hosts) == 10  # even of those who want to be remembered
    await waiting
