"""A summary made of the article's own sentences: those that an editor would have picked."""

import re
from collections.abc import Sequence
from itertools import islice

from razdel import sentenize

from bot.news.morphology import fold, is_stop, lemmas

MAX_TEXT = 20_000  # characters of a text that are read for its summary
MAX_SENTENCES = 40


def sentences(text: str) -> list[str]:
    """The sentences of a text, paragraph by paragraph; none spans two."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n|\n", text):
        for piece in _pieces(" ".join(paragraph.split())):
            found += [s.text for s in sentenize(piece) if s.text]
    return found


def _pieces(paragraph: str, size: int = 5000) -> list[str]:
    """The paragraph in parts of bounded length: the splitter's time grows with the square."""
    return [paragraph[i : i + size] for i in range(0, len(paragraph), size)]


def summarise(
    title: str,
    text: str,
    *,
    headings: Sequence[str] = (),
    language: str | None = None,
    sentences: int = 2,
) -> tuple[str, ...]:
    """Up to `sentences` sentences, in the order of the text; () when there are none."""
    skip = {fold(h).strip() for h in headings} | {fold(title).strip()}
    all_ = [s for s in _sentences(text[:MAX_TEXT]) if fold(s).strip() not in skip]
    pool = list(islice(all_, MAX_SENTENCES))
    wanted = {w for w in lemmas(title, language or "ru") if not is_stop(w)}

    def worth(at: int) -> float:
        words = {w for w in lemmas(pool[at], language or "ru") if not is_stop(w)}
        return len(words & wanted) / (1 + len(wanted)) + 1 / (1 + at)

    best = sorted(sorted(range(len(pool)), key=worth, reverse=True)[:sentences])
    return tuple(pool[i] for i in best)


_sentences = sentences
