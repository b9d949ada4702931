"""What every store promises about sources."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from storage.models import NewSource, OffReason, PollOutcome, Source, SourceKind
from storage.ports import Store

FEED = NewSource(
    url="https://a.test/rss", title="Вести", region="kuzbass", zone="Asia/Novokuznetsk"
)


def outcome(source: Source, at: datetime, **values: Any) -> PollOutcome:
    plain = PollOutcome(source_id=source.id, at=at, next_poll_at=at + timedelta(minutes=30))
    return replace(plain, **values)


async def test_a_new_source_is_due_at_once(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    assert (added.url, added.title, added.zone) == (FEED.url, FEED.title, FEED.zone)
    assert await store.sources.claim_due(now=now, limit=5, lease_s=60) == [added]
    assert await store.sources.get(added.id) != added  # its lease moved its next poll


async def test_a_known_url_gives_the_stored_source(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    again = await store.sources.add(replace(FEED, title="Другое"), now=now + timedelta(hours=1))
    assert again == added
    assert await store.sources.all() == [added]
    assert await store.sources.titles() == [FEED.title]


async def test_a_claimed_source_is_nobody_elses_until_its_lease_is_over(
    store: Store, now: datetime
) -> None:
    added = await store.sources.add(FEED, now=now)
    await store.sources.claim_due(now=now, limit=5, lease_s=60)
    assert await store.sources.claim_due(now=now, limit=5, lease_s=60) == []
    later = now + timedelta(seconds=60)
    assert [s.id for s in await store.sources.claim_due(now=later, limit=5, lease_s=60)] == [
        added.id
    ]


async def test_the_longest_due_come_first(store: Store, now: datetime) -> None:
    for minutes, name in [(3, "c"), (1, "a"), (2, "b")]:
        new = NewSource(url=f"https://{name}.test", title=name)
        await store.sources.add(new, now=now + timedelta(minutes=minutes))
    due = await store.sources.claim_due(now=now + timedelta(hours=1), limit=2, lease_s=60)
    assert [s.title for s in due] == ["a", "b"]


async def test_imports_and_samples_are_never_polled(store: Store, now: datetime) -> None:
    for kind in (SourceKind.IMPORT, SourceKind.SAMPLE):
        await store.sources.add(NewSource(url=f"x:{kind}", title="x", kind=kind), now=now)
    assert await store.sources.claim_due(now=now, limit=5, lease_s=60) == []


async def test_a_source_switched_off_is_not_polled_and_one_switched_on_is_due(
    store: Store, now: datetime
) -> None:
    added = await store.sources.add(FEED, now=now)
    later = now + timedelta(days=1)
    assert await store.sources.enable(added.id, False, now=now)
    assert await store.sources.claim_due(now=later, limit=5, lease_s=60) == []
    assert await store.sources.enable(added.id, True, now=later)
    assert len(await store.sources.claim_due(now=later, limit=5, lease_s=60)) == 1
    assert not await store.sources.enable(999, True, now=now)


async def test_a_servers_own_wait_is_kept(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    until = now + timedelta(hours=2)
    await store.sources.failed(outcome(added, now, error="503", wait_until=until))
    await store.sources.enable(added.id, True, now=now)
    early = now + timedelta(hours=1)
    assert await store.sources.claim_due(now=early, limit=5, lease_s=60) == []
    assert len(await store.sources.claim_due(now=until, limit=5, lease_s=60)) == 1


async def test_failures_are_counted_until_a_success(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    await store.sources.failed(outcome(added, now, etag="e1", last_modified="m1"))
    for _ in range(2):
        await store.sources.failed(outcome(added, now, error="timed out"))
    ill = await store.sources.get(added.id)
    assert ill is not None
    assert (ill.failures, ill.last_error, ill.etag) == (2, "timed out", "e1")
    assert ill.next_poll_at == now + timedelta(minutes=30)
    await store.sources.failed(outcome(added, now + timedelta(hours=1)))
    well = await store.sources.get(added.id)
    assert well is not None
    assert (well.failures, well.last_error) == (0, None)
    assert well.last_success_at == now + timedelta(hours=1)


async def test_a_304_without_validators_keeps_those_we_have(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    await store.sources.failed(outcome(added, now, etag="e1", last_modified="m1"))
    await store.sources.failed(outcome(added, now))
    kept = await store.sources.get(added.id)
    assert kept is not None
    assert (kept.etag, kept.last_modified) == ("e1", "m1")
    await store.sources.failed(outcome(added, now, etag="e2"))
    new = await store.sources.get(added.id)
    assert new is not None
    assert (new.etag, new.last_modified) == ("e2", None)


async def test_a_source_that_is_gone_is_switched_off(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    await store.sources.failed(outcome(added, now, error="410 Gone", switch_off=OffReason.GONE))
    gone = await store.sources.get(added.id)
    assert gone is not None
    assert not gone.enabled


async def test_a_removed_source_can_be_added_again(store: Store, now: datetime) -> None:
    added = await store.sources.add(FEED, now=now)
    await store.sources.failed(outcome(added, now, etag="e1", last_modified="m1"))
    assert await store.sources.remove(added.id)
    assert not await store.sources.remove(added.id)
    assert await store.sources.all() == []
    assert await store.sources.get(added.id) is None
    assert await store.sources.claim_due(now=now + timedelta(days=1), limit=5, lease_s=60) == []
    back = await store.sources.add(replace(FEED, title="Снова"), now=now)
    assert (back.title, back.etag) == ("Снова", None)
    assert await store.sources.claim_due(now=now, limit=5, lease_s=60) == [back]
