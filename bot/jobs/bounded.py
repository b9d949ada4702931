"""A count of the things met last, and no more of them than fit."""

from collections import OrderedDict
from collections.abc import Hashable


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
