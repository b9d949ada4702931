"""What every store promises about the outcomes of polls, and what is learned of a source."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.models import (
    POLLED,
    Learned,
    NewSource,
    OffReason,
    PollOutcome,
    Source,
    SourceKind,
    SourceStats,
    TextFrom,
)
from storage.ports import Store
from tests.storage.conftest import Make


def outcome(source: Source, at: datetime, **values: Any) -> PollOutcome:
    plain = PollOutcome(source_id=source.id, at=at, next_poll_at=at + timedelta(minutes=30))
    return replace(plain, **values)


async def read(store: Store, source: Source) -> Source:
    stored = await store.sources.get(source.id)
    assert stored is not None
    return stored


async def test_exactly_the_polled_kinds_are_claimed(store: Store, now: datetime) -> None:
    for kind in SourceKind:
        new = NewSource(url=f"x:{kind}", title=kind, kind=kind, selector="a.news")
        added = await store.sources.add(new, now=now)
        assert (added.kind, added.selector) == (kind, "a.news")
    due = await store.sources.claim_due(now=now, limit=50, lease_s=60)
    assert {source.kind for source in due} == POLLED


async def test_what_a_poll_says_is_kept_until_another_says_otherwise(
    store: Store, source: Source, now: datetime
) -> None:
    said = outcome(
        source,
        now,
        interval_s=3600,
        ttl_s=7200,
        skip_hours=frozenset({3, 23}),
        skip_days=frozenset({7}),
        text_from=TextFrom.PAGE,
        wordless=3,
    )
    later = now + timedelta(hours=1)
    await store.sources.failed(said)
    await store.sources.failed(outcome(source, later))
    await store.sources.failed(outcome(source, later, error="timed out"))
    kept = await read(store, source)
    assert (kept.interval_s, kept.ttl_s) == (3600, 7200)
    assert (kept.skip_hours, kept.skip_days) == ({3, 23}, {7})
    assert (kept.text_from, kept.text_judged_at) == (TextFrom.PAGE, now)
    assert kept.wordless == 3
    await store.sources.failed(
        outcome(source, later, skip_hours=frozenset(), text_from=TextFrom.PAGE, interval_s=900)
    )
    changed = await read(store, source)
    assert (changed.interval_s, changed.ttl_s, changed.skip_hours) == (900, 7200, frozenset())
    assert changed.text_judged_at == later


async def test_moves_in_a_row_are_counted(store: Store, source: Source, now: datetime) -> None:
    counts = []
    for moved_to, error in [
        ("https://b.test/", None),
        ("https://b.test/", None),
        (None, "timed out"),  # says nothing of moves
        ("https://b.test/", None),
        ("https://c.test/", None),
        (None, None),
        ("https://c.test/", None),
    ]:
        await store.sources.failed(outcome(source, now, moved_to=moved_to, error=error))
        stored = await read(store, source)
        counts.append((stored.moved_to, stored.moved_times))
    b, c = "https://b.test/", "https://c.test/"
    assert counts == [(b, 1), (b, 2), (b, 2), (b, 3), (c, 1), (None, 0), (c, 1)]
    await store.sources.move(source.id, c)
    moved = await read(store, source)
    assert (moved.url, moved.moved_to, moved.moved_times) == (c, None, 0)


async def test_a_row_of_failures_has_a_beginning(
    store: Store, source: Source, now: datetime
) -> None:
    for hours in (1, 2, 3):
        at = now + timedelta(hours=hours)
        await store.sources.failed(outcome(source, at, error="timed out"))
    assert (await read(store, source)).failing_since == now + timedelta(hours=1)
    await store.sources.failed(outcome(source, now + timedelta(hours=4)))
    assert (await read(store, source)).failing_since is None


async def test_a_source_switched_off_says_when_until_it_is_switched_on(
    store: Store, source: Source, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    await store.sources.failed(outcome(source, now, error="410 Gone", switch_off=OffReason.GONE))
    await store.sources.failed(outcome(source, later, error="410 Gone", switch_off=OffReason.GONE))
    off = await read(store, source)
    assert (off.enabled, off.off_at, off.last_error) == (False, now, "410 Gone")
    assert (off.off_because, off.same_as) == (OffReason.GONE, None)
    await store.sources.enable(source.id, True, now=later)
    on = await read(store, source)
    assert (on.enabled, on.off_at, on.failures, on.failing_since) == (True, None, 0, None)
    assert (on.last_error, on.off_because) == (None, None)
    double = outcome(source, later, error="same", switch_off=OffReason.SAME, same_as=7)
    await store.sources.failed(double)
    off = await read(store, source)
    assert (off.off_because, off.same_as) == (OffReason.SAME, 7)


async def test_who_is_switched_off_by_hand_was_not_switched_off_by_svodka(
    store: Store, source: Source, now: datetime
) -> None:
    await store.sources.enable(source.id, False, now=now)
    await store.sources.failed(outcome(source, now, error="410 Gone", switch_off=OffReason.GONE))
    off = await read(store, source)
    assert (off.off_at, off.off_because) == (None, None)


async def test_pages_are_refused_until_a_time_and_for_one_source(
    store: Store, source: Source, other: Source, now: datetime
) -> None:
    until = now + timedelta(days=30)
    await store.sources.refuse(source.id, ["a", "b"], now=now, until=now + timedelta(days=1))
    await store.sources.refuse(source.id, ["b"], now=now, until=until)
    assert await store.sources.refused(source.id, ["a", "b", "c"], now=now) == {"a", "b"}
    assert await store.sources.refused(other.id, ["a", "b"], now=now) == set()
    later = now + timedelta(days=2)
    assert await store.sources.refused(source.id, ["a", "b"], now=later) == {"b"}
    assert await store.sources.refused(source.id, ["a", "b"], now=until) == set()


async def test_the_newest_refused_pages_of_a_source_are_remembered(
    store: Store, source: Source, now: datetime
) -> None:
    old, new = [f"old {n}" for n in range(20)], [f"new {n}" for n in range(4_990)]
    later = now + timedelta(hours=1)
    await store.sources.refuse(source.id, old, now=now, until=now + timedelta(days=30))
    await store.sources.refuse(source.id, new, now=later, until=later + timedelta(days=30))
    assert len(await store.sources.refused(source.id, old, now=later)) == 10
    assert await store.sources.refused(source.id, new, now=later) == set(new)


async def test_many_outcomes_are_committed_together_or_not_at_all(
    store: Store, source: Source, other: Source, now: datetime
) -> None:
    well, ill = outcome(source, now, etag="e"), outcome(other, now, error="timed out")
    await store.sources.failed_all([well, ill])
    assert (await read(store, source)).etag == "e"
    assert (await read(store, other)).failures == 1
    broken: Any = replace(well, etag=object())
    with pytest.raises(Exception, match="type 'object'"):
        await store.sources.failed_all([ill, broken])
    assert (await read(store, other)).failures == 1
    await store.sources.failed_all([])


async def test_a_source_is_found_by_its_url(store: Store, source: Source) -> None:
    assert await store.sources.by_url(source.url) == source
    assert await store.sources.by_url(source.url + "/") is None
    await store.sources.remove(source.id)
    assert await store.sources.by_url(source.url) is None


async def test_one_that_comes_back_begins_anew(store: Store, source: Source, now: datetime) -> None:
    said = outcome(
        source,
        now,
        interval_s=86400,
        ttl_s=7200,
        text_from=TextFrom.FEED,
        switch_off=OffReason.GONE,
    )
    await store.sources.failed(said)
    await store.sources.remove(source.id)
    back = await store.sources.add(NewSource(url=source.url, title=source.title), now=now)
    assert back == source


async def test_a_removed_source_keeps_no_address_from_another(
    store: Store, source: Source, other: Source
) -> None:
    await store.sources.remove(other.id)
    assert await store.sources.move(source.id, other.url)
    assert (await read(store, source)).url == other.url


async def test_what_is_learned_is_replaced(store: Store, source: Source) -> None:
    assert await store.sources.learned(source.id) == Learned()
    first = Learned(texts=9, lines={"Поделиться": 8, "Читайте «также»": 3})
    await store.sources.learn(source.id, first)
    assert await store.sources.learned(source.id) == first
    await store.sources.learn(source.id, Learned(texts=10))
    assert await store.sources.learned(source.id) == Learned(texts=10)


async def test_stats_tell_what_each_source_gave(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    def article(source: Source, key: str, minutes: float, **values: Any) -> Any:
        made = make.article(source, key, at=now - timedelta(minutes=minutes), seen=now)
        return replace(made, **values)

    first = timedelta(hours=2)  # what each held when it was added

    await store.articles.add(
        [
            article(source, "0", 700, seen_at=now - first),
            article(other, "0", 700, seen_at=now - first),
            article(source, "1", 10),
            article(source, "2", 30, whole=False),
            article(source, "3", 5, dated=False),
            article(source, "4", 40, backfill=True),
            article(source, "5", 5000),
            article(other, "1", 1),
            article(other, "2", 2),
            article(other, "3", 9),
        ]
    )
    old = make.article(other, "old", at=now - timedelta(days=40))
    await store.articles.add([old])
    edit = replace(make.article(other, "3", "Рейс отменён"), version="v")
    await store.articles.edit(other.id, edit, now=now)
    newest, others = now - timedelta(minutes=5), now - timedelta(minutes=1)
    assert await store.sources.stats(since=now - timedelta(days=30)) == {
        source.id: SourceStats(
            entries=6, whole=5, edited=0, median_delay_s=20 * 60, newest_at=newest
        ),
        other.id: SourceStats(
            entries=4, whole=4, edited=1, median_delay_s=2 * 60, newest_at=others
        ),
    }
    assert await store.sources.stats(since=now + timedelta(days=1)) == {}
