"""Russian names of places in Latin letters, as English texts about our regions write them."""

import re

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya yo"
_LETTERS = {
    letter: latin.strip("_") for letter, latin in zip(_CYRILLIC, _LATIN.split(" "), strict=True)
}
_ENDINGS = re.compile(r"(?<=[кгхжшнлрвт])[иы]й(?![а-яё])")
_AS_YE = re.compile(r"(?:(?<=[аеёиоуыэюяъьАЕЁИОУЭЮЯ])|(?<![А-Яа-яЁё]))([еЕ])")


def romanised(name: str) -> str:
    """«Ленинск-Кузнецкий» is Leninsk-Kuznetsky, «Полысаево» Polysayevo."""
    name = _AS_YE.sub(lambda found: "йэ" if found[0] == "е" else "Йэ", _ENDINGS.sub("ы", name))
    return "".join(map(_letter, name))


def _letter(letter: str) -> str:
    latin = _LETTERS.get(letter.lower(), letter)
    return latin.capitalize() if letter.isupper() else latin
