"""Measures of agreement: precision, recall and F1, B-cubed, ROUGE-L."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """How often both said it, only we, only the people."""

    both: int = 0
    ours: int = 0
    theirs: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.both + other.both, self.ours + other.ours, self.theirs + other.theirs)

    @property
    def precision(self) -> float:
        return self.both / max(1, self.both + self.ours)

    @property
    def recall(self) -> float:
        return self.both / max(1, self.n)

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, 2 * self.both + self.ours + self.theirs)

    @property
    def n(self) -> int:
        """How often people said it."""
        return self.both + self.theirs


def tally(expected: Sequence[Set[str]], found: Sequence[Set[str]]) -> dict[str, Score]:
    """By label, of things that may bear several; labels that either of both gave."""
    both: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for wanted, got in zip(expected, found, strict=True):
        both.update(wanted & got)
        ours.update(got - wanted)
        theirs.update(wanted - got)
    labels = sorted({*both, *ours, *theirs})
    return {name: Score(both[name], ours[name], theirs[name]) for name in labels}


def together(scores: Iterable[Score]) -> Score:
    """All classes as one: micro-averaged."""
    return sum(scores, Score())


def macro_f1(scores: Mapping[str, Score], labels: Iterable[str]) -> float:
    """The mean of F1 over these labels."""
    all_ = [scores.get(name, Score()).f1 for name in labels]
    return sum(all_) / max(1, len(all_))


def b_cubed(
    expected: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering (Bagga and Baldwin, 1998), over things in both.

    For each thing the share of its cluster of ours that is of its true one, and the other way.
    """
    things = expected.keys() & found.keys()
    cells = Counter((expected[one], found[one]) for one in things)
    true = Counter(expected[one] for one in things)
    ours = Counter(found[one] for one in things)
    total = max(1, len(things))
    precision = sum(n * n / ours[b] for (_, b), n in cells.items()) / total
    recall = sum(n * n / true[a] for (a, _), n in cells.items()) / total
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0)


def pairs(expected: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """The pairs of things that are in one cluster."""
    things = expected.keys() & found.keys()
    both = _within(Counter((expected[one], found[one]) for one in things))
    return Score(
        both,
        _within(Counter(found[one] for one in things)) - both,
        _within(Counter(expected[one] for one in things)) - both,
    )


def rouge_l(ours: str, theirs: str) -> float:
    """ROUGE-L's F1 (Lin, 2004): the longest common subsequence of plain lower-cased words."""
    a, b = words(ours), words(theirs)
    return 2 * _common(a, b) / max(1, len(a) + len(b))


def words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def folded(text: str) -> str:
    """Without case, ё as е, spaces single."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _within(clusters: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in clusters.values())


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for one in a:
        diagonal = 0
        for at, other in enumerate(b, 1):
            diagonal, row[at] = row[at], diagonal + 1 if one == other else max(row[at], row[at - 1])
    return row[-1]
