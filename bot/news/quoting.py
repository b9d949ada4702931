"""Quoting: the sentence of a text that answers a question."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import log

from bot.news.morphology import is_stop, lemmas
from bot.news.relaxing import weight
from bot.news.sentences import (
    dangles,
    is_headline,
    paragraphs,
    points_back,
    sentences,
    split,
    tells_nothing,
)
from bot.news.wishes import Wish, holds, wishes, wishing
from storage.models import Query

READ = 20_000  # characters of a text that are looked through
LOOK = 60  # sentences among which the best is chosen

# What a word is worth where it stands, and a sentence by what it is.
BEFORE = 0.5
WISHED, COUNTED = 2.0, 1.0
ABOUT, LEAST = 2.0, 0.5  # «какой дефицит»; any word at all
SUMMED_UP, SUMMED_UP_UNWISHED = 0.2, 1.2
LEANS = 0.4
LATER = 0.05  # each sentence further down
LONG = 1 / 1500  # each character

_COUNTED = re.compile(r"(?<!\w)(?:сколько|колькі|how many) (\w+)", re.I)
_ABOUT = re.compile(
    r"(?<!\w)(?:как(?:ой|ая|ое|ие|ую)|сколько|як(?:і|ая|ое|ія|ую)|колькі|which|what|how many)"
    r" (\w+)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, how well it answers, and whether it says what was wished for."""

    sentence: str
    score: float
    grants: bool


def best_sentence(title: str, text: str, query: Query, language: str | None = None) -> str | None:
    """The sentence that answers best, if any has to do with the question."""
    quote = best_quote(title, text, query, language)
    return quote.sentence if quote else None


def best_quote(
    title: str,
    text: str,
    query: Query,
    language: str | None = None,
    *,
    summary: Sequence[str] = (),
) -> Quote | None:
    """The sentence with most of the words, of itself or of what stands before it, and the wish.

    A word that few sentences have says more.
    """
    wished = wishes(query.raw)
    wanted = _wanted(query)
    prose = [s for p in paragraphs(text[:READ]) if not is_headline(p) for s in split(p)]
    prose = (prose or sentences(text[:READ]))[:LOOK]
    meant = {other: term for term in query.terms for other in query.also.get(term, ())}
    words = [[meant.get(word, word) for word in lemmas(one, language)] for one in prose]
    weights = _weights(query, wanted, words)
    summed_up = SUMMED_UP if wished or _ABOUT.search(query.raw) else SUMMED_UP_UNWISHED
    best: Quote | None = None
    before: set[str] = set()
    for at, (sentence, said) in enumerate(zip(prose, words, strict=True)):
        own = wanted & set(said)
        score = sum(weights[w] for w in own) + BEFORE * sum(weights[w] for w in before - own)
        before = own
        granted = [wish for wish in wished if holds(wish, sentence)]
        told = sentence in summary
        if not (own or granted or told) or tells_nothing(sentence):
            continue
        score += WISHED * len(granted) / max(1, len(wished))
        if Wish.AMOUNT in granted:
            score += COUNTED * _counts(query, said)
        score += summed_up * told
        score -= LEANS * (dangles(sentence) or points_back(sentence))
        score -= LATER * at + LONG * len(sentence)
        if best is None or score > best.score:
            best = Quote(sentence, score, bool(granted) or not wished)
    return best


def _wanted(query: Query) -> set[str]:
    soft = {word for piece in wishing(query.raw) for word in lemmas(piece)}
    found = {*query.terms, *(word for phrase in query.phrases for word in phrase)}
    return {word for word in found if not is_stop(word) and word not in soft} or found


def _weights(
    query: Query, wanted: Set[str], sentences: Sequence[Sequence[str]]
) -> dict[str, float]:
    """By word: 1 in a single sentence, less the more of them have it; what is asked about, more."""
    having = Counter(word for said in sentences for word in wanted & set(said))
    about = {word for m in _ABOUT.finditer(query.raw) for word in lemmas(m[1])}
    return {
        word: (ABOUT if word in about else max(LEAST, weight(word)))
        / (1 + 0.5 * log(max(1, having[word])))
        for word in wanted
    }


def _counts(query: Query, said: Sequence[str]) -> bool:
    """Whether a number of the very things asked for is said: «сколько тонн», «220 тонн»."""
    counted = _COUNTED.search(query.raw)
    if counted is None:
        return False
    thing = lemmas(counted[1])[:1]
    return any(
        [word] == thing and any(holds(Wish.AMOUNT, w) for w in said[max(0, at - 2) : at])
        for at, word in enumerate(said)
    )
