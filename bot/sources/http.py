"""Fetching over HTTP: bounded in bytes, time and redirects, and never into a private network."""

import asyncio
import http
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from bot import __version__, clock
from bot.sources import errors
from bot.sources.addresses import check_url, host_of
from bot.sources.wire import verbatim
from bot.sources.wire.connecting import Budget, Connections, translated
from bot.sources.wire.headers import codings, links, max_age_s, retry_after_s, sendable, validator
from bot.sources.wire.manners import Manners
from bot.sources.wire.packed import TooMuch, Unpacking
from bot.sources.wire.robots import MAX_BYTES as ROBOTS_BYTES
from bot.sources.wire.robots import Robots, Rules

MAX_BYTES = 10 << 20  # after decompression
MAX_REDIRECTS = 5
HUB_BYTES = 64 << 10  # of what a hub answers
FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8"
)
PAGES = "text/html, application/xhtml+xml, */*;q=0.8"

TOO_MANY_S = 900.0  # the rest of a host that answers 429 and does not say for how long
UNAVAILABLE_S = 300.0  # and of one that answers 503

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_SENT_ON = frozenset({307, 308})  # a form goes to the new address too


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address gave. `body` is empty when `not_modified`.

    Validators hold each byte as a character (ISO 8859-1) and go back as they came; after a 304
    they are those that were sent.
    """

    url: str  # where the bytes came from, after redirects
    status: int
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    retry_after_s: float | None = None
    max_age_s: float | None = None  # for how long nothing new is to be expected there
    links: tuple[tuple[str, str], ...] = ()  # (rel, absolute address) of Link headers
    moved_to: str | None = None  # every redirect on the way said that it is for good


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What is asked of each hop."""

    headers: Mapping[str, str]
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    cut: bool = False  # a longer body is cut there, not refused


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redirect:
    to: str
    for_good: bool


def user_agent(contact: str | None) -> str:
    """Our honest name, with an address to complain to."""
    return f"Svodka/{__version__} (+{contact})" if contact else f"Svodka/{__version__}"


class Fetcher:
    """An HTTP client that takes what it is given for hostile, and gives nobody reason to complain.

    Each request, each hop of a redirect too, takes its host's turn.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        allow_private: bool = False,
        manners: Manners | None = None,
        resolver: AbstractResolver | None = None,
        total_s: float = 60,
        idle_s: float = 20,
        connect_s: float = 10,
        now: clock.Clock = clock.now,
    ) -> None:
        self._allow_private = allow_private
        self._manners = manners or Manners(monotonic=time.monotonic)
        self._total_s = total_s
        self._connections = Connections(
            user_agent,
            allow_private=allow_private,
            resolver=resolver,
            idle_s=idle_s,
            connect_s=connect_s,
        )
        self._now = now
        self._robots = Robots(self._robots_txt, now=now)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int = MAX_BYTES,
        accept: str = FEEDS,
        robots: bool = False,
    ) -> Response:
        """Fetch an address; with validators, `not_modified` when nothing changed.

        `robots`: only if the site's robots.txt allows it. Raises FetchError for all that is not a
        success; Disallowed and ToldToWait when the address was not asked for.
        """
        headers = {"Accept": accept}
        if etag := sendable(etag):
            headers["If-None-Match"] = verbatim.header(etag)
        if last_modified := sendable(last_modified):
            headers["If-Modified-Since"] = verbatim.header(last_modified)
        wish = _Wish(headers=headers, max_bytes=max_bytes, etag=etag, last_modified=last_modified)
        return await self._follow(url, wish, robots=robots)

    def leave_alone(self, url: str, seconds: float) -> None:
        """Nothing is asked of that address's host for so long: it said so."""
        self._manners.pause(host_of(url), seconds)

    async def rules(self, url: str) -> Rules:
        """What the robots.txt of the address's site asks for. Raises FetchError."""
        return await self._robots.rules(check_url(url, allow_private=self._allow_private))

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """Send a form; the status of the answer, whatever it is. Raises FetchError.

        307 and 308 send the form on to another address (WebSub, §5.1.2), never from https to http.
        """
        url = first = check_url(url, allow_private=self._allow_private)
        budget, wish = Budget(self._total_s), _Wish(headers={}, max_bytes=HUB_BYTES, cut=True)
        for _ in range(MAX_REDIRECTS + 1):
            async with self._answer("POST", url, budget, data=dict(form)) as answer:
                await _body(answer, url, wish)
                location = answer.headers.get("Location")
                if answer.status not in _SENT_ON or not location:
                    return answer.status
                to = check_url(urljoin(url, location), allow_private=self._allow_private)
                if url.startswith("https:") and not to.startswith("https:"):
                    return answer.status
                url = to
        raise errors.TooManyRedirects(f"{host_of(first)} redirects more than {MAX_REDIRECTS} times")

    async def close(self) -> None:
        await self._connections.close()

    async def _follow(self, first: str, wish: _Wish, *, robots: bool = False) -> Response:
        """Redirects by hand, because each hop has to be checked as the first was."""
        url = first = check_url(first, allow_private=self._allow_private)
        budget, for_good = Budget(self._total_s), True
        for _ in range(MAX_REDIRECTS + 1):
            if robots:
                await self._ask_robots(url)
            answer = await self._hop(url, wish, budget)
            if isinstance(answer, Response):
                return replace(answer, moved_to=url) if for_good and url != first else answer
            url, for_good = answer.to, for_good and answer.for_good
        raise errors.TooManyRedirects(f"{host_of(first)} redirects more than {MAX_REDIRECTS} times")

    async def _hop(self, url: str, wish: _Wish, budget: Budget) -> Response | _Redirect:
        async with self._answer("GET", url, budget, headers=wish.headers) as answer:
            location = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not location:
                return await self._read(answer, url, wish)
            to = check_url(urljoin(url, location), allow_private=self._allow_private)
            if _origin(to) != _origin(url):
                answer.close()  # one connection to a host, not one more to its other port
            return _Redirect(to=to, for_good=answer.status in _PERMANENT)

    @asynccontextmanager
    async def _answer(
        self,
        method: str,
        url: str,
        budget: Budget,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request in its host's turn, which lasts until the answer has been read."""
        host = host_of(url)
        async with self._manners.turn(host):
            client = self._connections.client()
            sent = dict(headers or {})
            if self._connections.enough:
                sent["Connection"] = "close"
            with translated(host):
                async with (
                    budget.spent(),
                    client.request(
                        method, url, headers=sent, data=data, allow_redirects=False
                    ) as answer,
                ):
                    self._mind(answer, host)
                    yield answer

    def _mind(self, answer: aiohttp.ClientResponse, host: str) -> None:
        """A host that has had enough is left alone by everybody."""
        if answer.status in (429, 503):
            usual_s = TOO_MANY_S if answer.status == 429 else UNAVAILABLE_S
            self._manners.pause(host, retry_after_s(answer.headers, self._now()) or usual_s)

    async def _read(self, answer: aiohttp.ClientResponse, url: str, wish: _Wish) -> Response:
        not_modified = answer.status == 304 and bool(wish.etag or wish.last_modified)
        retry_s = retry_after_s(answer.headers, self._now())
        if not not_modified and not 200 <= answer.status < 300:
            raise _bad_answer(answer.status, url, retry_s)
        etag, last_modified = wish.etag, wish.last_modified
        if not not_modified:
            etag = validator(answer.headers.get("ETag"))
            last_modified = validator(answer.headers.get("Last-Modified"))
        return Response(
            url=url,
            status=answer.status,
            body=b"" if not_modified else await _body(answer, url, wish),
            content_type=answer.headers.get("Content-Type"),
            etag=etag,
            last_modified=last_modified,
            not_modified=not_modified,
            retry_after_s=retry_s,
            max_age_s=max_age_s(answer.headers),
            links=links(answer),
        )

    async def _ask_robots(self, url: str) -> None:
        rules = await self._robots.rules(url)
        host = host_of(url)
        if rules.delay_s:
            self._manners.slow_down(host, rules.delay_s)
        if rules.closed:
            raise errors.Disallowed(f"{host} does not give its robots.txt, so it is left alone")
        if not rules.allow(url):
            raise errors.Disallowed(f"the robots.txt of {host} asks not to read {url}")

    async def _robots_txt(self, url: str) -> bytes | None:
        """A site without one, by RFC 9309 §2.3.1.3, has no rules."""
        headers = {"Accept": "text/plain, */*;q=0.8"}
        try:
            wish = _Wish(headers=headers, max_bytes=ROBOTS_BYTES, cut=True)
            return (await self._follow(url, wish)).body
        except errors.TooManyRedirects:
            return None
        except errors.BadAnswer as e:
            if 400 <= e.status < 500 and e.status != 429:
                return None
            raise


async def _body(answer: aiohttp.ClientResponse, url: str, wish: _Wish) -> bytes:
    """Chunk by chunk as it is unpacked, so that a bomb is dropped at the bound."""
    unpacking = Unpacking(codings(answer.headers), max_bytes=wish.max_bytes)
    try:
        async for chunk in answer.content.iter_chunked(64 << 10):
            for _ in unpacking.feeding(chunk):
                await asyncio.sleep(0)  # others want the loop too
    except TooMuch:
        answer.close()
        if wish.cut:
            return bytes(unpacking.body)
        raise errors.TooBig(f"{host_of(url)} gives more than {wish.max_bytes >> 20} MB") from None
    return unpacking.end()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _bad_answer(status: int, url: str, retry_after_s: float | None) -> errors.BadAnswer:
    try:
        phrase = f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    kind = errors.Gone if status == 410 else errors.BadAnswer
    return kind(f"{host_of(url)} answers {phrase} for {url}", status, retry_after_s)
