"""Header values that are no UTF-8, sent back byte for byte.

aiohttp writes headers as UTF-8. An ETag is opaque bytes (RFC 9110 §8.8.3 allows 0x80-0xFF), and
one that comes back changed is one the server never gave. So such a value travels through aiohttp
under a name of letters, and the bytes take its place as they leave.
"""

import secrets
from typing import Any, cast

import aiohttp


class Verbatim(str):
    """A header's value, by itself only a name for the `raw` bytes."""

    raw: bytes


def header(text: str) -> str:
    """A value kept as ISO 8859-1, so that aiohttp sends the very bytes it stands for."""
    if text.isascii():
        return text
    try:
        raw = text.encode("iso-8859-1")
    except UnicodeEncodeError:
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        value = Verbatim(secrets.token_hex(16))
        value.raw = raw
        return value


class Request(aiohttp.ClientRequest):
    """A request whose Verbatim headers leave as their bytes."""

    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        values = [value for value in self.headers.values() if isinstance(value, Verbatim)]
        return await super().send(_tapped(conn, values) if values else conn)


def _tapped(conn: Any, values: list[Verbatim]) -> Any:
    transport = conn.protocol.transport

    def write(data: bytes) -> None:
        for value in values:
            data = bytes(data).replace(value.encode(), value.raw)
        transport.write(data)

    return _Instead(
        conn, protocol=_Instead(conn.protocol, transport=_Instead(transport, write=write))
    )


class _Instead:
    """Another object, but for some attributes."""

    def __init__(self, other: object, **attributes: object) -> None:
        self._other = other
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> object:
        return cast("object", getattr(self._other, name))
