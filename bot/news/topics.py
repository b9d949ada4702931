"""Topics: named interests with rules over lemmas; how surely an article is about each, and why.

A score grows with the weights of the distinct phrases found (a repeated one adds less and less, one
in the title counts more) and shrinks a little with the article's length. It is 1 - exp(-sum), so
it stays within (0, 1].
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.news.language import detect
from bot.news.morphology import Token, fold, lemmas, tokens
from bot.news.topicfile import OTHER, Rule, Topic, TopicsError, read_topics
from storage.models import TopicScore

__all__ = ["Explanation", "Match", "Topic", "Topics", "TopicsError", "explain", "parse_topics"]

WINDOW = 7  # words to either side in which `near` and `unless` look
TITLE = 1.5  # what being in the title adds to one mention
LEAD = 120  # words; what stands later counts LATE
LATE = 0.7
SCALE = 5.0  # the sum of weights at which a short article is two thirds sure
LENGTH = 200  # words from which length begins to tell
LEAST = 0.33  # a topic below this score is only touched upon
MOST = 12  # topics of one article


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of a rule, as the file writes it and as the text has it."""

    words: str
    weight: float
    count: int
    found: tuple[str, ...]  # distinct spellings in the text, in order


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article has a topic."""

    slug: str
    score: float
    matches: tuple[Match, ...]  # heaviest first


@dataclass(frozen=True)
class Topics:
    """The topics of a file; `other` is for articles that have none of them.

    Rules are brought to lemmas when the first article is scored: that takes a second, and the
    bot's own process, or a command that only shows news, scores none.
    """

    all: tuple[Topic, ...]
    other: Topic = field(
        default=Topic(
            slug=OTHER,
            emoji="📰",
            titles={"ru": "Другое", "be": "Іншае", "en": "Other"},
            descriptions={
                "ru": "Всё, что не вошло в другие темы",
                "be": "Усё, што не ўвайшло ў іншыя тэмы",
                "en": "All that belongs to no other topic",
            },
        )
    )

    def get(self, slug: str) -> Topic | None:
        """The topic of that slug, `other` too."""
        return self._by_slug.get(slug)

    def find(self, word: str) -> str | None:
        """The slug of a topic called so: by slug, title or alias, in any form and language."""
        for name in _spellings(word):
            if name in self._names:
                return self._names[name]
        return None

    @cached_property
    def _by_slug(self) -> Mapping[str, Topic]:
        return {topic.slug: topic for topic in (*self.all, self.other)}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {topic.slug: topic.slug for topic in (*self.all, self.other)}
        for topic in (*self.all, self.other):
            for title in (*topic.titles.values(), *topic.aliases):
                for name in _spellings(title):
                    names.setdefault(name, topic.slug)
        return names

    @cached_property
    def _patterns(self) -> Mapping[str, Sequence["_Pattern"]]:
        """Every phrase of every rule under its first lemma."""
        found: dict[str, list[_Pattern]] = {}
        for topic in self.all:
            for rule in topic.rules:
                for first, pattern in _compiled(topic.slug, rule):
                    found.setdefault(first, []).append(pattern)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    """One phrase of one rule, in lemmas; the same object wherever it is found."""

    slug: str
    weight: float
    rest: tuple[str, ...]  # behind the first lemma
    text: str  # as the file writes it
    near: frozenset[str]
    unless: frozenset[str]
    with_: frozenset[str]
    without: frozenset[str]


@dataclass(slots=True)
class _Tally:
    """Where a pattern was found."""

    at: list[int]
    early: int = 0
    late: int = 0
    title: int = 0

    @property
    def strength(self) -> float:
        """One mention is 1 (LATE of it far down); each doubling adds a half; a title adds TITLE."""
        mentions = self.early + LATE * self.late
        strength = min(mentions, 1.0 + 0.5 * math.log2(max(mentions, 1.0)))
        return strength + (TITLE + (0 if mentions else 1) if self.title else 0)


def parse_topics(toml: str, *, name: str) -> Topics:
    """The topics of a file's text; `name` is the file's, for TopicsError."""
    return Topics(read_topics(toml, name=name))


def _compiled(slug: str, rule: Rule) -> Iterator[tuple[str, _Pattern]]:
    """Each phrase under its first lemma; those that are one in lemmas count once."""
    phrases = {
        tuple(lemmas(text, language)): text
        for language, texts in (("ru", rule.russian), ("be", rule.belarusian))
        for text in texts
    }
    context = [_in_any_language(w) for w in (rule.near, rule.unless, rule.with_, rule.without)]
    for (first, *rest), text in phrases.items():
        yield first, _Pattern(slug, rule.weight, tuple(rest), text, *context)


def _in_any_language(words: Sequence[str]) -> frozenset[str]:
    """The lemmas that a word may have in a Russian and in a Belarusian text."""
    return frozenset(
        one for word in words for tongue in ("ru", "be") for one in lemmas(word, tongue)
    )


def score(
    topics: Topics, *, title_lemmas: Sequence[str], text_lemmas: Sequence[str]
) -> tuple[TopicScore, ...]:
    """The topics of an article, best first; `other` when there is none."""
    tallies = _tally(topics, title_lemmas, text_lemmas)
    found = _scores(tallies, len(title_lemmas) + len(text_lemmas))
    return tuple(found) or (TopicScore(slug=OTHER, score=1.0),)


def explain(topics: Topics, title: str, text: str) -> list[Explanation]:
    """The same scores, each with the phrases that made it."""
    language = detect(f"{title}\n{text}")
    head, body = tokens(title, language), tokens(text, language)
    tallies = _tally(topics, [t.lemma for t in head], [t.lemma for t in body])
    found = _scores(tallies, len(head) + len(body))
    if not found:
        return [Explanation(OTHER, 1.0, ())]

    def spelled(at: int, words: int) -> str:
        source, of, first = (title, head, at) if at < len(head) else (text, body, at - len(head))
        return _slice(source, of[first : first + words])

    return [
        Explanation(
            one.slug,
            one.score,
            tuple(
                Match(
                    pattern.text,
                    pattern.weight,
                    len(tally.at),
                    tuple(dict.fromkeys(spelled(at, 1 + len(pattern.rest)) for at in tally.at)),
                )
                for pattern, tally in sorted(
                    tallies.items(), key=lambda item: -item[0].weight * item[1].strength
                )
                if pattern.slug == one.slug
            ),
        )
        for one in found
    ]


def _tally(topics: Topics, title: Sequence[str], text: Sequence[str]) -> dict[_Pattern, _Tally]:
    """Where each pattern stands; positions run through the title, then the text."""
    words = [*title, *text]
    present = frozenset(words)
    patterns = topics._patterns
    tallies: dict[_Pattern, _Tally] = {}
    for at, word in enumerate(words):
        for pattern in patterns.get(word, ()):
            if not _holds(pattern, words, at, present):
                continue
            tally = tallies.get(pattern)
            if tally is None:
                tally = tallies[pattern] = _Tally([])
            tally.at.append(at)
            tally.title += at < len(title)
            tally.early += len(title) <= at < len(title) + LEAD
            tally.late += at >= len(title) + LEAD
    return tallies


def _holds(pattern: _Pattern, words: Sequence[str], at: int, present: frozenset[str]) -> bool:
    end = at + 1 + len(pattern.rest)
    if pattern.rest and tuple(words[at + 1 : end]) != pattern.rest:
        return False
    if pattern.with_ and pattern.with_.isdisjoint(present):
        return False
    if pattern.without and not pattern.without.isdisjoint(present):
        return False
    if not (pattern.near or pattern.unless):
        return True
    around = [*words[max(0, at - WINDOW) : at], *words[end : end + WINDOW]]
    absent = pattern.near and pattern.near.isdisjoint(around)
    return pattern.unless.isdisjoint(around) and not absent


def _scores(tallies: Mapping[_Pattern, _Tally], length: int) -> list[TopicScore]:
    sums: dict[str, float] = {}
    for pattern, tally in tallies.items():
        weight = pattern.weight * tally.strength
        sums[pattern.slug] = sums.get(pattern.slug, 0.0) + weight
    scale = SCALE * (1 + 0.25 * math.log2(max(1.0, length / LENGTH)))
    found = [
        TopicScore(slug=slug, score=round(1 - math.exp(-total / scale), 3))
        for slug, total in sums.items()
        if total > 0
    ]
    found = [one for one in found if one.score >= LEAST]
    return sorted(found, key=lambda one: (-one.score, one.slug))[:MOST]


def _spellings(name: str) -> Iterable[str]:
    """A name folded, then as lemmas of each of our languages."""
    yield fold(name).strip().lstrip("/#")
    for language in ("ru", "be"):
        if words := lemmas(name, language):
            yield " ".join(words)


def _slice(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].stop] if words else ""
