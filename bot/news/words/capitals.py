"""The words of a text as names are looked for among them: by capitals and what stands between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import itemgetter
from typing import NamedTuple, overload

from bot.news.words.morphology import fold, is_stop, kept

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
        return _opens(self.gap)


@dataclass(frozen=True, slots=True, eq=False)
class Said(Sequence[Word]):
    """The words of a text in order, by columns: of its hundreds, few are looked at as a Word."""

    texts: list[str]
    gaps: list[str]  # before each
    starts: list[int]
    capitals: list[bool]

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> "Said": ...
    def __getitem__(self, at: int | slice) -> "Word | Said":
        if isinstance(at, slice):
            return Said(self.texts[at], self.gaps[at], self.starts[at], self.capitals[at])
        return Word(
            self.starts[at], self.stop(at), self.texts[at], self.gaps[at], self.capitals[at]
        )

    def stop(self, at: int) -> int:
        return self.starts[at] + len(self.texts[at])

    def folded(self, at: int) -> str:
        return _folded(self.texts[at])

    def opens(self, at: int) -> bool:
        """Whether a sentence, a line or a quotation begins with the word there."""
        return _opens(self.gaps[at])


def _opens(gap: str) -> bool:
    return not gap or not _OPENS.isdisjoint(gap)


def beginnings(said: Said, language: str) -> list[int]:
    """Where a name may begin: at capitals, but those of function words that open a sentence."""
    texts, gaps = said.texts, said.gaps
    return [
        at
        for at in compress(count(), said.capitals)
        if gaps[at] == " " or not (_opens(gaps[at]) and _is_function(texts[at], language))
    ]


@lru_cache(maxsize=4096)
def _is_function(word: str, language: str) -> bool:
    if len(word) == 1 or language == "en":  # an initial; Will Smith
        return False
    return is_stop(kept(language)[word.lower()])


def parts(name: str) -> list[str]:
    """The words of a name; a hyphen parts them."""
    return _WORD.findall(name)


def words(text: str) -> Said:
    """Every word of the text, in order."""
    parted = _WORD.split(text)
    del parted[-1]  # what is behind the last word
    texts, ends = parted[1::2], list(accumulate(map(len, parted)))
    capitals = list(map(str.isupper, map(itemgetter(0), texts)))
    return Said(texts, parted[::2], ends[::2], capitals)
