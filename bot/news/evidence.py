"""The evidence of an article, weighed for comparison: its words, names, numbers and days."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from sys import intern

from bot.news.commonness import ROOT_SHARE, rarity
from bot.news.details import details, telling
from bot.news.skeletons import ROOT, is_derived, root, skeleton

Idf = Callable[[str], float]
EVERYDAY = 2.0  # idf of a name everybody writes (Кузбасс); only what is above it counts
NAME, NUMBER = "c:", "n:"  # how names and numbers are told from words in the index


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Words, names or numbers with what each is worth, and all of them together."""

    worth: Mapping[str, float]
    total: float

    @classmethod
    def of(cls, worth: Mapping[str, float]) -> "Weighed":
        """Add them up once, since one article is compared with many."""
        return cls(worth=worth, total=sum(worth.values()))

    def shared(self, other: "Weighed") -> float:
        """What the two have in common is worth."""
        worth = self.worth
        return sum([worth[one] for one in worth.keys() & other.worth.keys()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An article, prepared for comparison."""

    vector: Mapping[str, float]  # roots: TF-IDF, of length 1
    rarity: float  # of these
    title: Weighed  # roots
    names: Weighed  # skeletons
    spelled: Mapping[str, str]  # a skeleton as the article has it
    openers: Mapping[str, str]  # roots of names that no common word has, with their skeletons
    titled: Weighed  # names in the title
    derived: frozenset[str]  # skeletons of words that may be made of a name: кемеровский
    numbers: Weighed
    figures: frozenset[str]  # numbers in the title, as it writes them
    details: Mapping[str, float]  # telling numbers, days to come or gone by, exact times of day
    days: frozenset[str]
    titled_places: frozenset[str]  # skeletons
    language: str
    roundup: bool
    source_id: int
    published_at: datetime

    @property
    def keys(self) -> dict[str, float]:
        """By what others find it in an index, and how much each counts there."""
        keys = dict(self.vector)
        length = math.sqrt(sum([x * x for x in self.names.worth.values()])) or 1.0
        keys.update((intern(NAME + name), x / length) for name, x in self.names.worth.items())
        keys.update(
            (intern(NUMBER + number), x / 4) for number, x in self.numbers.worth.items() if x >= 0.5
        )
        return keys

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

    `idf` takes a root, or a skeleton behind `c:`.
    """
    kinds: dict[str, list[str]] = {kind: [] for kind in "tcndhlrgop"}
    for mark in marks:
        if mark[0] in kinds:
            kinds[mark[0]].append(mark[2:])
    title = {word: idf(word) for word in map(root, kinds["t"])}
    called = [word for word in {*kinds["c"], *_of_entities(kinds)} if not word[0].isdigit()]
    names = {
        name: max(0.0, idf(NAME + name) - EVERYDAY)
        for name in {intern(skeleton(word)) for word in called}
    }
    titled = frozenset([skeleton(word) for word in kinds["t"]]) & names.keys()
    derived = [word for word in terms if is_derived(word)]
    vector = _vector(terms, idf)
    return Evidence(
        vector=vector,
        rarity=rarity(vector),
        title=Weighed.of(title),
        names=Weighed.of(names),
        spelled={skeleton(word): word for word in (*derived, *called)},
        openers=_openers(called),
        titled=Weighed.of({name: names[name] for name in titled}),
        derived=frozenset(map(skeleton, derived)),
        numbers=Weighed.of({intern(number): telling(number) for number in kinds["n"]}),
        figures=frozenset([word for word in title if word[0].isdigit()]),
        details=details(kinds["n"], kinds["d"], kinds["h"], published_at),
        days=frozenset(kinds["d"]),
        titled_places=titled & {skeleton(word) for one in kinds["g"] for word in one.split()},
        language=next(iter(kinds["l"]), ""),
        roundup=bool(kinds["r"]),
        source_id=source_id,
        published_at=published_at,
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
        root(name): skeleton(name)
        for name in names
        if len(name) >= ROOT and root(name) not in ROOT_SHARE
    }


def _vector(terms: Mapping[str, float], idf: Idf) -> dict[str, float]:
    roots: dict[str, float] = {}
    for word, weight in terms.items():
        short = intern(root(word))
        roots[short] = max(weight, roots.get(short, 0.0))
    vector = {word: weight * idf(word) for word, weight in roots.items()}
    length = math.sqrt(sum([x * x for x in vector.values()])) or 1.0
    return {word: x / length for word, x in vector.items()}
