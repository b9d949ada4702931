"""The fetcher: bounded, conditional, and never inside a private network."""

import asyncio
import gzip
import importlib
import socket
import ssl
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.sources import errors
from bot.sources.http import Fetcher, user_agent


def brotli(data: bytes) -> bytes:
    packed: bytes = importlib.import_module("brotli").compress(data, quality=1)
    return packed


@pytest.fixture
async def stranger() -> AsyncIterator[Fetcher]:
    """A fetcher as it runs for real: private addresses are refused."""
    made = Fetcher("Svodka/test")
    yield made
    await made.close()


async def test_an_address_gives_its_bytes(site: Any, fetcher: Fetcher) -> None:
    site.answers["/rss"] = web.Response(
        body=b"<rss/>", headers={"Content-Type": "text/xml", "ETag": '"1"', "Last-Modified": "x"}
    )
    response = await fetcher.get(f"{site.url}/rss#top")
    assert (response.status, response.body, response.etag) == (200, b"<rss/>", '"1"')
    assert (response.content_type, response.last_modified) == ("text/xml", "x")
    assert not response.not_modified
    assert site.requests[0].headers["User-Agent"] == "Svodka/test"


async def test_validators_are_sent_and_304_is_nothing_new(site: Any, fetcher: Fetcher) -> None:
    site.answers["/rss"] = web.Response(status=304)
    response = await fetcher.get(f"{site.url}/rss", etag='"1"', last_modified="yesterday")
    assert response.not_modified
    assert site.requests[0].headers["If-None-Match"] == '"1"'
    assert site.requests[0].headers["If-Modified-Since"] == "yesterday"
    with pytest.raises(errors.BadAnswer):
        await fetcher.get(f"{site.url}/rss")


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli)]
)
async def test_packed_bodies_are_unpacked_within_bounds(
    site: Any, fetcher: Fetcher, coding: str, pack: Any
) -> None:
    site.answers["/small"] = web.Response(
        body=pack(b"news " * 1000), headers={"Content-Encoding": coding}
    )
    site.answers["/bomb"] = web.Response(
        body=pack(b"\0" * (12 << 20)), headers={"Content-Encoding": coding}
    )
    assert (await fetcher.get(f"{site.url}/small")).body == b"news " * 1000
    with pytest.raises(errors.TooBig, match="more than 10 MB"):
        await fetcher.get(f"{site.url}/bomb")


async def test_redirects_are_followed_and_a_lasting_one_is_told(
    site: Any, fetcher: Fetcher
) -> None:
    site.answers["/old"] = web.Response(status=301, headers={"Location": "/new"})
    site.answers["/away"] = web.Response(status=302, headers={"Location": "/old"})
    site.answers["/new"] = b"here"
    lasting = await fetcher.get(f"{site.url}/old")
    assert (lasting.body, lasting.url, lasting.moved_to) == (
        b"here",
        f"{site.url}/new",
        f"{site.url}/new",
    )
    assert (await fetcher.get(f"{site.url}/away")).moved_to is None


async def test_endless_redirects_end(site: Any, fetcher: Fetcher) -> None:
    site.answers["/loop"] = web.Response(status=302, headers={"Location": "/loop"})
    with pytest.raises(errors.TooManyRedirects):
        await fetcher.get(f"{site.url}/loop")
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("Wed, 18 Nov 2026 01:02:00 GMT", 120.0), ("soon", None), ("²", None)],
)
async def test_retry_after_is_understood_in_both_forms(
    site: Any, fetcher: Fetcher, value: str, seconds: float | None
) -> None:
    site.answers["/rss"] = web.Response(
        status=429, headers={"Retry-After": value, "Date": "Wed, 18 Nov 2026 01:00:00 GMT"}
    )
    with pytest.raises(errors.BadAnswer, match="429 Too Many Requests") as caught:
        await fetcher.get(f"{site.url}/rss")
    assert caught.value.retry_after_s == seconds


async def test_gone_is_told_apart(site: Any, fetcher: Fetcher) -> None:
    site.answers["/rss"] = web.Response(status=410)
    with pytest.raises(errors.Gone):
        await fetcher.get(f"{site.url}/rss")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://100.100.100.200/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1%25eth0]/",
        "http://localhost/",
        "http://localhost./",
        "http://printer.local/",
        "http://224.0.0.1/",
        "http://user:word@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "",
    ],
)
async def test_tricks_with_addresses_are_refused(stranger: Fetcher, url: str) -> None:
    with pytest.raises(errors.BadAddress):
        await stranger.get(url)


async def test_a_name_that_leads_home_is_refused_at_the_connection(
    site: Any, stranger: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.url.rpartition(":")[2])

    async def resolve(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", resolve)
    with pytest.raises(errors.PrivateAddress, match=r"news\.example leads to an address"):
        await stranger.get(f"http://news.example:{port}/")
    assert site.requests == []


async def test_each_redirect_is_checked_as_the_first_address_was(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = Fetcher("Svodka/test", allow_private=True)
    site.answers["/"] = web.Response(status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(errors.BadAddress, match="not an http or https"):
        await fetcher.get(f"{site.url}/")
    await fetcher.close()


async def test_no_network_is_told_from_other_failures(
    fetcher: Fetcher, refusing_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(errors.Unreachable, match="cannot be reached") as refused:
        await fetcher.get(f"http://127.0.0.1:{refusing_port}/")
    assert refused.value.no_network

    def resolve(*args: object, **kwargs: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(errors.Unreachable, match="name was not found"):
        await fetcher.get("http://news.example/")


async def test_a_certificate_that_nobody_vouches_for_is_told(fetcher: Fetcher) -> None:
    trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trusted.load_cert_chain(Path(__file__).with_name("selfsigned.pem"))
    runner = web.AppRunner(web.Application(), shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=trusted).start()
    port = runner.addresses[0][1]
    with pytest.raises(errors.Untrusted, match="cannot be trusted: self-signed certificate"):
        await fetcher.get(f"https://127.0.0.1:{port}/")
    await runner.cleanup()


async def test_a_site_without_tls_is_told(fetcher: Fetcher, site: Any) -> None:
    with pytest.raises(errors.Broken, match="no TLS"):
        await fetcher.get(site.url.replace("http:", "https:"))


async def test_a_slow_server_is_left(site: Any) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>")
        await site.closing.wait()
        return response

    site.answers["/rss"] = slow
    for fetcher in (
        Fetcher("x", allow_private=True, idle_s=0.05),
        Fetcher("x", allow_private=True, total_s=0.05),
    ):
        with pytest.raises(errors.TooSlow):
            await fetcher.get(f"{site.url}/rss")
        await fetcher.close()


async def test_nonsense_for_an_answer_is_one_clear_sentence(fetcher: Fetcher) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(errors.Broken, match="nonsense"):
        await fetcher.get(f"http://127.0.0.1:{port}/")
    server.close()
    await server.wait_closed()


async def test_a_body_cut_short_is_no_body(fetcher: Fetcher) -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(errors.Broken):
        await fetcher.get(f"http://127.0.0.1:{port}/")
    server.close()
    await server.wait_closed()


def test_our_name_carries_an_address_to_complain_to() -> None:
    assert user_agent("mailto:me@example.org").endswith(" (+mailto:me@example.org)")
    assert user_agent(None).startswith("Svodka/")
