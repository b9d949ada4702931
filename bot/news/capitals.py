"""The words of a text as names are looked for among them: by capitals and what stands between."""

import re
from functools import lru_cache, partial
from typing import NamedTuple

from bot.news.morphology import fold

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


_word = partial(tuple.__new__, Word)  # as Word(…), without a call of Python's own for each word


def parts(name: str) -> list[str]:
    """The words of a name; a hyphen parts them."""
    return _WORD.findall(name)


def words(text: str) -> list[Word]:
    """Every word of the text, in order."""
    found, stop = [], 0
    parted = iter(_WORD.split(text))
    for gap, word in zip(parted, parted, strict=False):  # but for what is behind the last
        start = stop + len(gap)
        stop = start + len(word)
        found.append(_word((start, stop, word, gap, word[0].isupper())))
    return found
