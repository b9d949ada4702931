"""Surnames by their endings: which case of which surname goes with a given name in some case."""

from collections.abc import Sequence
from functools import lru_cache

from bot.news.names.gazetteer import is_listed
from bot.news.names.given import OF_A_WOMAN, Reading, given
from bot.news.words.declension import CASES, declined, nominative
from bot.news.words.morphology import fold, known_readings

_OF_A_MAN = ("ов", "ев", "ёв", "ский", "цкий", "ный", "оў", "аў", "еў", "скі", "цкі")
_OBLIQUE = ("нку", "нкі", "нкам", "ёву", "аву", "скаму", "скага")  # in no Belarusian nominative
_NO_FAMILY = frozenset(["VERB", "INFN", "PREP", "CONJ", "PRCL", "NPRO", "GRND", "NUMR"])
_OTHER_NAMES = frozenset(["Orgn", "Abbr"])
_SUFFIXES = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "енко", "ук", "юк", "ич", "ян", "швили")
_STEMS = ("ов", "ев", "ёв", "ин", "ын")
_CASED = (
    *(stem + ending for stem in _STEMS for ending in ("а", "у", "ым", "е", "ой")),
    *("ского", "скому", "ским", "ском", "ская", "ской", "скую", "цкого", "цкому", "цкая", "цкой"),
    *("яна", "яну", "яном", "ича", "ичу", "ичем", "ука", "уку", "юка", "юку"),
)


def families(word: str) -> frozenset[str]:
    """Every surname, folded and in the nominative, that a word may be a form of."""
    lower = word.lower()
    found = {lower}
    for gender in ("masc", "femn"):
        found.update(filter(None, (nominative(lower, "ru", gender, case) for case in CASES)))
    return frozenset(map(fold, found))


@lru_cache(maxsize=8192)
def full_names(readings: tuple[Reading, ...], family: str, language: str) -> tuple[str, ...]:
    """The whole name in the nominative, by each reading that the surname agrees with."""
    if language == "en":
        return (f"{readings[0].name} {family}",)
    if language == "ru" and not may_be_family(family):
        return ()
    found: dict[str, None] = {}
    for one in readings:
        parts = [_nominative(part, one, language) for part in family.split("-")]
        if all(parts):
            found[f"{one.name} {'-'.join(map(str, parts))}"] = None
    return tuple(found)


@lru_cache(maxsize=8192)
def may_be_family(word: str) -> bool:
    """What is known for a verb, a town nearby or an organisation is hardly a surname."""
    known = known_readings(word)
    if not known or any("Surn" in one.tag for one in known):
        return True
    if is_listed(word) or any(not _OTHER_NAMES.isdisjoint(one.tag.grammemes) for one in known):
        return False
    return known[0].tag.POS not in _NO_FAMILY


@lru_cache(maxsize=8192)
def looks_like_one(word: str) -> bool:
    """Whether a word by itself is a surname in some case: known for one, or ending like one."""
    known = known_readings(word)
    if any("Surn" in one.tag for one in known):
        return True
    return not known and not is_listed(word) and word.endswith(_SUFFIXES + _CASED)


def in_nominative(word: str, case: str) -> str:
    """The surname alone, by the case that it stands in."""
    if case == "nomn":
        return word
    gender = "femn" if word.endswith(("ой", "ую")) else "masc"
    return (nominative(word.lower(), "ru", gender, case) or word.lower()).capitalize()


@lru_cache(maxsize=2048)
def forms_of(name: str, language: str) -> frozenset[str]:
    """The folded forms of the surname of somebody named in full."""
    first, *_, family = name.split(" ")
    genders: Sequence[str] = [one.gender for one in given(first, language) if one.case == "nomn"]
    if not genders:
        genders = ("femn",) if family.endswith(OF_A_WOMAN) else ("masc",)
    found = {fold(family)}
    if language in ("ru", "be"):
        *head, last = family.lower().split("-")
        for gender in set(genders):
            heads = [declined(one, language, gender) for one in head]
            for case, form in declined(last, language, gender).items():
                found.add(fold("-".join((*(one[case] for one in heads), form))))
    return frozenset(found)


def _nominative(word: str, given: Reading, language: str) -> str | None:
    lower = word.lower()
    if given.case == "nomn":
        wrong = OF_A_WOMAN if given.gender == "masc" else _OF_A_MAN
        oblique = _OBLIQUE if language == "be" else ()
        return None if lower.endswith((*wrong, *oblique)) else word
    found = nominative(lower, language, given.gender, given.case)
    return found and found[:1].upper() + found[1:]
