"""What is ahead: planned events of all articles, or of one story, and as a calendar file."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.jobs.answering.opening import ACCOUNTS
from bot.jobs.planning.leaning import Leaning
from bot.news.digests.planned import Planned, planned
from bot.news.times.calendar import Entry
from storage.models import Article, Chat, Event, Fact, FactKind, Verdict
from storage.ports import Store

HORIZON = timedelta(days=400)
TOLD = timedelta(days=30)  # who wrote «до конца года» longer ago may be wrong by now
LONG_AGO = timedelta(days=90)  # of what was told before, one may hear again
TO_COME, UNDER_WAY = 150, 50  # events that are read
A_DAY = timedelta(days=1)


async def ahead(
    store: Store, chat: Chat, *, now: datetime, zone: str, language: str
) -> list[Planned]:
    """What is to come, from today in that zone, without what the chat muted.

    Told in that language if it can be.
    """
    today = _today(now, zone)
    midnight = datetime.combine(today, time(), UTC) - A_DAY / 2  # the first of any zone
    to_come, under_way = await asyncio.gather(
        store.articles.ahead(since=midnight, until=now + HORIZON, limit=TO_COME),
        store.articles.under_way(at=midnight, told_since=now - TOLD, limit=UNDER_WAY),
    )
    muted = await _muted(store, chat, [*to_come, *under_way], now)
    events = [one for one in (*to_come, *under_way) if one.story_id not in muted]
    return planned(events, today=today, language=language)


async def _muted(
    store: Store, chat: Chat, events: Sequence[Event], now: datetime
) -> frozenset[int]:
    """The stories of these that the chat does not want to see."""
    mutes = [taste for taste in chat.tastes if taste.verdict is Verdict.MUTE]
    if not mutes:
        return frozenset()
    stories = await store.stories.many(list({one.story_id for one in events}))
    return (await Leaning(store.stories).of(stories, mutes, now - LONG_AGO)).muted


async def ahead_in(
    store: Store, story_id: int, *, now: datetime, zone: str, language: str
) -> list[Planned]:
    """The same of one story."""
    articles = await store.stories.articles(story_id, limit=ACCOUNTS)
    events = [_event(one, f) for one in articles for f in one.facts if f.kind is FactKind.EVENT]
    return planned(events, today=_today(now, zone), language=language)


def _event(article: Article, fact: Fact) -> Event:
    return Event(
        fact=fact,
        article_id=article.id,
        story_id=article.story_id,
        source=article.source,
        sample=article.sample,
        url=article.url,
        title=article.title,
        language=article.language,
        told_at=article.edited_at or article.seen_at,
    )


def entries(events: Sequence[Planned], *, maker: str) -> list[Entry]:
    """As a calendar takes them; `maker` makes their ids ours."""
    return [_entry(one, maker) for one in events]


def _entry(one: Planned, maker: str) -> Entry:
    event, until = one.event, one.until
    days = f"{one.since:%Y%m%d}" + (f"-{until:%Y%m%d}" if until else "")
    return Entry(
        uid=f"story-{event.story_id}-{days}@{maker}",
        since=one.since,
        until=until,
        title=event.title,
        text="\n".join(filter(None, (one.sentence, event.source, event.url))),
        url=event.url,
        stamp=event.told_at,
    )


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
