"""Latin letters among Cyrillic ones («Kузбaсс», «Мiнск»): of two keyboards, or to deceive filters.

A word that is all Cyrillic but for letters that look so is taken for Cyrillic; of a text with some
such words, single letters too. What has any other Latin letter («SMSка») stays.
"""

import re

SOME = 3  # such words of a text whose single letters are taken for Cyrillic, too

_TWINS = "aceopxykmtbhiACEOPXYKMTBHI"
_CYRILLIC = str.maketrans(_TWINS, "асеорхукмтвніАСЕОРХУКМТВНІ")
_LETTERS = "А-Яа-яЁёІіЎўЇїЄєҐґ"
_MIXED = re.compile(f"[A-Za-z](?:(?<=[{_LETTERS}].)|(?=[{_LETTERS}]))")
_WORD = re.compile(f"(?=[{_TWINS}]*[{_LETTERS}])(?=[{_LETTERS}]*[{_TWINS}])[{_TWINS}{_LETTERS}]+")
_ALONE = re.compile(r"(?<![\w'’&./-])[aceoykABCOYKi](?![\w'’&./-])")


def cyrillic(text: str) -> str:
    """The text with those letters as they look; as long as it was."""
    if not _MIXED.search(text):  # as in nearly all
        return text
    text, words = re.subn(rf"\b{_WORD.pattern}\b", _translated, text)
    return _ALONE.sub(_translated, text) if words >= SOME else text


def _translated(match: re.Match[str]) -> str:
    return match[0].translate(_CYRILLIC)
