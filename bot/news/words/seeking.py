"""Seeking a few words in many texts: the dictionary is asked only for those that may be of them.

A question has five words and its candidates ten thousand, most of them never parsed before.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.news.words.morphology import fold, is_known, lemma, parses

BEGINNING = 3  # letters that the forms of a word have in common, but for «человек», «люди»

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_WORD = re.compile(r"\d+\.\d+|[^\W_]+")


class Sought:
    """The words of some texts, as lemmas where they may be of these terms, else as they stand."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._beginnings = tuple({one for term in terms for one in _beginnings(term)})

    def words(self, text: str, language: str | None) -> list[str]:
        return [
            lemma(word, language) if word.startswith(self._beginnings) else word
            for word in _WORD.findall(_COMMA.sub(".", fold(text)))
        ]


@lru_cache(maxsize=4096)
def _beginnings(term: str) -> frozenset[str]:
    forms = [one.word for one in parses(term)[0].lexeme] if is_known(term) else []
    return frozenset(fold(form)[:BEGINNING] for form in (term, *forms))
