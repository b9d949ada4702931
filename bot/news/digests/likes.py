"""What of a story somebody may like or not: its topics, sources, names and telling words."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.news.digests.besides import names
from bot.news.names.entities import key
from bot.news.times.timewords import DAYS, MONTHS, UNITS
from bot.news.topics.scores import Topics
from bot.news.words.capitals import words
from bot.news.words.morphology import is_stop, known_readings, tokens
from storage.models import NOT_NEWS, Article, Entity, Interest, InterestKind, TopicScore

TOPICS, SOURCES, NAMES, WORDS = 2, 2, 4, 2  # offered at most
SHORTEST = 4  # letters of a word
OTHER = "other"

_TIME = re.compile("|".join((*DAYS, *MONTHS, *(unit for unit, _ in UNITS))))


def of_topics(scores: Iterable[TopicScore], topics: Topics, language: str) -> list[Interest]:
    """The surest first; none of what is only the honest rest."""
    known = [t for one in scores if (t := topics.get(one.slug)) and t.slug not in (OTHER, NOT_NEWS)]
    return [
        Interest(kind=InterestKind.TOPIC, value=topic.slug, label=topic.titles[language])
        for topic in known[:TOPICS]
    ]


def of_sources(articles: Sequence[Article]) -> list[Interest]:
    told = dict.fromkeys((str(one.source_id), one.source) for one in articles)
    return [
        Interest(kind=InterestKind.SOURCE, value=id_, label=title)
        for id_, title in list(told)[:SOURCES]
    ]


def of_names(articles: Sequence[Article]) -> list[Interest]:
    return [of_name(one) for one in names(articles, most=NAMES)]


def of_name(entity: Entity) -> Interest:
    """By its words as the index has them, whatever the spelling."""
    value = " ".join(word.folded for word in words(key(entity)))
    return Interest(kind=InterestKind.NAME, value=value, label=entity.name)


def telling(article: Article) -> list[str]:
    """Nouns of the headline that name nobody, as lemmas: candidates for `of_words`."""
    named = {part for entity in article.entities for part in key(entity).split()}
    found = [token.lemma for token in tokens(article.title, article.language)]
    return [
        lemma
        for lemma in dict.fromkeys(found)
        if len(lemma) >= SHORTEST
        and not is_stop(lemma)
        and lemma not in named
        and _noun(lemma)
        and not _TIME.fullmatch(lemma)
    ]


def of_words(candidates: Sequence[str], counts: Mapping[str, int]) -> list[Interest]:
    """The rarest, by how many articles have each: «рейс» says more than «область»."""
    rare = sorted(candidates, key=lambda word: counts.get(word, 0))
    return [Interest(kind=InterestKind.WORD, value=word, label=word) for word in rare[:WORDS]]


def _noun(lemma: str) -> bool:
    readings = known_readings(lemma)
    return bool(readings) and all("NOUN" in one.tag for one in readings)
