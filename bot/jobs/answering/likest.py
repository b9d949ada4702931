"""Likest: stories that may be one with a story, for an editor to choose from."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.jobs.answering.answer import answer
from bot.news.questions.query import parse_query
from bot.news.topics.scores import Topics
from bot.news.words.morphology import is_stop, tokens
from storage.models import Query, Story
from storage.ports import Store

AROUND = timedelta(days=7)  # so far apart articles still find one story
WORDS = 12  # of a headline, looked for
LOOKED_THROUGH = 10  # stories found by the words of a headline
FAR = -2.5  # log-odds: nearer articles are worth a look


async def likest(store: Store, story: Story, *, limit: int) -> list[Story]:
    """Those that were nearly found to be one with it come first, then those that share words."""
    sharing = await _sharing_words(store, story)
    scores = await _nearest_to(store, story)
    own = {one.id for one in await store.stories.articles(story.id)}
    for id_ in sharing:
        decisions = await store.corrections.decisions(id_)
        near = [one.nearest for one in decisions.values() if one.nearest is not None]
        if here := [one.score for one in near if one.article_id in own]:
            scores[id_] = max(*here, scores.get(id_, FAR))
    nearly = sorted((id_ for id_, score in scores.items() if score > FAR), key=lambda i: -scores[i])
    return await _told(store, [*nearly, *sharing], besides=story.id, limit=limit)


async def _nearest_to(store: Store, story: Story) -> dict[int, float]:
    """By story, the best score that one of its articles had when one of this story came."""
    decisions = await store.corrections.decisions(story.id)
    scores = {
        one.nearest.article_id: one.nearest.score for one in decisions.values() if one.nearest
    }
    found: dict[int, float] = {}
    for article in await store.articles.many([*scores]):
        score = scores[article.id]
        found[article.story_id] = max(score, found.get(article.story_id, score))
    return found


async def named(
    store: Store, words: str, story: Story, topics: Topics, *, zone: str, now: datetime, limit: int
) -> list[Story]:
    """Other stories that these words find, best first."""
    query = parse_query(words, now=now, zone=zone, topics=topics, sources=())
    found = await answer(store, query, limit=limit + 1, quote=False)
    ids = [one.article.story_id for one in found.found]
    return await _told(store, ids, besides=story.id, limit=limit)


async def _sharing_words(store: Store, story: Story) -> list[int]:
    said = (token.lemma for token in tokens(story.headline, story.language))
    terms = tuple(dict.fromkeys(word for word in said if not is_stop(word)))[:WORDS]
    if not terms:
        return []
    around = Query(raw=story.headline, terms=terms)
    around = replace(around, since=story.first_at - AROUND, until=story.last_at + AROUND)
    hits = await store.articles.search(around, limit=50, any_word=True, stories=LOOKED_THROUGH)
    return [hit.article.story_id for hit in hits]


async def _told(store: Store, ids: list[int], *, besides: int, limit: int) -> list[Story]:
    """These stories, each once, without those that are withdrawn."""
    wanted = [id_ for id_ in dict.fromkeys(ids) if id_ != besides]
    return [one for one in await store.stories.many(wanted) if not one.withdrawn][:limit]
