"""Names as papers write them: «С. Е. Цивилев», «Цивилев С. Е.», «Ковалёву Игорю Петровичу»."""

from functools import lru_cache
from typing import NamedTuple

from bot.news.names.families import full_names, in_nominative, looks_like_one, may_be_family
from bot.news.names.gazetteer import is_listed
from bot.news.names.given import Reading, given, patronymic, role
from bot.news.words.capitals import Said
from bot.news.words.morphology import known_readings

_DOTS = (".", ". ", ".\u00a0", ".\u202f")  # what stands behind an initial
_SHORTEST = 3  # letters of a surname beside initials


class Person(NamedTuple):
    """Words first to last (without it) name somebody."""

    first: int
    last: int
    name: str  # in the nominative, without the patronymic if there is a surname
    others: tuple[str, ...] = ()  # what else the same words may be the case of
    short: bool = False  # by initials, or without a surname: the text may say more elsewhere


def initials(words: Said, at: int, language: str) -> Person | None:
    """One or two initials and the surname, either first."""
    if len(words.texts[at]) == 1:
        stop = _letters(words, at)
        if _is_name(words, stop) and words.gaps[stop] in _DOTS:
            return _by_letters(words, at, stop, stop, stop + 1, language)
        return None
    start = at + 1
    if start >= len(words) or words.gaps[start] != " " or not _is_name(words, at):
        return None
    stop = _letters(words, start)
    closed = stop >= len(words) or words.gaps[stop].startswith(".")
    if stop == start + 2 and closed and looks_like_one(words.texts[at]):
        return _by_letters(words, start, stop, at, stop, language)
    return None


def surname_first(words: Said, at: int) -> Person | None:
    """«Ковалёву Игорю Петровичу»; without a patronymic, only what ends like a surname."""
    if not (_capital(words, at + 1) and _is_name(words, at)):
        return None
    readings = given(words.texts[at + 1], "ru")
    if not readings:
        return None
    fathers = patronymic(words.texts[at + 2]) if _capital(words, at + 2) else ()
    stop = at + (3 if fathers else 2)
    family = words.texts[at]
    if _capital(words, stop) or family.isupper():
        return None
    if not _goes_before(family, known=bool(fathers), told=role_before(words, at) is not None):
        return None
    names = full_names(agreed(readings, fathers), family, "ru")
    return Person(at, stop, names[0], names[1:]) if names else None


def agreed(readings: tuple[Reading, ...], fathers: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings of a given name that go with those of the patronymic behind it."""
    said = {(one.gender, one.case) for one in fathers}
    return tuple(one for one in readings if not said or one[:2] in said) or readings


def role_before(words: Said, at: int) -> str | None:
    """The case of who stands before a name: «предпринимателю»."""
    if not at or words.gaps[at] != " " or words.capitals[at - 1]:
        return None
    return role(words.texts[at - 1], "ru")


def _by_letters(
    words: Said, start: int, stop: int, family: int, last: int, language: str
) -> Person | None:
    first = min(start, family)
    surname = words.texts[family]
    if words.texts[start].isascii() != surname.isascii():  # degrees: «−5 °C»
        return None
    if language == "ru":
        surname = _surname(surname, role_before(words, first))
        if not may_be_family(surname):
            return None
    letters = " ".join(f"{word.text}." for word in words[start:stop])
    return Person(first, last, f"{letters} {surname}", short=True)


def _letters(words: Said, at: int) -> int:
    """Where the initials end that begin at a word: one or two letters."""
    stop = at
    while stop < min(at + 2, len(words)) and len(words.texts[stop]) == 1 and words.capitals[stop]:
        if stop > at and words.gaps[stop] not in _DOTS:
            break
        stop += 1
    return stop


def _surname(word: str, case: str | None) -> str:
    if case is not None:
        return in_nominative(word, case)
    tags = [one.tag for one in known_readings(word) if "Surn" in one.tag]
    if not tags or any(tag.case == "nomn" for tag in tags):
        return word
    return in_nominative(word, str(tags[0].case))


def _capital(words: Said, at: int) -> bool:
    return (
        at < len(words)
        and words.gaps[at] == " "
        and words.capitals[at]
        and len(words.texts[at]) > 1
    )


def _is_name(words: Said, at: int) -> bool:
    return (
        at < len(words)
        and words.capitals[at]
        and len(words.texts[at]) >= _SHORTEST
        and words.texts[at][1:].islower()
    )


@lru_cache(maxsize=4096)
def _goes_before(word: str, *, known: bool, told: bool) -> bool:
    """Whether it is a surname: the dictionary's, or what stands around says that it must be."""
    if looks_like_one(word):
        return known or not given(word, "ru")
    return told and not is_listed(word) and not known_readings(word)
