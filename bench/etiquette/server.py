"""All sites behind one port of loopback: hears requests byte by byte, and answers as each would."""

import asyncio
import gzip
import re
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import brotli

from bench.etiquette.judge import Answer, Asked, Judge
from bench.etiquette.sites import START, Site
from bench.etiquette.world import World

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TAKES_S = 0.2  # an answer, in the time of the world
_PAGE = re.compile(r"/(?:news|closed)/(\d+)-(\d+)\.html")
_PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, 1),
    "br": lambda body: bytes(brotli.compress(body, quality=1)),
    "zstd": zstd.compress,
    "deflate": zlib.compress,
}
_EMPTY = Answer(status=200)


class Sites:
    """Answers for every host."""

    def __init__(self, sites: Sequence[Site], world: World, judge: Judge) -> None:
        self.world = world
        self.judge = judge
        self.port = 0
        self.all = tuple(sites)
        self.listed: dict[int, set[int]] = {}  # entries that a feed, by number, has shown
        self._by_number = {site.number: site for site in sites}
        self._feeds = (
            {(site.host, site.path): site for site in sites}
            | {(site.moves_to, site.path): site for site in sites if site.moves_to}
            | {(site.host, _moved(site)): site for site in sites if site.moves_at_s}
        )

    def find(self, asked: Asked) -> tuple[Site | None, int | None]:
        """The site whose feed, or whose page of an entry, is asked for."""
        if page := _PAGE.fullmatch(asked.target):
            return self._by_number.get(int(page[1])), int(page[2])
        return self._feeds.get((asked.host, asked.target)), None

    def answer(self, asked: Asked, site: Site | None, entry: int | None) -> tuple[Answer, bytes]:
        """What is answered, and the bytes of it."""
        if asked.target == "/robots.txt":
            return _EMPTY, _message(200, [], self._robots(asked.host))
        if site is None:
            return Answer(status=404), _message(404, [], b"")
        if trouble := self._trouble(asked):
            return trouble
        if entry is not None:
            headers = ["Content-Type: text/html; charset=utf-8", "Set-Cookie: seen=1"]
            return _EMPTY, _message(200, headers, site.page(entry))
        return self._feed(asked, site)

    def _robots(self, host: str) -> bytes:
        here = [site for site in self._by_number.values() if host in (site.host, site.moves_to)]
        delay = max(site.delay_s for site in here)
        return f"User-agent: *\nDisallow: /closed/\nCrawl-delay: {delay}\n".encode()

    def _trouble(self, asked: Asked) -> tuple[Answer, bytes] | None:
        now_s = self.world.at_s
        for site in self._by_number.values():
            t = site.trouble
            if t and site.host == asked.host and t.at_s <= now_s < t.at_s + t.wait_s:
                left_s = int(t.at_s + t.wait_s - now_s) + 1
                said = {"seconds": str(left_s), "date": self._date(left_s), None: ""}[t.form]
                headers = [f"Retry-After: {said}", f"Date: {self._date(0)}"] if said else []
                wait_s = left_s - 1 if said else 0
                return Answer(status=t.status, wait_s=wait_s), _message(t.status, headers, b"")
        return None

    def _feed(self, asked: Asked, site: Site) -> tuple[Answer, bytes]:
        now_s = self.world.at_s
        if site.gone_at_s is not None and now_s >= site.gone_at_s:
            return Answer(status=410), _message(410, [], b"")
        there = (site.moves_to or site.host, site.path if site.moves_to else _moved(site))
        if (
            site.moves_at_s is not None
            and now_s >= site.moves_at_s
            and (asked.host, asked.target) != there
        ):
            to = f"http://{there[0]}:{self.port}{there[1]}"
            return Answer(status=301), _message(301, [f"Location: {to}"], b"")
        count = site.entries(now_s)
        etag = site.tag.format(count).encode("iso-8859-1", "replace") if site.tag else None
        if site.tag and "новости" in site.tag:
            etag = site.tag.format(count).encode()
        modified = None
        if site.dated:
            modified = self._date(site.published_s(count - 1) - now_s).encode()
        same = _same(asked, etag, modified)
        answer = Answer(
            status=304 if same else 200,
            etag=etag,
            modified=modified,
            fresh_s=site.max_age_s or 0,
            ttl_s=60 * (site.ttl_min or 0),
        )
        return answer, self._whole(asked, site, answer)

    def _whole(self, asked: Asked, site: Site, answer: Answer) -> bytes:
        headers = ["Content-Type: application/rss+xml", f"Date: {self._date(0)}"]
        headers.append("Set-Cookie: id=1; Path=/")
        if site.max_age_s is not None and site.expires:
            headers.append(f"Expires: {self._date(site.max_age_s)}")
        elif site.max_age_s is not None:
            headers.append(f"Cache-Control: public, max-age={site.max_age_s}")
        raw = [b"ETag: " + answer.etag] if answer.etag else []
        raw += [b"Last-Modified: " + answer.modified] if answer.modified else []
        body = b""
        if answer.status == 200:
            self.listed.setdefault(site.number, set()).update(site.listed(self.world.at_s))
            body = site.feed(self.world.at_s, f"http://{asked.host}:{self.port}")
            if site.packing:
                headers.append(f"Content-Encoding: {site.packing}")
                body = _PACK[site.packing](body)
        return _message(answer.status, headers, body, raw)

    def _date(self, from_now_s: float) -> str:
        at = START + timedelta(seconds=int(self.world.at_s + from_now_s))
        return f"{at:%a, %d %b %Y %H:%M:%S} GMT"


class Connection(asyncio.Protocol):
    """One connection; a request at a time."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._transport: asyncio.Transport | None = None
        self._heard = b""
        self._host: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._host is not None:
            self._sites.judge.disconnected(self._host)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, end, rest = self._heard.partition(b"\r\n\r\n")
        if end:
            self._heard = rest
            self._request(head)

    def _request(self, head: bytes) -> None:
        asked = _asked(head, self._sites.world.at_s)
        if self._host is None:
            self._host = asked.host
            self._sites.judge.connected(asked.host)
        site, entry = self._sites.find(asked)
        self._sites.judge.hear(asked, site, entry)
        loop = asyncio.get_running_loop()
        loop.call_later(0.0005, self._answer, asked, site, entry)  # so that others could cut in

    def _answer(self, asked: Asked, site: Site | None, entry: int | None) -> None:
        world = self._sites.world
        answer, message = self._sites.answer(asked, site, entry)
        world.at_s = max(world.at_s, asked.at_s + TAKES_S)
        self._sites.judge.answered(asked, site if entry is None else None, answer, world.at_s)
        if self._transport is not None:
            self._transport.write(message)
            if asked.headers.get("connection", b"").lower() == b"close":
                self._transport.close()


@asynccontextmanager
async def serving(sites: Sites) -> AsyncIterator[int]:
    """The port on which they answer."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(sites), "127.0.0.1", 0)
    sites.port = server.sockets[0].getsockname()[1]
    try:
        yield sites.port
    finally:
        server.close()
        await server.wait_closed()


def _asked(head: bytes, at_s: float) -> Asked:
    first, *lines = head.split(b"\r\n")
    pairs = [line.partition(b":") for line in lines]
    headers = {name.decode().lower(): value.strip() for name, _, value in pairs}
    host = headers.get("host", b"").decode().partition(":")[0]
    return Asked(at_s=at_s, host=host, target=first.split()[1].decode(), headers=headers)


def _moved(site: Site) -> str:
    return f"/moved{site.path}"


def _same(asked: Asked, etag: bytes | None, modified: bytes | None) -> bool:
    """If-None-Match decides where it is sent (RFC 9110 §13.2.2)."""
    tag = asked.headers.get("if-none-match")
    if tag is not None:
        return tag == etag
    date = asked.headers.get("if-modified-since")
    return date is not None and date == modified


def _message(status: int, headers: Sequence[str], body: bytes, raw: Sequence[bytes] = ()) -> bytes:
    length = [] if status == 304 else [f"Content-Length: {len(body)}"]
    lines = [f"HTTP/1.1 {status} Whatever", *headers, *length]
    return b"\r\n".join([*(line.encode() for line in lines), *raw, b"", body])
