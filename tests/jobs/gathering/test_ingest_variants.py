"""One article under several addresses: another scheme, a slash more, a host for telephones."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.jobs.articles.filing import Piece
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.sifting import sift
from bot.sources.links import addresses
from storage.models import Entry, NewArticle, Understanding
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


async def test_what_two_sources_file_at_one_moment_is_stored_once(
    ingest: Ingest, store: Store, add: Any
) -> None:
    """Both were sifted before either was stored."""
    filed = []
    for path, url in (("/rss", ADDRESS), ("/other", "http://www.vestnik.example/news/1/")):
        entry = Entry(key=url, title="Школу закрыли", url=url, html=OTHER)
        filed.append(ingest.filing.file(await add(path), [Piece(entry=entry, text=OTHER)]))
    assert [len(new) for new in await asyncio.gather(*filed)] in ([1, 0], [0, 1])
    assert await store.articles.count() == 1


async def test_of_two_addresses_in_one_batch_the_second_is_known(
    store: Store, add: Any, now: datetime
) -> None:
    source = await add()
    first, second = "https://vestnik.example/news/1", "http://m.vestnik.example/news/1/"
    batch = [
        NewArticle(
            source_id=source.id,
            key=url,
            url=url,
            also_at=addresses(url),
            published_at=now,
            seen_at=now,
            dated=True,
            understanding=Understanding(title="Мост", text="Мост открыли."),
        )
        for url in (first, second)
    ]
    stored, known = await store.articles.add(batch)
    assert stored is not None
    assert known is None
    found = await store.articles.find(99, key="x", url=second, also_at=addresses(second))
    assert found == stored
