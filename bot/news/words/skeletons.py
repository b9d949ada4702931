"""Skeletons: what of a word outlives its endings, its derivations and a change of alphabet.

«Кемерово», «кемеровский», «Кемерава» and Kemerovo have the same first four consonants. For names
that is particular enough; a name too short for that stands for itself.
"""

import re
from functools import lru_cache
from sys import intern

LENGTH = 4  # consonants; «прокопьевский» has the same four as «Прокопьевск»
ROOT = 5  # letters that a word shares with those derived from it: «отравиться», «отравление»
CACHED = 32_768

_DIGRAPHS = re.compile("shch|sch|sh|zh|kh|ts|ch|дз")
_PLAIN = {
    "shch": "s", "sch": "s", "sh": "s", "zh": "z", "kh": "h", "ts": "t", "ch": "c", "дз": "д",
}  # fmt: skip
_LATIN = str.maketrans("бвгджзклмнпрстфхцчшщwqx", "bvgdzzklmnprstfhtcssvkk")  # Віцебск is Витебск
_DROPPED = re.compile("[^bvgdzklmnprstfhc]")
_DOUBLED = re.compile(r"(.)\1+")
# How a place's name becomes another word: кемеровский, мысковчанин.
DERIVED = ("ский", "цкий", "ск", "цк", "чанин")


@lru_cache(maxsize=CACHED)
def skeleton(lemma: str) -> str:
    """Its first four consonants in Latin letters; a word with fewer is its own skeleton."""
    plain = _DIGRAPHS.sub(lambda found: _PLAIN[found[0]], lemma).translate(_LATIN)
    bones = _DOUBLED.sub(r"\1", _DROPPED.sub("", plain))
    return intern(bones[:LENGTH] if len(bones) >= LENGTH else lemma)


def is_derived(lemma: str) -> bool:
    """Whether it may be made of a place's name."""
    return lemma.endswith(DERIVED)


@lru_cache(maxsize=CACHED)
def root(lemma: str) -> str:
    """Its first letters; a short word and a number whole."""
    return intern(lemma[:ROOT] if lemma.isalpha() else lemma)
