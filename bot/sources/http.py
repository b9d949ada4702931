"""Fetching over HTTP: bounded in bytes, time and redirects, and never into a private network."""

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
from bot.sources.wire.answers import Response as Response
from bot.sources.wire.answers import Wish, body_of, read
from bot.sources.wire.connecting import Budget, Connections, translated
from bot.sources.wire.headers import retry_after_s, sendable
from bot.sources.wire.manners import Manners
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
        wish = Wish(headers=headers, max_bytes=max_bytes, etag=etag, last_modified=last_modified)
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
        budget, wish = Budget(self._total_s), Wish(headers={}, max_bytes=HUB_BYTES, cut=True)
        for _ in range(MAX_REDIRECTS + 1):
            async with self._answer("POST", url, budget, data=dict(form)) as answer:
                await body_of(answer, url, wish)
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

    async def _follow(self, first: str, wish: Wish, *, robots: bool = False) -> Response:
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

    async def _hop(self, url: str, wish: Wish, budget: Budget) -> Response | _Redirect:
        async with self._answer("GET", url, budget, headers=wish.headers) as answer:
            location = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not location:
                return await read(answer, url, wish, self._now())
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

    async def _ask_robots(self, url: str) -> None:
        rules = await self._robots.rules(url)
        host = host_of(url)
        if rules.delay_s:
            self._manners.slow_down(host, rules.delay_s)
        if rules.closed:
            raise errors.RulesUnread(f"{host} does not give its robots.txt, so it is left alone")
        if not rules.allow(url):
            raise errors.Disallowed(f"the robots.txt of {host} asks not to read {url}")

    async def _robots_txt(self, url: str) -> bytes | None:
        """A site without one, by RFC 9309 §2.3.1.3, has no rules."""
        headers = {"Accept": "text/plain, */*;q=0.8"}
        try:
            wish = Wish(headers=headers, max_bytes=ROBOTS_BYTES, cut=True)
            return (await self._follow(url, wish)).body
        except errors.TooManyRedirects:
            return None
        except errors.BadAnswer as e:
            if 400 <= e.status < 500 and e.status != 429:
                return None
            raise


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
