"""The lease of the one owner, whatever the backend: taken once, renewed, let go, and a fence."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.errors import OwnerLost
from storage.ports import Store
from tests.conftest import opened

Again = Callable[[], Awaitable[Store]]
LEASE = timedelta(seconds=30)


async def take(store: Store, name: str, now: datetime) -> bool:
    seen = await store.ownership.holder()
    return await store.ownership.take(name, after=seen, now=now, until=now + LEASE)


async def test_who_holds_it_can_be_read(store: Store, open_again: Again, now: datetime) -> None:
    assert await store.ownership.holder() is None
    assert await take(store, "first", now)
    held = await (await open_again()).ownership.holder()
    assert held is not None
    assert (held.name, held.here, held.beats, held.until) == ("first", True, 0, now + LEASE)


async def test_of_two_that_saw_the_same_one_takes_it(
    store: Store, open_again: Again, now: datetime
) -> None:
    second = await open_again()
    await take(store, "dead", now)
    seen = await store.ownership.holder()
    until = now + LEASE
    assert await store.ownership.take("first", after=seen, now=now, until=until)
    assert not await second.ownership.take("second", after=seen, now=now, until=until)
    assert not await second.ownership.take("second", after=None, now=now, until=until)


async def test_a_heart_that_beat_meanwhile_keeps_it(
    store: Store, open_again: Again, now: datetime
) -> None:
    second = await open_again()
    await take(store, "first", now)
    seen = await second.ownership.holder()
    later = now + timedelta(seconds=5)
    await store.ownership.beat("first", now=later, until=later + LEASE)
    assert not await second.ownership.take("second", after=seen, now=later, until=later + LEASE)
    held = await second.ownership.holder()
    assert held is not None
    assert (held.beats, held.at, held.until) == (1, later, later + LEASE)


async def test_who_lost_it_can_write_nothing_more(
    store: Store, open_again: Again, now: datetime
) -> None:
    second = await open_again()
    await take(store, "first", now)
    await take(second, "second", now)
    with pytest.raises(OwnerLost, match="silent for too long"):
        await store.notes.set("x", "1")
    with pytest.raises(OwnerLost):
        await store.ownership.beat("first", now=now, until=now + LEASE)
    assert await second.notes.get("x") is None
    await second.notes.set("x", "2")
    assert await (await open_again()).notes.get("x") == "2"


async def test_who_never_held_it_may_write(store: Store, open_again: Again, now: datetime) -> None:
    await take(store, "bot", now)
    command = await open_again()
    await command.notes.set("x", "1")
    assert await store.notes.get("x") == "1"


async def test_letting_go_ends_the_lease(store: Store, open_again: Again, now: datetime) -> None:
    await take(store, "first", now)
    await store.ownership.leave("first", now=now)
    held = await store.ownership.holder()
    assert held is not None
    assert held.until is None
    assert await take(await open_again(), "second", now)


async def test_nobody_holds_a_copy(store: Store, now: datetime, tmp_path: Path) -> None:
    await take(store, "first", now)
    await store.backup(str(tmp_path / "copy.db"))
    async with opened(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert await copy.ownership.holder() is None
