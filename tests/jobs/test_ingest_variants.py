"""One article under several addresses: another scheme, a slash more, a host for telephones."""

from typing import Any

import pytest

from bot.jobs.ingest import Ingest
from bot.jobs.sifting import sift
from storage.models import Entry
from storage.ports import Store
from tests.jobs.newsroom import Time, again, feed, item

OTHER = "Школу на проспекте закрыли на ремонт, детей будут возить в соседний район. " * 10
ADDRESS = "https://vestnik.example/news/1"


async def test_another_address_of_a_known_article_is_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    site.answers["/rss"] = feed(item(1, guid="", link=ADDRESS))
    await ingest.poll(await again(store, source))
    moved = item(1, guid="", link="http://m.vestnik.example/news/1/?utm_source=rss", text=OTHER)
    site.answers["/rss"] = feed(moved)
    report = await ingest.poll(await again(store, source))
    assert (report.added, report.edited) == (0, 1)


@pytest.mark.parametrize(
    ("url", "new"),
    [
        (ADDRESS, False),
        ("http://www.vestnik.example/news/1/", False),
        ("https://amp.vestnik.example/news/1", False),
        ("https://vestnik.example/news/2", True),
        ("https://vestnik.example/news/1?page=2", True),
        ("https://vestnik.example/news/1#second", True),
        ("https://drugoj.vestnik.example/news/1", True),
    ],
)
async def test_only_variants_of_an_address_are_known(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, url: str, new: bool
) -> None:
    source = await add()
    site.answers["/rss"] = feed(item(1, guid="", link=ADDRESS))
    await ingest.poll(await again(store, source))
    entry = Entry(key="x", title="Школу закрыли", url=url, html=OTHER)
    sifted = await sift(store.articles, source, [entry], now=time.now)
    assert bool(sifted.new) == new
