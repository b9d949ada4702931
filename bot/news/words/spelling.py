"""Words one slip of the finger away: a letter left out, put in, changed, or two swapped."""

import re
from collections.abc import Iterator

from bot.news.words.morphology import fold, is_known

SHORTEST = 4  # letters; a shorter word is a slip away from too many others
LONGEST = 24

_HARD = re.compile(r"(?<=\bоб)ь(?=[еёяю])|(?<=\bпод)ь(?=[её])|(?<=\bс)ь(?=е[здмсх])", re.I)
_HOW_MANY = re.compile(r"\bск(?:[оа]ль?к?[оаи]?|око|ока|ок)\b", re.I)
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_WORD = re.compile("[а-я]+|[a-z]+")
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def mended(question: str) -> str:
    """A question without the slips that are habits: «скока», «подьезд»."""
    return _HARD.sub("ъ", _HOW_MANY.sub("сколько", question))


def near_words(typed: str, lemma: str) -> list[str]:
    """Lemmas that may have been meant by what was typed; none for a word of the dictionary.

    What was typed may be nearer to a lemma than its own: «Шерегешь» passes for a verb.
    """
    plain = fold(typed)
    if not SHORTEST <= len(lemma) <= LONGEST or not _WORD.fullmatch(lemma) or is_known(plain):
        return []
    return list(dict.fromkeys([*_slips(lemma), *(_slips(plain) if plain != lemma else ())]))


def _slips(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _CYRILLIC
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
