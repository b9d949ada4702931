"""Answers: what is taken of one, and how much of it at most."""

import asyncio
import http
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.wire import guards
from bot.sources.wire.headers import codings, links, max_age_s, retry_after_s, validator
from bot.sources.wire.packed import TooMuch, Unpacking, is_gzip


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
class Wish:
    """What is asked of each hop."""

    headers: Mapping[str, str]
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    cut: bool = False  # a longer body is cut there, not refused


async def read(answer: aiohttp.ClientResponse, url: str, wish: Wish, now: datetime) -> Response:
    """All that an answer says, which is no redirect. Raises FetchError for no success."""
    not_modified = answer.status == 304 and bool(wish.etag or wish.last_modified)
    retry_s = retry_after_s(answer.headers, now)
    if not not_modified and not 200 <= answer.status < 300:
        if guards.refuses(answer.status, answer.headers):
            raise _turned_away(answer.status, url, retry_s)
        raise _bad_answer(answer.status, url, retry_s)
    etag, last_modified = wish.etag, wish.last_modified
    if not not_modified:
        etag = validator(answer.headers.get("ETag"))
        last_modified = validator(answer.headers.get("Last-Modified"))
    body = b"" if not_modified else await body_of(answer, url, wish)
    content_type = answer.headers.get("Content-Type")
    if body and guards.is_door(body, content_type):
        raise _turned_away(answer.status, url, retry_s)
    return Response(
        url=url,
        status=answer.status,
        body=body,
        content_type=content_type,
        etag=etag,
        last_modified=last_modified,
        not_modified=not_modified,
        retry_after_s=retry_s,
        max_age_s=max_age_s(answer.headers),
        links=links(answer),
    )


async def body_of(answer: aiohttp.ClientResponse, url: str, wish: Wish) -> bytes:
    """Chunk by chunk as it is unpacked, so that a bomb is dropped at the bound."""
    said = codings(answer.headers)
    unpacking = Unpacking(said, max_bytes=wish.max_bytes)
    first = True
    try:
        async for chunk in answer.content.iter_chunked(64 << 10):
            if first and not said and is_gzip(chunk) and _says_text(answer):
                unpacking = Unpacking(["gzip"], max_bytes=wish.max_bytes)
            first = False
            for _ in unpacking.feeding(chunk):
                await asyncio.sleep(0)  # others want the loop too
    except TooMuch:
        answer.close()
        if wish.cut:
            return bytes(unpacking.body)
        raise errors.TooBig(f"{host_of(url)} gives more than {wish.max_bytes >> 20} MB") from None
    return unpacking.end()


def _says_text(answer: aiohttp.ClientResponse) -> bool:
    """Whether it claims to be something that is never packed by itself, as a sitemap.gz is."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].lower()
    return kind.startswith("text/") or kind.endswith(("xml", "json"))


def _turned_away(status: int, url: str, retry_after_s: float | None) -> errors.TurnedAway:
    said = f"{host_of(url)} checks whether its visitors are human before it shows {url}"
    return errors.TurnedAway(said, status, retry_after_s)


def _bad_answer(status: int, url: str, retry_after_s: float | None) -> errors.BadAnswer:
    try:
        phrase = f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    kind = errors.Gone if status == 410 else errors.BadAnswer
    return kind(f"{host_of(url)} answers {phrase} for {url}", status, retry_after_s)
