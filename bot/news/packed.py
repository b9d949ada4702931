"""Packed articles: how the story index holds tens of thousands of them in little memory.

The dicts and sets of one article's evidence take some 12 KB, and are needed only when it is among
the dozen that a newcomer is compared with. Words stand in a tuple, being shared with the index,
beside an array of their weights; all else is bytes.
"""

import marshal
from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.news.evidence import Evidence, Weighed

_WEIGHED = 5  # fields of evidence that are Weighed: the first
_BYTES = Evidence._fields.index("published_at")  # those before are bytes here


class Packed(NamedTuple):
    """An article in the index, to be unpacked when it is compared."""

    article_id: int
    story_id: int
    fingerprint: "array[int]"
    published_at: datetime
    words: tuple[str, ...]
    weights: "array[float]"
    marks: tuple[str, ...]  # names and numbers that it is found by, besides its words
    roundup: bool
    rest: bytes

    @classmethod
    def of(
        cls, article_id: int, story_id: int, fingerprint: Sequence[int], evidence: Evidence
    ) -> "Packed":
        values: tuple[Any, ...] = evidence[:_BYTES]
        plain: Any = (*map(tuple, values[:_WEIGHED]), *values[_WEIGHED:])
        return cls(
            article_id,
            story_id,
            array("I", fingerprint),
            evidence.published_at,
            tuple(evidence.vector),
            array("f", evidence.vector.values()),
            tuple(evidence.marks),
            evidence.roundup,
            marshal.dumps(plain, 2),  # without references: it is read faster so
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """All that it is found by, as its evidence had them."""
        return self.words + self.marks

    def evidence(self) -> Evidence:
        """All but what only the later of two tells of itself."""
        values: tuple[Any, ...] = marshal.loads(self.rest)  # noqa: S302 - our own bytes
        weighed = map(Weighed._make, values[:_WEIGHED])
        vector = dict(zip(self.words, self.weights, strict=True))
        return Evidence._make((*weighed, *values[_WEIGHED:], self.published_at, vector, {}, {}))


class Posting:
    """The articles that have a key: how many, and which are the newest."""

    __slots__ = ("believed", "count", "newest")

    def __init__(self, believed: float) -> None:
        self.believed = believed  # of articles that nobody counted, those that have it
        self.count = 0
        self.newest: list[int] = []  # ids in the order they came

    def add(self, article_id: int, at_most: int) -> None:
        """Remember it; of the older ones no more than are looked at, and some."""
        self.count += 1
        self.newest.append(article_id)
        if len(self.newest) > 2 * at_most:
            del self.newest[:-at_most]

    def drop(self, article_id: int) -> None:
        self.count -= 1
        if article_id in self.newest:
            self.newest.remove(article_id)
