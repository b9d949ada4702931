"""Coming close: how much of what a question is about an article has, when none has all of it.

What a question is about is in its nouns, names and numbers; verbs are said otherwise by every
writer. Without the place, the person or the number that was asked for there is no answer: news of
another town may be shown as near, never as what was asked for.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from math import log
from typing import Any

from bot.news.names.gazetteer import is_place
from bot.news.questions.wishes import wishing
from bot.news.words.commonness import RARE, SHARE
from bot.news.words.morphology import lemmas, parses
from bot.news.words.seeking import Sought
from bot.news.words.skeletons import is_derived, root, skeleton
from storage.models import Hit, Query

ENOUGH = 0.4  # of the weight of all words, in what comes close
SUBJECT = 0.5  # … and more than that of what is no name: a town alone does not say what it is about
NEAR = 0.3  # of all words, in what may be shown at all

TIMELY = 0.25  # what being from the time that was asked for adds
READ = 4000  # characters of a text that are compared; what comes later is by the way
DERIVED = 0.7  # what «отравление» is worth for «отравиться»
TITLED = 0.25  # what a word of the title adds

_RUSSIAN = re.compile("[а-я]+")
_DATED = re.compile(r"(?:19|20)\d\d|[12]?\d|3[01]")  # a year, a day: writers name them otherwise
_KINDS = {"NOUN": 1.0, "ADJF": 0.6, "ADJS": 0.6, "PRTF": 0.5, "NUMR": 0.5, "NPRO": 0.2}
_NAMES = ("Geox", "Surn", "Name", "Orgn")
# News of a town of theirs need not name them.
_WIDE = frozenset({"кузбасс", "беларусь", "белоруссия", "россия", "сибирь", "область", "belaru"})


@dataclass(frozen=True, slots=True)
class Close:
    """An article ranked by how much it has of a question; `answers`: enough to be an answer."""

    hit: Hit
    answers: bool
    near: bool
    timely: bool


class Wanted:
    """The words of a question by what they say, to be looked for in article after article."""

    def __init__(self, query: Query) -> None:
        self.weights = {term: weight(term) for term in query.terms}
        self.weights |= dict.fromkeys(_soft(query), 0.0)
        self._alike = {term: {term, *query.also.get(term, ())} for term in query.terms}
        self._sought = Sought(word for alike in self._alike.values() for word in alike)
        self._all = sum(self.weights.values()) or 1.0
        self._since, self._until = query.since, query.until

    def share(self, text: str, language: str | None) -> float:
        """How much of the weight of all words a piece of text has."""
        return self._weight(self._had(set(self._sought.words(text, language)))) / self._all

    def closeness(self, hit: Hit) -> Close:
        article = hit.article
        title = set(self._sought.words(article.title, article.language))
        had = self._had(title | set(self._sought.words(article.text[:READ], article.language)))
        titled = self._had(title)
        share = self._weight(had) / self._all
        named = all(had[t] for t in had if self.weights[t] and is_kept(t))
        about = {t: 1.0 for t in had if not is_kept(t)}
        subject = self._weight({t: had[t] for t in about}) > SUBJECT * self._weight(about)
        timely = self._is_timely(article.published_at)
        score = share + TITLED * self._weight(titled) / self._all + TIMELY * timely
        return Close(
            hit=replace(hit, rank=-score),
            answers=named and (subject or not about) and share >= ENOUGH,
            near=share >= NEAR,
            timely=timely,
        )

    def _weight(self, had: Mapping[str, float]) -> float:
        return sum(self.weights[term] * much for term, much in had.items())

    def _is_timely(self, at: datetime) -> bool:
        return (self._since is None or at >= self._since) and (
            self._until is None or at < self._until
        )

    def _had(self, said: Set[str]) -> Mapping[str, float]:
        """By word, 1 if it is said, less if only one of the same root is."""
        return {
            term: 1.0 if alike & said else DERIVED if _outlives(term, said) else 0.0
            for term, alike in self._alike.items()
        }


def _outlives(term: str, said: Set[str]) -> bool:
    """Whether a word made of it, or that it is made of, is said: «кемеровский», «Кемерово»."""
    bones, beginning = skeleton(term), root(term)
    if is_kept(term) or is_derived(term):
        akin = (skeleton(word) for word in said if word[:2] == term[:2])
        return bones != term and bones in akin
    return beginning != term and any(word.startswith(beginning) for word in said)


@lru_cache(maxsize=4096)
def is_kept(term: str) -> bool:
    """Whether it is a place, a person or a number, without which there is no answer."""
    if term[:1].isdigit():
        return not _DATED.fullmatch(term)
    if term in _WIDE:
        return False
    if is_place(term):
        return True
    known = [reading.tag for reading in _readings(term)]
    return bool(known) and all(any(name in tag for name in _NAMES) for tag in known)


def _soft(query: Query) -> set[str]:
    return {word for piece in wishing(query.raw) for word in lemmas(piece)} & set(query.terms)


@lru_cache(maxsize=4096)
def weight(term: str) -> float:
    """What a word says of a subject, 0 to 1: by how common it is, and what kind of word."""
    if term in _WIDE or _DATED.fullmatch(term):
        return 0.4
    if is_kept(term):
        return 1.0
    common = log(SHARE.get(term, RARE)) / log(RARE)
    readings = _readings(term)
    return float(common * (_KINDS.get(str(readings[0].tag.POS), 0.4) if readings else 1.0))


def _readings(term: str) -> list[Any]:
    """What the dictionary says of the word; nothing of one that it does not know."""
    if not _RUSSIAN.fullmatch(term):
        return []
    return [reading for reading in parses(term) if reading.is_known]
