"""Topics: named interests; how surely an article is about each, and why.

The rules' evidence for a topic is the weights of the phrases found, and shrinks a little with the
article's length. Where the file asks for it, the small model's evidence is added, for or against.
A score is 1 - exp(-evidence), so it stays within (0, 1]; topics far behind the surest are left out.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from bot.news.topics import notnews, topicmodel
from bot.news.topics.topicfile import OTHER, Topic, TopicsError, read_topics
from bot.news.topics.topicrules import Pattern, Patterns, Tally, compiled, tally
from bot.news.words.language import detect
from bot.news.words.morphology import Token, fold, is_known, lemmas, tokens
from storage.models import NOT_NEWS, TopicScore

__all__ = ["Explanation", "Match", "Topic", "Topics", "TopicsError", "explain", "parse_topics"]

SCALE = 5.0  # the sum of weights at which a short article is two thirds sure
LENGTH = 200  # words from which length begins to tell
MODEL = 0.75  # what a point of the model's evidence counts
LEAST = 0.4  # a topic below this score is only touched upon
BESIDE = 0.8  # so is one with less than this part of the surest one's score
LONG = 250  # words: so long a text tells of several things, and
CLEAR = 1.0  # of the rules' evidence is enough there, whatever the surest topic has
LEAST_OF_RULES, BESIDE_OF_RULES = 0.33, 0.6  # the first two where no model speaks
MOST = 12  # topics of one article
ALIKE = 0.8  # of 1: how like a topic's name a misspelt word is
LONGEST_NAME = 64  # characters of it


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
    matches: tuple[Match, ...]  # of rules, or signs of not-news; heaviest first
    rules: float = 0.0  # their evidence: the score is 1 - exp(-(rules + model))
    model: float = 0.0
    words: tuple[
        tuple[str, float], ...
    ] = ()  # the model's: lemmas and what they say, for or against


@dataclass(frozen=True)
class Topics:
    """The topics of a file; `other` is for articles that have none of them, `not_news` for others.

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
    not_news: Topic = field(
        default=Topic(
            slug=NOT_NEWS,
            emoji="🗞️",
            titles={"ru": "Не новости", "be": "Не навіны", "en": "Not news"},
            descriptions={
                "ru": "Реклама, гороскопы, списки, сводки погоды",
                "be": "Рэклама, гараскопы, спісы, зводкі надвор'я",
                "en": "Adverts, horoscopes, lists, bare forecasts",
            },
        )
    )
    with_model: bool = False  # the model in the package speaks too, of the topics it knows

    def get(self, slug: str) -> Topic | None:
        """The topic of that slug, `other` too."""
        return self._by_slug.get(slug)

    def find(self, word: str) -> str | None:
        """The slug of a topic called so: by slug, title or alias, in any form and language."""
        for name in _spellings(word):
            if name in self._names:
                return self._names[name]
        return None

    def near(self, word: str) -> str | None:
        """The slug of a topic that was perhaps meant by a misspelt name of it.

        None for a word of the dictionary: that means itself.
        """
        name = fold(word)
        if len(name) > LONGEST_NAME or is_known(name):
            return None
        found = get_close_matches(name, self._names, n=1, cutoff=ALIKE)
        topic = self.get(self._names[found[0]]) if found else None
        return topic.slug if topic in self.all and topic else None

    @cached_property
    def _by_slug(self) -> Mapping[str, Topic]:
        return {topic.slug: topic for topic in (*self.all, self.other, self.not_news)}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {topic.slug: topic.slug for topic in (*self.all, self.other, self.not_news)}
        for topic in (*self.all, self.other, self.not_news):
            for title in (*topic.titles.values(), *topic.aliases):
                for name in _spellings(title):
                    names.setdefault(name, topic.slug)
        return names

    @cached_property
    def _patterns(self) -> Patterns:
        return compiled(self.all)

    @cached_property
    def _compiled(self) -> dict[str, Patterns]:
        return {}

    def _patterns_of(self, slug: str) -> Patterns:
        """Of one topic, without waiting for all."""
        if slug not in self._compiled:
            topic = self.get(slug)
            self._compiled[slug] = compiled([topic] if topic else [])
        return self._compiled[slug]

    @cached_property
    def _model(self) -> topicmodel.Model | None:
        return topicmodel.shipped() if self.with_model else None


def parse_topics(toml: str, *, name: str) -> Topics:
    """The topics of a file's text; `name` is the file's, for TopicsError."""
    file = read_topics(toml, name=name)
    return Topics(file.topics, with_model=file.model)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a topic."""

    slug: str
    score: float
    rules: float
    model: float


def score(
    topics: Topics, *, title_lemmas: Sequence[str], text_lemmas: Sequence[str]
) -> tuple[TopicScore, ...]:
    """The topics of an article, best first; `other` when there is none."""
    tallies = tally(topics._patterns, title_lemmas, text_lemmas)
    found = _weighed(topics, tallies, title_lemmas, text_lemmas)
    return tuple(TopicScore(slug=one.slug, score=one.score) for one in found) or (
        TopicScore(slug=OTHER, score=1.0),
    )


def _weighed(
    topics: Topics, tallies: Mapping[Pattern, Tally], title: Sequence[str], text: Sequence[str]
) -> list[_Evidence]:
    """The topics that are more than touched upon, best first."""
    sums: dict[str, float] = {}
    for pattern, seen in tallies.items():
        sums[pattern.slug] = sums.get(pattern.slug, 0.0) + pattern.weight * seen.strength
    scale = SCALE * (1 + 0.25 * math.log2(max(1.0, (len(title) + len(text)) / LENGTH)))
    said = topics._model.evidence(title, text) if topics._model else {}
    found: list[_Evidence] = []
    for slug in topics._by_slug:
        rules, model = sums.get(slug, 0.0) / scale, MODEL * said.get(slug, 0.0)
        if slug != OTHER and rules + model > 0:
            score = round(1 - math.exp(-(rules + model)), 3)
            found.append(_Evidence(slug, score, rules, model))
    found.sort(key=lambda one: (-one.score, one.slug))
    first, beside = (LEAST, BESIDE) if said else (LEAST_OF_RULES, BESIDE_OF_RULES)
    least = max(first, beside * found[0].score) if found else first
    long = len(title) + len(text) >= LONG
    return [
        one
        for one in found[:MOST]
        if one.score >= least or (long and one.rules >= CLEAR and one.score >= LEAST)
    ]


def explain(topics: Topics, title: str, text: str, given: str | None = None) -> list[Explanation]:
    """The same scores, each with the phrases and words that made it, and what says «not news».

    `given` is the text as its source gave it, if that is another: its labels count for not-news.
    """
    language = detect(f"{title}\n{text}")
    head, body = tokens(title, language), tokens(text, language)
    first, rest = [t.lemma for t in head], [t.lemma for t in body]
    tallies = tally(topics._patterns, first, rest)
    found = _weighed(topics, tallies, first, rest)
    junk = notnews.judge(title, given or text, frozenset([*first, *rest]))
    if language is None or (junk and junk.bare):
        found = []

    spelled = _speller(title, head, text, body)

    def said(one: _Evidence) -> Explanation:
        model = topics._model if one.model else None
        words = model.words(first, rest, one.slug) if model else ()
        return Explanation(
            one.slug, one.score, _matches(one.slug, tallies, spelled), one.rules, one.model, words
        )

    explained = [said(one) for one in found] or [Explanation(OTHER, 1.0, ())]
    return [*explained, *([_of_signs(junk)] if junk else [])]


def words_for(topics: Topics, slug: str, title: str, text: str) -> tuple[str, ...]:
    """What of an article speaks for that topic, as it is spelled there; what says most first.

    Only what its rules look for: nothing of `other`, or where the model alone found it.
    """
    language = detect(f"{title}\n{text}")
    head, body = tokens(title, language), tokens(text, language)
    patterns = topics._patterns_of(slug)
    tallies = tally(patterns, [t.lemma for t in head], [t.lemma for t in body])
    found = _matches(slug, tallies, _speller(title, head, text, body))
    spellings = [spelling for one in found if one.weight > 0 for spelling in one.found[:1]]
    return tuple({fold(spelling): spelling for spelling in reversed(spellings)}.values())[::-1]


def _speller(
    title: str, head: Sequence[Token], text: str, body: Sequence[Token]
) -> Callable[[int, int], str]:
    """How so many words are spelled that stand at a place; places run through title and text."""

    def spelled(at: int, words: int) -> str:
        source, of, start = (title, head, at) if at < len(head) else (text, body, at - len(head))
        return _slice(source, of[start : start + words])

    return spelled


def _matches(
    slug: str, tallies: Mapping[Pattern, Tally], spelled: Callable[[int, int], str]
) -> tuple[Match, ...]:
    own = [(pattern, seen) for pattern, seen in tallies.items() if pattern.slug == slug]
    own.sort(key=lambda item: -item[0].weight * item[1].strength)
    return tuple(
        Match(
            pattern.text,
            pattern.weight,
            len(seen.at),
            tuple(dict.fromkeys(spelled(at, 1 + len(pattern.rest)) for at in seen.at)),
        )
        for pattern, seen in own
    )


def _of_signs(junk: notnews.NotNews) -> Explanation:
    signs = tuple(Match(words, weight, 1, (words,)) for words, weight in junk.signs)
    return Explanation(NOT_NEWS, junk.score, signs)


def _spellings(name: str) -> Iterable[str]:
    """A name folded, then as lemmas of each of our languages."""
    yield fold(name).strip().lstrip("/#")
    for language in ("ru", "be"):
        if words := lemmas(name, language):
            yield " ".join(words)


def _slice(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].stop] if words else ""
