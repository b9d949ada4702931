"""Connections: few, kept for a while, and made only to addresses that were checked."""

import asyncio
import ipaddress
import os
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from weakref import WeakSet

import aiohttp
from aiohttp.abc import AbstractCookieJar, AbstractResolver

from bot.sources import errors
from bot.sources.addresses import is_private
from bot.sources.wire import verbatim
from bot.sources.wire.packed import ACCEPTED

KEPT = 128  # connections open; beyond, none is kept after its answer
KEPT_S = 15

_PRIVATE = "an address of a private network"


class Connections:
    """An HTTP client without cookies, proxies, redirects of its own or unpacking."""

    def __init__(
        self,
        user_agent: str,
        *,
        allow_private: bool,
        resolver: AbstractResolver | None,
        idle_s: float,
        connect_s: float,
    ) -> None:
        self._user_agent = user_agent
        self._allow_private = allow_private
        self._resolver = resolver
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect_s, sock_read=idle_s)
        self._open: WeakSet[socket.socket] = WeakSet()
        self._session: aiohttp.ClientSession | None = None

    def __len__(self) -> int:
        """How many are open, at work or kept."""
        return len(self._open)

    @property
    def enough(self) -> bool:
        """Whether one more should not be kept after its answer."""
        return len(self) >= KEPT

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0,  # our manners hold the number of requests
                    limit_per_host=1,
                    keepalive_timeout=KEPT_S,
                    resolver=self._resolver,
                    socket_factory=self._socket,
                ),
                cookie_jar=_no_cookies(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPTED},
                timeout=self._timeout,
                request_class=verbatim.Request,
                auto_decompress=False,  # it takes a body cut short for a whole one
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
        return _Socket(self._open, family, kind, protocol)


class _Socket(socket.socket):
    """One that is in `among` while it is open."""

    def __init__(self, among: WeakSet[socket.socket], family: int, kind: int, proto: int) -> None:
        super().__init__(family, kind, proto)
        self._among = among
        among.add(self)

    def close(self) -> None:
        self._among.discard(self)
        super().close()

    def detach(self) -> int:
        self._among.discard(self)  # uvloop closes what it is by its number
        return super().detach()


class Budget:
    """Seconds for all hops of a request together; waiting for turns does not count."""

    def __init__(self, total_s: float) -> None:
        self._left_s = total_s

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(self._left_s):
                yield
        finally:
            self._left_s -= loop.time() - began


@contextmanager
def translated(host: str) -> Iterator[None]:
    """Foreign errors stop here."""
    try:
        yield
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


def _not_connected(e: aiohttp.ClientConnectorError, host: str) -> errors.FetchError:
    if isinstance(e, aiohttp.ClientConnectorDNSError):
        return errors.Unreachable(f"{host} cannot be reached: its name was not found")
    if isinstance(e, aiohttp.ClientConnectorCertificateError):
        return errors.Untrusted(f"{host} has a certificate that cannot be trusted: {_why(e)}")
    if isinstance(e, aiohttp.ClientSSLError) or isinstance(e.os_error, ssl.SSLError):
        return errors.Broken(f"{host} has no TLS, or none that we understand")
    if _PRIVATE in str(e.os_error):
        return errors.PrivateAddress(f"{host} leads to {_PRIVATE}")
    reason = os.strerror(e.os_error.errno) if e.os_error.errno else "no connection"
    return errors.Unreachable(f"{host} cannot be reached: {reason.lower()}")


def _why(e: aiohttp.ClientConnectorCertificateError) -> str:
    error = e.certificate_error
    said = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else ""
    return said or "it cannot be verified"


def _no_cookies() -> AbstractCookieJar:
    return aiohttp.DummyCookieJar()
