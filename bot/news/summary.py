"""A summary made of the article's own sentences: those that an editor would have picked.

A TextRank over words in common finds what the text is about; the title, the place in the text and
the facts in a sentence say what is news; and what leans on its neighbours, asks or quotes is left
where it stands. The second sentence must add something to the first.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from bot.news.morphology import fold, is_stop, lemmas
from bot.news.sentences import (
    dangles,
    is_headline,
    is_speech,
    paragraphs,
    points_back,
    split,
    tells_nothing,
)
from bot.news.sentences import sentences as sentences

READ = 20_000  # characters of a text that are read for its summary
POOL = 32  # sentences that are weighed; news says what matters first
SHORT, LONG = 45, 300  # characters of a sentence that reads well
ROUNDS = 12  # of TextRank; the order settles sooner
DAMPING = 0.85
SAME = 0.75  # of the words in common from which two sentences say one thing
SPOKEN = 0.5  # what somebody's words lose: without their speaker they say little


def summarise(
    title: str,
    text: str,
    *,
    headings: Sequence[str] = (),
    language: str | None = None,
    sentences: int = 2,
) -> tuple[str, ...]:
    """Up to `sentences` sentences, in the order of the text; () when there are none."""
    candidates = _pool(title, text[:READ], headings)
    pool = [sentence for sentence, _ in candidates]
    words = [_content(s, language) for s in pool]
    wanted = _content(title[:LONG], language)
    themes = [t for h in headings[:10] if len(t := _content(h, language)) > 1]
    ranks = _ranks(words)
    worth = [
        ranks[at]
        + 1.2 * _covered(wanted, words[at])
        + 0.9 * max((_covered(theme, words[at]) for theme in themes), default=0.0)
        + _manner(sentence, at)
        - SPOKEN * spoken
        for at, (sentence, spoken) in enumerate(candidates)
    ]
    return tuple(pool[at] for at in sorted(_diverse(worth, words, sentences)))


def _pool(title: str, text: str, headings: Sequence[str]) -> list[tuple[str, bool]]:
    """The sentences that may be chosen, and which are spoken by somebody.

    Those that tell nothing come in only if there are no others.
    """
    known = {_plain(h) for h in (*headings, title)}
    blocks = [p for p in paragraphs(text) if _plain(p) not in known]
    prose = [p for p in blocks if not is_headline(p)] or blocks
    found: list[tuple[str, bool]] = []
    for block in prose:
        found += _spoken(s for s in split(block) if any(sign.isalnum() for sign in s))
        if len(found) >= 2 * POOL:
            break
    return ([one for one in found if not tells_nothing(one[0])] or found)[:POOL]


def _spoken(paragraph: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each sentence of a paragraph, and whether it is somebody's words, from « to »."""
    open_quotes = 0
    for sentence in paragraph:
        yield sentence, open_quotes > 0 or is_speech(sentence)
        open_quotes = max(0, open_quotes + sentence.count("«") - sentence.count("»"))


def _content(text: str, language: str | None) -> frozenset[str]:
    return frozenset(word for word in lemmas(text, language) if not is_stop(word))


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".:")


def _covered(theme: frozenset[str], words: frozenset[str]) -> float:
    """How much of a title or heading a sentence takes up."""
    return len(theme & words) / len(theme) if theme else 0.0


def _manner(sentence: str, at: int) -> float:
    """What place, length, facts and tone are worth."""
    worth = 0.9 / (1 + 0.3 * at)
    worth += 0.15 * min(2, sum(sign.isdigit() for sign in sentence)) / 2
    worth -= 0.4 * (len(sentence) < SHORT)
    worth -= min(1.0, max(0, len(sentence) - LONG) / LONG)
    worth -= 0.7 * dangles(sentence) + 0.5 * points_back(sentence)
    return worth


def _ranks(words: Sequence[frozenset[str]]) -> list[float]:
    """TextRank of each sentence; the first of them has 1."""
    size = len(words)
    ties = [[0.0] * size for _ in words]
    for i in range(size):
        for j in range(i):
            ties[i][j] = ties[j][i] = _tie(words[i], words[j])
    totals = [sum(row) or 1.0 for row in ties]
    ranks = [1.0] * size
    for _ in range(ROUNDS):
        given = [rank / total for rank, total in zip(ranks, totals, strict=True)]
        ranks = [1 - DAMPING + DAMPING * sum(map(float.__mul__, row, given)) for row in ties]
    top = max(ranks, default=1.0)
    return [rank / top for rank in ranks]


def _tie(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in common, measured by length, as TextRank does."""
    shared = len(a & b)
    return shared / (1 + math.log(len(a)) + math.log(len(b))) if shared else 0.0


def _diverse(worth: Sequence[float], words: Sequence[frozenset[str]], wanted: int) -> list[int]:
    """The best, then each time the best of the rest, less what it repeats."""
    chosen: list[int] = []
    left = set(range(len(worth)))
    while left and len(chosen) < wanted:
        best = max(left, key=lambda at: (worth[at] - _repeated(at, chosen, words), -at))
        chosen.append(best)
        left.remove(best)
    return chosen


def _repeated(at: int, chosen: Sequence[int], words: Sequence[frozenset[str]]) -> float:
    """What a sentence loses for saying again what is chosen."""
    shares = [
        len(words[at] & words[other]) / (min(len(words[at]), len(words[other])) or 1)
        for other in chosen
    ]
    share = max(shares, default=0.0)
    return 1.2 * share + 3.0 * (share > SAME)
