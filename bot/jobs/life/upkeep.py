"""Upkeep: old rows go, and what is going on is counted for whoever watches."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.models import DeliveryState, HubState
from storage.ports import Store

log = logging.getLogger("svodka.upkeep")

KEEP_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What /metrics shows. `sources` by state: on, off, failing; `hubs` by HubState."""

    articles: int
    stories: int
    sources: Mapping[str, int]
    subscriptions: int
    deliveries: Mapping[DeliveryState, int]
    hubs: Mapping[str, int]


async def tidy(store: Store, *, now: datetime, keep_days: int = KEEP_DAYS) -> int:
    """Delete settled deliveries and seen message ids older than that; how many rows went."""
    gone = await store.tidy(now=now, keep_days=keep_days)
    if gone:
        log.info("tidied", extra={"rows": gone})
    return gone


async def counts(store: Store) -> Counts:
    """One look at everything that is counted."""
    sources = await store.sources.all()
    hubs = [subscription.state for subscription in await store.hubs.all()]
    return Counts(
        articles=await store.articles.count(),
        stories=await store.stories.count(),
        sources={
            "on": sum(source.enabled for source in sources),
            "off": sum(not source.enabled for source in sources),
            "failing": sum(source.enabled and source.failures > 0 for source in sources),
        },
        subscriptions=await store.subscriptions.count(),
        deliveries=await store.outbox.counts(),
        hubs={state.value: hubs.count(state) for state in HubState},
    )
