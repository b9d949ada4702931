"""A text that comes after its lead: alerts that it sets off, and nothing that is told twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.articles.filing import FIRST_WAIT
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.planning.alerts import watch
from bot.news.digests.interests import read_interest
from bot.news.topics.scores import Topics
from storage.models import Interest, QuietHours, Schedule, Source
from storage.ports import Store
from tests.jobs.newsroom import LONG, Time, again, feed, item
from tests.jobs.planner import READER, Plain, plan, send_all, subscribe, texts

MINUTE = timedelta(minutes=1)
LEAD = "На разрезе в Белове вчера показали то, чего ждали с весны, и гостей было много…"
TOLD = "Новый самосвал БелАЗ грузоподъёмностью 450 тонн вышел на разрез в Белове в понедельник."
TITLE = "Дождались: чего все хотели с весны"
TEASER = "Об этом говорили полгода, и вот оно случилось, рассказывает наш корреспондент…"


def page(text: str = TOLD, title: str = TITLE) -> str:
    return (
        f"<html><body><article><h1>{title}</h1><p>{LEAD} {text}</p>"
        f"<p>{LONG * 4}</p></article></body></html>"
    )


def interest(words: str) -> Interest:
    found = read_interest(words, topics=Topics(()), sources=())
    assert found is not None
    return found


@pytest.fixture
async def source(add: Any) -> Source:
    found: Source = await add(title="Вестник")
    return found


async def polled(ingest: Ingest, store: Store, site: Any, source: Source, *items: str) -> None:
    site.answers["/rss"] = feed(*items)
    report = await ingest.poll(await again(store, source))
    assert report.error is None


async def lead_comes(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time, lead: str = LEAD
) -> None:
    time.pass_(minutes=1)
    site.answers["/news/1"] = web.Response(status=500)
    await polled(ingest, store, site, source, item(1, text=lead, title=TITLE))


async def wait_for(store: Store, now: datetime, words: str = "БелАЗ", **chosen: Any) -> None:
    await watch(store, now=now)
    await subscribe(
        store,
        now,
        schedule=Schedule(minutes=()),
        next_run_at=None,
        made_at=now,
        instant=True,
        follows=[interest(words)] if words else [],
        **chosen,
    )
    await watch(store, now=now)


async def live(store: Store, time: Time, minutes: int, ingest: Ingest | None = None) -> int:
    """Look, plan and send each minute; how many messages left."""
    sent = 0
    for _ in range(minutes):
        if ingest is not None:
            await ingest.awaiting.ask_again()
        await watch(store, now=time.now)
        await plan(store, Plain(), time.now)
        sent += len(await send_all(store, time.now))
        time.pass_(minutes=1)
    return sent


def headlines(posts: Sequence[str]) -> list[str]:
    return [line for post in posts for line in post.split("\n")]


async def test_a_text_that_comes_late_sets_off_the_alert_that_its_lead_did_not(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now)
    await lead_comes(ingest, store, site, source, time)
    assert await live(store, time, 10, ingest) == 0
    site.answers["/news/1"] = page()
    assert await live(store, time, 60, ingest) == 1
    assert await texts(store) == [TITLE]


async def test_what_its_lead_had_told_is_not_told_again_by_its_text(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now, "Белово")
    await lead_comes(ingest, store, site, source, time)
    assert await live(store, time, 10, ingest) == 1
    site.answers["/news/1"] = page()
    assert await live(store, time, 60, ingest) == 0


async def test_who_waits_for_anything_hears_of_it_once(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now, "")
    await lead_comes(ingest, store, site, source, time)
    assert await live(store, time, 10, ingest) == 1
    site.answers["/news/1"] = page()
    assert await live(store, time, 60, ingest) == 0


async def test_a_text_that_comes_at_the_second_asking_sets_it_off_too(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now)
    await lead_comes(ingest, store, site, source, time)
    assert await live(store, time, 20, ingest) == 0
    site.answers["/news/1"] = page()  # asked for again when an hour has passed
    assert await live(store, time, 60, ingest) == 1
    assert await texts(store) == [TITLE]


async def test_a_text_that_comes_when_its_news_is_days_old_sets_off_nothing(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now)
    await lead_comes(ingest, store, site, source, time)
    await live(store, time, 20)
    time.pass_(hours=50)
    site.answers["/news/1"] = page()
    assert await live(store, time, 10, ingest) == 0
    article = (await store.articles.latest(limit=1))[0]
    assert article.whole


async def test_a_text_that_comes_after_thirty_hours_is_in_the_next_digest_once(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    daily = Schedule(minutes=(8 * 60,))
    await subscribe(store, time.now, follows=[interest("БелАЗ")], schedule=daily)
    await lead_comes(ingest, store, site, source, time)
    for _ in range(30):
        await ingest.awaiting.ask_again()
        await live(store, time, 1)
        time.pass_(minutes=59)
    assert TITLE not in headlines(await texts(store))
    site.answers["/news/1"] = page()
    for _ in range(3 * 24):
        await ingest.awaiting.ask_again()
        await live(store, time, 1)
        time.pass_(minutes=59)
    assert (await store.articles.latest(limit=1))[0].whole
    assert headlines(await texts(store)).count(TITLE) == 1


async def test_a_digest_that_told_the_lead_does_not_tell_it_again_by_its_late_text(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await subscribe(store, time.now, schedule=Schedule(minutes=(8 * 60,)))
    await lead_comes(ingest, store, site, source, time)
    site.answers["/news/1"] = web.Response(status=500)
    for hour in range(4 * 24):
        if hour == 29:
            site.answers["/news/1"] = page()
        await ingest.awaiting.ask_again()
        await live(store, time, 1)
        time.pass_(minutes=59)
    assert (await store.articles.latest(limit=1))[0].whole
    assert headlines(await texts(store)).count(TITLE) == 1


async def test_quiet_hours_put_it_off_too(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    """It is eight in the morning, and quiet until ten."""
    await wait_for(store, time.now)
    await store.chats.choose(READER, quiet=QuietHours(start=22 * 60, end=10 * 60))
    await lead_comes(ingest, store, site, source, time)
    site.answers["/news/1"] = page()
    assert await live(store, time, 118, ingest) == 0
    assert await live(store, time, 5, ingest) == 1


async def test_a_digest_that_left_meanwhile_gives_it_when_it_next_comes(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    daily = Schedule(minutes=(8 * 60,))
    await subscribe(store, time.now, follows=[interest("БелАЗ")], schedule=daily)
    await lead_comes(ingest, store, site, source, time)
    await live(store, time, 5)
    assert TITLE not in headlines(await texts(store))
    site.answers["/news/1"] = page()
    await live(store, time, 30, ingest)
    time.pass_(hours=23, minutes=23)
    await live(store, time, 10, ingest)
    assert headlines(await texts(store)).count(TITLE) == 1


async def test_a_kill_before_it_is_noted_makes_nobody_hear_of_it_twice(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now)
    await lead_comes(ingest, store, site, source, time)
    site.answers["/news/1"] = page()
    time.now += FIRST_WAIT
    await ingest.awaiting.ask_again()
    _, came = await store.stories.completed(since=time.now - MINUTE, limit=5)
    assert len(came) == 1
    await watch(store, now=time.now)
    assert await store.stories.completed(since=time.now - MINUTE, limit=5) == ([], [])
    assert await live(store, time, 30) == 1


async def test_a_text_that_tells_a_known_event_joins_its_story_and_is_not_told_again(
    ingest: Ingest, store: Store, site: Any, add: Any, source: Source, time: Time
) -> None:
    await wait_for(store, time.now)
    await lead_comes(ingest, store, site, source, time, TEASER)
    other = await add("/other", title="Газета")
    title = "Новый самосвал БелАЗ вышел на разрез в Белове"
    site.answers["/other"] = feed(item(7, text=TOLD, title=title, link="/other/{}"))
    assert (await ingest.poll(other)).added == 1
    assert await store.stories.count() == 2
    assert await live(store, time, 5) == 1
    site.answers["/news/1"] = page()
    assert await live(store, time, 60, ingest) == 0
    assert await store.stories.count() == 1
    late, first = await store.articles.latest(limit=5)
    assert late.story_id == first.story_id


async def test_a_story_that_others_have_joined_stays_when_its_text_comes(
    ingest: Ingest, store: Store, site: Any, add: Any, source: Source, time: Time
) -> None:
    await lead_comes(ingest, store, site, source, time, TEASER)
    other = await add("/other", title="Газета")
    title = "Новый самосвал БелАЗ вышел на разрез в Белове"
    site.answers["/other"] = feed(
        item(6, text=TEASER, title=TITLE, link="/other/{}"),
        item(7, text=TOLD, title=title, link="/other/{}"),
    )
    assert (await ingest.poll(other)).added == 2
    before = {article.id: article.story_id for article in await store.articles.latest(limit=5)}
    assert sorted(before.values()) == [1, 1, 2]
    site.answers["/news/1"] = page()
    time.now += FIRST_WAIT
    assert await ingest.awaiting.ask_again() == 1
    after = {article.id: article.story_id for article in await store.articles.latest(limit=5)}
    assert after == before
