"""In which script a source writes: whether Svodka can understand it at all."""

import unicodedata
from collections import Counter

from bot.sources.feed import Feed

ENTRIES = 50  # looked at, with so many characters of each
CHARACTERS = 200
_OURS = frozenset({"CYRILLIC", "LATIN"})
# By the first word of a letter's name in Unicode.
_LANGUAGES = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ARABIC": "Arabic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}


def foreign_script(feed: Feed) -> str | None:
    """A sentence for whoever adds a feed that Svodka will not understand; None when it may."""
    said = [
        feed.title,
        *(entry.title + entry.html[:CHARACTERS] for entry in feed.entries[:ENTRIES]),
    ]
    scripts = Counter(_script(letter) for letter in "".join(said) if letter.isalpha())
    foreign = {script: n for script, n in scripts.items() if script not in _OURS}
    if sum(foreign.values()) * 2 <= sum(scripts.values()):
        return None
    kana = foreign.keys() & {"HIRAGANA", "KATAKANA"}  # Japanese is written with Chinese letters too
    script = kana.pop() if kana else max(foreign, key=foreign.__getitem__)
    language = _LANGUAGES.get(script, "a foreign script")
    return f"this is in {language}; Svodka understands Russian, Belarusian and English"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
