"""Broadcasts, all that was planned for one slot: how far each is, and steering it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.models import Broadcast, BroadcastState, DeliveryState
from storage.ports import Broadcasts

RATED_OVER = timedelta(minutes=1)
SHOWN = 5
OPEN = (
    DeliveryState.PLANNED,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.RETRY,
    DeliveryState.UNKNOWN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a broadcast is."""

    broadcast: Broadcast
    rate_per_s: float  # of the last minute

    @property
    def total(self) -> int:
        return sum(self.broadcast.deliveries.values())

    @property
    def sent(self) -> int:
        return self.broadcast.deliveries[DeliveryState.SENT]

    @property
    def dead(self) -> int:
        return self.broadcast.deliveries[DeliveryState.DEAD]

    @property
    def left(self) -> int:
        return sum(self.broadcast.deliveries[state] for state in OPEN)

    @property
    def left_s(self) -> float | None:
        """How long it will take at that rate; None while nobody can tell."""
        running = self.broadcast.state is BroadcastState.RUNNING
        return self.left / self.rate_per_s if running and self.rate_per_s else None


async def progress(
    broadcasts: Broadcasts, found: Sequence[Broadcast], *, now: datetime
) -> list[Progress]:
    """How far each of these is."""
    return [
        Progress(broadcast=one, rate_per_s=await _rate(broadcasts, one, now=now)) for one in found
    ]


async def cancel(broadcasts: Broadcasts, broadcast_id: int, *, now: datetime) -> bool:
    """No more of it leaves, and all that has not is dead; False unless it was still open."""
    if not await broadcasts.cancel(broadcast_id, now=now):
        return False
    await settle(broadcasts, now=now)
    return True


async def settle(broadcasts: Broadcasts, *, now: datetime) -> None:
    """End what a kill, or an answer that came late, left of those that are cancelled or done."""
    while await broadcasts.clear(now=now):
        pass
    await broadcasts.finish(now=now)


def name_of(slot: datetime) -> str:
    """20261118T0100Z, as in the keys of its deliveries."""
    return f"{slot:%Y%m%dT%H%MZ}"


def slot_of(name: str) -> datetime:
    """Raises ValueError."""
    return datetime.strptime(name, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


async def _rate(broadcasts: Broadcasts, broadcast: Broadcast, *, now: datetime) -> float:
    if broadcast.state is not BroadcastState.RUNNING:
        return 0.0
    since = max(now - RATED_OVER, broadcast.began_at)
    over_s = max(1.0, (now - since).total_seconds())
    return await broadcasts.sent_since(broadcast.id, since) / over_s
