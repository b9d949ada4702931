"""The words of a text as names are looked for among them: by capitals and what stands between."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

from bot.news.morphology import fold, is_stop, kept

_WORD = re.compile(r"([^\W_]++(?:['’ʼ](?!s\b)[^\W_]++)*+)")
_OPENS = frozenset('.!?…\n«"“„•—–:')  # a capital after these says nothing

_folded = lru_cache(maxsize=16_384)(fold)


class Word(NamedTuple):
    """text[start:stop], with what stands between it and the word before it."""

    start: int
    stop: int
    text: str
    gap: str
    capital: bool

    @property
    def folded(self) -> str:
        return _folded(self.text)

    @property
    def opens(self) -> bool:
        """Whether a sentence, a line or a quotation begins with it."""
        return not self.gap or not _OPENS.isdisjoint(self.gap)


def beginnings(said: Sequence[Word], language: str) -> list[int]:
    """Where a name may begin: at capitals, but those of function words that open a sentence."""
    return [
        at
        for at, word in enumerate(said)
        if word.capital and not (_is_function(word.text, language) and word.opens)
    ]


@lru_cache(maxsize=4096)
def _is_function(word: str, language: str) -> bool:
    if len(word) == 1 or language == "en":  # an initial; Will Smith
        return False
    return is_stop(kept(language)[word.lower()])


def parts(name: str) -> list[str]:
    """The words of a name; a hyphen parts them."""
    return _WORD.findall(name)


def words(text: str) -> list[Word]:
    """Every word of the text, in order."""
    parted = _WORD.split(text)
    said, ends = parted[1::2], list(accumulate(map(len, parted)))
    capitals = [word[0].isupper() for word in said]
    every = zip(ends[::2], ends[1::2], said, parted[::2], capitals, strict=False)
    made = map(tuple.__new__, repeat(Word), every)  # as Word(…), without a call of Python's own
    return list(made)  # but for what is behind the last
