"""Kindred words: «ДТП», «столкнулись» and crash are one word where accounts are compared.

Outlets that each write in their own words hardly share one, yet they choose from few: kindred.tsv
holds them. What a line's words have in common is called by its first, with a star.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache, lru_cache
from importlib.resources import files
from sys import intern

from bot.news.words import stems
from bot.news.words.morphology import fold
from bot.news.words.skeletons import CACHED, root

STEM = 8  # letters: fewer would make kin of «сторож» and «сторона»


@lru_cache(maxsize=CACHED)
def gist(lemma: str) -> str:
    """What a lemma is about: the name of its kin, or else its root."""
    return _gists().get(lemma[:STEM]) or root(lemma)


def kin() -> Mapping[str, Set[str]]:
    """By gist, its Russian words."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for russian, _, _ in _lines():
        for word in russian:
            found[gist(word)].add(word)
    return found


@cache
def _gists() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines():
        name = intern(line[0][0] + "*")
        for word in (word for column in line for word in column):
            found.setdefault(word[:STEM], name)
    return found


def _lines() -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The words of each line by language, as morphology gives their lemmas."""
    text = (files(__package__) / "kindred.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            russian, belarusian, english = (*line.split("\t"), "", "")[:3]
            yield (
                [fold(word) for word in russian.split()],
                [stems.belarusian(fold(word)) for word in belarusian.split()],
                [stems.english(word) for word in english.split()],
            )
