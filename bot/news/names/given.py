"""Given names and patronymics: in which cases, and of whom, a word may be one.

Russian names are known to the dictionary, Belarusian and English ones to given.toml. A name that
neither knows is believed where a noun before it says who somebody is.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from bot.news.words.declension import CASES, declined, nominative
from bot.news.words.morphology import known_readings, parses

LEAST_NAME = 0.02  # how likely a word must be a given name: «роман» and «вера» are words too
_HARDLY_HERS = frozenset(["геннадия", "виталия"])  # forms of his, whatever the dictionary says
OF_A_WOMAN = ("ова", "ева", "ёва", "ская", "цкая", "ная", "тая")

_FATHERS = {  # endings that make a name of the father's, and those of their cases
    "masc": (
        re.compile(r"(.+(?:[оеа][вў]ич|[иь]ич|[лнм]ыч|[кмнлт]ич|[оеаё]віч|[иьін]іч))(а|у|ем|ам|е|)"),
        {"": ("nomn",), "а": ("gent", "accs"), "у": ("datv",), "ем": ("ablt",), "ам": ("ablt",),
         "е": ("loct",)},
    ),
    "femn": (
        re.compile(r"(.+(?:[оеё]вн|[ои]ничн|ичн|[оаеё]ўн))(а|ы|е|у|ою|ой|ай)"),
        {"а": ("nomn",), "ы": ("gent",), "е": ("datv", "loct"), "у": ("accs",), "ой": ("ablt",),
         "ою": ("ablt",), "ай": ("ablt",)},
    ),
}  # fmt: skip

_SLAVIC = re.compile(r"[A-Z]\w+(?:ov|ova|ev|eva|iova|sky|skaya|ski|ich|enko|uk|chik)")


class Reading(NamedTuple):
    """One way to take a word for a given name or a patronymic."""

    gender: str  # masc, femn
    case: str
    name: str  # in the nominative


@lru_cache(maxsize=8192)
def given(word: str, language: str) -> tuple[Reading, ...]:
    """The ways to take a word for a given name, likeliest first."""
    if language == "en":
        return (Reading("masc", "nomn", word),) if word in listed("en") else ()
    lower = word.lower()
    known = _forms(language).get(lower, ())
    if language != "ru" or known:
        return known
    return tuple(_from_dictionary(lower))


@lru_cache(maxsize=8192)
def patronymic(word: str) -> tuple[Reading, ...]:
    """The ways to take a word for a patronymic."""
    for gender, (pattern, cases) in _FATHERS.items():
        if len(word) > 4 and (found := pattern.fullmatch(word)):
            name = found[1] + ("а" if gender == "femn" else "")
            return tuple(Reading(gender, case, name) for case in cases[found[2]])
    return ()


@lru_cache(maxsize=4096)
def is_patronymic(word: str, language: str) -> bool:
    """Whether it is known for one: «Санкович» and «Пракаповіч» look like it, and are surnames."""
    if language == "be":
        return word[:4] in {name[:4] for name in listed("be_masc")}
    return any("Patr" in one.tag for one in known_readings(word))


@lru_cache(maxsize=4096)
def stranger(word: str, family: str, case: str | None, language: str) -> tuple[Reading, ...]:
    """A given name that nobody listed, by the surname behind it, or by who `case` says he is."""
    if len(word) < 3 or word.isupper() or given(family, language):
        return ()
    if language != "ru":
        told = case or (language == "en" and _SLAVIC.fullmatch(family))
        return _unheard(word, family, case, language) if told else ()
    if _is_word(word):
        return ()
    if case and not _is_word(family):
        return _unheard(word, family, case, language)
    found: dict[Reading, None] = {}
    for one in known_readings(family):
        gender, case = str(one.tag.gender), str(one.tag.case)
        if "Surn" in one.tag and case in CASES and gender in ("masc", "femn"):
            name = nominative(word.lower(), "ru", gender, case) if case != "nomn" else word
            if name:
                found[Reading(gender, case, name.capitalize())] = None
    return tuple(found)


@lru_cache(maxsize=4096)
def role(word: str, language: str) -> str | None:
    """The case of a noun that says who somebody is: «капитан», «губернатору»."""
    if language != "ru":
        readings = _roles(language).get(word, ())
        return readings[0].case if readings else None
    tag = parses(word)[0].tag
    somebody = tag.POS == "NOUN" and "anim" in tag and tag.number == "sing"
    return str(tag.case) if somebody and tag.case in CASES else None


@cache
def listed(key: str) -> frozenset[str]:
    """The names of a table of given.toml."""
    text = files(__package__).joinpath("given.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text).get(key, "").split())


def _is_word(word: str) -> bool:
    """Whether the dictionary knows it for anything but somebody's name."""
    return any("Name" not in one.tag for one in known_readings(word))


def _unheard(word: str, family: str, case: str | None, language: str) -> tuple[Reading, ...]:
    if case in (None, "nomn") or language == "en":
        gender = "femn" if family.lower().endswith(OF_A_WOMAN) else "masc"
        return (Reading(gender, "nomn", word),)
    woman = family.lower().endswith(("ой", "ай", "ую"))
    gender = "femn" if woman else "masc"
    name = nominative(word.lower(), language, gender, case)
    return (Reading(gender, case, name.capitalize()),) if name else ()


def _from_dictionary(word: str) -> Iterator[Reading]:
    for one in known_readings(word):
        tag = one.tag
        if "Name" not in tag or "plur" in tag or one.score < LEAST_NAME:
            continue
        if "femn" in tag and one.normal_form in _HARDLY_HERS:
            continue
        name = word if tag.case == "nomn" else str(one.normal_form)
        genders = ("masc", "femn") if "Ms-f" in tag or "GNdr" in tag else (str(tag.gender),)
        case = "loct" if tag.case in ("loc2",) else str(tag.case)
        if case in CASES:
            yield from (Reading(gender, case, name.capitalize()) for gender in genders)


@cache
def _forms(language: str) -> dict[str, tuple[Reading, ...]]:
    """Form → readings of the listed names of a language."""
    found: dict[str, tuple[Reading, ...]] = {}
    for gender in ("masc", "femn"):
        _add(found, listed(f"{language}_{gender}"), language, gender)
    return found


@cache
def _roles(language: str) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, tuple[Reading, ...]] = {}
    for gender in ("masc", "femn"):
        _add(found, listed(f"{language}_roles_{gender}"), language, gender)
    return found


def _add(
    found: dict[str, tuple[Reading, ...]], names: frozenset[str], language: str, gender: str
) -> None:
    for name in names:
        forms = declined(name.lower(), language, gender) if language != "en" else {"nomn": name}
        for case, form in forms.items():
            found[form] = (*found.get(form, ()), Reading(gender, case, name))
