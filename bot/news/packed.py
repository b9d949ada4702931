"""Packed articles: how the story index holds tens of thousands of them in little memory.

The dicts and sets of one article's evidence take some 12 KB, and are needed only when it is among
the dozen that a newcomer is compared with. Words stand in a tuple, being shared with the index,
beside an array of their weights; all else is bytes.
"""

import marshal
from array import array
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from bot.news.decisions import Kept
from bot.news.evidence import Evidence, Weighed

_NAMES = tuple(field.name for field in fields(Evidence) if field.name != "published_at")


@dataclass(frozen=True, slots=True)
class Packed:
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
    def of(cls, kept: Kept) -> "Packed":
        vector = kept.evidence.vector
        evidence = replace(kept.evidence, spelled={}, vector={})
        marks = tuple(key for key in kept.evidence.keys if key not in vector)
        values: Any = tuple(_plain(getattr(evidence, name)) for name in _NAMES)
        return cls(
            kept.article_id,
            kept.story_id,
            kept.fingerprint,
            evidence.published_at,
            tuple(vector),
            array("f", vector.values()),
            marks,
            evidence.roundup,
            marshal.dumps(values, 2),  # without references: it is read faster so
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """All that it is found by, as its evidence had them."""
        return self.words + self.marks

    def unpacked(self) -> Kept:
        values: tuple[Any, ...] = marshal.loads(self.rest)  # noqa: S302 - our own bytes
        rich = [Weighed(worth=v[0], total=v[1]) if type(v) is tuple else v for v in values]
        named: dict[str, Any] = dict(zip(_NAMES, rich, strict=True))
        named["vector"] = dict(zip(self.words, self.weights, strict=True))
        evidence = Evidence(**named, published_at=self.published_at)
        return Kept(self.article_id, self.story_id, self.fingerprint, evidence)


def _plain(value: object) -> object:
    """A value that marshal knows; Weighed is a pair."""
    return (dict(value.worth), value.total) if isinstance(value, Weighed) else value


class Posting:
    """The articles that have a key: how many, and which are the newest."""

    __slots__ = ("count", "newest")

    def __init__(self) -> None:
        self.count = 0
        self.newest: list[int] = []  # ids in the order they came

    def add(self, article_id: int, at_most: int) -> None:
        """Remember it; of the older ones no more than are looked at, and some."""
        self.count += 1
        self.newest.append(article_id)
        if len(self.newest) > 2 * at_most:
            del self.newest[:-at_most]

    def rename(self, article_id: int, new_id: int) -> None:
        """One that is counted already is known by another id from now on."""
        newest = self.newest
        for at in range(len(newest) - 1, -1, -1):  # it came among the last
            if newest[at] == article_id:
                newest[at] = new_id
                return

    def drop(self, article_id: int) -> None:
        self.count -= 1
        if article_id in self.newest:
            self.newest.remove(article_id)
