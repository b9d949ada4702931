"""Ingest: what sources list becomes articles, each once, whatever goes wrong on the way."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.jobs.life.startup import sync_sources
from bot.sources.errors import SameSource
from bot.sources.http import Fetcher
from bot.workers import Workers
from storage.models import NewSource
from storage.ports import Store
from tests.jobs.newsroom import LONG, Inline, Time, again, conditional, feed, item, newsroom


async def test_all_new_entries_are_taken_and_then_the_validators(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(*(item(i) for i in range(45)))
    source = await add()
    report = await ingest.poll(source)
    assert report.error is None
    assert len(report.new) == 45
    assert (await again(store, source)).etag == '"1"'
    assert {a.title for a in report.new} == {f"Открыли мост номер {i}" for i in range(45)}


async def test_what_is_known_is_not_taken_again(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(item(1))
    source = await add()
    await ingest.poll(source)
    site.answers["/rss"] = feed(item(1), item(2), etag='"2"')
    report = await ingest.poll(await again(store, source))
    assert [article.title for article in report.new] == ["Открыли мост номер 2"]
    assert await store.articles.count() == 2


async def test_nothing_new_keeps_the_validators(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/rss"] = conditional(feed(item(1)))
    source = await add()
    await ingest.poll(source)
    time.now += timedelta(hours=1)
    for _ in range(2):
        report = await ingest.poll(await again(store, source))
        assert (report.new, report.error) == ((), None)
    assert site.requests[-1].headers["If-None-Match"] == '"1"'
    source = await again(store, source)
    assert source.last_success_at == time.now
    assert source.next_poll_at is not None
    assert source.next_poll_at > time.now


async def test_validators_of_what_could_not_be_read_are_not_kept(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = web.Response(body=b"<html></html>", headers={"ETag": '"1"'})
    source = await add()
    report = await ingest.poll(source)
    assert report.error == "the address gives a web page, not a feed"
    assert (await again(store, source)).etag is None


async def test_a_lead_is_completed_from_its_page(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    page = (
        f"<html><body><article><h1>х</h1><p>{LONG * 2}</p><h2>Глава</h2><p>{LONG * 3}</p></article>"
    )
    lead = "Мост через Томь открыли вчера в полдень, движение…"
    site.answers["/rss"] = feed(item(1, text=lead), item(2, text=lead))
    site.answers["/news/1"] = page
    source = await add()
    articles = {a.title[-1]: a for a in (await ingest.poll(source)).new}
    assert "Мост через реку строили три года" in articles["1"].text
    assert articles["1"].headings == ("Глава",)
    assert articles["2"].text.startswith("Новость 2. Мост через Томь")  # its page is a 404
    assert site.paths().count("/news/1") == 1


async def test_one_bad_feed_costs_only_itself(
    ingest: Ingest, store: Store, site: Any, add: Any, caplog: pytest.LogCaptureFixture
) -> None:
    site.answers["/good"] = feed(item(1))
    site.answers["/empty"] = b""
    site.answers["/html"] = "<html></html>"
    sources = [await add(path) for path in ("/none", "/empty", "/html", "/good")]
    with caplog.at_level(logging.INFO, logger="svodka.ingest"):
        reports = await ingest.poll_due()
    assert [report.source.id for report in reports] == [source.id for source in sources]
    assert [bool(report.error) for report in reports] == [True, True, True, False]
    assert reports[3].added == 1
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 3
    assert not any(record.exc_info for record in lines)


async def test_failures_double_the_wait_up_to_a_day(
    ingest: Ingest, store: Store, add: Any, time: Time
) -> None:
    source = await add("/none")
    waits = []
    for _ in range(8):
        await ingest.poll(source)
        source = await again(store, source)
        assert source.next_poll_at is not None
        waits.append((source.next_poll_at - time.now) / timedelta(minutes=30))
    assert [round(wait / 2**n) for n, wait in enumerate(waits[:5], start=1)] == [1] * 5
    assert 43 <= waits[-1] <= 53
    assert source.failures == 8


async def test_a_server_that_says_wait_is_left_alone(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/rss"] = web.Response(status=503, headers={"Retry-After": "7200"})
    source = await add()
    await ingest.poll(source)
    source = await again(store, source)
    assert source.wait_until == time.now + timedelta(hours=2)
    assert source.next_poll_at is not None
    assert source.next_poll_at >= source.wait_until
    report = await ingest.poll(source)
    assert report.wait_until == source.wait_until
    assert len(site.requests) == 1
    time.now += timedelta(hours=3)
    site.answers["/rss"] = feed(item(1))
    assert (await ingest.poll(source)).new


async def test_a_feed_that_is_gone_is_switched_off(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/rss"] = web.Response(status=410)
    source = await add()
    await ingest.poll(source)
    assert not (await again(store, source)).enabled
    time.now += timedelta(days=2)
    assert await ingest.poll_due() == []


async def test_no_network_is_said_once_and_so_is_its_end(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    for i in range(3):
        await add(f"http://127.0.0.1:1/{i}")
    caplog.set_level(logging.INFO, logger="svodka.ingest")
    for _ in range(3):
        reports = await ingest.poll_due()
        assert len(reports) == 3
        assert all(report.no_network for report in reports)
        time.now += timedelta(minutes=20)  # no longer than that, even after many failures
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "No source can be reached" in caplog.text

    caplog.clear()
    site.answers["/rss"] = feed(item(1))
    await add()
    await ingest.poll_due()
    assert "The network is back" in caplog.text


async def test_a_dead_host_is_no_lost_network(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="svodka.ingest")
    site.answers["/rss"] = feed()
    await add()
    await ingest.poll_due()
    dead = await add("http://127.0.0.1:1/", title="Молчун")
    await ingest.poll_due()
    assert "«Молчун» could not be read: 127.0.0.1 cannot be reached" in caplog.text
    assert "No source" not in caplog.text
    dead = await again(store, dead)
    assert dead.next_poll_at is not None
    assert dead.next_poll_at > time.now + timedelta(minutes=50)


async def test_dates_to_come_are_put_right(ingest: Ingest, site: Any, add: Any, time: Time) -> None:
    site.answers["/rss"] = feed(
        item(1, date="Wed, 18 Nov 2026 03:00:00 GMT"),
        item(2, date="Fri, 01 Jan 2100 00:00:00 GMT"),
        item(3, date="Tue, 17 Nov 2026 10:00:00 MSK"),
    )
    articles = {a.title[-1]: a for a in (await ingest.poll(await add())).new}
    assert (articles["1"].published_at, articles["1"].dated) == (time.now, True)
    assert (articles["2"].published_at, articles["2"].dated) == (time.now, False)
    assert articles["3"].published_at == time.now - timedelta(hours=18)


async def test_local_time_that_is_called_utc_is_read_in_its_sources_zone(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    """It is eight in the morning there, and one in UTC."""
    source = await add(zone="Asia/Novokuznetsk")
    site.answers["/rss"] = feed(
        item(1, date="Wed, 18 Nov 2026 07:30:00 +0000"),
        item(2, date="Wed, 18 Nov 2026 09:30:00 +0000"),
        item(3, date="Wed, 18 Nov 2026 00:30:00 +0000"),
    )
    articles = {a.title[-1]: a.published_at for a in (await ingest.poll(source)).new}
    half_an_hour_ago = time.now - timedelta(minutes=30)
    assert articles == {"1": half_an_hour_ago, "2": time.now, "3": half_an_hour_ago}


async def test_of_a_feed_that_calls_local_time_utc_the_older_entries_are_put_right_too(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add(zone="Asia/Novokuznetsk")
    site.answers["/rss"] = feed(
        item(1, date="Wed, 18 Nov 2026 07:30:00 +0000"),
        item(2, date="Tue, 17 Nov 2026 23:00:00 +0000"),
        item(3, date="Mon, 16 Nov 2026 07:30:00 +0000"),
    )
    articles = {a.title[-1]: a.published_at for a in (await ingest.poll(source)).new}
    half_an_hour_ago = time.now - timedelta(minutes=30)
    assert articles == {
        "1": half_an_hour_ago,
        "2": time.now - timedelta(hours=9),
        "3": half_an_hour_ago - timedelta(days=2),
    }


@pytest.mark.parametrize("trouble", ["КРАХ", "ОШИБКА"])
async def test_a_text_that_hangs_or_trips_us_costs_only_itself(
    ingest: Ingest,
    store: Store,
    site: Any,
    add: Any,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    items = [item(i, text=LONG * 5 + (trouble if i == 5 else "")) for i in range(12)]
    site.answers["/rss"] = feed(*items)
    source = await add()
    report = await ingest.poll(source)
    assert report.error is None
    assert len(report.new) == 11
    assert (await again(store, source)).etag == '"1"'
    assert caplog.text.count("cannot be understood") == 1
    site.answers["/rss"] = feed(*items, etag='"2"')
    await ingest.poll(source)
    assert caplog.text.count("cannot be understood") == 1  # not tried again
    site.answers["/rss"] = feed(items[5], etag='"3"')
    await ingest.poll(source)
    assert (await again(store, source)).etag == '"3"'


async def test_a_mistake_of_ours_costs_only_the_source_that_brought_it_out(
    ingest: Ingest, store: Store, site: Any, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add("/one")
    await add("/two")
    site.answers |= {"/one": feed(item(1, title="Мост")), "/two": feed(item(2))}
    known = store.articles.known

    async def trips(source_id: int, keys: Any) -> Any:
        if source_id == 1:
            raise LookupError("nobody thought of this")
        return await known(source_id, keys)

    monkeypatch.setattr(store.articles, "known", trips)
    one, two = await ingest.poll_all(await store.sources.all(), keep=False)
    assert (one.error, one.added) == ("nobody thought of this", 0)
    assert (two.error, two.added) == (None, 1)


async def test_a_reprint_joins_its_story_within_a_batch_and_beyond(
    ingest: Ingest, site: Any, add: Any
) -> None:
    text = f"{LONG} Об этом рассказал директор завода Пётр Вымышленный. {LONG} " * 3
    site.answers["/one"] = feed(
        item(1, text=text), item(1, text=text, title="Мост", guid="1a", link="/news/1a")
    )
    site.answers["/two"] = feed(item(1, text=text).replace("/news/1", "/other"))
    first = (await ingest.poll(await add("/one"))).new
    second = (await ingest.poll(await add("/two"))).new
    assert len(first) == 2
    assert {article.story_id for article in (*first, *second)} == {first[0].story_id}


async def test_articles_of_another_process_are_caught_up_with(
    ingest: Ingest, store: Store, client: Fetcher, site: Any, add: Any, time: Time
) -> None:
    site.answers["/one"] = feed(item(1))
    site.answers["/two"] = feed(item(1).replace("/news/1", "/other"))
    workers = Inline()
    other = newsroom(store, client, workers, time)
    await ingest.poll(await add("/three"))  # this index is filled, and empty
    (theirs,) = (await other.poll(await add("/one"))).new
    (ours,) = (await ingest.poll(await add("/two"))).new
    assert ours.story_id == theirs.story_id
    await workers.close()


async def test_a_sites_front_page_is_polled_by_its_feed(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/"] = '<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>'
    site.answers["/rss"] = feed(item(1))
    source = await add("/", site_url=f"{site.url}/")
    assert len((await ingest.poll(source)).new) == 1
    source = await again(store, source)
    assert source.url == f"{site.url}/rss"
    await ingest.poll(source)
    assert site.paths().count("/") == 1


async def test_a_feed_behind_a_front_page_is_dated_by_the_sources_zone(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/"] = '<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>'
    site.answers["/rss"] = feed(item(1, date="03.11.2026 10:00"))
    source = await add("/", site_url=f"{site.url}/", zone="Asia/Tomsk")
    [article] = (await ingest.poll(source)).new
    assert article.published_at == datetime(2026, 11, 3, 3, tzinfo=UTC)
    assert site.paths().count("/rss") == 1


async def test_adding_a_site_is_its_first_poll(ingest: Ingest, store: Store, site: Any) -> None:
    site.answers["/"] = '<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>'
    site.answers["/rss"] = feed(item(1))
    report = await ingest.add(site.url)
    assert (report.source.url, report.source.title) == (f"{site.url}/rss", "Вестник")
    assert len(report.new) == 1
    assert report.source.last_success_at is not None
    with pytest.raises(SameSource, match="it is a source already: «Вестник»"):
        await ingest.add(f"{site.url}/rss")
    assert len(await store.sources.all()) == 1


async def test_real_workers_do_the_same(
    store: Store, client: Fetcher, site: Any, add: Any, time: Time
) -> None:
    workers = Workers(count=2)
    ingest = newsroom(store, client, workers, time)
    site.answers["/rss"] = feed(*(item(i) for i in range(3)))
    site.answers["/bomb"] = b"<rss><channel>" + b"<a>" * 100_000
    reports = await ingest.poll_all([await add(), await add("/bomb")])
    assert [(len(r.new), r.error) for r in reports] == [
        (3, None),
        (0, "the feed is nested too deep, or holds too much, to be read"),
    ]
    await workers.close()


async def test_listed_sources_are_added_once_and_a_removed_one_stays_away(
    store: Store, now: datetime
) -> None:
    listed = [NewSource(url=f"https://v.example/{i}", title=f"Вестник {i}") for i in range(2)]
    assert await sync_sources(store, [], now=now) == 0
    assert await sync_sources(store, listed, now=now) == 2
    assert await store.sources.remove(1)
    more = [*listed, replace(listed[0], url="https://v.example/new")]
    assert await sync_sources(store, more, now=now) == 1
    assert [s.url for s in await store.sources.all()] == [listed[1].url, more[2].url]
