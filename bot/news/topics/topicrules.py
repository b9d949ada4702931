"""Rules over lemmas: where in an article each phrase of the topics stands, and how much it says.

A phrase's strength grows with its mentions (a repeated one adds less and less, one in the title
counts more).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count

from bot.news.topics.topicfile import Rule, Topic
from bot.news.words.morphology import lemmas

WINDOW = 7  # words to either side in which `near` and `unless` look
TITLE = 1.5  # what being in the title adds to one mention
LEAD, SHARE = 40, 0.4  # words, or that part of a longer text: what stands later is
LATE = 0.5  # beside the point as often as not, and counts so much


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One phrase of one rule, in lemmas; the same object wherever it is found."""

    slug: str
    weight: float
    rest: tuple[str, ...]  # behind the first lemma
    text: str  # as the file writes it
    near: frozenset[str]
    unless: frozenset[str]
    with_: frozenset[str]
    without: frozenset[str]
    plain: bool  # its first lemma is all there is to it


@dataclass(frozen=True, slots=True)
class Tally:
    """Where a pattern was found: positions run through the title, then the text."""

    at: list[int]
    strength: float


Patterns = Mapping[str, Sequence[Pattern]]  # by their first lemma


def compiled(topics: Iterable[Topic]) -> Patterns:
    """Every phrase of every rule under its first lemma."""
    found: dict[str, list[Pattern]] = {}
    for topic in topics:
        for rule in topic.rules:
            for first, pattern in _compiled(topic.slug, rule):
                found.setdefault(first, []).append(pattern)
    return found


def _compiled(slug: str, rule: Rule) -> Iterator[tuple[str, Pattern]]:
    """Each phrase under its first lemma; those that are one in lemmas count once."""
    phrases = {
        tuple(lemmas(text, language)): text
        for language, texts in (("ru", rule.russian), ("be", rule.belarusian))
        for text in texts
    }
    near, unless = _in_any_language(rule.near), _in_any_language(rule.unless)
    with_, without = _in_any_language(rule.with_), _in_any_language(rule.without)
    for (first, *rest), text in phrases.items():
        yield (
            first,
            Pattern(
                slug=slug,
                weight=rule.weight,
                rest=tuple(rest),
                text=text,
                near=near,
                unless=unless,
                with_=with_,
                without=without,
                plain=not (rest or near or unless or with_ or without),
            ),
        )


def _in_any_language(words: Sequence[str]) -> frozenset[str]:
    """The lemmas that a word may have in a Russian and in a Belarusian text."""
    return frozenset(
        one for word in words for tongue in ("ru", "be") for one in lemmas(word, tongue)
    )


def tally(patterns: Patterns, title: Sequence[str], text: Sequence[str]) -> dict[Pattern, Tally]:
    """Where each pattern stands, and what that says."""
    words = [*title, *text]
    present = frozenset(words)
    first = present & patterns.keys()
    found: dict[Pattern, list[int]] = {}
    for at in compress(count(), map(first.__contains__, words)):
        for pattern in patterns[words[at]]:
            if pattern.plain or _holds(pattern, words, at, present):
                found.setdefault(pattern, []).append(at)
    lead = len(title) + max(LEAD, SHARE * len(text))
    return {pattern: Tally(at, _strength(at, len(title), lead)) for pattern, at in found.items()}


def _strength(found: Sequence[int], title: int, lead: float) -> float:
    """One mention is 1 (LATE of it far down); each doubling adds a half; a title adds TITLE."""
    mentions = 0.0
    for at in found:
        if at >= title:
            mentions += 1 if at < lead else LATE
    more = TITLE + (not mentions) if found[0] < title else 0.0
    return more + (1 + 0.5 * math.log2(mentions) if mentions > 1 else mentions)


def _holds(pattern: Pattern, words: Sequence[str], at: int, present: frozenset[str]) -> bool:
    end = at + 1 + len(pattern.rest)
    if pattern.rest and tuple(words[at + 1 : end]) != pattern.rest:
        return False
    if pattern.with_ and pattern.with_.isdisjoint(present):
        return False
    if pattern.without and not pattern.without.isdisjoint(present):
        return False
    if pattern.near and pattern.near.isdisjoint(present):  # nowhere, so not near either
        return False
    if not pattern.near and pattern.unless.isdisjoint(present):
        return True
    around = [*words[max(0, at - WINDOW) : at], *words[end : end + WINDOW]]
    absent = pattern.near and pattern.near.isdisjoint(around)
    return pattern.unless.isdisjoint(around) and not absent
