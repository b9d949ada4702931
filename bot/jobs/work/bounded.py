"""What is remembered, and no more of it than fits."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """What was worked out; when `most` are kept, all of them make room."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, value: V) -> V:
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


class BoundedCounter:
    """How often each of the last `most` things was counted."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: OrderedDict[Hashable, int] = OrderedDict()

    def count(self, thing: Hashable, by: int = 1) -> int:
        """Count it; how often it was by now."""
        self._counts[thing] = self._counts.pop(thing, 0) + by
        if len(self._counts) > self._most:
            self._counts.popitem(last=False)
        return self._counts[thing]
