"""Furniture learned per source: lines that recur in most of its texts belong to the site.

So a new site's share bar, or a channel's signature, disappears by itself. A line is known by its
folded form: «Просмотров: 123» and «Просмотров: 7» are one. A sentence is folded less and must
recur far more surely, since a series of reports may repeat one; a dateline is never furniture.
"""

import re
from collections.abc import Iterator, Sequence

from bot.sources.markup import Text
from storage.models import Learned

LONGEST = 200  # characters; a longer line is a paragraph of somebody's
MOST_LINES = 300
WINDOW = 80  # texts; beyond it all counts are halved, so that what has gone is unlearned
ENOUGH = 5  # texts, before anything is furniture
AT_LEAST, SHARE = 3, 0.4  # of the texts hold a line that is furniture
SENTENCES, SENTENCE_SHARE = 8, 0.75  # the same of a line that is a whole sentence
MOST_GONE = 0.7  # of a text; where more would go, the text repeats itself and is left alone
ROWS = 3  # rows of figures in a row («Доллар — 81,20») are a table, not counters

_DIGITS = re.compile(r"\d+(?:[.,:\s]\d+)*")
_MONTH = re.compile(
    r"\b(?:янв|фев|мар|апр|мая\b|май\b|июн|июл|авг|сен|окт|ноя|дек|студз|лют|сак|крас|трав|чэрв|"
    r"ліп|жні|вер|кас|ліс|сне|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)[^\W\d_]*"
)
_SENTENCE = re.compile(r".*[.!?…]['\"»”)\]]*", re.S)
_WORDS_OF_SENTENCE = 6
_LETTERS = re.compile(r"[^\W\d_]")
_DATELINE = re.compile(
    r"[А-ЯЁЎІA-Z][^\d:|]{1,40}[,.]\s*\d{1,2}(?:\s+[^\W\d_]{3,9}|\.\d\d)\b.{0,40}"
)


def learn(before: Learned, texts: Sequence[str]) -> Learned:
    """What is known after these texts, each of which must be new: twice the same teaches wrong."""
    seen, lines = before.texts, dict(before.lines)
    for text in texts:
        if seen >= WINDOW:
            seen //= 2
            lines = {line: half for line, count in lines.items() if (half := count // 2)}
        seen += 1
        for line in {folded for line in _lines(text) if (folded := fold(line))}:
            lines[line] = lines.pop(line, 0) + 1  # the newest stand last
        lines = _best(lines)
    return Learned(texts=seen, lines=lines)


def recurring(learned: Learned) -> frozenset[str]:
    """The folded lines that are furniture."""
    if learned.texts < ENOUGH:
        return frozenset()
    return frozenset(line for line, count in learned.lines.items() if _recurs(line, count, learned))


def without(text: str, headings: Sequence[str], lines: frozenset[str]) -> Text:
    """The text without those lines; as it was, where they are most of it.

    A recurring subheading stays while text of its own follows it.
    """
    given = text.split("\n")
    gone = [bool(line) and fold(line) in lines for line in given]
    _keep_tables(given, gone)
    _keep_headings(given, gone, frozenset(headings))
    size = sum(map(len, given))
    if not any(gone) or sum(map(len, _chosen(given, gone))) > MOST_GONE * size:
        return Text(text=text, headings=tuple(headings))
    kept = "\n".join(_chosen(given, [not one for one in gone]))
    kept = re.sub(r"\n{3,}", "\n\n", kept).strip("\n")
    left = set(kept.split("\n\n"))
    return Text(text=kept, headings=tuple(heading for heading in headings if heading in left))


def fold(line: str) -> str:
    """One form for lines that differ in figures, dates and letter case; empty: never furniture."""
    line = " ".join(line.split())
    if not line or len(line) > LONGEST or _DATELINE.fullmatch(line):
        return ""
    line = line.casefold()
    return line if _is_sentence(line) else _MONTH.sub("#", _DIGITS.sub("0", line))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if len(line) <= 2 * LONGEST)


def _best(lines: dict[str, int]) -> dict[str, int]:
    """The MOST_LINES held most often, of equals the newest; in the order they were seen."""
    if len(lines) <= MOST_LINES:
        return lines
    order = {line: at for at, line in enumerate(lines)}
    best = sorted(lines, key=lambda line: (lines[line], order[line]))[-MOST_LINES:]
    return {line: lines[line] for line in sorted(best, key=order.__getitem__)}


def _recurs(line: str, count: int, learned: Learned) -> bool:
    if count < max(AT_LEAST, SHARE * learned.texts):
        return False  # whatever it is
    least, share = (SENTENCES, SENTENCE_SHARE) if _is_sentence(line) else (AT_LEAST, SHARE)
    return count >= max(least, share * learned.texts)


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= _WORDS_OF_SENTENCE and bool(_SENTENCE.fullmatch(line))


def _keep_tables(lines: Sequence[str], gone: list[bool]) -> None:
    """Rows that differ in their figures only, several in a row, are what the text tells."""
    rows: list[int] = []
    for at, line in enumerate([*lines, "end"]):
        if not line:
            continue
        if at < len(lines) and gone[at] and _is_row(line):
            rows.append(at)
            continue
        if len(rows) >= ROWS:
            for row in rows:
                gone[row] = False
        rows = []


def _is_row(line: str) -> bool:
    return bool(_DIGITS.search(line)) and len(_LETTERS.findall(line)) >= 3


def _keep_headings(lines: Sequence[str], gone: list[bool], headings: frozenset[str]) -> None:
    """Those under which something stays, up to the next heading or the end."""
    something = False
    for at in range(len(lines) - 1, -1, -1):
        if lines[at] in headings:
            gone[at] = gone[at] and not something
            something = False
        elif lines[at] and not gone[at]:
            something = True


def _chosen(lines: Sequence[str], chosen: Sequence[bool]) -> list[str]:
    return [line for line, one in zip(lines, chosen, strict=True) if one]
