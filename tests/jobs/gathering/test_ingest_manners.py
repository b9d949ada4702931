"""What a poll teaches: when to ask again, where, and when to stop asking."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.reports import PollReport
from storage.models import HubState, HubSubscription, Source
from storage.ports import Store
from tests.jobs.newsroom import Time, again, conditional, feed, item

HOUR = timedelta(hours=1)


async def polled(ingest: Ingest, store: Store, source: Source) -> tuple[Source, PollReport]:
    report = await ingest.poll(await again(store, source))
    return await again(store, source), report


def wait(source: Source, time: Time) -> timedelta:
    assert source.next_poll_at is not None
    return source.next_poll_at - time.now


def every(gap: timedelta, now: datetime, last: timedelta = timedelta()) -> list[str]:
    return [item(i, date=now - last - i * gap) for i in range(12)]


async def test_a_source_is_asked_as_often_as_it_publishes(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/daily"] = feed(*every(timedelta(days=1), time.now))
    site.answers["/quick"] = feed(*(i.replace("/news/", "/n/") for i in every(HOUR / 4, time.now)))
    daily, _ = await polled(ingest, store, await add("/daily"))
    quick, _ = await polled(ingest, store, await add("/quick"))
    assert daily.interval_s == 12 * 3600
    assert 10.8 * HOUR <= wait(daily, time) <= 13.2 * HOUR
    assert quick.interval_s == 900
    assert HOUR / 4 <= wait(quick, time) <= HOUR / 4 * 1.1


async def test_polls_without_news_grow_the_interval_and_news_set_it_back(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/rss"] = conditional(feed(*every(HOUR, time.now)))
    source, _ = await polled(ingest, store, await add())
    assert source.interval_s == 1800
    for _ in range(3):
        source, _ = await polled(ingest, store, source)
    assert source.interval_s == 2083
    site.answers["/rss"] = conditional(feed(*every(HOUR, time.now), etag='"2"'))
    source, _ = await polled(ingest, store, source)
    assert source.interval_s == 1800


async def test_what_the_feed_asks_for_is_remembered_over_a_304(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    hours = "".join(f"<hour>{h}</hour>" for h in range(1, 9))
    about = f"<ttl>120</ttl><skipHours>{hours}</skipHours>"
    site.answers["/rss"] = conditional(feed(item(1), about=about))
    source = await add()
    for _ in range(2):
        source, _ = await polled(ingest, store, source)
        assert source.ttl_s == 7200
        assert source.next_poll_at == time.now.replace(hour=9)  # 01:00 + 2 h is among the skipped
    site.answers["/rss"] = feed(item(1), item(2), etag='"2"')
    source, _ = await polled(ingest, store, source)
    assert (source.ttl_s or 0, source.skip_hours) == (0, frozenset())


async def test_a_caches_max_age_is_waited_out_for_a_day_at_most(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/a"] = feed(item(1), **{"Cache-Control": "max-age=18000"})
    site.answers["/b"] = feed(item(2), **{"Cache-Control": "max-age=31536000"})
    a, _ = await polled(ingest, store, await add("/a"))
    b, _ = await polled(ingest, store, await add("/b"))
    assert wait(a, time) == 5 * HOUR
    assert wait(b, time) == 24 * HOUR


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_counts_up_to_a_week_in_both_forms(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, status: int
) -> None:
    source = await add()
    site.answers["/rss"] = web.Response(status=status, headers={"Retry-After": "172800"})
    source, _ = await polled(ingest, store, source)
    assert source.wait_until == time.now + 48 * HOUR
    assert wait(source, time) >= 48 * HOUR
    time.pass_(hours=49)
    date = (time.now + timedelta(days=30)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    site.answers["/rss"] = web.Response(
        status=status,
        headers={"Retry-After": date, "Date": time.now.strftime("%a, %d %b %Y %H:%M:%S GMT")},
    )
    source, _ = await polled(ingest, store, source)
    assert wait(source, time) == timedelta(days=7)


async def test_another_source_of_a_host_that_said_wait_is_no_failure(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/a"] = web.Response(status=429, headers={"Retry-After": "3600"})
    site.answers["/b"] = feed(item(1))
    a, b = await add("/a"), await add("/b")
    reports = await ingest.poll_due()
    assert [bool(report.error) for report in reports] == [True, False]
    assert reports[1].wait_until == time.now + HOUR
    assert (await again(store, b)).failures == 0
    assert site.paths() == ["/a"]
    time.pass_(hours=2)
    site.answers["/a"] = feed()
    assert {report.source.id: report.added for report in await ingest.poll_due()} == {
        a.id: 0,
        b.id: 1,
    }


async def test_a_hub_that_pushes_lets_us_ask_less_often(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    about = (
        "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='http://hub.test/'/>"
    )
    site.answers["/rss"] = feed(*every(2 * HOUR, time.now), about=about)
    source, _ = await polled(ingest, store, await add())
    assert wait(source, time) <= 1.1 * HOUR
    hub = await store.hubs.get(source.id)
    assert hub is not None
    assert hub.state is HubState.ASKED
    active = HubSubscription(
        source_id=source.id,
        hub=hub.hub,
        topic=hub.topic,
        token="t",
        secret="s",
        state=HubState.ACTIVE,
        act_at=time.now,
        lease_until=time.now + 24 * HOUR,
    )
    await store.hubs.put(active)
    source, _ = await polled(ingest, store, source)
    assert 3.6 * HOUR <= wait(source, time) <= 4.4 * HOUR
    assert source.interval_s == 3600


async def test_a_move_for_good_is_remembered_when_it_was_said_three_times(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/old"] = web.Response(status=301, headers={"Location": "/new"})
    site.answers["/new"] = conditional(feed(item(1)))
    source = await add("/old")
    for times in (1, 2):
        source, _ = await polled(ingest, store, source)
        assert (source.url, source.moved_times) == (f"{site.url}/old", times)
    source, _ = await polled(ingest, store, source)
    assert source.url == f"{site.url}/new"
    assert source.etag == '"1"'
    site.requests.clear()
    _, report = await polled(ingest, store, source)
    assert site.paths() == ["/new"]
    assert site.requests[0].headers["If-None-Match"] == '"1"'
    assert report.error is None


async def test_a_redirect_for_now_moves_nothing(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/old"] = web.Response(status=302, headers={"Location": "/new"})
    site.answers["/new"] = feed(item(1))
    source = await add("/old")
    for _ in range(4):
        source, _ = await polled(ingest, store, source)
    assert (source.url, source.moved_to) == (f"{site.url}/old", None)


async def test_a_move_to_another_source_switches_off_the_one_with_less(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/new"] = feed(item(1), item(2))
    new, _ = await polled(ingest, store, await add("/new", title="Новый"))
    site.answers["/old"] = feed(item(3))
    old, _ = await polled(ingest, store, await add("/old", title="Старый"))
    site.answers["/old"] = web.Response(status=308, headers={"Location": "/new"})
    for _ in range(3):
        old, report = await polled(ingest, store, old)
    assert report.error == "it is the same feed as «Новый»"
    assert not old.enabled
    assert old.off_at is not None
    assert (await again(store, new)).enabled


async def test_two_weeks_of_failures_switch_a_source_off_while_others_answer(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add("/none", title="Молчун")
    polls = 0
    while source.enabled:
        source, report = await polled(ingest, store, source)
        polls += 1
        time.pass_(hours=17)
    assert polls >= 20
    assert source.off_at is not None
    assert source.off_at - time.now < timedelta(days=-0.5)
    assert source.last_error == f"{report.error}"
    assert source.last_error.endswith(", for 14 days now")


async def test_without_a_network_nothing_is_switched_off(
    ingest: Ingest, store: Store, add: Any, time: Time
) -> None:
    source = await add("http://127.0.0.1:1/")
    for _ in range(30):
        source, _ = await polled(ingest, store, source)
        time.pass_(days=1)
    assert source.enabled
    assert wait(source, time) <= timedelta()


async def test_a_slow_poll_is_not_begun_twice(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.gathering.ingest.PATIENCE_S", 0.2)

    async def never(request: web.Request) -> web.StreamResponse:
        await site.closing.wait()
        return web.Response()

    site.answers["/slow"] = never
    await add("/slow")
    assert await ingest.poll_due() == []
    # or a busy machine ends this round
    monkeypatch.setattr("bot.jobs.gathering.ingest.PATIENCE_S", 120)
    time.pass_(hours=2)  # its lease is over
    site.answers["/rss"] = feed(item(1))
    await add(site.url.replace("127.0.0.1", "localhost") + "/rss")
    (report,) = await ingest.poll_due()
    assert report.added == 1
    assert site.paths().count("/slow") == 1


async def test_a_failure_is_a_line_once_in_a_row(
    ingest: Ingest, store: Store, add: Any, caplog: pytest.LogCaptureFixture
) -> None:
    source = await add("/none", title="Молчун")
    caplog.set_level(logging.INFO, logger="svodka.ingest")
    for _ in range(3):
        await polled(ingest, store, source)
    assert len(caplog.records) == 1


async def test_a_source_that_has_no_title_takes_its_feeds(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(item(1))
    untitled, _ = await polled(ingest, store, await add(title=f"{site.url}/rss"))
    assert untitled.title == "Вестник"
    site.answers["/b"] = feed(item(2))
    titled, _ = await polled(ingest, store, await add("/b", title="Наш"))
    assert titled.title == "Наш"


async def test_what_fails_after_the_round_is_told_too(
    ingest: Ingest,
    store: Store,
    site: Any,
    add: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.jobs.gathering.ingest.PATIENCE_S", 0.1)
    late = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await late.wait()
        return web.Response(status=404)

    site.answers["/slow"] = slow
    source = await add("/slow", title="Медленный")
    assert await ingest.poll_due() == []
    late.set()
    async with asyncio.timeout(120):
        while "«Медленный» could not be read" not in caplog.text:  # the line comes after the row
            await asyncio.sleep(0.01)
    assert (await again(store, source)).failures == 1


async def test_what_was_cut_off_is_asked_for_whole_whatever_its_etag(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    whole = feed(*(item(n) for n in range(4)))
    assert isinstance(whole.body, bytes)
    half = web.Response(body=whole.body[: len(whole.body) // 2], headers=whole.headers)
    site.answers["/rss"] = conditional(half)
    source, report = await polled(ingest, store, await add())
    assert (report.error, report.added, source.etag) == (None, 1, None)
    site.answers["/rss"] = conditional(whole)
    source, report = await polled(ingest, store, source)
    assert (report.added, source.etag) == (3, '"1"')
