"""WebSub, as a subscriber speaks it: what a feed offers, requests to a hub, signatures.

By the W3C Recommendation of 23 January 2018 (www.w3.org/TR/websub); pure.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sources.feed import Feed

LEASE_S = 10 * 86_400  # what we ask for; the hub decides
LONGEST_LEASE_S = 30 * 86_400
MAX_CHARS = 2_000  # of an address of a hub or topic

_METHODS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """That `hub` pushes the feed which it knows as `topic`."""

    hub: str
    topic: str


def offer(feed: Feed, links: Iterable[tuple[str, str]], url: str) -> Offer | None:
    """What a feed fetched from `url` offers, by its Link headers or else by itself (§4).

    A feed that came encrypted is not taken from a hub over an open line: the secret that its
    pushes are signed with would be known to everyone on the way.
    """
    named = list(links)
    hub = _first(named, "hub") or feed.hub
    topic = _first(named, "self") or feed.self_url or url
    if hub is None or not _is_web(hub) or not _is_web(topic):
        return None
    if _scheme(url) == "https" and _scheme(hub) != "https":
        return None
    return Offer(hub=hub, topic=topic)


def subscribing(*, topic: str, callback: str, secret: str) -> dict[str, str]:
    """The form that asks a hub to push (§5.1); the same again renews the lease."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(LEASE_S),
    }


def unsubscribing(*, topic: str, callback: str) -> dict[str, str]:
    return {"hub.mode": "unsubscribe", "hub.topic": topic, "hub.callback": callback}


def lease_s(query: Mapping[str, str]) -> int:
    """How long the hub is going to push, by its verification (§5.3).

    Hubs older than the Recommendation leave it out; then it is what we asked for.
    """
    said = query.get("hub.lease_seconds", "")
    if not (said.isascii() and said.isdecimal() and int(said[:12])):
        return LEASE_S
    return min(int(said[:12]), LONGEST_LEASE_S)


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Whether X-Hub-Signature (`method=hex`) is of this body and secret (§7.1)."""
    name, _, given = (signature or "").strip().partition("=")
    method = _METHODS.get(name.lower())
    if method is None or not given.isascii():
        return False
    expected = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(expected, given.lower())


def _first(named: Iterable[tuple[str, str]], rel: str) -> str | None:
    return next((url for one, url in named if one == rel), None)


def _is_web(url: str) -> bool:
    return len(url) <= MAX_CHARS and _scheme(url) in ("http", "https")


def _scheme(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.scheme if parts.hostname else ""
