"""What to show of an article that a search found: the place where its words are."""

import re
from collections.abc import Sequence

from bot.news.morphology import Token, is_stop, tokens
from bot.news.sentences import (
    dangles,
    is_headline,
    paragraphs,
    sentences,
    split,
    tells_nothing,
)
from storage.models import Query

_PRICE = re.compile(r"(?<!\w)(?:сто[ия]т|цен[аыу]|кошт|каштуе|costs?|price)(?!\w)", re.I)
_MONEY = re.compile(
    r"\d\W{0,2}(?:(?:тыс|млн|млрд|миллион|тысяч)\w*\W+)?(?:руб|₽|дол|евро|roubl|rubl)"
)

READ = 20_000  # characters of a text that are looked through
HITS = 200  # matches that are weighed against each other
LOOK = 60  # sentences among which the best is chosen


def snippet(
    text: str, query: Query, *, width: int = 200, language: str | None = None
) -> list[tuple[str, bool]]:
    """About `width` characters where the words stand densest; True marks the words themselves."""
    line = " ".join(text[:READ].split())
    wanted = _wanted(query)
    words = tokens(line, language)
    hits = [t for t in words if t.lemma in wanted][:HITS]
    start, stop = _window(line, words, hits, width)
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for hit in hits:
        if start <= hit.start and hit.stop <= stop:
            parts += [(line[at : hit.start], False), (line[hit.start : hit.stop], True)]
            at = hit.stop
    parts.append((line[at:stop].rstrip(" ,;:—–-") if stop < len(line) else line[at:stop], False))
    if stop < len(line):
        parts.append(("…", False))
    return _joined(parts)


def best_sentence(title: str, text: str, query: Query, language: str | None = None) -> str | None:
    """The sentence that answers best: most of the words asked for, and a figure if one is asked."""
    wanted = {word for word in _wanted(query) if not is_stop(word)}
    counted = _asks(query, ("сколько", "колькі", "how many", "how much", "когда", "калі", "when"))
    priced = bool(_PRICE.search(query.raw))
    best: tuple[float, str] | None = None
    prose = [s for p in paragraphs(text[:READ]) if not is_headline(p) for s in split(p)]
    for at, sentence in enumerate((prose or sentences(text[:READ]))[:LOOK]):
        found = wanted & {t.lemma for t in tokens(sentence, language)}
        sum_told = priced and bool(_MONEY.search(sentence))
        if not (found or sum_told) or tells_nothing(sentence):
            continue
        figures = counted and any(sign.isdigit() for sign in sentence)
        score = len(found) + 1.5 * sum_told + 0.8 * figures - 0.3 * dangles(sentence) - 0.02 * at
        score -= len(sentence) / 2000
        if best is None or score > best[0]:
            best = score, sentence
    return best[1] if best else None


def _wanted(query: Query) -> set[str]:
    return {*query.terms, *(word for phrase in query.phrases for word in phrase)}


def _asks(query: Query, words: Sequence[str]) -> bool:
    asked = query.raw.casefold()
    return any(word in asked for word in words)


def _window(
    line: str, words: Sequence[Token], hits: Sequence[Token], width: int
) -> tuple[int, int]:
    """Where to cut: whole words around the densest hits, or the beginning without any."""
    if len(line) <= width:
        return 0, len(line)
    centre = width // 2
    if hits:
        best = max(hits, key=lambda one: (_density(hits, one, width), -one.start))
        inside = [h for h in hits if best.start <= h.start and h.stop <= best.start + width]
        centre = (best.start + inside[-1].stop if inside else 2 * best.start) // 2
    start = max(0, min(centre - width // 2, len(line) - width))
    first = next((t.start for t in words if t.start >= start), start) if start else 0
    cut = line.rfind(" ", first + 1, first + width + 1) if first + width < len(line) else len(line)
    return first, cut if cut > first else min(len(line), first + width)


def _density(hits: Sequence[Token], first: Token, width: int) -> tuple[int, int]:
    """Distinct words, then words, within the width from this one on."""
    inside = [h.lemma for h in hits if first.start <= h.start and h.stop <= first.start + width]
    return len(set(inside)), len(inside)


def _joined(parts: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without empty parts, neighbours of a kind made one."""
    joined: list[tuple[str, bool]] = []
    for words, matched in parts:
        if not words:
            continue
        if joined and joined[-1][1] == matched:
            joined[-1] = joined[-1][0] + words, matched
        else:
            joined.append((words, matched))
    return joined
