"""Stories: every article finds, as it arrives, the earlier ones that tell of the same event.

The index holds the articles of a window of days in memory: who has which rare word, so that a
newcomer is compared with a handful and not with all.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest

from bot.news.fingerprint import REPRINT, similarity
from bot.news.marks import marks as marks
from bot.news.morphology import is_stop
from storage.models import StoryPoint, Understanding

LEAD = 90  # lemmas of the text, about 600 characters: the event; what follows is background
SAME = 0.29  # cosine


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article belongs. `why` says it in words, for a person who asks."""

    story_id: int | None  # None: it begins a story of its own
    reprint: bool = False
    why: str = ""


def terms(title_lemmas: Sequence[str], text_lemmas: Sequence[str]) -> dict[str, float]:
    """The story vector before IDF: the title counts twice, the lead once."""
    counts = Counter(title_lemmas)
    counts.update(counts)
    counts.update(text_lemmas[:LEAD])
    return {w: 1 + math.log(n) for w, n in counts.items() if not is_stop(w)}


class StoryIndex:
    """The articles of the last days, by their words. Not for use by two threads at once."""

    def __init__(self, window: timedelta = timedelta(days=7)) -> None:
        self.window = window
        self.last_id = 0
        self._points: dict[int, StoryPoint] = {}
        self._postings: dict[str, dict[int, None]] = {}

    def add(self, point: StoryPoint) -> None:
        """Put an article in; one already there is replaced."""
        self.drop(point.article_id)
        self._points[point.article_id] = point
        for word in point.terms:
            self._postings.setdefault(word, {})[point.article_id] = None
        self.last_id = max(self.last_id, point.article_id)

    def drop(self, article_id: int) -> None:
        """Take an article out, if it is there."""
        point = self._points.pop(article_id, None)
        for word in point.terms if point else ():
            posting = self._postings[word]
            del posting[article_id]
            if not posting:
                del self._postings[word]

    def forget_before(self, instant: datetime) -> None:
        """Take out what was published earlier."""
        for old in [i for i, p in self._points.items() if p.published_at < instant]:
            self.drop(old)

    def place(
        self, understanding: Understanding, *, source_id: int, published_at: datetime
    ) -> Placement:
        """The story an article joins, if any. Changes nothing: `add` follows when it is stored."""
        mine = self._weighted(understanding.terms)
        candidates: Counter[int] = Counter()
        for word in nlargest(40, mine, key=lambda w: mine[w]):
            for article_id in self._postings.get(word, ()):
                candidates[article_id] += 1
        best: tuple[float, StoryPoint] | None = None
        for article_id, _ in candidates.most_common(30):
            other = self._points[article_id]
            if abs(other.published_at - published_at) > self.window:
                continue
            if similarity(understanding.fingerprint, other.fingerprint) >= REPRINT:
                return Placement(story_id=other.story_id, reprint=True, why="a reprint")
            score = _cosine(mine, self._weighted(other.terms))
            if score >= SAME and (best is None or score > best[0]):
                best = score, other
        if best is None:
            return Placement(story_id=None, why="no earlier article is close")
        return Placement(story_id=best[1].story_id, why=f"cosine {best[0]:.2f}")

    def _weighted(self, words: Mapping[str, float]) -> dict[str, float]:
        total = len(self._points) + 1
        return {
            w: tf * math.log(1 + total / (1 + len(self._postings.get(w, ()))))
            for w, tf in words.items()
        }


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    shared = sum(a[w] * b[w] for w in a.keys() & b.keys())
    lengths = math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))
    return shared / lengths if lengths else 0.0
