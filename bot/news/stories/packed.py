"""Packed articles: how the story index holds tens of thousands of them in little memory.

The dicts and sets of one article's evidence take some 4 KB, and are needed only when it is among
the dozen that a newcomer is compared with. Its words, names and numbers stand in one tuple, being
shared with the index and with other articles, beside one array of what they are worth.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from bot.news.stories.details import all_rounded, telling
from bot.news.stories.evidence import Evidence, Weighed


class Packed(NamedTuple):
    """An article in the index, to be unpacked when it is compared."""

    article_id: int
    story_id: int
    source_id: int
    fingerprint: "array[int]"
    published_at: datetime
    language: str
    roundup: bool
    keys: tuple[str, ...]  # all that it is found by: words, then names and numbers
    strings: tuple[str, ...]  # the words of its title, names …, one kind after another
    sizes: "array[int]"  # how many there are of each kind: words of keys, then those of strings
    worth: "array[float]"  # of the words, the title's, the names and details; and their rarity

    @classmethod
    def of(
        cls, article_id: int, story_id: int, fingerprint: Sequence[int], evidence: Evidence
    ) -> "Packed":
        e = evidence
        weighed = (e.title.worth, e.names.worth, e.details.worth)
        others = (
            *(e.titled.worth, e.numbers.worth, e.openers, e.openers.values()),
            *(e.derived, e.figures, e.days, e.titled_places),
        )
        worth = chain(*[one.values() for one in weighed], (e.rarity,))
        return cls(
            article_id,
            story_id,
            e.source_id,
            array("I", fingerprint),
            e.published_at,
            e.language,
            e.roundup,
            (*e.words, *e.marks),
            tuple(chain(*weighed, *others)),
            array("I", map(len, (e.weights, *weighed, *others))),
            e.weights + array("f", worth),
        )

    def evidence(self) -> Evidence:
        """All but what only the later of two tells of itself."""
        words, title, names, details, titled, numbers, openers, _, *rest = self.sizes
        worth, strings = iter(self.worth[words:]), iter(self.strings)
        titles = dict(zip(islice(strings, title), worth, strict=False))
        named = dict(zip(islice(strings, names), worth, strict=False))
        particular = dict(zip(islice(strings, details), worth, strict=False))
        in_title = {name: named[name] for name in islice(strings, titled)}
        given = {number: telling(number) for number in islice(strings, numbers)}
        opening = dict(zip([*islice(strings, openers)], strings, strict=False))
        derived, figures, days, places = [frozenset(islice(strings, size)) for size in rest]
        return Evidence(
            title=Weighed.of(titles),
            names=Weighed.of(named),
            titled=Weighed.of(in_title),
            numbers=Weighed.of(given),
            details=Weighed.of(particular),
            rarity=self.worth[-1],
            openers=opening,
            derived=derived,
            figures=figures,
            days=days,
            titled_places=places,
            language=self.language,
            roundup=self.roundup,
            source_id=self.source_id,
            published_at=self.published_at,
            rounded=all_rounded(particular),
            words=self.keys,
            weights=self.worth,
        )


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
