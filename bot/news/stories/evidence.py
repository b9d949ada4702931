"""The evidence of an article, weighed for comparison: its words, names, numbers and days.

Tuples, because those of a dozen others are made anew for each article that comes.
"""

import math
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from operator import mul
from sys import intern
from typing import NamedTuple

from bot.news.stories.details import all_rounded, details, telling
from bot.news.words.commonness import GIST_SHARE, rarities
from bot.news.words.kindred import gist
from bot.news.words.skeletons import DERIVED, ROOT, skeleton

Idf = Callable[[Iterable[str]], list[float]]
EVERYDAY = 2.0  # idf of a name everybody writes (Кузбасс); only what is above it counts
NAME, NUMBER = "c:", "n:"  # how names and numbers are told from words in the index


class Weighed(NamedTuple):
    """Words, names or numbers with what each is worth, and all of them together."""

    worth: Mapping[str, float]
    total: float

    @classmethod
    def of(cls, worth: Mapping[str, float]) -> "Weighed":
        """Add them up once, since one article is compared with many."""
        return cls(worth, sum(worth.values()))

    def shared(self, other: "Weighed") -> float:
        """What the two have in common is worth."""
        worth = self.worth
        return sum([worth[one] for one in worth.keys() & other.worth.keys()])


class Evidence(NamedTuple):
    """An article, prepared for comparison."""

    title: Weighed  # gists
    names: Weighed  # skeletons
    titled: Weighed  # names in the title
    numbers: Weighed
    details: Weighed  # telling numbers, days to come or gone by, exact times of day
    rarity: float  # of the vector
    openers: Mapping[str, str]  # gists of names that no common word has, with their skeletons
    derived: frozenset[str]  # skeletons of words that may be made of a name: кемеровский
    figures: frozenset[str]  # numbers in the title, as it writes them
    days: frozenset[str]
    titled_places: frozenset[str]  # skeletons
    language: str
    roundup: bool
    source_id: int
    published_at: datetime
    rounded: frozenset[str]  # its numbers, as others may say them roughly
    words: tuple[str, ...]  # gists; more that it is found by may follow
    weights: "array[float]"  # of the gists: TF-IDF, of length 1
    # What follows only the later of two tells of itself.
    vector: Mapping[str, float] = {}  # its weights by gist
    sought: Mapping[str, float] = {}  # the same, and 0 for what its title and names have beside it
    rarities: Mapping[str, float] = {}  # of what is sought
    marks: Mapping[str, float] = {}  # names and numbers that others find it by; a copy, by itself
    spelled: Mapping[str, str] = {}  # a skeleton as the article has it

    @property
    def keys(self) -> dict[str, float]:
        """By what others find it in an index, and how much each counts there."""
        return {**self.vector, **self.marks}

    def calls(self, name: str) -> bool:
        """Whether it has the name, or a word made of it."""
        return name in self.names.worth or name in self.derived


def prepare(
    terms: Mapping[str, float],
    marks: Set[str],
    *,
    source_id: int,
    published_at: datetime,
    idf: Idf,
) -> Evidence:
    """The evidence of an article, weighed as the index weighs words at this moment.

    `idf` takes gists, and skeletons behind `c:`.
    """
    kinds: dict[str, list[str]] = {kind: [] for kind in "tcndhlrgopx"}
    for mark in sorted(marks):  # lest anything hang on how strings are hashed today
        if (kind := kinds.get(mark[0])) is not None:
            kind.append(intern(mark[2:]))
    title = dict.fromkeys(map(gist, kinds["t"]))
    words = dict.fromkeys([*_of_entities(kinds), *kinds["c"]])
    called = [word for word in words if len(word) > 1 and not word[0].isdigit()]
    names = _names(dict.fromkeys(map(skeleton, called)), idf)
    numbers = {number: telling(number) for number in kinds["n"]}
    titled = frozenset(map(skeleton, kinds["t"])) & names.keys()
    derived = [word for word in terms if word.endswith(DERIVED)]
    vector = _vector(terms, idf)
    openers = _openers(called)
    beside = dict.fromkeys([word for word in (*title, *openers) if word not in vector], 0.0)
    rare = rarities(vector)
    particular = details(kinds["n"], kinds["d"], kinds["h"], published_at)
    return Evidence(
        title=Weighed.of(_beyond_everyday(title, idf(title))),
        names=Weighed.of(names),
        titled=Weighed.of({name: names[name] for name in titled}),
        numbers=Weighed.of(numbers),
        details=Weighed.of(particular),
        rarity=sum(rare.values()),
        openers=openers,
        derived=frozenset(map(skeleton, derived)),
        figures=frozenset([word for word in title if word[0].isdigit()]),
        days=frozenset(kinds["d"]),
        titled_places=titled & {skeleton(word) for one in kinds["g"] for word in one.split()},
        language=next(iter(kinds["l"]), ""),
        roundup=bool(kinds["r"]),
        source_id=source_id,
        published_at=published_at,
        rounded=all_rounded(particular),
        words=tuple(vector),
        weights=array("f", vector.values()),
        vector=vector,
        sought=vector | beside,
        rarities=rare | beside,
        marks=_marks(names, numbers) | {f"x:{copy}": 1.0 for copy in kinds["x"]},
        spelled={skeleton(word): word for word in (*derived, *called)},
    )


def _of_entities(kinds: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The words by which people, places and organisations are known, wherever they stand.

    What follows in a place or an organisation («округ», «завод») is what others are called too.
    """
    for person in kinds["p"]:
        yield from person.split()
    for place in kinds["g"]:
        yield place.split()[0]
    for organisation in kinds["o"]:
        if " " not in organisation:
            yield organisation


def _openers(names: Iterable[str]) -> dict[str, str]:
    """By them a name is known where a sentence begins with it, and a capital tells nothing."""
    return {
        gist(name): skeleton(name)
        for name in names
        if len(name) >= ROOT and gist(name) not in GIST_SHARE
    }


def _names(names: Collection[str], idf: Idf) -> dict[str, float]:
    """What each is worth above one that everybody writes."""
    return _beyond_everyday(names, idf([NAME + name for name in names]))


def _beyond_everyday(words: Iterable[str], weights: Iterable[float]) -> dict[str, float]:
    return {word: max(0.0, x - EVERYDAY) for word, x in zip(words, weights, strict=True)}


def _marks(names: Mapping[str, float], numbers: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum([x * x for x in names.values()])) or 1.0
    marks = {intern(NAME + name): x / length for name, x in names.items()}
    marks.update((intern(NUMBER + number), x / 4) for number, x in numbers.items() if x >= 0.5)
    return marks


def _vector(terms: Mapping[str, float], idf: Idf) -> dict[str, float]:
    gists: dict[str, float] = {}
    for short, weight in zip(map(gist, terms), terms.values(), strict=True):
        if weight > gists.get(short, 0.0):
            gists[short] = weight
    weights = [*map(mul, gists.values(), idf(gists))]
    length = math.sqrt(sum(map(mul, weights, weights))) or 1.0
    return dict(zip(gists, [x / length for x in weights], strict=True))
