"""A name as our other languages spell it: Лукашенко is «Лукашэнка» and Lukashenko.

Rules of thumb: what they make of a word that is no name nobody wrote, so it is looked for in vain.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.news.words.morphology import fold, in_russian, is_known, parses
from bot.news.words.romanising import romanised

SHORTEST, LONGEST = 5, 24  # letters of a name

_FROM_LATIN = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "iu": "ю",
    "ju": "ю", "ya": "я", "ia": "я", "ja": "я", "ye": "е", "ie": "е", "yo": "е", "a": "а",
    "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "г", "i": "и", "j": "й",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с",
    "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "ы", "z": "з",
}  # fmt: skip
_SLAVIC = re.compile(r"[a-z]+(?:[oe]va?|ina?|sk[yi]|skaya|nk[oa]|[uy]k|ich|chik|ets|yan|ok)")
_LATIN = re.compile("|".join(sorted(_FROM_LATIN, key=len, reverse=True)))
_ADJECTIVE = re.compile(r"(?<=[kc])(?:y|iy|i)$")  # Danilevsky
_AFTER_VOWEL = re.compile(r"(?<=[aeiou])y(?![aeou])")
_HARD = re.compile("(?<=[жшчцрдт])е")
_SHORT_U = re.compile("(?<=[аеиоуыэюя])в(?=[бвгджзклмнпрстфхцчшщ])")


@lru_cache(maxsize=4096)
def crossed(word: str) -> tuple[str, ...]:
    """Other spellings, folded, of a folded word that may be a surname; none of other words."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ()
    if word.isascii():
        return tuple(dict.fromkeys(_in_cyrillic(word))) if _SLAVIC.fullmatch(word) else ()
    known = is_known(word)
    if known and not any("Surn" in one.tag for one in parses(word)):
        return ()
    russian = [word, *(() if known else _heard(word))]
    found = dict.fromkeys(russian)
    found |= dict.fromkeys(other for one in russian for other in _elsewhere(one))
    found.pop(word)
    return tuple(found)


def _in_cyrillic(word: str) -> Iterator[str]:
    plain = _AFTER_VOWEL.sub("й", _ADJECTIVE.sub("ий", word))
    russian = _LATIN.sub(lambda found: _FROM_LATIN[found[0]], plain)
    yield russian
    yield _in_belarusian(russian)


def _elsewhere(russian: str) -> Iterator[str]:
    yield _in_belarusian(russian)
    yield romanised(russian)


def _in_belarusian(russian: str) -> str:
    """As it is heard there: «Лукашэнка», «Данілеўскі»; what stress decides is not known here."""
    return _SHORT_U.sub("у", _HARD.sub("э", russian)).replace("о", "а")


def _heard(word: str) -> Iterator[str]:
    """The surnames of the Russian dictionary that a Belarusian one may be."""
    for one in in_russian(word):
        surnames = [reading for reading in parses(one) if "Surn" in reading.tag]
        yield from (fold(str(reading.normal_form)) for reading in surnames[:1])
