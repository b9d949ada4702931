"""One feed under two addresses is one source; a rubric of a larger feed is a source of its own."""

from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.sources.errors import SameSource
from storage.ports import Store
from tests.jobs.newsroom import again, feed, item


def items(first: int, last: int) -> list[str]:
    return [item(i) for i in range(first, last)]


async def test_the_same_entries_under_another_address_are_noticed_when_it_is_added(
    ingest: Ingest, store: Store, site: Any
) -> None:
    site.answers["/rss"] = feed(*items(0, 10))
    kept = (await ingest.add(f"{site.url}/rss")).source
    site.answers["/feed.xml"] = feed(*items(1, 11))  # one is new since
    looked = await ingest.look(f"{site.url}/feed.xml")
    assert looked.known is not None
    assert looked.known.id == kept.id
    with pytest.raises(SameSource, match="it is the same feed as: «Вестник»") as raised:
        await ingest.add(f"{site.url}/feed.xml")
    assert raised.value.source_id == kept.id
    assert [source.id for source in await store.sources.all()] == [kept.id]


async def test_a_double_is_noticed_among_sources_of_one_title(ingest: Ingest, site: Any) -> None:
    site.answers["/other"] = feed(*(item(i, link="/sport/{}") for i in range(100, 125)))
    await ingest.add(f"{site.url}/other")
    site.answers["/rss"] = feed(*items(0, 10))
    await ingest.add(f"{site.url}/rss")
    site.answers["/feed.xml"] = feed(*items(0, 10))
    with pytest.raises(SameSource):
        await ingest.add(f"{site.url}/feed.xml")


async def test_a_feed_that_names_anothers_address_as_its_own_is_that_other(
    ingest: Ingest, store: Store, site: Any
) -> None:
    site.answers["/rss"] = feed(item(1))
    await ingest.add(f"{site.url}/rss")
    link = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='{site.url}/rss'/>"
    site.answers["/feed.xml"] = feed(item(1), about=link)
    with pytest.raises(SameSource):
        await ingest.add(f"{site.url}/feed.xml")


@pytest.mark.parametrize(("first", "second"), [((0, 30), (0, 5)), ((0, 5), (0, 30))])
async def test_a_rubric_and_the_larger_feed_are_two(
    ingest: Ingest, store: Store, site: Any, first: tuple[int, int], second: tuple[int, int]
) -> None:
    site.answers["/rss"] = feed(*items(*first))
    site.answers["/more"] = feed(*items(*second))
    await ingest.add(f"{site.url}/rss")
    report = await ingest.add(f"{site.url}/more")
    assert report.error is None
    assert report.source.enabled


async def test_of_two_listed_doubles_the_later_is_switched_off_at_its_first_poll(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(*items(0, 10))
    site.answers["/feed.xml"] = feed(*items(0, 10))
    first = await add("/rss", title="Первый")
    await ingest.poll(first)
    second = await add("/feed.xml", title="Второй")
    report = await ingest.poll(second)
    assert report.error == "it is the same feed as «Первый»"
    second = await again(store, second)
    assert (second.enabled, second.last_error) == (False, report.error)
    assert second.off_at is not None
    assert (await again(store, first)).enabled
    assert await store.articles.count() == 10


async def test_doubles_that_are_polled_at_one_moment_are_one(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(*(item(i, link=site.url + "/news/{}") for i in range(10)))
    await add("/rss")
    await add(site.url.replace("127.0.0.1", "localhost") + "/rss")
    await ingest.poll_due()
    assert [source.enabled for source in await store.sources.all()].count(True) == 1
    assert await store.articles.count() == 10


async def test_an_address_that_leads_to_a_source_is_that_source(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(item(1))
    await ingest.poll(await add("/rss", title="Первый"))
    site.answers["/go"] = web.Response(status=302, headers={"Location": "/rss"})
    report = await ingest.poll(await add("/go"))
    assert report.error == "it is the same feed as «Первый»"


async def test_what_was_switched_off_is_switched_on_by_adding_it_again(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = web.Response(status=410)
    source = await add()
    await ingest.poll(source)
    assert not (await again(store, source)).enabled
    site.answers["/rss"] = feed(item(1))
    report = await ingest.add(f"{site.url}/rss")
    assert report.added == 1
    assert report.source.id == source.id
    assert (report.source.enabled, report.source.off_at) == (True, None)
