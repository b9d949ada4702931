"""A feed that is lost: its site is asked for it, seldom, and only its own feed is taken for it."""

from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.refinding import EVERY
from storage.models import Source
from storage.ports import Store
from tests.jobs.newsroom import Time, again, feed, item

NAMED = web.Response(
    text="<html><head><link rel=alternate type=application/rss+xml href=/feed/></head>"
    "<body>Главная</body></html>",
    content_type="text/html",
)


def lost(site: Any, how: str) -> None:
    page = web.Response(text="<html><body>Новый сайт</body></html>", content_type="text/html")
    site.answers["/rss"] = web.Response(status=404) if how == "404" else page
    site.answers["/"] = NAMED


async def fail(ingest: Ingest, store: Store, source: Source, time: Time, times: int) -> Any:
    for _ in range(times):
        time.pass_(hours=25)
        report = await ingest.poll(await again(store, source))
    return report


@pytest.mark.parametrize("how", ["404", "a page"])
async def test_a_feed_that_its_site_keeps_elsewhere_now_is_polled_there(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, how: str
) -> None:
    source = await add(title="Вестник")
    site.answers["/rss"] = feed(item(1), item(2))
    await ingest.poll(source)
    lost(site, how)
    site.answers["/feed/"] = feed(item(3), item(2))
    report = await fail(ingest, store, source, time, EVERY - 1)
    assert report.error
    assert "/feed/" not in site.paths()
    report = await fail(ingest, store, source, time, 1)
    assert (report.error, report.added) == (None, 1)
    found = await again(store, source)
    assert (found.url, found.failures) == (f"{site.url}/feed/", 0)


async def test_a_feed_of_somebody_else_is_not_taken_for_it(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add(title="Газета")
    site.answers["/rss"] = feed(item(1), item(2))
    await ingest.poll(source)
    lost(site, "404")
    site.answers["/feed/"] = feed(item(8), item(9))
    report = await fail(ingest, store, source, time, EVERY)
    assert report.error
    assert (await again(store, source)).url == f"{site.url}/rss"


async def test_a_feed_that_another_source_has_already_is_left_to_that(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add(title="Вестник")
    site.answers["/rss"] = feed(item(1))
    await ingest.poll(source)
    lost(site, "404")
    site.answers["/feed/"] = feed(item(1))
    await add("/feed/")
    report = await fail(ingest, store, source, time, EVERY)
    assert report.error
    assert (await again(store, source)).url == f"{site.url}/rss"
