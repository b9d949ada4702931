"""Whether two articles tell of one event: words, names, numbers and dates decide together.

Words alone do not carry it. Outlets that each write in their own words share few of them (cosines
near .1), and two weekly price reports share nearly all. So names and telling numbers in common
speak for one event, and numbers, days and names that contradict speak against it, the louder the
more alike the rest is: on one template only the marks tell the events apart.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from sys import intern

from bot.news.details import details, in_common, telling

Idf = Callable[[str], float]

# A logistic regression, fitted to 128 labelled pairs (IlyaGusev/tgcontest) and to stories of our
# own told in different words (tests/news/told.toml). The last six are set by hand: figures that
# meet in texts written differently are the event's own, a report with new figures is a new report,
# an outlet rarely tells one event twice, what it writes alike days later is the next of a series,
# and a follow-up after days is news of its own.
BIAS = -2.5
WEIGHTS = {
    "cosine": 2.3,
    "names": 4.3,
    "title": 1.0,
    "numbers": 1.3,
    "other_days": -2.3,
    "twin_days": -2.0,
    "twin_numbers": -1.6,
    "twin_names": -4.3,
    "other_numbers": -2.5,
    "details": 3.0,
    "other_figures": -1.5,
    "series": -4.0,
    "same_source": -0.8,
    "days_between": -0.5,
}
REASONS = {
    "cosine": "words",
    "names": "names in common",
    "title": "titles",
    "numbers": "numbers in common",
    "details": "the same details in other words",
    "other_days": "different dates",
    "twin_numbers": "different numbers",
    "other_numbers": "a template with other numbers",
    "twin_names": "other names in the titles",
    "other_figures": "other figures in the titles",
    "series": "the outlet's next report of a series",
    "same_source": "the same outlet",
    "days_between": "days apart",
}
SERIES_H = 60
WORTH_SAYING = 0.2  # a reason that moved the score by less is not worth a word
ALIKE = 0.45  # cosine from which two articles that are not one event are twins of one template
LITTLE = 0.08  # what words add to the cosine of two texts on one thing; of two languages, less
DOUBT = 4.0  # one shared name out of one proves little
MANY = 3  # details in common that leave no doubt; one alone may be chance
EVERYDAY = 2.0  # idf of a name everybody writes (Кузбасс); only what is above it counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Words or numbers with what each is worth, and all of them together."""

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
class Facts:
    """An article, prepared for comparison."""

    vector: Mapping[str, float]  # TF-IDF, of length 1
    title: Weighed  # lemmas
    names: Weighed  # lemmas
    titled: Weighed  # names in the title
    numbers: Weighed
    figures: frozenset[str]  # numbers in the title, as it writes them
    details: Mapping[str, float]  # telling numbers, days to come or gone by, exact times of day
    days: frozenset[str]
    source_id: int
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a comparison found. `twin`: written alike, yet of another event."""

    same: bool
    twin: bool
    score: float  # log-odds; above 0 the same
    cosine: float
    found: Mapping[str, float]

    @property
    def why(self) -> str:
        """The reasons in words, those that weighed most first."""
        weighed = sorted(REASONS, key=lambda name: -abs(WEIGHTS[name] * self.found[name]))
        strong = [name for name in weighed if abs(WEIGHTS[name] * self.found[name]) >= WORTH_SAYING]
        return ", ".join(f"{REASONS[name]} {self.found[name]:.2f}" for name in strong) or (
            "nothing in common"
        )


def prepare(
    terms: Mapping[str, float],
    marks: Set[str],
    *,
    source_id: int,
    published_at: datetime,
    idf: Idf,
) -> Facts:
    """The facts of an article, weighed as the index weighs words at this moment."""
    vector = {intern(word): weight * idf(word) for word, weight in terms.items()}
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    kinds: dict[str, list[str]] = {kind: [] for kind in "tcndh"}
    for mark in marks:
        if mark[0] in kinds:
            kinds[mark[0]].append(intern(mark[2:]))
    title = {word: idf(word) for word in kinds["t"]}
    names = {word: max(0.0, idf(word) - EVERYDAY) for word in kinds["c"]}
    return Facts(
        vector={word: x / length for word, x in vector.items()},
        title=Weighed.of(title),
        names=Weighed.of(names),
        titled=Weighed.of({word: title[word] for word in title.keys() & names.keys()}),
        numbers=Weighed.of({number: telling(number) for number in kinds["n"]}),
        figures=frozenset(word for word in title if word[0].isdigit()),
        details=details(kinds["n"], kinds["d"], kinds["h"], published_at),
        days=frozenset(kinds["d"]),
        source_id=source_id,
        published_at=published_at,
    )


def same_story(a: Facts, b: Facts) -> Verdict:
    """Whether a and b tell of one event, by how much, and why."""
    found = features(a, b)
    score = BIAS + sum(WEIGHTS[name] * value for name, value in found.items())
    return Verdict(
        same=score > 0,
        twin=score <= 0 and found["cosine"] >= ALIKE,
        score=score,
        cosine=found["cosine"],
        found=found,
    )


def same_figures(a: Facts, b: Facts) -> bool:
    """Whether both give the same numbers and days: what next week's report never does."""
    return a.numbers.worth.keys() == b.numbers.worth.keys() and a.days == b.days


def features(a: Facts, b: Facts) -> dict[str, float]:
    """What speaks for and against, by the names of WEIGHTS."""
    cosine = dot(a.vector, b.vector)
    numbers = a.numbers.shared(b.numbers)
    least = min(a.numbers.total, b.numbers.total)
    apart = _disjoint(a.days, b.days)
    other_names = min(_missing(a, b), _missing(b, a))
    hours = abs((a.published_at - b.published_at).total_seconds()) / 3600
    return {
        "cosine": cosine,
        "names": _share(a.names, b.names),
        "title": _share(a.title, b.title),
        "numbers": min(1.0, numbers / 3),
        "other_days": float(apart),
        "twin_days": cosine * apart,
        "twin_numbers": cosine * (min(1.0, least / 3) - min(1.0, numbers / 3, least / 3)),
        "other_numbers": float(cosine >= ALIKE + 0.15 and least >= 2 and numbers < least / 4),
        "twin_names": cosine * other_names,
        "details": _retold(a, b) if cosine < ALIKE and not apart else 0.0,
        "other_figures": float(cosine >= ALIKE and _disjoint(a.figures, b.figures)),
        "series": float(cosine >= ALIKE and a.source_id == b.source_id and hours >= SERIES_H),
        "same_source": float(a.source_id == b.source_id),
        "days_between": max(0.0, hours - 36) / 24,
    }


def _retold(a: Facts, b: Facts) -> float:
    """The details in common of two texts on one thing; the first may be chance."""
    shared = in_common(a.details, b.details) - 1
    if shared <= 0 or not _name_in_common(a, b):
        return 0.0
    words = sum([x * b.vector[w] for w, x in a.vector.items() if w in b.vector and w.isalpha()])
    return min(1.0, shared / (MANY - 1)) if words >= LITTLE else 0.0


def _name_in_common(a: Facts, b: Facts) -> bool:
    if not a.names.worth.keys().isdisjoint(b.names.worth):
        return True
    return any(
        _as_adjective(name, other.vector)
        for one, other in ((a, b), (b, a))
        for name in one.names.worth
    )


def _disjoint(a: Set[str], b: Set[str]) -> bool:
    """Whether both say something, and not the same."""
    return bool(a and b and not a & b)


def _missing(a: Facts, b: Facts) -> float:
    """How much of the names in a's title is nowhere in b, not even as an adjective."""
    if not a.titled.total:
        return 0.0
    missing = [
        x
        for word, x in a.titled.worth.items()
        if word not in b.vector and not _as_adjective(word, b.vector)
    ]
    return sum(missing) / a.titled.total


def _as_adjective(name: str, words: Iterable[str]) -> bool:
    """Whether «солигорский» is among the words for «Солигорск»."""
    root = name.rstrip("аеиоуыэюяьй")
    return len(root) > 3 and any(
        word.startswith(root) and word.endswith(("ский", "цкий")) for word in words
    )


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum([x * b[word] for word, x in a.items() if word in b])


def _share(a: Weighed, b: Weighed) -> float:
    """How much of the smaller set's worth the two have in common; DOUBT humbles small sets."""
    return a.shared(b) / (min(a.total, b.total) + DOUBT)
