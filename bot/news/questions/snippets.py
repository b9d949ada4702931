"""What to show of an article that a search found: the place where its words are."""

from collections.abc import Sequence

from bot.news.words.morphology import Token, fold, tokens_of
from storage.models import Query

READ = 20_000  # characters of a text that are looked through
HITS = 200  # matches that are weighed against each other
LONGEST = 200  # characters of a word, and of a question whose words are looked at


def snippet(
    text: str, query: Query, *, width: int = 200, language: str | None = None
) -> list[tuple[str, bool]]:
    """About `width` characters where the words stand densest; True marks the words themselves."""
    line = " ".join(text[:READ].split())
    wanted = _wanted(query)
    begin = {word[:1] for word in (*wanted, *fold(query.raw[:LONGEST]).split())}
    hits = [t for t in tokens_of(line, begin, language) if t.lemma in wanted][:HITS]
    start, stop = _window(line, hits, width)
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


def _wanted(query: Query) -> set[str]:
    alike = (word for term in query.terms for word in query.also.get(term, ()))
    return {*query.terms, *alike, *(word for phrase in query.phrases for word in phrase)}


def _window(line: str, hits: Sequence[Token], width: int) -> tuple[int, int]:
    """Where to cut: whole words around the densest hits, or the beginning without any."""
    if len(line) <= width:
        return 0, len(line)
    centre = width // 2
    if hits:
        best = max(hits, key=lambda one: (_density(hits, one, width), -one.start))
        inside = [h for h in hits if best.start <= h.start and h.stop <= best.start + width]
        centre = (best.start + inside[-1].stop if inside else 2 * best.start) // 2
    start = max(0, min(centre - width // 2, len(line) - width))
    first = line.find(" ", start - 1, start + LONGEST) + 1 or start if start else 0
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
