"""Answering: the stories a question is about, one result for each, with the sentence that answers.

What nothing matches is asked for anew, for less (see `relaxing`). When that finds nothing either,
it offers two questions that do find something: without the time, or with one of the words, or what
the news of these days is about.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.jobs.relaxing import HITS_PER_STORY as HITS_PER_STORY
from bot.jobs.relaxing import Relaxed as Relaxed
from bot.jobs.relaxing import matched, spelled
from bot.news.quoting import best_quote
from storage.models import Article, Hit, Query, Story
from storage.ports import Store

TELLERS = 3  # articles of a story in which the sentence is looked for
SUGGESTIONS = 2
RECENT = 40  # newest articles whose names are offered
NEWER = 0.5  # what the newest of a story's articles is worth: it knows the latest number


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
    match = await matched(store, query, stories=limit + offset)
    if not match.hits:
        return Answer(found=(), query=query, suggestions=await _suggest(store, query))
    query = match.query
    best = _by_story(match.hits)[offset : offset + limit]
    stories = {s.id: s for s in await store.stories.many([a[0].story_id for a in best])}
    found = tuple(
        Found(article=article, story=stories.get(article.story_id), sentence=sentence)
        for article, sentence in (_quoted(tellers, query, quote) for tellers in best)
    )
    return Answer(found=found, query=query, how=match.how)


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
    typed = spelled(query)
    found: list[str] = []
    everything = " ".join(typed.get(word, word) for word in query.terms)
    timeless = replace(query, since=None, until=None, topics=(), sources=(), excluded=())
    if everything and timeless != query and await _finds(store, timeless):
        found.append(everything)
    for word in sorted(query.terms, key=len, reverse=True):  # long words say most
        if len(found) >= SUGGESTIONS:
            break
        alone = Query(raw=word, terms=(word,))
        if len(query.terms) > 1 and await _finds(store, alone):
            found.append(typed.get(word, word))
    if len(found) < SUGGESTIONS:
        found += await _talked_about(store, SUGGESTIONS - len(found))
    return tuple(dict.fromkeys(found))[:SUGGESTIONS]


async def _finds(store: Store, query: Query) -> bool:
    return not query.empty and bool(await store.articles.search(query, limit=1))


async def _talked_about(store: Store, limit: int) -> list[str]:
    """Names that the newest articles share, the most frequent first; else their headlines."""
    recent = await store.articles.latest(limit=RECENT)
    names = Counter(entity.name for article in recent for entity in article.entities)
    common = [name for name, _ in names.most_common(limit)]
    return common or [article.title for article in recent[:limit]]
