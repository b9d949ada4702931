"""Rounds: hosts beside each other, sources of one host in turn, slow ones in nobody's way."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.jobs.gathering.committing import Committing
from bot.jobs.gathering.rounds import Rounds
from storage.errors import StoreUnusable
from storage.models import NewSource, PollOutcome, Source, SourceKind
from storage.ports import Store

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def source(number: int, host: str) -> Source:
    url = f"https://{host}/{number}"
    return Source(id=number, url=url, title=url, kind=SourceKind.FEED)


class Work:
    """Remembers who was at work at once; those of the host slow.example wait for the gate."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.busy: list[str] = []
        self.most = 0
        self.gate = asyncio.Event()

    async def __call__(self, one: Source) -> None:
        host = one.url.split("/")[2]
        assert host not in self.busy
        self.busy.append(host)
        self.most = max(self.most, len(self.busy))
        await (self.gate.wait() if host == "slow.example" else asyncio.sleep(0))
        self.busy.remove(host)
        self.done.append(one.id)


async def test_sources_of_one_host_are_worked_on_in_turn_and_hosts_beside_each_other() -> None:
    work = Work()
    rounds = Rounds(places=3)
    await rounds.run([source(i, f"h{i % 5}.example") for i in range(20)], work)
    assert sorted(work.done) == list(range(20))
    assert work.most == 3


async def test_a_slow_host_keeps_nobody_waiting_and_is_not_begun_again() -> None:
    work = Work()
    rounds = Rounds(places=2)
    slow = [source(1, "slow.example"), source(2, "slow.example")]
    await rounds.run([*slow, source(3, "a.example")], work, patience_s=0.05)
    assert work.done == [3]
    await rounds.run([*slow, source(4, "b.example"), source(3, "a.example")], work)
    assert sorted(work.done) == [3, 3, 4]
    work.gate.set()
    while rounds.full or len(work.done) < 5:
        await asyncio.sleep(0)
    assert work.done[-2:] == [1, 2]
    await rounds.run(slow, work)  # they may be worked on again now
    assert work.done[-2:] == [1, 2]


async def test_closing_ends_what_goes_on_in_the_background() -> None:
    work = Work()
    rounds = Rounds(places=1)
    await rounds.run([source(1, "slow.example")], work, patience_s=0.01)
    assert rounds.full
    await rounds.close()
    assert not rounds.full
    work.busy.clear()
    work.gate.set()
    await rounds.run([source(1, "slow.example")], work)
    assert work.done == [1]


async def test_what_fails_in_the_store_reaches_the_caller_and_blocks_nothing_later() -> None:
    async def fails(one: Source) -> None:
        raise RuntimeError(one.url)

    rounds = Rounds(places=1)
    sources = [source(i, f"h{i}.example") for i in range(3)]
    with pytest.raises(RuntimeError):
        await rounds.run(sources, fails)
    work = Work()
    await rounds.run(sources, work)
    assert len(work.done) == 3


async def test_one_worked_on_alone_is_left_out_of_rounds_also_when_nobody_waits_for_it() -> None:
    work, gate = Work(), asyncio.Event()

    async def long(one: Source) -> str:
        await gate.wait()
        return one.url

    rounds = Rounds(places=2)
    mine = source(1, "a.example")
    assert await rounds.alone(mine, long, patience_s=0.01) is None
    await rounds.run([mine], work)
    assert work.done == []
    gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await rounds.run([mine], work)
    assert work.done == [1]
    assert await rounds.alone(mine, long) == mine.url


async def test_outcomes_that_come_together_are_one_transaction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_is = [await store.sources.add(NewSource(url=f"u{i}", title="t"), now=NOW) for i in range(9)]
    sizes: list[int] = []
    commit = store.sources.failed_all

    async def counted(outcomes: list[PollOutcome]) -> None:
        sizes.append(len(outcomes))
        await commit(outcomes)

    monkeypatch.setattr(store.sources, "failed_all", counted)
    committing = Committing(store.sources)
    outcomes = [
        PollOutcome(source_id=s.id, at=NOW, next_poll_at=NOW, etag=f'"{s.id}"') for s in now_is
    ]
    await asyncio.gather(*(committing.commit(outcome) for outcome in outcomes))
    assert sizes == [9]
    assert [s.etag for s in await store.sources.all()] == [f'"{s.id}"' for s in now_is]


async def test_a_caller_cancelled_costs_no_other_its_outcome(store: Store) -> None:
    now_is = [await store.sources.add(NewSource(url=f"u{i}", title="t"), now=NOW) for i in range(2)]
    committing = Committing(store.sources)
    first, second = (
        asyncio.create_task(
            committing.commit(
                PollOutcome(source_id=s.id, at=NOW, next_poll_at=NOW, etag=f'"{s.id}"')
            )
        )
        for s in now_is
    )
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert [s.etag for s in await store.sources.all()] == [f'"{s.id}"' for s in now_is]


async def test_a_write_that_fails_is_told_to_all_who_waited(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: list[PollOutcome]) -> None:
        raise StoreUnusable("The disk is full.")

    monkeypatch.setattr(store.sources, "failed_all", fails)
    committing = Committing(store.sources)
    outcome = PollOutcome(source_id=1, at=NOW, next_poll_at=NOW)
    both = (committing.commit(outcome), committing.commit(outcome))
    told = await asyncio.gather(*both, return_exceptions=True)
    assert [str(one) for one in told] == ["The disk is full."] * 2
