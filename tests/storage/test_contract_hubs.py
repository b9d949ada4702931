"""What every store promises about WebSub subscriptions."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.models import HubState, HubSubscription, NewSource, Source, SourceKind
from storage.ports import Store


@pytest.fixture
def asked(source: Source, now: datetime) -> HubSubscription:
    return HubSubscription(
        source_id=source.id,
        hub="https://hub.test/",
        topic=source.url,
        token="t1",
        secret="s1",
        act_at=now,
    )


async def test_a_source_has_one_subscription(
    store: Store, asked: HubSubscription, now: datetime
) -> None:
    await store.hubs.put(asked)
    assert await store.hubs.get(asked.source_id) == asked
    assert await store.hubs.by_token("t1") == asked
    active = replace(
        asked, token="t2", state=HubState.ACTIVE, lease_until=now + timedelta(days=7), attempts=3
    )
    await store.hubs.put(active)
    assert await store.hubs.all() == [active]
    assert await store.hubs.by_token("t1") is None
    await store.hubs.drop(asked.source_id)
    assert await store.hubs.get(asked.source_id) is None


async def test_those_due_are_of_sources_that_are_on(
    store: Store, asked: HubSubscription, other: Source, now: datetime
) -> None:
    longer = replace(
        asked, source_id=other.id, token="t2", act_at=now - timedelta(hours=1), attempts=1
    )
    for subscription in (asked, longer):
        await store.hubs.put(subscription)
    early = now - timedelta(minutes=1)
    assert await store.hubs.due(now=early, limit=9) == [longer]
    assert await store.hubs.due(now=now, limit=9) == [longer, asked]
    assert await store.hubs.due(now=now, limit=1) == [longer]
    await store.sources.enable(asked.source_id, False, now=now)
    await store.sources.remove(other.id)
    assert await store.hubs.due(now=now, limit=9) == []
    assert await store.hubs.all() == [asked, longer]


async def test_a_dropped_sample_takes_its_subscription_along(
    store: Store, asked: HubSubscription, now: datetime
) -> None:
    new = NewSource(url="sample:x", title="x", kind=SourceKind.SAMPLE)
    sample = await store.sources.add(new, now=now)
    await store.hubs.put(replace(asked, source_id=sample.id))
    await store.articles.drop_samples()
    assert await store.hubs.all() == []
