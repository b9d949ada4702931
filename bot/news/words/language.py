"""Which of our languages a text is in: ru, be, uk, en, or None for any other and for none.

Letters speak first: what has и is not Belarusian, what has ы not Ukrainian, and what has no і is
hardly either. Beside them n-grams do: language.tsv (by bench/train_language.py) has for each three
letters how much likelier every language makes them, our four and some thirty more, which go
unnamed.
"""

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OURS = frozenset({"ru", "be", "uk", "en"})
SAMPLE = 160  # characters that are looked at in the beginning, and as many in the middle
LETTERS = 3  # of an n-gram; spaces count
STEP, ZERO = 0.6, 8  # a table's digit is so many nats for each above ZERO
LANE = 2  # bytes of a sum
FAVOUR = 10  # steps that ours are ahead: a name or two say little of a language
UNMARKED = 5, 20  # steps, least and most, that a language is behind in a text without its letters,
PER_LETTER = 0.3  # and those for each letter of the text: short ones may well do without
FEW = 8  # letters that tell nothing: a short word of Latin ones is taken for English
RARE = 50  # of so many letters one may be another language's: of a name, of a quotation

_SCRIPTS = {
    "cyrillic": re.compile("[\u0400-\u04ff]+(?:['’ʼ][\u0400-\u04ff]+)*"),
    "latin": re.compile("[a-z\u00df-\u024f]+(?:['’][a-z\u00df-\u024f]+)*"),
}
_NAME = re.compile(r"\b[A-Z]\w*")  # «Samsung Galaxy: цена» is Russian
_OURS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўіїєґ '’ʼ")  # letters
_ENGLISH = frozenset("abcdefghijklmnopqrstuvwxyz '’")
_NEVER = {
    "ru": frozenset("іўїєґ"),
    "be": frozenset("ищъїєґ"),
    "uk": frozenset("ыэёъў"),
    "bg": frozenset("ыэёі"),
    "mk": frozenset("ыэёьъщійюя"),
    "sr": frozenset("ыэёьъщійюя"),
    "tg": frozenset("ыщці"),
}
_OWN = {
    "be": "іў",
    "uk": "іїєґ",
    "mk": "јљњќѓѕџ",
    "sr": "јљњћђџ",
    "kk": "әғқңөұүһі",
    "ky": "ңөү",
    "mn": "өү",
    "tg": "ӣғқӯҳҷ",
    "tt": "әөүңһҗ",
}


@dataclass(frozen=True, slots=True)
class Table:
    """What n-grams say in one script; `lanes` holds a gram's digits, a lane for each language."""

    languages: tuple[str, ...]
    lanes: Mapping[str, int]

    def scores(self, text: str) -> list[int]:
        """How much the text's n-grams speak for each language, in steps, against the mean."""
        known = list(filter(None, map(self.lanes.get, grams(text))))
        width = len(self.languages)
        sums = struct.unpack(f"<{width}H", sum(known).to_bytes(LANE * width, "little"))
        return [one - ZERO * len(known) for one in sums]


def detect(text: str) -> str | None:
    """The language of a text, or None."""
    middle = max(SAMPLE, len(text) // 2)
    sample = f"{text[:SAMPLE]}{text[middle : middle + SAMPLE]}"
    cyrillic = words("cyrillic", sample)
    letters = _letters(cyrillic)
    if letters and 4 * letters >= len(sample):
        return _cyrillic(cyrillic, letters)
    latin = words("latin", sample)
    others = _letters(latin)
    if letters + others <= sum(map(str.isalpha, sample)) / 2:
        return None
    named = letters and letters >= _letters(words("latin", _NAME.sub(" ", sample)))
    return _cyrillic(cyrillic, letters) if named or 3 * letters >= others else _latin(latin, others)


def words(script: str, text: str) -> str:
    """A text's words of that script, in lower case, a space around each."""
    return f" {' '.join(_SCRIPTS[script].findall(text.lower()))} "


def _letters(text: str) -> int:
    return len(text) - text.count(" ")


def grams(text: str) -> list[str]:
    return [text[at : at + LETTERS] for at in range(len(text) - LETTERS + 1)]


def _latin(text: str, letters: int) -> str | None:
    if _many(text, frozenset(text) - _ENGLISH, letters):
        return None
    if letters < FEW:
        return "en"
    return _likeliest(_scores("latin", text))


def _cyrillic(text: str, letters: int) -> str | None:
    has = frozenset(text)
    if _many(text, has - _OURS, letters):
        return None
    scores = _scores("cyrillic", text)
    unable = {name for name, never in _NEVER.items() if _many(text, has & never, letters)}
    if unable >= {"ru", "be", "uk"}:  # as a text in two of them is
        unable = scores.keys() - OURS
    scores = {name: score for name, score in scores.items() if name not in unable}
    least, most = UNMARKED
    behind = min(most, least + round(PER_LETTER * letters))
    for name in scores.keys() & _OWN.keys():
        scores[name] -= behind if has.isdisjoint(_OWN[name]) else 0
    return _likeliest(scores)


def _many(text: str, some: frozenset[str], letters: int) -> bool:
    """Whether there are more of these letters than strange names bring."""
    return sum(map(text.count, some)) * RARE > letters


def _scores(script: str, text: str) -> dict[str, int]:
    table = shipped()[script]
    return dict(zip(table.languages, table.scores(text), strict=True))


def _likeliest(scores: Mapping[str, int]) -> str | None:
    """The best of them, if it is one of ours; the first of its script where nothing speaks."""
    best = max(scores, key=lambda name: scores[name] + FAVOUR * (name in OURS))
    return best if best in OURS else None


@cache
def shipped() -> Mapping[str, Table]:
    """The tables in the package, by script."""
    return read(files(__package__).joinpath("language.tsv").read_text("utf-8"))


def read(tsv: str) -> Mapping[str, Table]:
    """For each script a line of its languages; then an n-gram a line, and a hex digit for each."""
    heads: dict[str, Sequence[str]] = {}
    rows: dict[str, dict[str, int]] = {}
    for line in tsv.splitlines():
        first, rest = line.split("\t")
        if first in _SCRIPTS:
            heads[first], lanes = rest.split(), rows.setdefault(first, {})
        else:
            digits = [int(one, 16) for one in rest]
            lanes[first] = int.from_bytes(struct.pack(f"<{len(digits)}H", *digits), "little")
    return {script: Table(tuple(heads[script]), rows[script]) for script in heads}
