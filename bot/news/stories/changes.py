"""What changed in a story since somebody was told it: sentences and numbers nobody had written.

Every outlet has its own words for the same; so other words alone make a sentence new only when
they are nearly all of it. A number or a name that no earlier article has says more.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.summaries.headline import stems
from bot.news.text.sentences import dangles, points_back, sentences, tells_nothing
from storage.models import Article

READ = 6_000  # characters of each article
POOL = 40  # sentences of one article
LONGEST = 400  # characters of a sentence that is worth telling again
MOST = 3  # new sentences
OTHER_WORDS = 0.7  # of a sentence that makes it new by itself
FEW_WORDS = 2  # new ones that go with a new number or name
MANY_WORDS = 5  # new ones that need neither
REPEATS = 0.6  # of a sentence that another one has too

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<=[^.!?…\s] )[«\"“]?([A-ZА-ЯЁЎІЄЇ][\w-]{2,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is new of a story to those who were told it before."""

    sources: int = 0  # that have joined in
    sentences: tuple[str, ...] = ()  # articles' own, that say what none said before
    numbers: tuple[str, ...] = ()  # new ones, as they stand in these sentences

    @property
    def grows(self) -> bool:
        """More tell it, and nobody says anything new."""
        return self.sources > 0 and not self.sentences


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that says something new."""

    place: int
    text: str
    stems: frozenset[str]
    worth: float


def change(before: Sequence[Article], after: Sequence[Article]) -> Change:
    """What the articles after tell beyond those before, which somebody was told of."""
    sources = {one.source_id for one in after} - {one.source_id for one in before}
    known = frozenset().union(*(stems(_read(one)) for one in before))
    tongues = {one.language for one in before}
    lines: list[_Line] = []
    for one in after:
        if one.language in tongues:  # a translation has other words for the same
            lines += _lines(one, known, len(lines))
    told = sorted(_best(lines), key=lambda line: line.place)
    numbers = [n for line in told for n in _NUMBER.findall(line.text) if not stems(n) <= known]
    return Change(
        sources=len(sources),
        sentences=tuple(line.text for line in told),
        numbers=tuple(dict.fromkeys(numbers)),
    )


def _read(article: Article) -> str:
    return f"{article.title}\n{article.text[:READ]}"


def _lines(article: Article, known: frozenset[str], place: int) -> list[_Line]:
    found: list[_Line] = []
    for text in sentences(article.text[:READ])[:POOL]:
        own = stems(text)
        worth = _novelty(text, own, known)
        if worth and len(text) <= LONGEST and _stands_alone(text):
            worth += text in article.summary
            found.append(_Line(place + len(found), text, own, worth))
    return found


def _novelty(text: str, own: frozenset[str], known: frozenset[str]) -> float:
    """How much a sentence says that was not known; 0: nothing."""
    new = own - known
    numbers = sum(word[0].isdigit() for word in new)
    names = len([name for name in _NAME.findall(text) if not stems(name) <= known])
    share = len(new) / max(1, len(own))
    telling = (numbers or names) and len(new) >= FEW_WORDS
    other = share >= OTHER_WORDS and len(new) >= MANY_WORDS
    return 2 * bool(numbers) + bool(names) + share if telling or other else 0.0


def _stands_alone(text: str) -> bool:
    return not (dangles(text) or points_back(text) or tells_nothing(text))


def _best(lines: Sequence[_Line]) -> list[_Line]:
    """The best of them, none of which repeats another."""
    chosen: list[_Line] = []
    for line in sorted(lines, key=lambda one: -one.worth):
        if len(chosen) < MOST and not any(_repeats(line, other) for other in chosen):
            chosen.append(line)
    return chosen


def _repeats(line: _Line, other: _Line) -> bool:
    shared = len(line.stems & other.stems)
    return shared >= REPEATS * min(len(line.stems), len(other.stems))
