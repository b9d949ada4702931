"""Answering: the stories a question is about, one result for each, with the best sentence.

When nothing has all the words, one word is enough, and the answer says so. When nothing has any of
them, it offers two questions that do find something: without the time, or with one of the words,
or what the news of these days is about.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.news.morphology import tokens
from bot.news.query import best_sentence
from storage.models import Article, Hit, Query, Story
from storage.ports import Store

MOST_HITS = 500  # the store ranks no more than this
HITS_PER_STORY = 6  # asked for, so that a story told by many outlets does not fill the page
SUGGESTIONS = 2
LONGEST = 1000  # characters of a question that are read
RECENT = 40  # newest articles whose names are offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that was found, by its article that matched best."""

    article: Article
    story: Story | None
    sentence: str | None  # the one that answers; only for a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search or a question found. `suggestions` are questions, only when nothing was."""

    found: tuple[Found, ...]
    relaxed: bool = False  # no article had all the words; these have some
    suggestions: tuple[str, ...] = ()


async def answer(store: Store, query: Query, *, limit: int = 5, offset: int = 0) -> Answer:
    """The stories that match, best first; `limit` and `offset` count stories."""
    relaxed = False
    hits = await _hits(store, query, limit + offset)
    if not hits and len(query.terms) + len(query.phrases) > 1:
        hits = await _hits(store, query, limit + offset, any_word=True)
        relaxed = bool(hits)
    if not hits:
        return Answer(found=(), suggestions=await _suggest(store, query))
    best = _one_per_story(hits)[offset : offset + limit]
    stories = {s.id: s for s in await store.stories.many([a.story_id for a in best])}
    found = tuple(
        Found(
            article=article,
            story=stories.get(article.story_id),
            sentence=_sentence(article, query),
        )
        for article in best
    )
    return Answer(found=found, relaxed=relaxed)


async def _hits(store: Store, query: Query, stories: int, *, any_word: bool = False) -> list[Hit]:
    limit = min(MOST_HITS, HITS_PER_STORY * stories)
    return await store.articles.search(query, limit=limit, any_word=any_word)


def _one_per_story(hits: Sequence[Hit]) -> list[Article]:
    """The best article of each story, in order of rank."""
    best: dict[int, Article] = {}
    for hit in hits:
        best.setdefault(hit.article.story_id, hit.article)
    return list(best.values())


def _sentence(article: Article, query: Query) -> str | None:
    if not query.question:
        return None
    return best_sentence(article.title, article.text, query, article.language)


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
