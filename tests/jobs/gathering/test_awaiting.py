"""Pages that did not answer: asked for again, a few times, and their texts put in quietly."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.articles.filing import FIRST_WAIT
from bot.jobs.gathering.awaiting import AT_ONCE, TRIES
from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import Fetcher
from storage.models import Article, Query, Source
from storage.ports import Store
from tests.jobs.newsroom import LONG, Inline, Time, again, feed, item, newsroom

LEAD = "Мост через Томь открыли вчера в полдень, движение по нему уже началось…"


def page(more: str = "Опоры проверяли водолазы.") -> str:
    return f"<html><body><article><h1>Мост</h1><p>{LEAD} {more}</p><p>{LONG * 4}</p></article>"


@pytest.fixture
async def source(add: Any) -> Source:
    found: Source = await add(title="Вестник")
    return found


async def polled(ingest: Ingest, store: Store, site: Any, source: Source, *items: str) -> Any:
    site.answers["/rss"] = feed(*items)
    report = await ingest.poll(await again(store, source))
    assert report.error is None
    return report


async def only(store: Store) -> Article:
    (article,) = await store.articles.latest(limit=10)
    return article


def asked(site: Any, path: str = "/news/1") -> int:
    return int(site.paths().count(path))


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_page_that_answers_later_completes_its_article_and_nobody_sees_an_edit(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time, status: int
) -> None:
    site.answers["/news/1"] = web.Response(status=status, headers={"Retry-After": "600"})
    await polled(ingest, store, site, source, item(1, text=LEAD))
    before = await only(store)
    assert not before.whole
    site.answers["/news/1"] = page()
    assert await ingest.awaiting.ask_again() == 0  # its time has not come
    time.pass_(seconds=FIRST_WAIT.total_seconds())
    assert await ingest.awaiting.ask_again() == 1
    article = await only(store)
    assert article.whole
    assert "водолазы" in article.text
    assert (article.id, article.story_id, article.seen_at, article.edited_at) == (
        before.id,
        before.story_id,
        before.seen_at,
        None,
    )
    assert await store.articles.past(article.id) == []
    stats = await store.sources.stats(since=time.now - timedelta(days=1))
    assert (stats[source.id].whole, stats[source.id].edited) == (1, 0)
    found = await store.articles.search(Query(raw="", terms=("водолаз",)), limit=5)
    assert [hit.article.id for hit in found] == [article.id]


async def test_what_its_feed_says_after_that_is_compared_as_before(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    site.answers["/news/1"] = web.Response(status=500)
    await polled(ingest, store, site, source, item(1, text=LEAD))
    site.answers["/news/1"] = page()
    time.pass_(seconds=FIRST_WAIT.total_seconds())
    await ingest.awaiting.ask_again()
    count = asked(site)
    report = await polled(ingest, store, site, source, item(1, text=LEAD))
    assert (report.added, report.edited) == (0, 0)
    assert asked(site) == count
    assert (await only(store)).whole


async def test_it_is_asked_for_at_growing_waits_over_restarts_and_then_no_more(
    store: Store, client: Fetcher, site: Any, source: Source, time: Time
) -> None:
    site.answers["/news/1"] = web.Response(status=500)
    workers = Inline()
    first = newsroom(store, client, workers, time)
    await polled(first, store, site, source, item(1, text=LEAD))
    await first.close()
    began, at = time.now, []
    for _ in range(15 * 24):
        anew = newsroom(store, client, workers, time)  # a restart each time
        before = asked(site)
        await anew.awaiting.ask_again()
        if asked(site) > before:
            at.append((time.now - began).total_seconds() / 60)
        await anew.close()
        time.pass_(minutes=15)
    assert at == [15, 60, 195, 600, 1815]
    assert asked(site) == TRIES
    assert not (await only(store)).whole


async def test_a_page_that_is_gone_by_then_leaves_the_lead(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    site.answers["/news/1"] = web.Response(status=503)
    await polled(ingest, store, site, source, item(1, text=LEAD))
    site.answers["/news/1"] = web.Response(status=404)
    for _ in range(5):
        time.pass_(hours=1)
        await ingest.awaiting.ask_again()
    assert asked(site) == 2
    assert (await only(store)).text.startswith("Новость 1. Мост через Томь")


async def test_a_host_that_says_wait_is_asked_for_one_page_and_not_for_the_others(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    for n in range(5):
        site.answers[f"/news/{n}"] = web.Response(status=429, headers={"Retry-After": "7200"})
    await polled(ingest, store, site, source, *(item(n, text=LEAD) for n in range(5)))
    before = len(site.requests)
    time.pass_(minutes=15)
    assert await ingest.awaiting.ask_again() == 0
    assert len(site.requests) == before  # it is still within its two hours
    due = await store.awaited.due(now=time.now + timedelta(minutes=90), limit=AT_ONCE)
    assert due == []
    for n in range(5):
        site.answers[f"/news/{n}"] = page(f"Опору {n} проверяли водолазы.")
    time.pass_(minutes=105)
    assert await ingest.awaiting.ask_again() == 5


async def test_a_page_that_fails_keeps_no_other_of_its_site_waiting(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    for n in (1, 2):
        site.answers[f"/news/{n}"] = web.Response(status=500)
    await polled(ingest, store, site, source, item(1, text=LEAD), item(2, text=LEAD))
    site.answers["/news/2"] = page()
    time.pass_(minutes=15)
    assert await ingest.awaiting.ask_again() == 1


async def test_a_page_that_adds_nothing_makes_the_lead_whole(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    short = "Мост через Томь открыли вчера в полдень, движение по нему уже началось."
    site.answers["/news/1"] = web.Response(status=500)
    await polled(ingest, store, site, source, item(1, text=short))
    said = f"Новость 1. {short}"
    site.answers["/news/1"] = (
        f"<html><body><article><h1>Открыли мост номер 1</h1><p>{said}</p></article></body></html>"
    )
    time.pass_(minutes=15)
    await ingest.awaiting.ask_again()
    article = await only(store)
    assert (article.text, article.whole, article.edited_at) == (said, True, None)


async def test_what_is_no_source_any_more_is_asked_for_nothing(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    site.answers["/news/1"] = web.Response(status=500)
    await polled(ingest, store, site, source, item(1, text=LEAD))
    await store.sources.remove(source.id)
    time.pass_(minutes=15)
    before = len(site.requests)
    await ingest.awaiting.ask_again()
    assert len(site.requests) == before
    assert await store.awaited.due(now=time.now, limit=5) == []


async def test_an_edit_whose_page_does_not_answer_comes_with_a_later_poll(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    site.answers["/news/1"] = page()
    await polled(ingest, store, site, source, item(1, text=LEAD))
    site.answers["/news/1"] = web.Response(status=500)
    changed = item(1, text=f"{LEAD} Дополнено…")
    assert (await polled(ingest, store, site, source, changed)).edited == 0
    site.answers["/news/1"] = page("Причиной назвали трещину.")
    assert (await polled(ingest, store, site, source, changed)).edited == 1
    assert "трещину" in (await only(store)).text
