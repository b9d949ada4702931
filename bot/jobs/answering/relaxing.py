"""Relaxing: what nothing matches is asked for anew, each time for less, and it is said how.

1. with words nobody wrote spelled as somebody did (`spelling`);
2. with most of the words, names and numbers among them (`words`);
3. the same from any time, if much more of it is there (`time`);
4. what is nearest to it, though it is no answer (`near`);
5. the topic alone, where one was named (`topic`).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from bot.news.questions.relaxing import Close, Wanted, weight
from bot.news.topics.topicfile import OTHER
from bot.news.words.morphology import tokens
from bot.news.words.spelling import near_words
from storage.models import NOT_NEWS, Article, Hit, Query
from storage.ports import Store

LONGEST = 1000  # characters of a question that are read
MOST_HITS = 500  # the store ranks no more than this
HITS_PER_STORY = 6  # asked for, so that a story told by many outlets does not fill the page

MENDED = 4  # words nobody wrote that are looked for as they may have been meant
FEW = 500  # articles that the rare words may have, all of which are ranked
PAIRED = 3  # common words, any two of which are looked for together
NEARLY = 0.7  # of what the nearest has of a question: with less, it is not shown beside it
PROBED, COMPARED = 12, 18  # articles of a search, and those of all whose words are compared


class Relaxed(StrEnum):
    """What was given up to find anything, in the order in which it is tried."""

    SPELLING = "spelling"
    WORDS = "words"
    TIME = "time"
    NEAR = "near"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was found, by which query, and what that one gives up."""

    hits: Sequence[Hit]
    query: Query
    how: Relaxed | None  # None: everything that was asked for


async def matched(store: Store, query: Query, *, stories: int) -> Matched:
    """What matches all of the query, or else as much of it as possible."""
    limit = min(MOST_HITS, HITS_PER_STORY * stories)
    async for how, lesser, hits in _tries(store, query, limit, stories):
        if hits:
            return Matched(hits=hits[:limit], query=lesser, how=how)
    return Matched(hits=(), query=query, how=None)


async def _tries(
    store: Store, query: Query, limit: int, stories: int
) -> AsyncIterator[tuple[Relaxed | None, Query, Sequence[Hit]]]:
    yield None, query, await store.articles.search(query, limit=limit, stories=stories)
    spelled, counts = await _respell(store, query)
    if spelled != query:
        yield Relaxed.SPELLING, spelled, await store.articles.search(spelled, limit=limit)
    timeless = replace(spelled, since=None, until=None)
    nearest = await _nearest(store, spelled, counts)
    if close := [one for one in nearest if one.answers]:
        if query.newest:
            close.sort(key=lambda one: one.hit.article.published_at, reverse=True)
        timely = close[0].timely
        how = (Relaxed.WORDS, spelled) if timely else (Relaxed.TIME, timeless)
        yield *how, [one.hit for one in close if one.timely is timely]
    if timeless != spelled:
        yield Relaxed.TIME, timeless, await store.articles.search(timeless, limit=limit)
    yield Relaxed.NEAR, timeless, _near(nearest)
    if query.topics and (query.terms or query.phrases):
        topic = replace(query, terms=(), phrases=())
        yield Relaxed.TOPIC, topic, await store.articles.search(topic, limit=limit)


def _near(nearest: Sequence[Close]) -> list[Hit]:
    """What is not much further from the question than the nearest; a horoscope is never near."""
    near = [one.hit for one in nearest if one.near and not _is_no_news(one.hit.article)]
    return [hit for hit in near if hit.rank <= NEARLY * near[0].rank]


def _is_no_news(article: Article) -> bool:
    """Whether it is none and has no other topic; a forecast is weather."""
    slugs = {topic.slug for topic in article.topics}
    return NOT_NEWS in slugs and slugs <= {NOT_NEWS, OTHER}


async def _respell(store: Store, query: Query) -> tuple[Query, Mapping[str, int]]:
    """The query with words that some article has, where one letter's change makes them.

    And by word how many articles have it or another for it.
    """
    alike = {term: (term, *query.also.get(term, ())) for term in query.terms}
    having = await store.articles.having([word for some in alike.values() for word in some])
    counts = {term: sum(having.get(word, 0) for word in some) for term, some in alike.items()}
    typed = spelled(query)
    also = dict(query.also)
    for term in [term for term in query.terms if not counts[term]][:MENDED]:
        near = near_words(typed.get(term, term), term)
        if near and (meant := await store.articles.having(near)):
            best = max(meant, key=meant.__getitem__)
            also[term] = (*also.get(term, ()), best)
            counts[term] = meant[best]
    return replace(query, also=also), counts


def spelled(query: Query) -> dict[str, str]:
    """Each word as it was typed."""
    typed = query.raw[:LONGEST]
    return {
        token.lemma: typed[token.start : token.stop]
        for language in ("be", "ru")
        for token in tokens(typed, language)
    }


async def _nearest(store: Store, query: Query, counts: Mapping[str, int]) -> list[Close]:
    """Articles with some of the words, of the time that was asked for and others, nearest first."""
    found: dict[int, list[Hit]] = {}
    for times in dict.fromkeys(((query.since, query.until), (None, None))):
        for words, any_word in _probes(counts):
            less = replace(query, terms=words, since=times[0], until=times[1], newest=False)
            for hit in await store.articles.search(less, limit=PROBED, any_word=any_word):
                found.setdefault(hit.article.id, []).append(hit)
    likely = sorted(found.values(), key=lambda hits: sum(hit.rank for hit in hits))[:COMPARED]
    wanted = Wanted(query)
    return sorted((wanted.closeness(hits[0]) for hits in likely), key=lambda one: one.hit.rank)


def _probes(counts: Mapping[str, int]) -> list[tuple[tuple[str, ...], bool]]:
    """Searches that find what has much of the words: (words, whether any one is enough).

    A search ranks only the newest articles that match. So of rare words one is enough; common ones
    are looked for by twos, or the right article would be lost among those that have one.
    """
    rare: list[str] = []
    for term in sorted((t for t in counts if counts[t]), key=counts.__getitem__):
        if not rare or sum(counts[t] for t in (*rare, term)) <= FEW:
            rare.append(term)
    common = sorted((t for t in counts if counts[t] and t not in rare), key=weight, reverse=True)
    pairs = combinations((rare[0], *common[: PAIRED - 1]), 2) if common else ()
    return [(tuple(rare), True), *((pair, False) for pair in pairs)] if rare else []
