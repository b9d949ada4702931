"""Finding the feed behind an address."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sources import errors
from bot.sources.discover import feed_links, find_feed
from bot.sources.http import Fetcher
from bot.workers import Workers

FEED = "<rss version='2.0'><channel><title>Вестник</title></channel></rss>".encode()


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    made = Workers(count=1)
    yield made
    await made.close()


async def test_a_feed_is_itself(site: Any, fetcher: Fetcher, workers: Workers) -> None:
    site.answers["/rss"] = FEED
    found = await find_feed(f" {site.url}/rss ", fetcher=fetcher, workers=workers)
    assert (found.url, found.feed.title) == (f"{site.url}/rss", "Вестник")


async def test_a_page_names_its_feed(site: Any, fetcher: Fetcher, workers: Workers) -> None:
    site.answers["/"] = (
        '<link rel="alternate" type="application/rss+xml" href="/broken">'
        '<link rel="alternate" type="application/rss+xml" href="news.rss">'
    )
    site.answers["/news.rss"] = FEED
    found = await find_feed(site.url, fetcher=fetcher, workers=workers)
    assert found.url == f"{site.url}/news.rss"


async def test_a_page_that_names_none_may_have_one_in_the_usual_places(
    site: Any, fetcher: Fetcher, workers: Workers
) -> None:
    site.answers["/news/today"] = "<html><body>Новости</body></html>"
    site.answers["/feed/"] = "<html>no</html>"
    site.answers["/rss.xml"] = FEED
    found = await find_feed(f"{site.url}/news/today", fetcher=fetcher, workers=workers)
    assert found.url == f"{site.url}/rss.xml"


async def test_a_lasting_redirect_is_the_address_to_keep(
    site: Any, fetcher: Fetcher, workers: Workers
) -> None:
    site.answers["/old"] = web.Response(status=301, headers={"Location": "/rss"})
    site.answers["/rss"] = FEED
    found = await find_feed(f"{site.url}/old", fetcher=fetcher, workers=workers)
    assert found.url == f"{site.url}/rss"


async def test_what_cannot_be_is_told_in_a_sentence(
    site: Any, fetcher: Fetcher, workers: Workers
) -> None:
    site.answers["/"] = "<html><body>Новости</body></html>"
    site.answers["/file"] = web.Response(body=b"%PDF-1.7", content_type="application/pdf")
    for path, kind, said in [
        ("/", errors.NotAFeed, "names no feed"),
        ("/file", errors.NotAFeed, "gives a PDF"),
        ("/none", errors.BadAnswer, "answers 404 Not Found"),
    ]:
        with pytest.raises(kind, match=said):
            await find_feed(site.url + path, fetcher=fetcher, workers=workers)


async def test_a_private_address_is_refused_and_https_is_meant(workers: Workers) -> None:
    fetcher = Fetcher("Svodka/test")
    for address in ("http://192.168.1.1/rss", "192.168.1.1/rss"):
        with pytest.raises(errors.PrivateAddress, match="private network"):
            await find_feed(address, fetcher=fetcher, workers=workers)
    await fetcher.close()


def test_feeds_of_comments_come_last() -> None:
    page = (
        b'<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        b'<link rel="ALTERNATE home" type="application/atom+xml" href="/atom">'
        b'<link rel="alternate" type="text/html" href="/en">'
        b'<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    )
    assert feed_links(page, None, "https://g.example/") == [
        "https://g.example/atom",
        "https://g.example/comments/feed/",
    ]
