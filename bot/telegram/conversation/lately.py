"""What happened lately, by key, in memory alone: bounded, and soon forgotten."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST = 5_000


class Lately(Generic[K, V]):
    """Values that count for a while; of more than `most` the oldest go first."""

    def __init__(self, lasts: timedelta, *, most: int = MOST) -> None:
        self._lasts = lasts
        self._most = most
        self._kept: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[K]:
        return iter(list(self._kept))

    def put(self, key: K, value: V, *, now: datetime) -> None:
        self._kept[key] = (now, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: K, *, now: datetime) -> V | None:
        """The value, unless it was put too long ago."""
        at, value = self._kept.get(key, (None, None))
        if at is None or now - at > self._lasts:
            self._kept.pop(key, None)
            return None
        return value

    def drop(self, *keys: K) -> None:
        for key in keys:
            self._kept.pop(key, None)
