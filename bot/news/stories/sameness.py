"""Whether two articles tell of one event: words, names, numbers and dates decide together.

Words alone do not carry it. Outlets that each write in their own words share few of them (cosines
near .1), and two weekly price reports share nearly all. So names and telling numbers in common
speak for one event, and numbers, days and names that contradict speak against it, the louder the
more alike the rest is: on one template only the marks tell the events apart.

What each weighs is in sameness.toml: a logistic regression that bench/fit_sameness.py fits.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress
from math import log, log1p, tanh
from operator import mul
from typing import NamedTuple

from bot.news.stories.details import in_common
from bot.news.stories.evidence import Evidence, Weighed

SERIES_H = 60
WORTH_SAYING = 0.2  # a reason that moved the score by less is not worth a word
ALIKE = 0.45  # cosine from which two articles that are not one event are twins of one template
DOUBT = 4.0  # one word of a title of one proves little
NAMES_DOUBT = 12.0  # nor does one shared name out of one
SOME = 0.15  # names of which much is in common: with them, other words mean another language
NAMED_USUALLY = 10.0  # worth of names, about; accounts that name more must share more
NAMES_BY_CHANCE = 80.0  # worth of one text's names times that of the other's, by what is chance
FEW_NAMES = 4.0  # worth of names in common that may be chance in any two texts
MANY = 3  # details in common that leave no doubt; one alone may be chance
BY_CHANCE = 1500.0  # rarity of one text times that of the other, by what they share by chance
FEW = 6.0  # rarity in common that may be chance in any two texts
STEEP = 2.5  # a few words more or fewer than chance tell nearly as much as many do
MOST_SHARED = 4  # a share of details in common, from which they speak not against one event
THRICE = 3.0  # an outlet that returns to an event names it
A_NAME = 0.5  # worth of names in common below which there is none
A_TOWN = 2.7  # … and below which it is one town, or somebody of whom everybody writes
BY_ITSELF = 0.55  # with fewer other words in common than that, it stands by itself
HALF_DAY_H = 12
DAY_H = 24
WEEK_H = 168
AT_ONCE_H = 6  # accounts that come within it are equally likely to be of one event
UNUSUAL = 0.09  # weight in a vector from which a word in common is worth naming


@dataclass(frozen=True, slots=True)
class Weights:
    """log-odds: of a pair with nothing in common, and what each feature adds."""

    bias: float
    features: Mapping[str, float]
    reasons: Mapping[str, str]  # the features in words


class Verdict(NamedTuple):
    """What a comparison found. `twin`: written alike, yet of another event."""

    same: bool
    twin: bool
    score: float  # log-odds; above 0 the same
    cosine: float
    found: Mapping[str, float]

    @property
    def reasons(self) -> list[tuple[str, float]]:
        """What moved the score, in words, and by how much; what moved it most first."""
        known = weights()
        moved = [(name, known.features[name] * value) for name, value in self.found.items()]
        strong = [(known.reasons[name], by) for name, by in moved if abs(by) >= WORTH_SAYING]
        return sorted(strong, key=lambda reason: -abs(reason[1]))

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return ", ".join(f"{reason} {by:+.1f}" for reason, by in self.reasons) or (
            "nothing in common"
        )


@cache
def weights() -> Weights:
    """As they are in sameness.toml."""
    table = tomllib.loads(files(__package__).joinpath("sameness.toml").read_text("utf-8"))
    return Weights(bias=table["bias"], features=table["weights"], reasons=table["reasons"])


def same_story(a: Evidence, b: Evidence) -> Verdict:
    """Whether a and b tell of one event, by how much, and why."""
    found = features(a, b)
    known = weights()
    score = known.bias + sum(map(mul, map(known.features.__getitem__, found), found.values()))
    cosine = found["cosine"]
    return Verdict(score > 0, score <= 0 and cosine >= ALIKE, score, cosine, found)


def same_figures(a: Evidence, b: Evidence) -> bool:
    """Whether both give the same numbers and days: what next week's report never does."""
    return a.numbers.worth.keys() == b.numbers.worth.keys() and a.days == b.days


def features(a: Evidence, b: Evidence) -> dict[str, float]:
    """What speaks for one event and, negative, against it; each about 0 to 1."""
    common, weights = _in_common(a, b)
    cosine = sum(map(mul, map(a.sought.__getitem__, common), weights))
    told, told_too = _told(a.title, common), _told(b.title, a.vector)
    hours = abs((a.published_at - b.published_at).total_seconds()) / 3600
    late = log1p(max(0.0, hours - AT_ONCE_H) / HALF_DAY_H)
    one_outlet = a.source_id == b.source_id
    shared = _worth(_common_names(a, b, common), a, b)
    least = min(a.names.total, b.names.total)
    names = shared / (max(shared, least) + NAMES_DOUBT)
    foreign = a.language != b.language and names >= SOME
    details = _details(a, b)
    words = _words(a, b, common)
    return {
        "cosine": cosine,
        "words": words,
        "names": names,
        "named": _named(a, b, shared),
        "namedropping": -log((least + FEW_NAMES) / NAMED_USUALLY),
        "title_told": min(told, told_too),
        "title_told_once": max(told, told_too),
        "details": log1p(details) / log1p(MANY),
        "foreign": float(foreign),
        "unnamed": -float(shared < A_NAME) * (THRICE if one_outlet else 1),
        "lone": -float(A_NAME <= shared < A_TOWN and details < 1 and words < BY_ITSELF),
        "same_source": -float(one_outlet),
        "days_between": -late,
        "late": -max(0.0, hours - DAY_H) / WEEK_H * (details < 1),
        "returns": -late * one_outlet,
        "other_details": -_other_details(a, b, details),
        **_contradictions(a, b, cosine, hours),
    }


def _contradictions(a: Evidence, b: Evidence, cosine: float, hours: float) -> dict[str, float]:
    numbers = a.numbers.shared(b.numbers)
    least = min(a.numbers.total, b.numbers.total)
    apart = _disjoint(a.days, b.days)
    missing = min(1.0, least / 3) - min(1.0, numbers / 3, least / 3)
    one_outlet = a.source_id == b.source_id
    return {
        "other_days": -float(apart),
        "twin_days": -cosine * apart,
        "twin_numbers": -cosine * missing,
        "other_places": -float(_elsewhere(a, b)),
        "twin_names": -cosine * min(_missing(a, b), _missing(b, a)),
        "other_numbers": -float(
            (cosine >= ALIKE + 0.1 and least >= 2 and numbers < least / 4)
            or (cosine >= ALIKE and one_outlet and least >= 0.5 and not numbers)
        ),
        "other_figures": -float(cosine >= ALIKE - 0.05 and _disjoint(a.figures, b.figures)),
        "series": -float(cosine >= ALIKE and one_outlet and hours >= SERIES_H),
    }


def agreed(a: Evidence, b: Evidence) -> Iterator[tuple[str, str, float]]:
    """(kind, what, weight) of what two articles have in common and others have not."""
    common, weights = _in_common(a, b)
    for name in _common_names(a, b, common):
        yield (
            "name",
            a.spelled.get(name, name),
            max(a.names.worth.get(name, 0.0), b.names.worth.get(name, 0.0)),
        )
    for number, worth in a.numbers.worth.items():
        if number in b.numbers.worth:
            yield "number", number, worth
    for day in a.days & b.days:
        yield "day", day, a.details.worth.get(day, 0.0)
    for word, weight in zip(common, weights, strict=True):
        if (shared := a.sought[word] * weight) >= UNUSUAL**2:
            yield "word", word, shared


def _in_common(a: Evidence, b: Evidence) -> tuple[dict[str, None], Iterator[float]]:
    """Words of a, or of its title or its names, that are in b, and what each weighs there."""
    found = [*map(a.sought.__contains__, b.words)]
    return dict.fromkeys(compress(b.words, found)), compress(b.weights, found)


def _common_names(a: Evidence, b: Evidence, words: Collection[str]) -> set[str]:
    """Names of both; in one of them a word made of it («кузбасский») or that opens a sentence."""
    mine, theirs = a.names.worth.keys(), b.names.worth.keys()
    common = (mine & theirs) | (mine & b.derived) | (theirs & a.derived)
    common.update([name for word, name in a.openers.items() if word in words])
    known = a.vector
    common.update([name for word, name in b.openers.items() if word in known])
    return common


def _worth(names: Set[str], a: Evidence, b: Evidence) -> float:
    mine, theirs = a.names.worth, b.names.worth
    worths = [(mine.get(name, 0.0), theirs.get(name, 0.0)) for name in names]
    return sum([x if x > y else y for x, y in worths])


def _words(a: Evidence, b: Evidence, common: Collection[str]) -> float:
    """How much more of rare words two texts share than such long ones do by chance."""
    by_chance = a.rarity * b.rarity / BY_CHANCE
    worth = sum([a.rarities[word] for word in common])
    return tanh(STEEP * log((worth + FEW) / (by_chance + FEW)))


def _named(a: Evidence, b: Evidence, shared: float) -> float:
    """How much more of names two texts share than such well-named ones do by chance."""
    by_chance = a.names.total * b.names.total / NAMES_BY_CHANCE
    return log((shared + FEW_NAMES) / (by_chance + FEW_NAMES)) / 2


def _told(title: Weighed, text: Collection[str]) -> float:
    """How much of a title is in the other's text."""
    told = sum([x for word, x in title.worth.items() if word in text])
    return told / (title.total + 1.5 * DOUBT)


def _missing(a: Evidence, b: Evidence) -> float:
    """How much of the names in a's title is nowhere in b, not even as an adjective."""
    if not a.titled.total:
        return 0.0
    named, derived = b.names.worth, b.derived
    missing = [x for name, x in a.titled.worth.items() if name not in named and name not in derived]
    return sum(missing) / a.titled.total


def _elsewhere(a: Evidence, b: Evidence) -> bool:
    """Whether each title names a place that the other's text does not."""
    mine, theirs = a.titled_places, b.titled_places
    if not mine or not theirs or a.language != b.language:
        return False
    return not any(map(b.calls, mine)) and not any(map(a.calls, theirs))


def _details(a: Evidence, b: Evidence) -> float:
    """What the figures, days and times of both are worth."""
    mine, theirs = a.details.worth, b.details.worth
    roughly = not (a.rounded.isdisjoint(theirs) and b.rounded.isdisjoint(mine))
    return in_common(mine, theirs, roughly=roughly)


def _other_details(a: Evidence, b: Evidence, shared: float) -> float:
    """How surely both give figures, days and times, and hardly one of them in common."""
    if not a.details.worth or not b.details.worth:
        return 0.0
    least = min(a.details.total, b.details.total)
    return max(0.0, min(1.0, least) * (1.0 - MOST_SHARED * shared / least)) if least else 0.0


def _disjoint(a: Set[str], b: Set[str]) -> bool:
    """Whether both say something, and not the same."""
    return bool(a and b and not a & b)
