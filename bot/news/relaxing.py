"""Asking for less: which words of a question an answer may do without, least important first.

What a question is about is in its nouns, names and numbers; verbs are said otherwise by every
writer. A place, a person or a number is never left out: news of another town is no answer.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from math import log
from typing import Any

from bot.news.commonness import RARE, SHARE
from bot.news.morphology import lemmas, parses
from bot.news.wishes import wishing
from storage.models import Query

ENOUGH = 0.4  # of the weight of all words must stay
SUBJECT = 0.45  # the weight of a word that says what it is about; a town alone does not
MOST_TRIES = 16
MOST_LEFT_OUT = 4
MAY_GO = 7  # words of which these are chosen

_RUSSIAN = re.compile("[а-я]+")
_DATED = re.compile(r"(?:19|20)\d\d|[12]?\d|3[01]")  # a year, a day: writers name them otherwise
_KINDS = {"NOUN": 1.0, "ADJF": 0.6, "ADJS": 0.6, "PRTF": 0.5, "NUMR": 0.5, "NPRO": 0.2}
_NAMES = ("Geox", "Surn", "Name", "Orgn")
# News of a town of theirs need not name them.
_WIDE = frozenset({"кузбасс", "беларусь", "белоруссия", "россия", "сибирь", "область", "belaru"})


def fewer(query: Query, known: Collection[str] | None = None) -> Iterator[Query]:
    """The query with ever more of its words left out, as long as enough of it stays.

    `known`: the words that any article has; the others are all left out, or nothing is.
    """
    weights = {term: weight(term) for term in query.terms} | dict.fromkeys(_soft(query), 0.0)
    spare = (1 - ENOUGH) * sum(weights.values())
    lost = tuple(t for t in weights if known is not None and t not in known)
    if any(weights[t] and is_kept(t) for t in lost):
        return
    may_go = sorted(
        (t for t in weights if t not in lost and weights[t] <= spare and not is_kept(t)),
        key=weights.__getitem__,
    )
    tries = [
        (*lost, *more)
        for size in range(MOST_LEFT_OUT + 1)
        for more in combinations(may_go[:MAY_GO], size)
    ]
    tries.sort(key=lambda out: sum(weights[t] for t in out))
    for out in tries[:MOST_TRIES]:
        left = tuple(t for t in query.terms if t not in out)
        enough = sum(weights[t] for t in out) <= spare and left != query.terms
        if enough and any(weights[t] >= SUBJECT and not is_kept(t) for t in left):
            yield replace(query, terms=left)


@lru_cache(maxsize=4096)
def is_kept(term: str) -> bool:
    """Whether it is a place, a person or a number, without which there is no answer."""
    if term[:1].isdigit():
        return not _DATED.fullmatch(term)
    if term in _WIDE:
        return False
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
