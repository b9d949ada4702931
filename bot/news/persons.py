"""«Имя Фамилия» in any case, brought to the nominative; then the surname alone, which is the same.

The given name decides: it is known (to the dictionary in Russian, to given.toml in Belarusian and
English), and its case and gender tell how the surname is declined.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from bot.news.capitals import Word
from bot.news.declension import CASES, declined, nominative
from bot.news.gazetteer import is_listed
from bot.news.morphology import fold, parses
from bot.news.surnames import surname

LEAST_NAME = 0.02  # how likely a word must be a given name: «роман» and «вера» are words too

_PATRONYMIC = re.compile(
    r"(?:(?:[ое]вич|[иь]ич|лыч|ныч)(?:а|у|ем|е)?|(?:[ое]вн|ичн)(?:а|ы|е|у|ой)|[ае]віч(?:а|у|ам)?)$"
)
_NO_FAMILY = frozenset(["VERB", "INFN", "PREP", "CONJ", "PRCL", "NPRO", "GRND", "NUMR"])
_OTHER_NAMES = frozenset(["Name", "Orgn", "Abbr"])
_OF_A_WOMAN = ("ова", "ева", "ёва", "ская", "цкая", "ная", "тая")
_OF_A_MAN = ("ов", "ев", "ёв", "ский", "цкий", "ный", "оў", "аў", "еў", "скі", "цкі")
_ASKS_OBLIQUE = frozenset(
    [
        "у",
        "от",
        "для",
        "из",
        "с",
        "со",
        "без",
        "против",
        "к",
        "по",
        "за",
        "о",
        "об",
        "перед",
        "между",
    ]
)


class Person(NamedTuple):
    """Words first to last (without it) name somebody."""

    first: int
    last: int
    name: str  # in the nominative, without the patronymic
    others: tuple[str, ...] = ()  # what else the same words may be the case of


class Reading(NamedTuple):
    """One way to take a word for a given name."""

    gender: str  # masc, femn
    case: str
    name: str  # in the nominative


def persons(words: Sequence[Word], capitals: Sequence[int], language: str | None) -> list[Person]:
    """Who is named: in full, and by surname alone. `capitals` are where capital words stand."""
    found = _agreed(list(_in_full(words, capitals, language or "ru")))
    known = _by_family(found, language or "ru")
    named = {at for one in found for at in range(one.first, one.last)}
    for at in capitals:
        if at in named:
            continue
        name = known.get(words[at].folded)
        if name is None and language in ("ru", None):
            name = surname(words, at)
        if name is not None:
            found.append(Person(at, at + 1, name))
    return found


def _agreed(found: list[Person]) -> list[Person]:
    """«Вадима Верника» may be a woman's name, unless the text names «Вадим Верник» too."""
    sure = {one.name for one in found if not one.others}
    return [
        one._replace(name=next((name for name in one.others if name in sure), one.name))
        for one in found
    ]


def families(word: str) -> frozenset[str]:
    """Every surname, folded and in the nominative, that a word may be a form of."""
    lower = word.lower()
    found = {lower}
    for gender in ("masc", "femn"):
        found.update(filter(None, (nominative(lower, "ru", gender, case) for case in CASES)))
    return frozenset(map(fold, found))


def _in_full(words: Sequence[Word], capitals: Sequence[int], language: str) -> Iterator[Person]:
    done = 0
    for at in capitals:
        if at < done or not _follows(words, at + 1):
            continue
        readings = given(words[at].text, language)
        if not readings and language == "ru":
            readings = _stranger(words[at].text, words[at + 1].text)
        if readings and (person := _person(words, at, readings, language)):
            done = person.last
            yield person


def _person(
    words: Sequence[Word], at: int, readings: tuple[Reading, ...], language: str
) -> Person | None:
    end = at + 1
    if _follows(words, end) and _is_patronymic(words[end].text) and _follows(words, end + 1):
        end += 1
    if _follows(words, end) and not words[end].text.isupper() | words[at].text.isupper():
        stop = end + 1
        while stop < len(words) and words[stop].gap == "-" and words[stop].capital:
            stop += 1
        family = "-".join(word.text for word in words[end:stop])
        if names := _full(tuple(_likeliest(words, at, readings)), family, language):
            return Person(at, stop, names[0], names[1:])
    return None


def _follows(words: Sequence[Word], at: int) -> bool:
    return (
        at < len(words) and words[at].gap == " " and words[at].capital and len(words[at].text) > 1
    )


def _likeliest(
    words: Sequence[Word], at: int, readings: tuple[Reading, ...]
) -> tuple[Reading, ...]:
    """«у Александра» is no nominative, nor is it in «заместителя главы города Александра»."""
    if len({one.case == "nomn" for one in readings}) == 1:
        return readings
    oblique = at > 0 and words[at].gap == " " and words[at - 1].text.lower() in _ASKS_OBLIQUE
    for back in range(at, max(0, at - 5), -1):
        if oblique or words[back].gap != " " or not _is_noun(words[back - 1].text):
            break
        oblique = _is_oblique(words[back - 1].text)
    return tuple(sorted(readings, key=lambda one: (one.case == "nomn") == oblique))


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    return parses(word)[0].tag.POS in ("NOUN", "ADJF")


@lru_cache(maxsize=4096)
def _is_oblique(word: str) -> bool:
    """Whether it is somebody, and in no reading the subject."""
    somebody = [one.tag for one in parses(word) if one.tag.POS == "NOUN" and "anim" in one.tag]
    return bool(somebody) and all(tag.case != "nomn" for tag in somebody)


@lru_cache(maxsize=8192)
def _full(readings: tuple[Reading, ...], family: str, language: str) -> tuple[str, ...]:
    """The whole name in the nominative, by each reading that the surname agrees with."""
    if language == "en":
        return (f"{readings[0].name} {family}",)
    if language == "ru" and not _may_be_family(family):
        return ()
    found: dict[str, None] = {}
    for one in readings:
        parts = [_family(part, one, language) for part in family.split("-")]
        if all(parts):
            found[f"{one.name} {'-'.join(map(str, parts))}"] = None
    return tuple(found)


def _family(word: str, given: Reading, language: str) -> str | None:
    lower = word.lower()
    if given.case == "nomn":
        wrong = _OF_A_WOMAN if given.gender == "masc" else _OF_A_MAN
        return None if lower.endswith(wrong) else word
    found = nominative(lower, language, given.gender, given.case)
    return found and found[:1].upper() + found[1:]


@lru_cache(maxsize=8192)
def _may_be_family(word: str) -> bool:
    """What is known for a verb, a town nearby or a given name is hardly a surname."""
    readings = [one for one in parses(word) if one.is_known]
    if not readings or any("Surn" in one.tag for one in readings):
        return True
    if is_listed(word) or any(not _OTHER_NAMES.isdisjoint(one.tag.grammemes) for one in readings):
        return False
    return readings[0].tag.POS not in _NO_FAMILY


def _is_patronymic(word: str) -> bool:
    return len(word) > 4 and bool(_PATRONYMIC.search(word))


@lru_cache(maxsize=8192)
def given(word: str, language: str) -> tuple[Reading, ...]:
    """The ways to take a word for a given name, likeliest first."""
    if language == "en":
        return (Reading("masc", "nomn", word),) if word in _listed("en") else ()
    lower = word.lower()
    listed = _declined(language).get(lower, ())
    if language != "ru" or listed:
        return listed
    return tuple(_from_dictionary(lower))


@lru_cache(maxsize=4096)
def _stranger(word: str, family: str) -> tuple[Reading, ...]:
    """A given name that the dictionary does not know, before a surname that it does."""
    if len(word) < 3 or word.isupper() or any(one.is_known for one in parses(word)):
        return ()
    found: dict[Reading, None] = {}
    for one in parses(family):
        gender, case = str(one.tag.gender), str(one.tag.case)
        if one.is_known and "Surn" in one.tag and case in CASES and gender in ("masc", "femn"):
            name = nominative(word.lower(), "ru", gender, case) if case != "nomn" else word
            if name:
                found[Reading(gender, case, name.capitalize())] = None
    return tuple(found)


def _from_dictionary(word: str) -> Iterator[Reading]:
    for one in parses(word):
        tag = one.tag
        if not one.is_known or "Name" not in tag or "plur" in tag or one.score < LEAST_NAME:
            continue
        name = word if tag.case == "nomn" else str(one.normal_form)
        genders = ("masc", "femn") if "Ms-f" in tag or "GNdr" in tag else (str(tag.gender),)
        case = "loct" if tag.case in ("loc2",) else str(tag.case)
        if case in CASES:
            yield from (Reading(gender, case, name.capitalize()) for gender in genders)


@cache
def _declined(language: str) -> dict[str, tuple[Reading, ...]]:
    """Form → readings of the listed names of a language."""
    found: dict[str, tuple[Reading, ...]] = {}
    for gender in ("masc", "femn"):
        for name in _listed(f"{language}_{gender}"):
            for case, form in declined(name.lower(), language, gender).items():
                found[form] = (*found.get(form, ()), Reading(gender, case, name))
    return found


def _by_family(found: Sequence[Person], language: str) -> dict[str, str]:
    """Folded forms of the surnames of those who were named in full → their full names."""
    known: dict[str, str] = {}
    for person in found:
        name, _, family = person.name.partition(" ")
        for form in _family_forms(name, family, language):
            known.setdefault(form, person.name)
    return known


@lru_cache(maxsize=2048)
def _family_forms(name: str, family: str, language: str) -> frozenset[str]:
    genders = {one.gender for one in given(name, language) if one.case == "nomn"} or {"masc"}
    found = {fold(family)}
    if language in ("ru", "be") and "-" not in family:
        for gender in genders:
            found.update(map(fold, declined(family.lower(), language, gender).values()))
    return frozenset(found)


@cache
def _listed(key: str) -> frozenset[str]:
    text = files(__package__).joinpath("given.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text).get(key, "").split())
