"""Upkeep: old rows go, and what is going on is counted for whoever watches."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.models import DeliveryState
from storage.ports import Store

log = logging.getLogger("svodka.upkeep")

KEEP_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What /metrics and `svodka check` show."""

    articles: int
    stories: int
    sources: int
    sources_failing: int
    subscriptions: int
    deliveries: Mapping[DeliveryState, int]
    next_digest_at: datetime | None
    next_retry_at: datetime | None


async def tidy(store: Store, *, now: datetime, keep_days: int = KEEP_DAYS) -> int:
    """Delete settled deliveries and seen message ids older than that; how many rows went."""
    gone = await store.tidy(now=now, keep_days=keep_days)
    if gone:
        log.info("tidied", extra={"rows": gone})
    return gone


async def counts(store: Store) -> Counts:
    """One look at everything that is counted."""
    sources = await store.sources.all()
    return Counts(
        articles=await store.articles.count(),
        stories=await store.stories.count(),
        sources=len(sources),
        sources_failing=sum(source.failures > 0 for source in sources),
        subscriptions=await store.subscriptions.count(),
        deliveries=await store.outbox.counts(),
        next_digest_at=await store.subscriptions.next_due_at(),
        next_retry_at=await store.outbox.next_retry_at(),
    )
