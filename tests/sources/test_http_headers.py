"""What an answer's headers say is understood, and validators go back as they came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy

from bot.sources.http import Fetcher
from bot.sources.wire.headers import LONGEST_S, codings, max_age_s, retry_after_s

DATE = "Wed, 18 Nov 2026 01:00:00 GMT"
NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)


def given(*pairs: tuple[str, str]) -> CIMultiDictProxy[str]:
    return CIMultiDictProxy(CIMultiDict(pairs))


@pytest.mark.parametrize(
    ("pairs", "seconds"),
    [
        ([("Cache-Control", "max-age=3600")], 3600),
        ([("Cache-Control", "public, Max-Age=3600, must-revalidate")], 3600),
        ([("Cache-Control", 'private="set-cookie, x", max-age="600"')], 600),
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=60")], 60),
        ([("Cache-Control", "max-age=60, max-age=900")], 60),
        ([("Cache-Control", "max-age=3600"), ("Age", "600")], 3000),
        ([("Cache-Control", "max-age=3600"), ("Age", "7200")], 0),
        ([("Cache-Control", "max-age=3600"), ("Age", "old")], 3600),
        ([("Cache-Control", "max-age=99999999999999999999")], LONGEST_S),
        ([("Cache-Control", "max-age=3600, no-cache")], None),
        ([("Cache-Control", "no-store"), ("Expires", "Wed, 18 Nov 2026 02:00:00 GMT")], None),
        ([("Cache-Control", "max-age=-1")], None),
        ([("Cache-Control", "max-age=1.5")], None),
        ([("Cache-Control", "max-age")], None),
        ([("Cache-Control", "s-maxage=600")], None),  # for caches that many share
        ([("Cache-Control", ',,=;"')], None),
        ([("Expires", "Wed, 18 Nov 2026 02:00:00 GMT"), ("Date", DATE)], 3600),
        ([("Expires", "Wed, 18 Nov 2026 00:00:00 GMT"), ("Date", DATE)], 0),
        ([("Expires", "Wed, 18 Nov 2026 02:00:00 GMT")], None),
        ([("Expires", "0"), ("Date", DATE)], None),
        ([("Cache-Control", "max-age=60"), ("Expires", "never"), ("Date", DATE)], 60),
        ([], None),
    ],
)
def test_for_how_long_an_answer_is_fresh(
    pairs: list[tuple[str, str]], seconds: float | None
) -> None:
    assert max_age_s(given(*pairs)) == seconds


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("120", None, 120),
        ("Wed, 18 Nov 2026 01:02:00 GMT", DATE, 120),
        ("Wed, 18 Nov 2026 01:02:00 GMT", None, 120),
        ("Wednesday, 18-Nov-26 01:02:00 GMT", DATE, 120),  # the form of RFC 850
        ("Wed Nov 18 01:02:00 2026", DATE, 120),  # and that of C's asctime
        ("Wed, 18 Nov 2026 00:00:00 GMT", DATE, 0),
        ("Wed, 18 Nov 2026 01:02:00 GMT", "nonsense", 120),
        ("1e9", None, None),
        ("-5", None, None),
        ("٣", None, None),
        ("", None, None),
    ],
)
def test_when_to_come_back(value: str, date: str | None, seconds: float | None) -> None:
    headers = {"Retry-After": value} | ({"Date": date} if date else {})
    assert retry_after_s(headers, NOW) == seconds


def test_codings_are_read_from_one_header_or_many() -> None:
    assert codings(given(("Content-Encoding", " GZIP ,br,"))) == ("gzip", "br")
    assert codings(given(("Content-Encoding", "br"), ("Content-Encoding", "zstd"))) == (
        "br",
        "zstd",
    )
    assert codings(given()) == ()


async def test_links_are_told_absolute_and_each_rel_by_itself(site: Any, fetcher: Fetcher) -> None:
    answer = web.Response(body=b"<rss/>")
    answer.headers.add("Link", '</hub>; rel="hub", <https://b.example/f?a,b>; rel="Self alternate"')
    answer.headers.add("Link", "<//c.example/>; title=x; rel=next, <about:blank>; title=y")
    site.answers["/rss"] = answer
    assert (await fetcher.get(f"{site.url}/rss")).links == (
        ("hub", f"{site.url}/hub"),
        ("self", "https://b.example/f?a,b"),
        ("alternate", "https://b.example/f?a,b"),
        ("next", "http://c.example/"),
    )
    site.answers["/rss"] = web.Response(headers={"Link": '<http://[>; rel="hub"'})
    assert (await fetcher.get(f"{site.url}/rss")).links == ()


@asynccontextmanager
async def wire(head: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives these headers as they are, and the requests it got, as they came."""
    got: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            try:
                got.append(await reader.readuntil(b"\r\n\r\n"))
            except asyncio.IncompleteReadError:
                break
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + head + b"\r\nhi")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/rss", got
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize(
    "etag",
    [
        b'"plain"',
        b'W/"weak"',
        b"unquoted",
        b'W/"unclosed',
        b'""',
        b'"a b,c;d\\"e\tf"',
        b'"' + b"x" * 300 + b'"',
        '"новости"'.encode(),
        '"новости"'.encode("cp1251"),
        b'"\xe9\xff\x80"',
        b"w/'odd'--gzip;{}%0D%0A",
    ],
)
@pytest.mark.parametrize(
    "date", [b"Wed, 18 Nov 2026 01:00:00 GMT", b"2026-11-18 08:00 \xcc\xd1\xca"]
)
async def test_validators_go_back_byte_for_byte(fetcher: Fetcher, etag: bytes, date: bytes) -> None:
    async with wire(b"ETag: " + etag + b"\r\nLast-Modified: " + date + b"\r\n") as (url, got):
        first = await fetcher.get(url)
        assert first.etag is not None
        first.etag.encode()  # it can be stored
        await fetcher.get(url, etag=first.etag, last_modified=first.last_modified)
        await fetcher.close()
    assert b"\r\nIf-None-Match: " + etag + b"\r\n" in got[1]
    assert b"\r\nIf-Modified-Since: " + date + b"\r\n" in got[1]
    assert b"If-" not in got[0]


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "\x00", "a\x7f", "x" * 2_000, ""])
async def test_what_would_break_a_request_is_not_sent(fetcher: Fetcher, value: str) -> None:
    async with wire(b"") as (url, got):
        await fetcher.get(url, etag=value, last_modified=value)
        await fetcher.close()
    assert b"If-" not in got[0]


async def test_after_304_the_validators_are_those_that_were_sent(
    site: Any, fetcher: Fetcher
) -> None:
    site.answers["/rss"] = web.Response(status=304, headers={"ETag": '"other"'})
    told = await fetcher.get(f"{site.url}/rss", etag='W/"é"', last_modified="yesterday")
    assert (told.etag, told.last_modified, told.not_modified) == ('W/"é"', "yesterday", True)


async def test_a_request_says_who_asks_and_carries_nothing_else(
    site: Any, fetcher: Fetcher
) -> None:
    site.answers["/a"] = web.Response(
        status=302, headers={"Location": "/b", "Set-Cookie": "id=1; Path=/"}
    )
    site.answers["/b"] = web.Response(body=b"x", headers={"Set-Cookie": "id=2; Path=/"})
    for _ in range(2):
        await fetcher.get(f"{site.url}/a")
    for request in site.requests:
        assert set(request.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
        assert request.version == (1, 1)
