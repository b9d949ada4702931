"""Sentences: where each begins and ends, with quotes kept whole.

razdel knows Russian abbreviations and initials; what it does not know is mended here: Belarusian
and English abbreviations, units («−5 °C. Ветер»), letters that name a kind («марки К. Запасы») and
a quote of several sentences, which is cut off from its speaker otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from razdel.segmenters.punct import SMILES
from razdel.segmenters.sentenize import DELIMITERS, SentSplit, sentenize
from razdel.segmenters.sokr import INITIALS, PAIR_SOKRS, SOKRS

PIECE = 4000  # characters split at once: the splitter's time may grow with the square of a piece
HEADING = 90  # characters of the longest line that is taken for a heading without being told
QUOTE = 300  # characters of the longest quote, with its speaker, that is one sentence

_END = (".", "!", "?", "…", ":", ";", '"', "»", "”", ")")
_PARTED = re.compile(
    r"(?:[°/][^\W\d_]|\b(?:марк|категори|класс|групп|тип|сери|витамин|гепатит|литер)\w*"
    r" [A-ZА-ЯЁ])\.(?= [A-ZА-ЯЁІЎ])"
)
_CUT = re.compile(
    r"\b(?:вул|бул|тэл|праф|акад|дац|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Gov|Gen|Sen|Col|Capt|Lt|Sgt|Mt)\.$"
)
_LONGEST_CUT = 6  # characters, with a line feed
_WINDOW = 10  # characters to either side that razdel looks at
_BULLET = 20  # characters of the longest start of a list's item
_MAY_END = re.compile(  # razdel ends no sentence where no space follows, or a word in small letters
    rf"[{re.escape(DELIMITERS)}(](?=\s(?!\s*[а-яёa-z]+(?![^\W\d])))"
)
_BLANK = re.compile(r"\n\s*\n")
_SMILE = re.compile(rf"{SMILES}$")
_SHORTENED = SOKRS | INITIALS | {pair[0] for pair in PAIR_SOKRS}
QUOTES = re.compile('[«»„“”"]')


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; none spans two paragraphs."""
    return [s for paragraph in paragraphs(text) for s in split(paragraph)]


@lru_cache(maxsize=32)  # of a batch of texts: its facts and summaries ask for the same
def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line."""
    parts = [" ".join(part.split()) for part in _BLANK.split(text)]
    return tuple(filter(None, parts))


@lru_cache(maxsize=512)  # and for the same sentences
def split(paragraph: str) -> tuple[str, ...]:
    """The sentences of one paragraph."""
    found: list[str] = []
    while paragraph:
        piece = paragraph
        if len(paragraph) > PIECE:
            cut = paragraph.rfind(" ", PIECE // 2, PIECE)
            piece = paragraph[: cut if cut > 0 else PIECE]
        paragraph = paragraph[len(piece) :].lstrip()
        pieces = _mended(parted(piece))
        found += _with_speakers(pieces) if QUOTES.search(piece) else pieces
    return tuple(found)


def parted(piece: str) -> list[str]:
    """The same as razdel's `sentenize` gives, which asks all its rules of every sign."""
    found, start = [], 0
    for match in _MAY_END.finditer(piece):
        at, end = match.span()
        if _ends_plainly(piece, start, at) or not _joins(piece, start, at):
            found.append(piece[start:end].strip())
            start = end
    return [one for one in (*found, piece[start:].strip()) if one]


def _ends_plainly(piece: str, start: int, at: int) -> bool:
    """«… летом. Рейсы …»: none of razdel's rules speaks of it."""
    after = piece[at + 2 : at + 3]
    if piece[at] not in ".!?…" or at - start <= _BULLET or not (after == "«" or after.isupper()):
        return False
    word = piece[at - _WINDOW : at].rpartition(" ")[2]
    return len(word) > 1 and (word.isalpha() or word.isdigit()) and word.lower() not in _SHORTENED


def _joins(piece: str, start: int, at: int) -> bool:
    """Whether the sentence goes on behind the sign there, by razdel's rules."""
    end = at + 1
    if piece[at] in "()" and (smile := _SMILE.search(piece, max(start, at - _WINDOW), end)):
        at = smile.start()
    elif piece[at] == "(":
        return True
    window = piece[max(0, at - _WINDOW) : at], piece[at:end], piece[end : end + _WINDOW]
    return bool(sentenize.join(SentSplit(*window, buffer=piece[start:at])))


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph looks like a heading: short, and not ended like a sentence."""
    return len(paragraph) <= HEADING and not paragraph.endswith(_END)


def quoted(text: str, depth: int = 0) -> int:
    """How many quotes are open after a text, if so many were before it."""
    for sign in QUOTES.findall(text):
        closes = sign in "»”" or (sign in '“"' and depth > 0)
        depth = max(0, depth - 1) if closes else depth + 1
    return depth


def _mended(pieces: Sequence[str]) -> list[str]:
    whole: list[str] = []
    for one in pieces:
        for piece in _parts(one) if ". " in one else (one,):
            if whole and _CUT.search(whole[-1], max(0, len(whole[-1]) - _LONGEST_CUT)):
                whole[-1] += f" {piece}"
            else:
                whole.append(piece)
    return whole


def _parts(piece: str) -> Iterator[str]:
    start = 0
    for match in _PARTED.finditer(piece):
        yield piece[start : match.end()]
        start = match.end() + 1
    yield piece[start:]


def _with_speakers(pieces: list[str]) -> list[str]:
    """«One. Two», — said he: joined, unless that is too long to be one sentence."""
    found: list[str] = []
    at = 0
    while at < len(pieces):
        end = _close(pieces, at) if QUOTES.search(pieces[at]) else at
        found.append(" ".join(pieces[at : end + 1]))
        at = end + 1
    return found


def _close(pieces: list[str], at: int) -> int:
    """Which piece closes the quote that this one opens; itself if none does soon."""
    depth, size = 0, 0
    for end in range(at, len(pieces)):
        depth = quoted(pieces[end], depth)
        size += len(pieces[end]) + 1
        if size > QUOTE:
            break
        if not depth:
            return end
    return at
