"""What the headers of an answer say: how long it is good, when to come back, where else to look.

By RFC 9110 (Retry-After), RFC 9111 (Cache-Control, Expires, Age) and RFC 8288 (Link).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from multidict import CIMultiDictProxy

LONGEST_S = 7 * 86_400.0  # no answer is taken for good for longer
VALIDATOR_CHARS = 1_024  # a server that gives more would refuse so much in a request

_DIRECTIVE = re.compile(r'\s*([^\s,;="]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;"]*)))?\s*(?:[,;]|$)')
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def validator(value: str | None) -> str | None:
    """An ETag or Last-Modified as aiohttp gives it, each byte a character as in ISO 8859-1."""
    return value and sendable(value.encode("utf-8", "surrogateescape").decode("iso-8859-1"))


def sendable(value: str | None) -> str | None:
    """None for what cannot be sent back: with control characters, empty or endless."""
    if not value or len(value) > VALIDATOR_CHARS or _CONTROL.search(value):
        return None
    return value


def max_age_s(headers: CIMultiDictProxy[str]) -> float | None:
    """For how long from now the answer is fresh; None when it says nothing, or not to keep it."""
    said = _directives(", ".join(headers.getall("Cache-Control", ())))
    if "no-cache" in said or "no-store" in said:
        return None
    if "max-age" in said:
        age = _whole(said["max-age"])
        fresh_s = None if age is None else age - (_whole(headers.get("Age", "")) or 0)
    else:
        fresh_s = _until(headers.get("Expires"), headers)
    return None if fresh_s is None else min(max(fresh_s, 0.0), LONGEST_S)


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds or a date; the server's own clock, when it tells it, is what the date is by."""
    value = headers.get("Retry-After", "").strip()
    seconds = _whole(value)
    if seconds is not None:
        return seconds
    then = _until(value, headers, now)
    return None if then is None else max(then, 0.0)


def links(answer: aiohttp.ClientResponse) -> tuple[tuple[str, str], ...]:
    """(rel, absolute address) of each Link header; a link with two rels is there twice."""
    if "Link" not in answer.headers:
        return ()
    try:
        named = [(str(link.get("rel", "")), str(link["url"])) for link in answer.links.values()]
    except ValueError:  # an address that is none
        return ()
    return tuple((one.lower(), url) for rel, url in named for one in rel.split())


def codings(headers: CIMultiDictProxy[str]) -> tuple[str, ...]:
    """The Content-Encodings in the order in which they were applied."""
    named = ",".join(headers.getall("Content-Encoding", ())).lower().split(",")
    return tuple(name.strip() for name in named if name.strip())


def _directives(value: str) -> dict[str, str]:
    """Cache-Control's words; of one given twice the first, as RFC 9111 §4.2.1 advises."""
    said: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(value):
        said.setdefault(name.lower(), quoted or plain)
    return said


def _whole(text: str) -> float | None:
    """A count of seconds, which has digits only; the endless ones are cut."""
    text = text.strip()
    return float(text[:12]) if text.isascii() and text.isdigit() else None


def _until(
    text: str | None, headers: Mapping[str, str], now: datetime | None = None
) -> float | None:
    """Seconds from the answer's own Date, or else from `now`, to an HTTP date."""
    then = _date(text)
    since = then and (_date(headers.get("Date")) or now)
    return (then - since).total_seconds() if then and since else None


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
