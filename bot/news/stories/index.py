"""Stories: every article finds, as it arrives, the earlier ones that tell of the same event.

The index holds the articles of some weeks in memory: who has which rare word, name or number, so
that a newcomer is compared with a few and not with all. What it decides, `sameness` decides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import log
from operator import eq

from bot.news.stories.chapters import THREAD, carries_on
from bot.news.stories.decisions import Kept, alone, likeness, nearest
from bot.news.stories.evidence import NAME, Evidence, prepare
from bot.news.stories.fingerprint import IDENTICAL, REPRINT, TELLTALE, similarity
from bot.news.stories.marks import marks as marks
from bot.news.stories.packed import Packed, Posting
from bot.news.stories.sameness import Verdict, same_figures, same_story
from bot.news.words.commonness import GIST_SHARE, RARE, SKELETON_SHARE
from bot.news.words.morphology import is_stop
from storage.models import Decision, StoryPoint, Understanding

LEAD = 90  # lemmas of the text, about 600 characters: the event; what follows is background
SHARES = GIST_SHARE | {NAME + name: share for name, share in SKELETON_SHARE.items()}
BELIEF = 300  # the list of common words weighs as much as this many articles
BELIEVED = {key: BELIEF * share for key, share in SHARES.items()}  # of them that have the key
UNLISTED = BELIEF * RARE
KEYS = 16  # of the words, names and numbers that an article shares with others, the rarest
POSTING = 40  # newest articles looked at for one key
CANDIDATES = 8  # articles compared in full, and
EARLIER = 3  # of those before the window, whose matter may go on
SURE = 2.5  # log-odds from which one article of a story is enough to join it by; else
DOUBTFUL = 0.3  # its others that were compared must on average be no less like than that
CHANCE = 0.62  # log-odds that a likeness must have more for each e-fold of what was looked at
A_TOWN = 2.0  # … and if one town is all that they share: a paper's first news are of its own
UNPACKED = 1000  # articles whose evidence is at hand, 4 KB each: much compared ones are so again
BY_HAND = 1.0  # log-odds more for an article that an editor put where it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article belongs. `decision` says why, for a person who asks."""

    story_id: int | None  # None: it begins a story of its own
    reprint: bool = False
    follows: int | None = None  # the article whose story the new one carries on
    decision: Decision

    @property
    def why(self) -> str:
        return self.decision.why


_Seen = tuple[Kept, Verdict]


def terms(title_lemmas: Sequence[str], text_lemmas: Sequence[str]) -> dict[str, float]:
    """The story vector before IDF: the title counts twice, the lead once."""
    counts = Counter(title_lemmas)
    counts.update(title_lemmas)
    counts.update(text_lemmas[:LEAD])
    return {word: 1 + log(n) for word, n in counts.items() if not is_stop(word)}


class StoryIndex:
    """The articles of the last weeks, by their words. Not for use by two threads at once."""

    def __init__(self, window: timedelta = timedelta(days=7), memory: timedelta = THREAD) -> None:
        self.window = window  # between articles on one event
        self.memory = max(window, memory)  # how long an article is kept, for chapters to come
        self.last_id = 0
        self._came = 0
        self._numbers: dict[int, int] = {}  # how many had come with it, by an article's id
        self._kept: dict[int, Packed] = {}  # by that number, which outlasts a provisional id
        self._postings: dict[str, Posting] = {}
        self._evidence = lru_cache(UNPACKED)(self._unpack)
        self._by_hand: set[int] = set()
        self._apart: set[frozenset[int]] = set()

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, point: StoryPoint) -> None:
        """Put an article in; one already there is replaced.

        Articles of a batch that has no ids yet may go in under negative ones, to be dropped later.
        """
        new = self.weigh(point, source_id=point.source_id, published_at=point.published_at)
        self.put(point.article_id, point.story_id, point.fingerprint, new)

    def put(
        self, article_id: int, story_id: int, fingerprint: Sequence[int], new: Evidence
    ) -> None:
        """The same of one that is weighed already."""
        self.drop(article_id)
        packed = Packed.of(article_id, story_id, fingerprint, new)
        self._came += 1
        self._numbers[article_id] = self._came
        self._kept[self._came] = packed
        postings = self._postings
        for key in packed.keys:
            if (posting := postings.get(key)) is None:
                posting = postings[key] = Posting(BELIEVED.get(key, UNLISTED))
            posting.add(self._came, POSTING)
        self.last_id = max(self.last_id, article_id)

    def drop(self, article_id: int) -> None:
        """Take an article out, if it is there."""
        number = self._numbers.pop(article_id, None)
        if number is None:
            return
        for key in self._kept.pop(number).keys:
            posting = self._postings[key]
            posting.drop(number)
            if not posting.count:
                del self._postings[key]

    def renumber(self, article_id: int, new_id: int, *, story_id: int) -> None:
        """An article that went in before it was stored has its ids now."""
        number = self._numbers[new_id] = self._numbers.pop(article_id)
        self._kept[number] = self._kept[number]._replace(article_id=new_id, story_id=story_id)
        self.last_id = max(self.last_id, new_id)

    def put_by_hand(self, article_ids: Iterable[int], story_id: int) -> None:
        """An editor says in which story these are; what is like them follows them."""
        for article_id in article_ids:
            self._by_hand.add(article_id)
            if (number := self._numbers.get(article_id)) is not None:
                self._kept[number] = self._kept[number]._replace(story_id=story_id)

    def keep_apart(self, story_id: int, other_id: int) -> None:
        """An editor says that these are two matters: neither carries on the other."""
        self._apart.add(frozenset((story_id, other_id)))

    def forget_before(self, instant: datetime) -> None:
        """Take out what was published earlier."""
        for old in [k.article_id for k in self._kept.values() if k.published_at < instant]:
            self.drop(old)

    def place(
        self, understanding: Understanding, *, source_id: int, published_at: datetime
    ) -> Placement:
        """The story an article joins, if any. Changes nothing: `add` follows when it is stored."""
        new = self.weigh(understanding, source_id=source_id, published_at=published_at)
        return self.decide(new, understanding.fingerprint)

    def decide(self, new: Evidence, fingerprint: Sequence[int]) -> Placement:
        """The same of one that is weighed already; `put` follows."""
        if new.roundup:
            why = "a roundup of several events: it joins nothing"
            return Placement(story_id=None, decision=Decision(why=why))
        compared = [(kept, same_story(new, kept.evidence)) for kept in self.compared(new)]
        seen = [one for one in compared if self._in_window(one[0].evidence.published_at, new)]
        return (
            self._reprint(new, fingerprint, seen)
            or self._joined(new, seen)
            or self._begun(new, compared)
        )

    def _reprint(
        self, new: Evidence, fingerprint: Sequence[int], seen: Sequence[_Seen]
    ) -> Placement | None:
        """The story of the article that this one repeats, unless only the template is repeated."""
        beginning = fingerprint[:TELLTALE]
        for kept, verdict in seen:
            if not any(map(eq, beginning, kept.fingerprint)):
                continue
            same = similarity(fingerprint, kept.fingerprint)
            if same < REPRINT:
                continue
            copy = same >= IDENTICAL and same_figures(new, kept.evidence)
            if copy or not verdict.twin:
                why = f"a reprint of article {kept.article_id}: {same:.0%} the same"
                decision = Decision(why=why, through=likeness(new, (kept, verdict)))
                return Placement(story_id=kept.story_id, reprint=True, decision=decision)
        return None

    def _joined(self, new: Evidence, seen: Sequence[_Seen]) -> Placement | None:
        alike: defaultdict[int, float] = defaultdict(float)  # story → its likest twin of this one
        for kept, verdict in seen:
            if verdict.twin:
                story = kept.story_id
                alike[story] = max(alike[story], verdict.cosine)
        needed = CHANCE * log(max(1, len(seen), min(CANDIDATES, len(self))))
        for kept, verdict in sorted(seen, key=self._rank, reverse=True):
            if (
                verdict.score > needed - A_TOWN * verdict.found["lone"]
                and alike[kept.story_id] <= verdict.cosine
                and _fits(kept, seen)
            ):
                others = [one for one in seen if one[0].story_id != kept.story_id]
                decision = Decision(
                    why=f"one event with article {kept.article_id}: {verdict.why}",
                    through=likeness(new, (kept, verdict)),
                    nearest=nearest(new, others),
                )
                return Placement(story_id=kept.story_id, decision=decision)
        return None

    def _begun(self, new: Evidence, compared: Sequence[_Seen]) -> Placement:
        """A story of its own, which may be a chapter of a longer one."""
        decision = Decision(why=alone(compared), nearest=nearest(new, compared))
        ranked = sorted(compared, key=lambda one: -one[1].score)
        for kept, verdict in ranked:
            if carries_on(new, kept.evidence, verdict) and not self._are_apart(kept, ranked[0][0]):
                return Placement(story_id=None, follows=kept.article_id, decision=decision)
        return Placement(story_id=None, decision=decision)

    def _are_apart(self, one: Kept, other: Kept) -> bool:
        return frozenset((one.story_id, other.story_id)) in self._apart

    def _rank(self, one: _Seen) -> float:
        kept, verdict = one
        return verdict.score + BY_HAND * (kept.article_id in self._by_hand)

    def _in_window(self, at: datetime, new: Evidence) -> bool:
        return abs(at - new.published_at) <= self.window

    def compared(self, new: Evidence) -> Iterator[Kept]:
        """The articles that share most of the rarest keys; those within the window first."""
        postings, keys = self._postings, new.keys
        known = sorted(filter(postings.__contains__, keys), key=keys.__getitem__, reverse=True)
        shared: dict[int, float] = {}
        had = shared.get  # twice as fast as a defaultdict
        for key in known[:KEYS]:
            weight = keys[key]
            for number in postings[key].newest[: -POSTING - 1 : -1]:
                shared[number] = had(number, 0.0) + weight
        left = {True: CANDIDATES, False: EARLIER}
        for number in sorted(shared, key=shared.__getitem__, reverse=True)[: 2 * CANDIDATES]:
            packed = self._kept[number]
            near = self._in_window(packed.published_at, new)
            if left[near] and not packed.roundup:
                left[near] -= 1
                evidence = self._evidence(number)
                yield Kept(packed.article_id, packed.story_id, packed.fingerprint, evidence)

    def _unpack(self, number: int) -> Evidence:
        return self._kept[number].evidence()

    def weigh(
        self, one: StoryPoint | Understanding, *, source_id: int, published_at: datetime
    ) -> Evidence:
        return prepare(
            one.terms, one.marks, source_id=source_id, published_at=published_at, idf=self._idf
        )

    def _idf(self, keys: Iterable[str]) -> list[float]:
        """How rare each is: counted here, and believed from the lists while we are few."""
        found, everything = self._postings.get, len(self._kept) + BELIEF
        return [
            log(everything / (one.believed + one.count))
            if (one := found(key))
            else log(everything / BELIEVED.get(key, UNLISTED))
            for key in keys
        ]


def _fits(kept: Kept, seen: Sequence[_Seen]) -> bool:
    """Whether the story as a whole agrees: an overview must not make one of all it touches."""
    scores = [verdict.score for other, verdict in seen if other.story_id == kept.story_id]
    return max(scores) >= SURE or sum(scores) / len(scores) >= DOUBTFUL
