"""A clock that is set forward or back: what waits waits as long as it was to."""

from datetime import datetime, timedelta

import pytest

from bot.jobs.work.clockwatch import ClockWatch
from storage.models import DeliveryKind, DeliveryState, NewDelivery, Post
from storage.ports import Store

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Clocks:
    """One on the wall, which can be set, and one that cannot."""

    def __init__(self, now: datetime) -> None:
        self.wall = now
        self.ticks = 0.0

    def __call__(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.ticks

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.ticks += time.total_seconds()


@pytest.fixture
def clocks(now: datetime) -> Clocks:
    return Clocks(now)


@pytest.fixture
def watch(store: Store, clocks: Clocks) -> ClockWatch:
    return ClockWatch(store.outbox, clocks, clocks.monotonic)


async def waiting(store: Store, now: datetime) -> None:
    """One told to wait for a minute, and one in doubt."""
    for chat_id in (1, 2):
        new = NewDelivery(
            key=f"{chat_id}", chat_id=chat_id, kind=DeliveryKind.DIGEST, post=Post(text="x")
        )
        await store.outbox.add(new, now=now)
    told, doubtful = await store.outbox.claim(owner="t", now=now, limit=2, lease_s=60)
    await store.outbox.retry(told.id, not_before=now + MINUTE, error="429", now=now)
    await store.outbox.sending(doubtful.id, floor=1, now=now)
    await store.outbox.unknown(doubtful.id, error="reset", now=now)


async def ready(store: Store, now: datetime) -> tuple[int, int]:
    """How many may leave now, and how many have been in doubt for a minute."""
    doubtful = await store.outbox.in_doubt(before=now - MINUTE, limit=9)
    claimed = await store.outbox.claim(owner="t", now=now, limit=9, lease_s=60)
    return len(claimed), len(doubtful)


@pytest.mark.parametrize("by", [HOUR, -HOUR])
async def test_a_clock_that_is_set_changes_no_wait(
    store: Store, watch: ClockWatch, clocks: Clocks, by: timedelta
) -> None:
    await watch.now()
    await waiting(store, clocks.wall)
    clocks.wall += by
    clocks.pass_by(MINUTE / 2)
    assert await ready(store, await watch.now()) == (0, 0)
    clocks.pass_by(2 * MINUTE)
    assert await ready(store, await watch.now()) == (1, 1)


async def test_what_was_written_since_it_was_set_stays(
    store: Store, watch: ClockWatch, clocks: Clocks
) -> None:
    await watch.now()
    clocks.wall += HOUR
    await waiting(store, clocks.wall)
    clocks.pass_by(2 * MINUTE)
    assert await ready(store, await watch.now()) == (1, 1)


async def test_after_a_restart_rows_from_the_future_wait_from_now(
    store: Store, now: datetime
) -> None:
    await waiting(store, now + HOUR)
    await store.outbox.recover(owner="heir", now=now)
    assert await ready(store, now + MINUTE / 2) == (0, 0)
    assert await ready(store, now + 2 * MINUTE) == (1, 1)


async def test_a_clock_set_forward_before_a_restart_ends_no_doubt_early(
    store: Store, now: datetime
) -> None:
    await waiting(store, now)
    await store.outbox.recover(owner="heir", now=now + HOUR)
    assert (await ready(store, now + HOUR + MINUTE / 2))[1] == 0
    assert (await ready(store, now + HOUR + 2 * MINUTE))[1] == 1


async def test_what_was_given_back_does_not_wait_for_a_time_that_had_come(
    store: Store, now: datetime
) -> None:
    await waiting(store, now + HOUR)
    later = now + HOUR + MINUTE
    [claimed] = await store.outbox.claim(owner="t", now=later, limit=9, lease_s=60)
    await store.outbox.release([claimed.id], now=later)
    assert len(await store.outbox.claim(owner="t", now=now, limit=9, lease_s=60)) == 1


async def test_a_clock_that_is_kept_right_is_not_noticed(
    store: Store, watch: ClockWatch, clocks: Clocks, caplog: pytest.LogCaptureFixture
) -> None:
    await watch.now()
    for _ in range(5):
        clocks.pass_by(MINUTE)
        clocks.wall += timedelta(milliseconds=500)
        await watch.now()
    assert caplog.records == []
    clocks.wall -= HOUR
    await watch.now()
    assert [record.getMessage() for record in caplog.records] == ["the clock was set"]
    assert (await store.outbox.counts())[DeliveryState.RETRY] == 0
