"""Discovery: from any address of a site to its feed."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sources.addresses import host_of, link
from bot.sources.charset import decode
from bot.sources.errors import FetchError, NotAFeed
from bot.sources.feeds import Feed, parse_feed
from bot.sources.http import Fetcher, Response
from bot.sources.markup import parse_html
from bot.workers import Workers

PARSE_S = 30
TRIES = 10  # addresses asked at most
USUAL = ("/feed/", "/rss/", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml")
TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed and where it is."""

    url: str
    feed: Feed


async def find_feed(url: str, *, fetcher: Fetcher, workers: Workers) -> Found:
    """The feed at this address, or the one that its page or its site's usual places lead to.

    Raises FetchError when the address itself gives nothing, NotAFeed when no feed is found.
    """
    answer = await fetcher.get(url)
    try:
        return await _parsed(answer, workers)
    except NotAFeed as e:
        _refuse_documents(answer, e)
    named = await workers.run(
        feed_links, answer.body, answer.content_type, answer.url, timeout_s=PARSE_S
    )
    usual = [place for path in USUAL if (place := link(answer.url, path))]
    for place in list(dict.fromkeys([*named, *usual]))[:TRIES]:
        try:
            return await _parsed(await fetcher.get(place), workers)
        except (FetchError, NotAFeed):
            continue
    raise NotAFeed(f"{host_of(url)} names no feed, and none is in the usual places")


def feed_links(body: bytes, content_type: str | None, url: str) -> list[str]:
    """The feeds a page names in <link rel="alternate">, in its order. CPU work: for a worker."""
    root = parse_html(decode(body, content_type))
    return [] if root is None else list(_links(root, url))


def _links(root: object, url: str) -> Iterator[str]:
    for element in root.iter("link"):  # type: ignore[attr-defined]  # lxml has no types
        rel = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in rel and kind in TYPES and (found := link(url, element.get("href"))):
            yield found


async def _parsed(answer: Response, workers: Workers) -> Found:
    feed = await workers.run(
        parse_feed, answer.body, answer.content_type, answer.url, None, timeout_s=PARSE_S
    )
    return Found(url=answer.url, feed=feed)


def _refuse_documents(answer: Response, e: NotAFeed) -> None:
    """A PDF or a picture names no feed: looking further would be guessing."""
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    if answer.body.startswith(b"%PDF") or (
        kind and not kind.startswith("text/") and "ml" not in kind
    ):
        raise NotAFeed(f"this address gives {kind or 'a document'}, not a feed or a page") from e
