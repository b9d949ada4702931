"""One instance: a second copy stops or stands by; whose heart stands still is succeeded."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.life.instance import BEAT_S, LEASE_S, LOOK_S, Instance
from storage.connect import open_store
from storage.errors import OwnerLost, StoreBusy, StoreUnusable
from storage.ports import Store
from storage.sqlite.file import ownership

Open = Callable[[str], Awaitable[Store]]


@pytest.fixture
async def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    """Opens the database as a machine of that name would; each has locks of its own."""
    opened: list[Store] = []

    async def open_on(machine: str) -> Store:
        boot = tmp_path / machine
        boot.write_text(machine)
        monkeypatch.setattr(ownership, "BOOT_ID", boot)
        store = await open_store(f"sqlite:///{tmp_path}/svodka.db")
        lock: Any = store
        lock._lock._path = tmp_path / f"{machine}.lock"
        opened.append(store)
        return store

    yield open_on
    for store in opened:
        await store.close()


class Time:
    """Moved by who sleeps; `meanwhile` is what others do at each of its steps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.meanwhile is not None:
            await self.meanwhile()


class Machine:
    """Where and when a copy runs: its clock may be fast."""

    def __init__(self, time: Time, now: datetime, *, fast_s: float = 0) -> None:
        self._time = time
        self._start = now - timedelta(seconds=time.now - fast_s)

    def clock(self) -> datetime:
        return self._start + timedelta(seconds=self._time.now)

    def copy(self, store: Store) -> Instance:
        return Instance(
            store, clock=self.clock, monotonic=self._time.monotonic, sleep=self._time.sleep
        )


@pytest.fixture
def time() -> Time:
    return Time()


async def test_a_second_copy_on_this_machine_stops(on: Open, now: datetime, time: Time) -> None:
    here = Machine(time, now)
    await here.copy(await on("one")).begin()
    with pytest.raises(StoreBusy, match="Another Svodka is running"):
        await here.copy(await on("one")).begin()


async def test_after_a_kill_a_restart_here_waits_for_nothing(
    on: Open, now: datetime, time: Time
) -> None:
    here = Machine(time, now)
    killed = await on("one")
    assert not await here.copy(killed).begin()
    await killed.close()  # the lock dies with its process; the lease stays
    assert await here.copy(await on("one")).begin()
    assert time.now == 1000


async def test_a_second_copy_on_another_machine_names_the_first_and_stops(
    on: Open, now: datetime, time: Time
) -> None:
    machine = Machine(time, now)
    await machine.copy(await on("one")).begin()
    with pytest.raises(StoreBusy, match=r"on \S+ \(process \d+\): stop it first.*--standby"):
        await machine.copy(await on("two")).begin()
    assert time.now == 1000


async def test_a_standby_on_this_machine_takes_over_when_the_lock_is_free(
    on: Open, now: datetime, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    here = Machine(time, now)
    first = await on("one")
    await here.copy(first).begin()

    async def die() -> None:
        if time.now > 1100:
            await first.close()

    time.meanwhile = die
    assert await here.copy(await on("one")).begin(standby=True)
    assert 1100 < time.now <= 1100 + LOOK_S
    assert [r.message for r in caplog.records if "Standing by" in r.message] != []


async def test_a_standby_elsewhere_takes_over_once_the_heart_stood_still_for_a_lease(
    on: Open, now: datetime, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "svodka")
    machine = Machine(time, now)
    first, second = machine.copy(await on("one")), machine.copy(await on("two"))
    await first.begin()

    async def beat_for_a_while() -> None:
        if time.now < 1500:
            await first.renew()

    time.meanwhile = beat_for_a_while
    assert await second.begin(standby=True) is False
    assert 1500 + LEASE_S - LOOK_S <= time.now <= 1500 + LEASE_S + 2 * LOOK_S
    assert len([r for r in caplog.records if "waiting" in r.message]) == 1
    assert "the bot from now on" in caplog.text


async def test_nobody_waits_for_an_owner_that_let_go(on: Open, now: datetime, time: Time) -> None:
    machine = Machine(time, now)
    first, second = machine.copy(await on("one")), machine.copy(await on("two"))
    await first.begin()
    await first.end()
    await second.begin()
    assert time.now == 1000


@pytest.mark.parametrize("fast_s", [-3600, -10, 10, 3600])
async def test_a_wrong_clock_makes_no_second_owner(
    on: Open, now: datetime, time: Time, fast_s: float
) -> None:
    first = Machine(time, now, fast_s=fast_s).copy(await on("one"))
    second = Machine(time, now).copy(await on("two"))
    await first.begin()
    time.meanwhile = first.renew
    with pytest.raises(StoreBusy, match="Another Svodka is running"):
        await second.begin()


@pytest.mark.parametrize("fast_s", [-3600, 0, 3600])
async def test_a_dead_owner_elsewhere_is_succeeded_whatever_its_clock_said(
    on: Open, now: datetime, time: Time, fast_s: float
) -> None:
    second = Machine(time, now).copy(await on("two"))
    await Machine(time, now, fast_s=fast_s).copy(await on("one")).begin()
    time.now += 2 * LEASE_S
    before = time.now
    await second.begin()
    assert LEASE_S <= time.now - before <= LEASE_S + LOOK_S


async def test_who_wakes_after_its_lease_was_taken_ends(
    on: Open, now: datetime, time: Time
) -> None:
    machine = Machine(time, now)
    frozen, second = await on("one"), await on("two")
    first = machine.copy(frozen)
    await first.begin()
    await machine.copy(second).begin(standby=True)
    with pytest.raises(OwnerLost):
        await frozen.notes.set("x", "1")
    with pytest.raises(OwnerLost):
        await first.beat()
    await first.end()  # nothing is left to let go of


async def test_a_disk_that_fails_for_a_moment_ends_nobody(
    on: Open, now: datetime, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(time, now)
    store, second = await on("one"), await on("two")
    first = machine.copy(store)
    await first.begin()
    beats = 0

    async def beat(name: str, **_: object) -> None:
        nonlocal beats
        beats += 1
        raise StoreUnusable("full") if beats < 3 else OwnerLost("taken")

    monkeypatch.setattr(store.ownership, "beat", beat)
    with pytest.raises(OwnerLost, match="taken"):
        await first.beat()
    assert beats == 3
    assert await second.ownership.holder() is not None


def test_a_heart_beats_often_enough() -> None:
    assert 3 * BEAT_S < LEASE_S
