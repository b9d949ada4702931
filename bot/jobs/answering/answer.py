"""Answering: the stories a question is about, one result for each, with the sentence that answers.

Of days to come, what is planned is the answer (see `coming`): for those days, else later. What
nothing matches is asked for anew, for less (see `relaxing`). When that finds nothing either, it
offers two questions that do find something: without the time, or with one of the words, or what
the news of these days is about.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.jobs.answering.coming import Foreseen, coming, later
from bot.jobs.answering.relaxing import HITS_PER_STORY as HITS_PER_STORY
from bot.jobs.answering.relaxing import Relaxed as Relaxed
from bot.jobs.answering.relaxing import matched, spelled
from bot.news.digests.planned import Planned
from bot.news.questions.quoting import Asked
from bot.news.questions.wishes import FIGURES, wishes
from bot.news.summaries.headline import corrects, updates
from storage.models import Ahead, Article, Hit, Query, Story
from storage.ports import Store

TELLERS = 3  # articles of a story in which the sentence is looked for
SUGGESTIONS = 2
RECENT = 40  # newest articles whose names are offered
ACCOUNTS = 12  # of a story, among which a correction is looked for
COUNTING = 1.15  # what a story gains in rank whose sentence counts the very things asked for
GRANTING = 1.1  # and what one whose sentence says the kind of thing asked for
TONGUE = 2.0  # what the question's own language is worth
NEWER = 0.5  # what the newest of a story's articles is worth: it knows the latest number


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that was found, by its article that matched or answers best."""

    article: Article
    story: Story | None
    sentence: str | None  # the one that answers
    plan: Planned | None = None  # what it says is to come, when that was asked for


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
    if query.ahead is not None:
        if plans := await _planned(store, query, query.ahead, limit=limit, offset=offset):
            return plans
        return await _unplanned(store, query, limit=limit, offset=offset, quote=quote)
    if query.empty:
        return Answer(found=(), query=query)
    match = await matched(store, query, stories=limit + offset)
    if not match.hits:
        return Answer(found=(), query=query, suggestions=await _suggest(store, query))
    query = match.query
    best = _by_story(match.hits)[offset : offset + limit]
    stories = {s.id: s for s in await store.stories.many([a[0].article.story_id for a in best])}
    told = [_Told(hits[0].article, None, hits[0].rank) for hits in best]
    if quote:
        asked = Asked(query)
        told = [
            _told(
                one,
                await _tellers(store, by, stories.get(by[0].article.story_id), query),
                asked,
                query.language,
            )
            for one, by in zip(told, best, strict=True)
        ]
    if match.how is Relaxed.NEAR:  # beside the point already: not a word that says nothing of it
        told = [one if one.says else replace(one, sentence=None) for one in told]
    if not query.newest:
        told.sort(key=lambda one: one.rank)
    found = tuple(
        Found(article=one.article, story=stories.get(one.article.story_id), sentence=one.sentence)
        for one in told
    )
    return Answer(found=found, query=query, how=match.how)


async def _planned(
    store: Store, query: Query, ahead: Ahead, *, limit: int, offset: int
) -> Answer | None:
    """What is planned for those days; for days that only the question calls so, else for later."""
    how, found = None, await coming(store, query, ahead)
    if not found and not ahead.words and (behind := later(ahead)):
        how, found = Relaxed.TIME, await coming(store, query, behind)
    return (
        Answer(
            found=tuple([await _foreseen(store, one) for one in found[offset : offset + limit]]),
            query=query,
            how=how,
        )
        if found
        else None
    )


async def _foreseen(store: Store, one: Foreseen) -> Found:
    return Found(
        article=one.article,
        story=await store.stories.get(one.article.story_id),
        sentence=one.plan.sentence,
        plan=one.plan,
    )


async def _unplanned(store: Store, query: Query, *, limit: int, offset: int, quote: bool) -> Answer:
    """The answer when nothing is known to be planned: days with a name are words like others.

    Without one, what was told before is no answer, only near.
    """
    assert query.ahead is not None
    named = query.ahead.words
    plain = replace(query, ahead=None, terms=(*query.terms, *named))
    if plain.empty:
        return Answer(found=(), query=query, suggestions=await _suggest(store, plain))
    found = await answer(store, plain, limit=limit, offset=offset, quote=quote)
    sure = named or found.how is Relaxed.TOPIC or not found.found
    return found if sure else replace(found, how=Relaxed.NEAR)


def _by_story(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits in each story, the best first, in order of the best one's rank."""
    stories: dict[int, list[Hit]] = {}
    for hit in hits:
        stories.setdefault(hit.article.story_id, []).append(hit)
    return list(stories.values())


async def _tellers(
    store: Store, hits: Sequence[Hit], story: Story | None, query: Query
) -> list[Article]:
    """The articles of a story that are looked through; what was told before a correction is not.

    Nor are numbers that have grown since."""
    found = [hit.article for hit in hits[:TELLERS]]
    if story is None or story.articles == 1 or query.since or query.until or not wishes(query.raw):
        return found
    accounts = await store.stories.articles(story.id, limit=ACCOUNTS)
    counts = bool(wishes(query.raw) & FIGURES)
    corrections = [
        one for one in accounts if corrects(one.title) or (counts and updates(one.title))
    ]
    if not corrections:
        return found
    last = max(corrections, key=lambda one: one.published_at)
    later = [one for one in found if one.published_at > last.published_at]
    return [last, *later]


@dataclass(frozen=True, slots=True)
class _Told:
    """The article of a story that answers best, and its sentence; the lowest rank goes first."""

    article: Article
    sentence: str | None
    rank: float
    says: bool = True  # a word of the question is in the sentence


def _told(first: _Told, tellers: Sequence[Article], asked: Asked, tongue: str) -> _Told:
    newest = max(tellers, key=lambda article: article.published_at)
    quotes = [(article, found) for article in tellers if (found := asked.quote(article))]
    if not quotes:
        return first
    best, said = max(
        quotes,
        key=lambda one: (
            one[1].score + NEWER * (one[0] is newest) + TONGUE * (one[0].language == tongue)
        ),
    )
    rank = first.rank * (COUNTING if said.counts else GRANTING if said.grants else 1.0)
    return _Told(best, said.sentence, rank, said.says)


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
