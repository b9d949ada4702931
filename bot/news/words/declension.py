"""Cases of names by their endings, from a table: dictionaries know few surnames and villages.

A row of declension.toml holds the endings of nomn, gent, datv, accs, ablt, loct in that order; rows
stand from the particular to the general, and the first that fits a word is its own.
"""

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
SHORTEST_STEM = 2

_VOWELS = frozenset("аеёиоуыэюяіў")

Row = tuple[str, ...]


def nominative(word: str, language: str, gender: str, case: str) -> str | None:
    """The nominative of a surname or given name that stands in that case; None: it cannot."""
    at = CASES.index(case)
    for row in _rows(f"{language}_{gender}"):
        if word.endswith(row[at]):
            stem = word[: len(word) - len(row[at])]
            if len(stem) >= SHORTEST_STEM and _joins(stem, row):
                return stem + row[0]
    return None


def declined(word: str, language: str, gender: str) -> dict[str, str]:
    """Case → form of a name given in the nominative."""
    for row in _rows(f"{language}_{gender}"):
        stem = word[: len(word) - len(row[0])]
        if word.endswith(row[0]) and _joins(stem, row):
            return {case: stem + ending for case, ending in zip(CASES, row, strict=True)}
    return dict.fromkeys(CASES, word)


def phrase(name: Sequence[str], language: str, *, whole: bool) -> tuple[frozenset[str], ...]:
    """The forms of each word of a place's or organisation's folded name.

    Unless the whole is declined, what comes after the first noun stays as it is: «Банк России».
    """
    end = len(name) if whole else _declining(name)
    return (*(forms(w, language) for w in name[:end]), *(frozenset([w]) for w in name[end:]))


@lru_cache(maxsize=4096)
def forms(word: str, language: str) -> frozenset[str]:
    """Every form that the word may stand in, and more: each row that fits adds its own."""
    found = {word}
    for row in _rows(f"{language}_names"):
        stem = word[: len(word) - len(row[0])]
        if word.endswith(row[0]) and stem and _joins(stem, row):
            found.update(stem + ending for ending in row)
    return frozenset(found)


def _declining(name: Sequence[str]) -> int:
    """How many words decline: adjectives, and the first noun with the adjectives behind it."""
    noun = next((at for at, word in enumerate(name) if not _adjective(word)), len(name) - 1)
    return next((at for at in range(noun + 1, len(name)) if not _adjective(name[at])), len(name))


def _adjective(word: str) -> bool:
    return word.endswith(("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ыя", "ки", "кия"))


def _joins(stem: str, row: Row) -> bool:
    """Nothing and «ь» stand behind a consonant, «й» behind a vowel; what never changes fits."""
    if row[0] == "й":
        return stem[-1:] in _VOWELS
    if row[0] == "ец":  # «Швеца» is of Швец, «Скворца» of Скворец
        return not _VOWELS.isdisjoint(stem) and stem[-1] not in _VOWELS
    if row[0] in ("", "ь") and len(set(row)) > 1:
        return stem[-1:] not in _VOWELS and stem[-1:] not in "йь"
    return True


@cache
def _rows(table: str) -> tuple[Row, ...]:
    return tuple(tuple(end.replace("-", "") for end in row.split()) for row in _tables()[table])


@cache
def _tables() -> dict[str, list[str]]:
    text = files(__package__).joinpath("declension.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
