"""What is coming: events that articles plan for the days a question is about, the likest first.

A question with words wants those events whose articles are about them. «До конца года» is no
answer to «что будет завтра»: an event must not be much vaguer than the days asked for.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.news.digests.planned import EXACT, Planned, planned
from bot.news.questions.relaxing import Wanted, weight
from bot.news.questions.wishes import Wish, holds, wishes
from storage.models import Ahead, Article, Event, Hit, Query
from storage.ports import Store

HORIZON = timedelta(days=400)
TOLD = timedelta(days=60)  # what was under way by then may be over unsaid
TO_COME, UNDER_WAY = 150, 50  # events that are read
COMPARED = 60  # articles that tell of them
HEAVY = 0.5  # of the weight of the heaviest word: the others are said of anything
ABOUT = 0.7  # of all words, in the title, the summary and what is said of the event
ZONES = timedelta(hours=12)  # a day begins so long before its noon in UTC, in some zone

_SAID_BY_DAYS = frozenset({Wish.TIME, Wish.PLACE, Wish.PERSON, Wish.CAUSE})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A planned event, and the article that tells of it."""

    article: Article
    plan: Planned


async def coming(store: Store, query: Query, ahead: Ahead) -> list[Foreseen]:
    """What is planned for those days, one for each story: what is likest the question, then by
    days."""
    events = await _events(store, query, ahead)
    ids = list(dict.fromkeys(event.article_id for event in events))[:COMPARED]
    articles = {one.id: one for one in await store.articles.many(ids)}
    liked = _liked(query, [one for one in events if one.article_id in articles], articles)
    plans = [
        one
        for one in planned(liked, today=ahead.since, language=query.language)
        if _fits(one, ahead)
    ]
    plans.sort(key=lambda one: -liked[one.event])
    first: dict[int, Foreseen] = {}
    for one in plans:
        first.setdefault(one.event.story_id, Foreseen(articles[one.event.article_id], one))
    return list(first.values())


def later(ahead: Ahead) -> Ahead | None:
    """The days behind those; None if there are none."""
    return replace(ahead, since=ahead.until, until=None) if ahead.until else None


async def _events(store: Store, query: Query, ahead: Ahead) -> list[Event]:
    since, words, topics = _instant(ahead.since), _heavy(query), query.topics
    until = _instant(ahead.until) if ahead.until else since + HORIZON
    begin, go_on = await asyncio.gather(
        store.articles.ahead(since=since, until=until, limit=TO_COME, words=words, topics=topics),
        store.articles.under_way(
            at=since, told_since=since - TOLD, limit=UNDER_WAY, words=words, topics=topics
        ),
    )
    return [*begin, *go_on]


def _heavy(query: Query) -> Sequence[str]:
    """The words that say what the question is about, and others for them."""
    least = HEAVY * max(map(weight, query.terms), default=0.0)
    heavy = [term for term in query.terms if weight(term) >= least]
    return [word for term in heavy for word in (term, *query.also.get(term, ()))]


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - ZONES


def _fits(plan: Planned, ahead: Ahead) -> bool:
    if ahead.until is None or plan.until is None:
        return True
    return plan.until - plan.since <= max(EXACT, ahead.until - ahead.since)


def _liked(
    query: Query, events: Sequence[Event], articles: Mapping[int, Article]
) -> dict[Event, float]:
    """Those that the question is about, and how much of it is said of each, to a tenth."""
    if not query.terms:
        return dict.fromkeys(events, 1.0)
    wanted, wished = Wanted(query), wishes(query.raw) - _SAID_BY_DAYS
    return {
        one: round(wanted.share(f"{one.title} {one.fact.sentence}", one.language), 1)
        for one in events
        if all(holds(wish, one.fact.sentence) for wish in wished)
        and _is_about(wanted, articles[one.article_id], one)
    }


def _is_about(wanted: Wanted, article: Article, event: Event) -> bool:
    told = " ".join((article.title, *article.summary, event.fact.sentence))
    close = wanted.closeness(Hit(article=article, rank=0.0))
    return close.answers and wanted.share(told, article.language) >= ABOUT
