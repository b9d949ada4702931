"""Stories: every article finds, as it arrives, the earlier ones that tell of the same event.

The index holds the articles of a window of days in memory: who has which rare word, so that a
newcomer is compared with a few dozen and not with all. What it decides, `sameness` decides.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from bot.news.commonness import RARE, SHARE
from bot.news.fingerprint import IDENTICAL, REPRINT, similarity
from bot.news.marks import marks as marks
from bot.news.morphology import is_stop
from bot.news.sameness import Facts, Verdict, prepare, same_figures, same_story
from storage.models import StoryPoint, Understanding

LEAD = 90  # lemmas of the text, about 600 characters: the event; what follows is background
BELIEF = 300  # the list of common words weighs as much as this many articles
KEYS = 20  # of an article's words, the rarest that are looked up
POSTING = 50  # newest articles looked at for one word
CANDIDATES = 12  # articles compared in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article belongs. `why` says it in words, for a person who asks."""

    story_id: int | None  # None: it begins a story of its own
    reprint: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article in the index. Packed, for there are tens of thousands: a dict of words takes six
    times as much as their tuple beside an array, and is made anew for the few that are compared.
    """

    article_id: int
    story_id: int
    fingerprint: "array[int]"
    words: tuple[str, ...]
    weights: "array[float]"
    bare: Facts  # without its vector

    @classmethod
    def of(
        cls, article_id: int, story_id: int, fingerprint: Sequence[int], facts: Facts
    ) -> "_Kept":
        return cls(
            article_id,
            story_id,
            array("I", fingerprint),
            tuple(facts.vector),
            array("f", facts.vector.values()),
            replace(facts, vector={}),
        )

    @property
    def published_at(self) -> datetime:
        return self.bare.published_at

    @property
    def facts(self) -> Facts:
        return replace(self.bare, vector=dict(zip(self.words, self.weights, strict=True)))


class _Posting:
    """The articles that have a word: how many, and which are the newest."""

    __slots__ = ("count", "newest")

    def __init__(self) -> None:
        self.count = 0
        self.newest: list[int] = []  # ids in the order they came; some may have left the index

    def add(self, article_id: int) -> None:
        self.count += 1
        self.newest.append(article_id)
        if len(self.newest) > 3 * POSTING:
            del self.newest[:-POSTING]


def terms(title_lemmas: Sequence[str], text_lemmas: Sequence[str]) -> dict[str, float]:
    """The story vector before IDF: the title counts twice, the lead once."""
    counts = Counter(title_lemmas)
    counts.update(title_lemmas)
    counts.update(text_lemmas[:LEAD])
    return {word: 1 + math.log(n) for word, n in counts.items() if not is_stop(word)}


class StoryIndex:
    """The articles of the last days, by their words. Not for use by two threads at once."""

    def __init__(self, window: timedelta = timedelta(days=7)) -> None:
        self.window = window
        self.last_id = 0
        self._kept: dict[int, _Kept] = {}
        self._postings: defaultdict[str, _Posting] = defaultdict(_Posting)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, point: StoryPoint) -> None:
        """Put an article in; one already there is replaced.

        Articles of a batch that has no ids yet may go in under negative ones, to be dropped later.
        """
        self.drop(point.article_id)
        facts = prepare(
            point.terms,
            point.marks,
            source_id=point.source_id,
            published_at=point.published_at,
            idf=self._idf,
        )
        self._keep(_Kept.of(point.article_id, point.story_id, point.fingerprint, facts))

    def _keep(self, kept: _Kept) -> None:
        self._kept[kept.article_id] = kept
        for word in kept.words:
            self._postings[word].add(kept.article_id)
        self.last_id = max(self.last_id, kept.article_id)

    def drop(self, article_id: int) -> None:
        """Take an article out, if it is there."""
        kept = self._kept.pop(article_id, None)
        if kept is None:
            return
        for word in kept.words:
            posting = self._postings[word]
            posting.count -= 1
            if not posting.count:
                del self._postings[word]

    def renumber(self, article_id: int, new_id: int, *, story_id: int) -> None:
        """An article that went in before it was stored has its ids now."""
        kept = self._kept[article_id]
        self.drop(article_id)
        self._keep(replace(kept, article_id=new_id, story_id=story_id))

    def forget_before(self, instant: datetime) -> None:
        """Take out what was published earlier."""
        for old in [i for i, k in self._kept.items() if k.published_at < instant]:
            self.drop(old)

    def place(
        self, understanding: Understanding, *, source_id: int, published_at: datetime
    ) -> Placement:
        """The story an article joins, if any. Changes nothing: `add` follows when it is stored."""
        facts = prepare(
            understanding.terms,
            understanding.marks,
            source_id=source_id,
            published_at=published_at,
            idf=self._idf,
        )
        seen = [
            _Seen(kept, theirs, same_story(facts, theirs))
            for kept in self._candidates(facts)
            for theirs in (kept.facts,)
        ]
        reprint = self._reprint(facts, understanding.fingerprint, seen)
        if reprint:
            return reprint
        alike: defaultdict[int, float] = defaultdict(float)  # story → its likest twin of this one
        for kept, _, verdict in seen:
            if verdict.twin:
                story = kept.story_id
                alike[story] = max(alike[story], verdict.cosine)
        for kept, _, verdict in sorted(seen, key=lambda one: -one.verdict.score):
            if verdict.same and alike[kept.story_id] <= verdict.cosine:
                return Placement(
                    story_id=kept.story_id,
                    why=f"one event with article {kept.article_id}: {verdict.why}",
                )
        return Placement(story_id=None, why=_alone(seen))

    def _reprint(
        self, facts: Facts, fingerprint: Sequence[int], seen: Sequence["_Seen"]
    ) -> Placement | None:
        """The story of the article that this one repeats, unless only the template is repeated."""
        for kept, theirs, verdict in seen:
            likeness = similarity(fingerprint, kept.fingerprint)
            if likeness < REPRINT:
                continue
            copy = likeness >= IDENTICAL and same_figures(facts, theirs)
            if copy or not verdict.twin:
                return Placement(
                    story_id=kept.story_id,
                    reprint=True,
                    why=f"a reprint of article {kept.article_id}: {likeness:.0%} the same",
                )
        return None

    def _candidates(self, facts: Facts) -> Iterator[_Kept]:
        """The articles within the window that share most of the rarest words."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in nlargest(KEYS, facts.vector, key=facts.vector.__getitem__):
            weight = facts.vector[word]
            for article_id in self._newest(word):
                shared[article_id] += weight
        for article_id in nlargest(CANDIDATES, shared, key=shared.__getitem__):
            kept = self._kept[article_id]
            if abs(kept.published_at - facts.published_at) <= self.window:
                yield kept

    def _newest(self, word: str) -> list[int]:
        """The newest articles that have the word, each once."""
        posting = self._postings.get(word)
        ids = dict.fromkeys(reversed(posting.newest)) if posting else ()
        return list(islice((one for one in ids if one in self._kept), POSTING))

    def _idf(self, word: str) -> float:
        """How rare a word is: counted here, and believed from the list while we are few."""
        posting = self._postings.get(word)
        seen = posting.count if posting else 0
        everything = len(self._kept) + BELIEF
        return math.log(everything / (seen + BELIEF * SHARE.get(word, RARE)))


class _Seen(NamedTuple):
    """An article that a newcomer was compared with."""

    kept: _Kept
    facts: Facts
    verdict: Verdict


def _alone(seen: Sequence[_Seen]) -> str:
    """Why an article begins a story of its own."""
    if not seen:
        return "no earlier article has words in common with it"
    kept, _, verdict = max(seen, key=lambda one: one.verdict.score)
    verb = "a twin, not the same event as" if verdict.twin else "too little in common with"
    return f"{verb} article {kept.article_id}: {verdict.why}"
