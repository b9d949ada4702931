"""Subjects: what a word is about, whichever of its synonyms and in which of our languages it is.

Two outlets that choose each their own words for a fire, a flight or a trial share hardly one of
them; what they do share is what they write about. subjects.tsv holds the words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from bot.news import stems
from bot.news.morphology import fold
from bot.news.skeletons import root


@dataclass(frozen=True, slots=True)
class Subjects:
    """The table, ready for use."""

    worth: Mapping[str, float]  # by the number of its line: the rarer in news, the more
    of_root: Mapping[str, tuple[str, ...]]

    def among(self, roots: Iterable[str]) -> dict[str, float]:
        """The subjects that these roots of lemmas speak of, each with its worth."""
        known, worth = self.of_root, self.worth
        return {name: worth[name] for one in roots for name in known.get(one, ())}


@cache
def subjects() -> Subjects:
    """As they are in subjects.tsv."""
    worth: dict[str, float] = {}
    of_root: dict[str, tuple[str, ...]] = {}
    table = (files("bot.news") / "subjects.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(table):
        if line.startswith("#"):
            continue
        name = str(number)
        share, russian, belarusian, english = line.split("\t")
        worth[name] = -log(float(share))
        roots = {root(fold(word)) for word in russian.split()}
        roots |= {root(stems.belarusian(fold(word))) for word in belarusian.split()}
        roots |= {root(stems.english(fold(word))) for word in english.split()}
        for one in roots:
            of_root[one] = (*of_root.get(one, ()), name)
    return Subjects(worth, of_root)
