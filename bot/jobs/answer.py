"""Answering: the stories a question is about, one result for each, with the sentence that answers.

What nothing matches is asked for anew, each time for less, and the answer says how:

1. with words nobody wrote spelled as somebody did (`spelling`);
2. without the words that say least, names and numbers never among them (`words`);
3. without the time (`time`);
4. the topic alone, where one was named (`topic`).

When that finds nothing either, it offers two questions that do find something: without the time,
or with one of the words, or what the news of these days is about.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.news.morphology import tokens
from bot.news.quoting import best_quote
from bot.news.relaxing import fewer
from bot.news.spelling import near_words
from storage.models import Article, Hit, Query, Story
from storage.ports import Store

MOST_HITS = 500  # the store ranks no more than this
HITS_PER_STORY = 6  # asked for, so that a story told by many outlets does not fill the page
TELLERS = 3  # articles of a story in which the sentence is looked for
SUGGESTIONS = 2
LONGEST = 1000  # characters of a question that are read
RECENT = 40  # newest articles whose names are offered
NEWER = 0.5  # what the newest of a story's articles is worth: it knows the latest number


class Relaxed(StrEnum):
    """What was given up to find anything, in the order in which it is tried."""

    SPELLING = "spelling"
    WORDS = "words"
    TIME = "time"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that was found, by its article that matched or answers best."""

    article: Article
    story: Story | None
    sentence: str | None  # the one that answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search or a question found. `suggestions` are questions, only when nothing was.

    `query` is the one that found it.
    """

    found: tuple[Found, ...]
    query: Query | None = None
    how: Relaxed | None = None  # None: everything that was asked for
    suggestions: tuple[str, ...] = ()

    @property
    def relaxed(self) -> bool:
        return self.how is not None


async def answer(
    store: Store, query: Query, *, limit: int = 5, offset: int = 0, quote: bool = True
) -> Answer:
    """The stories that match, best first; `limit` and `offset` count stories.

    `quote`: look for the sentence that answers, in each of them.
    """
    if query.empty:
        return Answer(found=(), query=query)
    how, query, hits = await _relax(store, query, limit + offset)
    if not hits:
        return Answer(found=(), query=query, suggestions=await _suggest(store, query))
    best = _by_story(hits)[offset : offset + limit]
    stories = {s.id: s for s in await store.stories.many([a[0].story_id for a in best])}
    found = tuple(
        Found(article=article, story=stories.get(article.story_id), sentence=sentence)
        for article, sentence in (_quoted(tellers, query, quote) for tellers in best)
    )
    return Answer(found=found, query=query, how=how)


async def _relax(
    store: Store, query: Query, stories: int
) -> tuple[Relaxed | None, Query, list[Hit]]:
    """What is found, by which query, and what that one gives up."""
    if hits := await _hits(store, query, stories):
        return None, query, hits
    async for how, lesser in _lesser(store, query):
        if hits := await _hits(store, lesser, stories):
            return how, lesser, hits
    return None, query, []


async def _lesser(store: Store, query: Query) -> AsyncIterator[tuple[Relaxed, Query]]:
    if query.terms:
        spelled, known = await _respell(store, query)
        if spelled != query:
            query = spelled
            yield Relaxed.SPELLING, query
        for less in fewer(query, known):
            yield Relaxed.WORDS, less
    if query.since:
        yield Relaxed.TIME, replace(query, since=None, until=None)
    if query.topics and (query.terms or query.phrases):
        yield Relaxed.TOPIC, replace(query, terms=(), phrases=())


async def _respell(store: Store, query: Query) -> tuple[Query, set[str]]:
    """The query in words that some article has, where one letter's change makes them; and those."""
    alike = {term: (term, *query.also.get(term, ())) for term in query.terms}
    counted = await store.articles.having([word for some in alike.values() for word in some])
    known = {term for term, some in alike.items() if counted.keys() & set(some)}
    typed = _spelled(query)
    mended: dict[str, str] = {}
    for term in query.terms:
        near = near_words(typed.get(term, term), term)
        counts = await store.articles.having(near) if near else {}
        if counts:
            mended[term] = max(counts, key=counts.__getitem__)
    also = {term: (*query.also.get(term, ()), word) for term, word in mended.items()}
    return replace(query, also={**query.also, **also}), known | mended.keys()


async def _hits(store: Store, query: Query, stories: int) -> list[Hit]:
    limit = min(MOST_HITS, HITS_PER_STORY * stories)
    return await store.articles.search(query, limit=limit)


def _by_story(hits: Sequence[Hit]) -> list[list[Article]]:
    """The articles of each story, the best first, in order of the best one's rank."""
    stories: dict[int, list[Article]] = {}
    for hit in hits:
        stories.setdefault(hit.article.story_id, []).append(hit.article)
    return list(stories.values())


def _quoted(tellers: Sequence[Article], query: Query, quote: bool) -> tuple[Article, str | None]:
    """The article of a story that answers best, and its sentence."""
    if not quote:
        return tellers[0], None
    tellers = tellers[:TELLERS]
    newest = max(tellers, key=lambda article: article.published_at)
    best: tuple[float, Article, str] | None = None
    for article in tellers:
        found = best_quote(
            article.title, article.text, query, article.language, summary=article.summary
        )
        if found is None:
            continue
        score = found.score + NEWER * (article is newest)
        if best is None or score > best[0]:
            best = score, article, found.sentence
    return best[1:] if best else (tellers[0], None)


async def _suggest(store: Store, query: Query) -> tuple[str, ...]:
    """Up to two questions that find something."""
    spelled = _spelled(query)
    found: list[str] = []
    everything = " ".join(spelled.get(word, word) for word in query.terms)
    timeless = replace(query, since=None, until=None, topics=(), sources=(), excluded=())
    if everything and timeless != query and await _finds(store, timeless):
        found.append(everything)
    for word in sorted(query.terms, key=len, reverse=True):  # long words say most
        if len(found) >= SUGGESTIONS:
            break
        alone = Query(raw=word, terms=(word,))
        if len(query.terms) > 1 and await _finds(store, alone):
            found.append(spelled.get(word, word))
    if len(found) < SUGGESTIONS:
        found += await _talked_about(store, SUGGESTIONS - len(found))
    return tuple(dict.fromkeys(found))[:SUGGESTIONS]


async def _finds(store: Store, query: Query) -> bool:
    return not query.empty and bool(await store.articles.search(query, limit=1))


def _spelled(query: Query) -> dict[str, str]:
    """Each word as it was typed."""
    typed = query.raw[:LONGEST]
    return {
        token.lemma: typed[token.start : token.stop]
        for language in ("be", "ru")
        for token in tokens(typed, language)
    }


async def _talked_about(store: Store, limit: int) -> list[str]:
    """Names that the newest articles share, the most frequent first; else their headlines."""
    recent = await store.articles.latest(limit=RECENT)
    names = Counter(entity.name for article in recent for entity in article.entities)
    common = [name for name, _ in names.most_common(limit)]
    return common or [article.title for article in recent[:limit]]
