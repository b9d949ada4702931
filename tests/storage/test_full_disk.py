"""A disk that is full: what was stored is whole, what was not is said, and it goes on with room."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from storage.errors import StoreUnusable
from storage.models import DeliveryState
from storage.ports import Store
from tests.storage.conftest import Make


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """For this process; what is written beyond it is cut off, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def plan_many(store: Store, make: Make) -> None:
    for number in range(100):
        await store.outbox.plan(make.digest(f"d{number}", parts=20))


@pytest.mark.parametrize("room", [0, 100, 5_000])
async def test_a_write_cut_off_by_a_full_disk_leaves_no_half(
    store: Store, make: Make, now: datetime, tmp_path: Path, room: int
) -> None:
    assert await store.outbox.add(make.delivery("before"), now=now)
    log = tmp_path / "svodka.db-wal"
    with no_file_longer_than(log.stat().st_size + room), pytest.raises(StoreUnusable):
        await plan_many(store, make)
    planned = await store.outbox.list(limit=10_000)
    assert len(planned) % 20 == 1  # whole digests, and the one before
    assert await store.check() == []
    assert await store.outbox.add(make.delivery("after"), now=now)
    assert (await store.outbox.counts())[DeliveryState.PLANNED] == len(planned) + 1
