"""What the articles of a story say beside its summary: who it is about, and figures and plans."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.news.digests.planned import day_of
from bot.news.names.entities import key
from bot.news.words.morphology import fold
from storage.models import Article, Entity, Fact, FactKind

SENTENCES = 3
LONGEST = 240  # characters of a sentence
ALIKE = 0.6  # the share of its words that a sentence may have in common with one that is told
WORTH = {FactKind.EVENT: 3, FactKind.SUM: 2, FactKind.PERCENT: 2, FactKind.QUANTITY: 1}


def besides(summary: Sequence[str], articles: Sequence[Article]) -> list[str]:
    """Up to three sentences with figures or plans that the summary does not tell.

    Of articles in the language of the first, which leads; in their order.
    """
    facts = [fact for one in _of_one_language(articles) for fact in one.facts]
    said = [_words(sentence) for sentence in summary]
    told = {_what(fact) for fact in facts if fact.sentence in summary}
    sentences: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind in WORTH and fact.sentence not in summary and len(fact.sentence) <= LONGEST:
            sentences.setdefault(fact.sentence, []).append(fact)
    chosen: set[str] = set()
    for sentence in sorted(sentences, key=lambda one: -sum(WORTH[f.kind] for f in sentences[one])):
        new, words = {_what(fact) for fact in sentences[sentence]} - told, _words(sentence)
        if new and not any(_alike(words, other) for other in said):
            chosen.add(sentence)
            said.append(words)
            told |= new
        if len(chosen) == SENTENCES:
            break
    return [sentence for sentence in sentences if sentence in chosen]


def names(articles: Sequence[Article], *, most: int) -> list[Entity]:
    """Whom and what the articles name, each once, those that most of them name first.

    Of articles in the language of the first, as that spells them; without the sources themselves.
    """
    sources = {fold(article.source) for article in articles}
    shown: dict[str, Entity] = {}
    counts: Counter[str] = Counter()
    for article in _of_one_language(articles):
        for key_, entity in {key(one): one for one in article.entities}.items():
            if key_ not in sources:
                shown.setdefault(key_, entity)
                counts[key_] += 1
    return [shown[key_] for key_, _ in counts.most_common(most)]


def _of_one_language(articles: Sequence[Article]) -> Iterator[Article]:
    return (one for one in articles if one.language == articles[0].language)


def _what(fact: Fact) -> tuple[object, ...]:
    """What makes two facts one; of a plan the day it begins, since some say no end."""
    return fact.kind, fact.value, fact.unit, fact.since and day_of(fact.since)


def _words(sentence: str) -> frozenset[str]:
    return frozenset(word.strip('«»"“”.,:;!?()') for word in fold(sentence).split())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > ALIKE * min(len(one), len(other))
