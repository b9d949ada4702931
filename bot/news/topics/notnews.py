"""Not news: adverts, horoscopes, bare forecasts, lists, satire and congratulations among articles.

The signs are data (notnews.toml). A text that is none of the news is stored and searchable like
any other; it bears the topic `not_news`, by which digests leave it out.
"""

import re
import tomllib
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.news.words.morphology import lower, variants

LONGEST = 8000  # characters; no kind is longer, so nothing is looked for in a longer text

_SPEECH = re.compile(r"«[^«»]*»|\"[^\"]*\"|“[^“”]*”")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that speaks for a kind; notnews.toml says what each field is."""

    pattern: re.Pattern[str]
    weight: float
    most: int
    least: int
    dense: float
    needed: bool
    with_: re.Pattern[str] | None
    of: tuple[str, ...]

    @property
    def highest(self) -> float:
        """The most that it may add."""
        return max(0.0, self.weight * self.most)

    def may_be_in(self, low: str) -> bool:
        """Cheap to tell of a text in lower case; False is sure."""
        return not self.of or any(one in low for one in self.of)

    def found(self, text: str, low: str) -> list[str]:
        """What counts of it, as it is spelled; `low` is the text in lower case."""
        every = [text[slice(*match.span())].strip() for match in self.pattern.finditer(low)]
        if len(every) < self.least or (self.with_ and not self.with_.search(low)):
            return []
        if self.dense and len(every) * 100 < self.dense * max(1, len(_WORD.findall(text))):
            return []
        counted = every if self.dense else list({one.casefold(): one for one in every}.values())
        return counted[: self.most] if len(counted) >= self.least else []


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of text that is no news."""

    name: str
    enough: float
    longest: int
    bare: bool
    speech: bool
    digits: float
    has: tuple[frozenset[str], ...]  # lemmas
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class NotNews:
    """That a text is no news: of which kind, how surely (0 to 1), and by which words of it."""

    kind: str
    bare: bool  # it bears no other topic, whatever its words
    score: float
    signs: tuple[tuple[str, float], ...]  # as spelled in the text, and the weight


def judge(title: str, text: str, lemmas: Set[str]) -> NotNews | None:
    """What a text as its source gave it, with its labels, is instead of news; None for news."""
    if len(text) > LONGEST:
        return None
    digits = 100 * sum(map(text.count, "0123456789")) / max(1, len(text))
    kinds = [kind for kind in _kinds() if _may_be(kind, len(text), digits, lemmas)]
    if not kinds:
        return None
    whole = f"{title}\n{text}"
    read = {
        speech: whole if speech else _SPEECH.sub(" ", whole) for speech in {k.speech for k in kinds}
    }
    low = {speech: lower(said) for speech, said in read.items()}
    found = [one for k in kinds if (one := _of(k, read[k.speech], low[k.speech]))]
    return max(found, key=lambda one: one.score, default=None)


def _may_be(kind: Kind, length: int, digits: float, lemmas: Set[str]) -> bool:
    """Cheap to tell, and true of few texts."""
    if length > kind.longest or digits < kind.digits:
        return False
    return not any(words.isdisjoint(lemmas) for words in kind.has)


def _of(kind: Kind, said: str, low: str) -> NotNews | None:
    if not (possible := _possible(kind, low)):
        return None
    signs: list[tuple[str, float]] = []
    total, to_come = 0.0, sum([sign.highest for sign in possible])
    for sign in possible:
        found = sign.found(said, low)
        signs += [(one, sign.weight) for one in found]
        total += sign.weight * len(found)
        to_come -= sign.highest
        if total + to_come < kind.enough or (sign.needed and not found):
            return None
    return NotNews(kind.name, kind.bare, round(1 - 0.5 ** (total / kind.enough), 3), tuple(signs))


def _possible(kind: Kind, low: str) -> list[Sign]:
    """The signs that may be found; none if they cannot come to enough."""
    possible = []
    to_come = sum([sign.highest for sign in kind.signs])
    for sign in kind.signs:
        if sign.may_be_in(low):
            possible.append(sign)
            continue
        to_come -= sign.highest
        if sign.needed or to_come < kind.enough:
            return []
    return possible


@cache
def _kinds() -> Sequence[Kind]:
    table = tomllib.loads(files(__package__).joinpath("notnews.toml").read_text("utf-8"))
    return tuple(
        Kind(
            name=one["name"],
            enough=one["enough"],
            longest=one["longest"],
            bare=one.get("bare", False),
            speech=one.get("speech", False),
            digits=one.get("digits", 0),
            has=tuple(map(_lemmas, one.get("has", ()))),
            signs=tuple(map(_sign, one["sign"])),
        )
        for one in table["kind"]
    )


def _lemmas(words: Collection[str]) -> frozenset[str]:
    return frozenset(lemma for word in words for lemma in variants(word))


def _sign(one: dict[str, Any]) -> Sign:
    return Sign(
        pattern=re.compile(one["pattern"]),
        weight=one.get("weight", 1),
        most=one.get("most", 1),
        least=one.get("least", 1),
        dense=one.get("dense", 0),
        needed=one.get("needed", False),
        with_=re.compile(one["with"]) if "with" in one else None,
        of=tuple(one.get("of", ())),
    )
