"""Which of our languages a text is in, by its letters and its little words: ru, be, uk, en or None.

Belarusian has ў and no и, Ukrainian has ї є ґ and no ы, Russian has и and no і; what has letters of
none of them, or Latin letters without English little words, is left unnamed.
"""

import re
from collections import Counter

SAMPLE = 3_000  # characters that are looked at
ENOUGH_WORDS = 8  # from here on Latin text must show English words to be called English
ENOUGH_LETTERS = 60  # from here on rare letters are evidence

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_OURS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўіїєґ")


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_BELARUSIAN = _words(
    "гэта гэтага гэты гэтай што як які якая якія дзе калі таксама больш пра ад яго яна яны быў "
    "была было былі ёсць для навіны сёння заўтра каля пасля праз можна трэба вельмі рэйс"
)
_UKRAINIAN = _words(
    "що як який яка які від та це цього він вона вони був була було були не для після через "
    "можна треба дуже також сьогодні завтра новини україни буде рейс до"
)
_RUSSIAN = _words(
    "и что это как который в на не по из от для он она они был была было были с к также сегодня "
    "после его ее её или но до о об за при году новости где когда рейс"
)
_ENGLISH = _words(
    "the of and to in is for on with a an that it was at by from as are be this has have will "
    "what where when how new news not or but after about his her their"
)
_FOREIGN = _words(
    "der die das und ist nicht mit von den ein eine zu im le la les des et est dans une du pour "
    "el los las que por con del se y nie się jest na że w z do il che di per non sono i u je"
)


def detect(text: str) -> str | None:
    """The language of a text, or None."""
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    letters = Counter("".join(words))
    total = sum(letters.values())
    cyrillic = sum(count for letter, count in letters.items() if "\u0400" <= letter <= "\u04ff")
    latin = sum(count for letter, count in letters.items() if letter < "\u0250")
    if not total or cyrillic + latin < total / 2:
        return None
    if cyrillic * 4 >= total:
        return _cyrillic(words, letters, cyrillic)
    return _latin(words, letters, latin)


def _cyrillic(words: list[str], letters: Counter[str], total: int) -> str | None:
    strange = sum(n for c, n in letters.items() if "\u0400" <= c <= "\u04ff" and c not in _OURS)
    if strange * 50 > total:
        return None  # Kazakh, Tatar, Serbian …
    if total >= ENOUGH_LETTERS and letters["ъ"] * 100 > total and not letters["ы"] + letters["э"]:
        return None  # Bulgarian
    belarusian = 3 * letters["ў"] + letters["і"] + 2 * _hits(words, _BELARUSIAN)
    ukrainian = 3 * (letters["ї"] + letters["є"] + letters["ґ"]) + letters["і"]
    ukrainian += 2 * _hits(words, _UKRAINIAN) + (letters["и"] if letters["і"] else 0)
    russian = letters["и"] + 3 * letters["ъ"] + 2 * _hits(words, _RUSSIAN)
    belarusian += letters["ы"] + letters["э"] if letters["і"] or letters["ў"] else 0
    russian += letters["ы"] + letters["э"]
    scores = {"ru": russian, "be": belarusian, "uk": ukrainian}
    if not letters["і"] + letters["ї"] + letters["є"] + letters["ґ"]:
        del scores["uk"]
    return max(scores, key=scores.__getitem__)


def _latin(words: list[str], letters: Counter[str], total: int) -> str | None:
    accented = sum(n for c, n in letters.items() if "\u0080" <= c < "\u0250")
    if accented * 50 > total:
        return None
    english, foreign = _hits(words, _ENGLISH), _hits(words, _FOREIGN)
    if len(words) < ENOUGH_WORDS:
        return "en" if english >= foreign else None
    return "en" if english > foreign and english * 14 >= len(words) else None


def _hits(words: list[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)
