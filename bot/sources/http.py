"""Fetching over HTTP: bounded in bytes, time and redirects, and never into a private network."""

import asyncio
import http
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractCookieJar

from bot import __version__, clock
from bot.sources import errors
from bot.sources.addresses import check_url, host_of, is_private

MAX_BYTES = 10 << 20  # after decompression
MAX_REDIRECTS = 5
FEEDS = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8"
PAGES = "text/html, application/xhtml+xml, */*;q=0.8"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PRIVATE = "an address of a private network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address gave. `body` is empty when `not_modified`."""

    url: str  # where the bytes came from, after redirects
    status: int
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    retry_after_s: float | None = None
    moved_to: str | None = None  # every redirect on the way said that it is for good


def user_agent(contact: str | None) -> str:
    """Our honest name, with an address to complain to."""
    return f"Svodka/{__version__} (+{contact})" if contact else f"Svodka/{__version__}"


class Fetcher:
    """An HTTP client that takes what it is given for hostile."""

    def __init__(
        self,
        user_agent: str,
        *,
        allow_private: bool = False,
        total_s: float = 60,
        idle_s: float = 20,
        now: clock.Clock = clock.now,
    ) -> None:
        self._user_agent = user_agent
        self._allow_private = allow_private
        self._total_s = total_s
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=idle_s)
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int = MAX_BYTES,
        accept: str = FEEDS,
    ) -> Response:
        """Fetch an address; with validators, `not_modified` when nothing changed.

        Raises FetchError for all that is not a success.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        url = check_url(url, allow_private=self._allow_private)
        host = host_of(url)
        try:
            async with asyncio.timeout(self._total_s):
                return await self._follow(url, headers, max_bytes)
        except aiohttp.ClientConnectorError as e:
            raise _not_connected(e, host) from e
        except aiohttp.ConnectionTimeoutError as e:
            raise errors.Unreachable(f"{host} cannot be reached: it does not answer") from e
        except TimeoutError as e:
            raise errors.TooSlow(f"{host} answers too slowly") from e
        except (aiohttp.InvalidURL, UnicodeError) as e:
            raise errors.BadAddress(f"{host} sends to something that is not an address") from e
        except (aiohttp.ClientError, OSError, ValueError) as e:
            raise errors.Broken(f"{host} broke off, or answers with nonsense") from e

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _follow(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Response:
        """Redirects by hand, because each hop has to be checked as the first was."""
        first, for_good = url, True
        for _ in range(MAX_REDIRECTS + 1):
            async with self._client().get(url, headers=headers, allow_redirects=False) as answer:
                location = answer.headers.get("Location")
                if answer.status not in _REDIRECTS or not location:
                    moved_to = url if for_good and url != first else None
                    return await self._read(answer, url, max_bytes, moved_to)
                for_good = for_good and answer.status in _PERMANENT
            url = check_url(urljoin(url, location), allow_private=self._allow_private)
        raise errors.TooManyRedirects(f"{host_of(first)} redirects more than {MAX_REDIRECTS} times")

    async def _read(
        self, answer: aiohttp.ClientResponse, url: str, max_bytes: int, moved_to: str | None
    ) -> Response:
        conditional = answer.request_info.headers.keys() & {"If-None-Match", "If-Modified-Since"}
        not_modified = answer.status == 304 and bool(conditional)
        retry_after_s = self._retry_after(answer.headers)
        if not not_modified and not 200 <= answer.status < 300:
            raise _bad_answer(answer.status, url, retry_after_s)
        return Response(
            url=url,
            status=answer.status,
            body=b"" if not_modified else await _body(answer, url, max_bytes),
            content_type=answer.headers.get("Content-Type"),
            etag=answer.headers.get("ETag"),
            last_modified=answer.headers.get("Last-Modified"),
            not_modified=not_modified,
            retry_after_s=retry_after_s,
            moved_to=moved_to,
        )

    def _retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Seconds or a date; the server's own clock, when it tells it, is what the date is by."""
        value = headers.get("Retry-After", "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:9])
        try:
            then = parsedate_to_datetime(value)
            now = parsedate_to_datetime(headers["Date"]) if "Date" in headers else self._now()
        except ValueError:
            return None
        then, now = (t if t.tzinfo else t.replace(tzinfo=UTC) for t in (then, now))
        return max((then - now).total_seconds(), 0)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=16, socket_factory=self._socket),
                cookie_jar=_no_cookies(),
                headers={
                    "User-Agent": self._user_agent,
                    "Accept-Encoding": "gzip, deflate, br",
                },
                timeout=self._timeout,
                trust_env=False,  # a proxy would connect to addresses we did not check
                max_line_size=16 << 10,
                max_field_size=32 << 10,
            )
        return self._session

    def _socket(self, address: aiohttp.AddrInfoType) -> socket.socket:
        """Every connection passes here, with the address it is about to be made to."""
        family, kind, protocol, _, where = address
        host = str(where[0]).partition("%")[0]
        if not self._allow_private and is_private(ipaddress.ip_address(host)):
            raise PermissionError(_PRIVATE)
        return socket.socket(family, kind, protocol)


def _no_cookies() -> AbstractCookieJar:
    return aiohttp.DummyCookieJar()


async def _body(answer: aiohttp.ClientResponse, url: str, max_bytes: int) -> bytes:
    """Chunk by chunk as it is unpacked, so that a bomb is dropped at the bound."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(64 << 10):
        body += chunk
        if len(body) > max_bytes:
            answer.close()
            raise errors.TooBig(f"{host_of(url)} gives more than {max_bytes >> 20} MB")
    return bytes(body)


def _bad_answer(status: int, url: str, retry_after_s: float | None) -> errors.BadAnswer:
    try:
        phrase = f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    kind = errors.Gone if status == 410 else errors.BadAnswer
    return kind(f"{host_of(url)} answers {phrase} for {url}", status, retry_after_s)


def _not_connected(e: aiohttp.ClientConnectorError, host: str) -> errors.FetchError:
    if isinstance(e, aiohttp.ClientConnectorDNSError):
        return errors.Unreachable(f"{host} cannot be reached: its name was not found")
    if isinstance(e, aiohttp.ClientSSLError) or isinstance(e.os_error, ssl.SSLError):
        return errors.Broken(f"{host} has a certificate that cannot be trusted, or no TLS")
    if _PRIVATE in str(e.os_error):
        return errors.PrivateAddress(f"{host} leads to {_PRIVATE}")
    reason = e.os_error.strerror or "no connection"
    return errors.Unreachable(f"{host} cannot be reached: {reason.lower()}")
