"""robots.txt: obeyed for pages, by RFC 9309, and remembered for a day."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.sources import errors
from bot.sources.http import Fetcher
from bot.sources.wire import robots as module
from bot.sources.wire.manners import Manners
from bot.sources.wire.robots import Robots, parse

SVODKA_OUT = b"User-agent: svodka\nDisallow: /closed/\n\nUser-agent: *\nDisallow: /all/\n"


async def page(fetcher: Fetcher, site: Any, path: str) -> int:
    return (await fetcher.get(site.url + path, robots=True)).status


async def test_a_page_that_robots_txt_closes_is_not_asked_for(site: Any, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": SVODKA_OUT, "/closed/1": b"x", "/all/1": b"x"}
    assert await page(fetcher, site, "/all/1") == 200  # our own group counts, the other not
    with pytest.raises(errors.Disallowed, match=r"robots\.txt of 127\.0\.0\.1 asks not to read"):
        await page(fetcher, site, "/closed/1")
    assert site.paths() == ["/robots.txt", "/all/1"]


async def test_feeds_do_not_ask_robots_txt(site: Any, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": b"User-agent: *\nDisallow: /\n", "/rss": b"<rss/>"}
    assert (await fetcher.get(f"{site.url}/rss")).body == b"<rss/>"
    assert site.paths() == ["/rss"]


async def test_each_hop_is_asked_about(site: Any, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = SVODKA_OUT
    site.answers["/open"] = web.Response(status=302, headers={"Location": "/closed/1"})
    with pytest.raises(errors.Disallowed):
        await page(fetcher, site, "/open")
    assert "/closed/1" not in site.paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
async def test_a_site_without_one_has_no_rules(site: Any, fetcher: Fetcher, status: int) -> None:
    site.answers |= {"/robots.txt": web.Response(status=status), "/1": b"x", "/2": b"x"}
    await page(fetcher, site, "/1")
    await page(fetcher, site, "/2")
    assert site.paths() == ["/robots.txt", "/1", "/2"]


async def test_one_that_redirects_for_ever_is_none(site: Any, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = web.Response(status=301, headers={"Location": "/robots.txt"})
    site.answers["/1"] = b"x"
    assert await page(fetcher, site, "/1") == 200


@pytest.mark.parametrize("status", [500, 502, 429, 503])
async def test_one_that_cannot_be_read_closes_the_site(
    site: Any, fetcher: Fetcher, status: int
) -> None:
    site.answers |= {"/robots.txt": web.Response(status=status), "/1": b"x"}
    for _ in range(2):
        with pytest.raises(errors.FetchError):
            await page(fetcher, site, "/1")
    assert site.paths() == ["/robots.txt"]


async def test_pages_asked_for_together_ask_for_it_once(site: Any, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": b""} | {f"/{n}": b"x" for n in range(5)}
    await asyncio.gather(*(page(fetcher, site, f"/{n}") for n in range(5)))
    assert site.paths().count("/robots.txt") == 1


async def test_a_delay_it_asks_for_is_kept_up_to_thirty_seconds(site: Any) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    manners = Manners(monotonic=time.monotonic, sleep=sleep, between_s=0)
    fetcher = Fetcher("Svodka/test", allow_private=True, manners=manners)
    site.answers |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 300\n", "/1": b"x", "/2": b"x"}
    await page(fetcher, site, "/1")
    await page(fetcher, site, "/2")
    assert len(slept) == 2  # before the first page too: robots.txt was a request
    assert all(29 <= wait <= 37.5 for wait in slept)
    await fetcher.close()


class Reader:
    def __init__(self, answer: bytes | Exception | None) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def __call__(self, url: str) -> bytes | None:
        self.asked.append(url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def clock(now: datetime) -> tuple[Callable[[], datetime], Callable[[timedelta], None]]:
    at = [now]

    def forward(by: timedelta) -> None:
        at[0] += by

    return lambda: at[0], forward


async def test_rules_are_good_for_a_day(now: datetime) -> None:
    read, (time_is, forward) = Reader(SVODKA_OUT), clock(now)
    robots = Robots(read, now=time_is)
    for hours in (0, 23, 2):
        forward(timedelta(hours=hours))
        assert not (await robots.rules("https://a.example/x?y")).allow("https://a.example/closed/")
    assert read.asked == ["https://a.example/robots.txt"] * 2


async def test_a_closed_site_is_tried_again_in_an_hour(now: datetime) -> None:
    read, (time_is, forward) = Reader(errors.Unreachable("down")), clock(now)
    robots = Robots(read, now=time_is)
    assert (await robots.rules("http://a.example/")).closed
    read.answer = b""
    forward(timedelta(minutes=59))
    assert not (await robots.rules("http://a.example/")).allow("http://a.example/")
    forward(timedelta(minutes=1))
    assert (await robots.rules("http://a.example/")).allow("http://a.example/")


async def test_what_is_remembered_is_bounded(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SITES", 10)
    monkeypatch.setattr(module, "ALL_BYTES", 10_000)
    read = Reader(b"# " + b"x" * 3_000)
    robots = Robots(read, now=lambda: now)
    for number in range(30):
        await robots.rules(f"http://{number}.example/")
    assert len(robots._sites) == 3
    read.answer = None
    for number in range(30):
        await robots.rules(f"http://none{number}.example/")
    assert len(robots._sites) == 10


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"<html><body>404</body></html>", "Сайт: новости\n".encode("cp1251")],
)
def test_nonsense_has_no_rules(body: bytes) -> None:
    assert parse(body).can_fetch("http://a.example/1", "Svodka")


def test_a_byte_order_mark_hides_no_rule() -> None:
    rules = parse(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n")
    assert not rules.can_fetch("http://a.example/1", "Svodka")


async def test_what_stands_behind_500_kb_is_not_read(site: Any, fetcher: Fetcher) -> None:
    rule = b"User-agent: *\nDisallow: /closed/\n"
    site.answers |= {"/closed/1": b"x", "/late/1": b"x"}
    site.answers["/robots.txt"] = rule + b"#" * (600 << 10) + b"\nDisallow: /late/\n"
    assert await page(fetcher, site, "/late/1") == 200
    with pytest.raises(errors.Disallowed):
        await page(fetcher, site, "/closed/1")
