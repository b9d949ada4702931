"""What is done with deliveries that may have been sent: ours, and what others do."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.jobs.delivery.outbox import Outbound
from storage.ports import Store

AT_ONCE = 1_000

Settle = Callable[[Outbound, Store, datetime], Awaitable[None]]


async def ours(outbound: Outbound, store: Store, now: datetime) -> None:
    """RECONCILE=on, and off: then it was told not to ask."""
    await outbound.settle()


async def blind(outbound: Outbound, store: Store, now: datetime) -> None:
    """Send it again, as a loop of tries would."""
    for delivery in await store.outbox.in_doubt(before=now, limit=AT_ONCE):
        await store.outbox.unsend(delivery.id, now=now)
        outbound.bell.set()


async def hold(outbound: Outbound, store: Store, now: datetime) -> None:
    """Never send it again, as who marks it sent before the request."""
    for delivery in await store.outbox.in_doubt(before=now, limit=AT_ONCE):
        await store.outbox.dead(delivery.id, error="held", now=now)
        outbound.bell.set()


WAYS: Mapping[str, Settle] = {"ask": ours, "policy": ours, "blind": blind, "hold": hold}
