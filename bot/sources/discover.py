"""From any address of a site to its feed: named in the page, else in the usual places."""

from dataclasses import dataclass
from urllib.parse import urljoin

from bot.sources.addresses import host_of, link
from bot.sources.charset import decode
from bot.sources.errors import FetchError, NotAFeed
from bot.sources.feeds import Feed, parse_feed
from bot.sources.http import Fetcher, Response
from bot.sources.markup import parse_html
from bot.workers import WorkerFailed, Workers

PARSE_S = 30
LINKS = 4  # of those a page names, tried in its order
USUAL = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/rss/",
    "/feed.xml",
    "/atom.xml",
    "/engine/rss.php",
    "/index.xml",
)
_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed and the address by which to ask for it again."""

    url: str
    feed: Feed


async def find_feed(url: str, *, fetcher: Fetcher, workers: Workers) -> Found:
    """The feed at, named by, or beside an address; `https://` may be left out.

    Raises SourceError: what the address itself gives, or that no feed was found there.
    """
    url = url.strip()
    if "://" not in url:
        url = f"https://{url}"
    answer = await fetcher.get(url)
    try:
        return await _parsed(answer, url, workers)
    except NotAFeed:
        _check_kind(answer)
    named = await workers.run(feed_links, answer.body, answer.content_type, answer.url)
    usual = [urljoin(answer.url, path) for path in USUAL]
    for candidate in dict.fromkeys([*named[:LINKS], *usual]):
        try:
            return await _parsed(await fetcher.get(candidate), candidate, workers)
        except (FetchError, NotAFeed, WorkerFailed):
            continue
    raise NotAFeed(f"{host_of(url)} names no feed; give the address of the feed itself")


def feed_links(body: bytes, content_type: str | None, url: str) -> list[str]:
    """Feeds that a page names, comments' last. CPU work: for a worker."""
    root = parse_html(decode(body, content_type))
    if root is None:
        return []
    found = [
        address
        for tag in root.iter("link")
        if (tag.get("type") or "").strip().lower() in _KINDS
        and "alternate" in (tag.get("rel") or "").lower()
        and (address := link(url, tag.get("href")))
    ]
    return sorted(dict.fromkeys(found), key=lambda address: "comment" in address)


async def _parsed(answer: Response, url: str, workers: Workers) -> Found:
    feed = await workers.run(
        parse_feed, answer.body, answer.content_type, answer.url, None, timeout_s=PARSE_S
    )
    return Found(url=answer.moved_to or url, feed=feed)


def _check_kind(answer: Response) -> None:
    """A file is no page that could name a feed."""
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    if answer.body.startswith(b"%PDF") or kind == "application/pdf":
        raise NotAFeed(f"{host_of(answer.url)} gives a PDF there, not a feed")
    if kind.startswith(("image/", "video/", "audio/")):
        raise NotAFeed(f"{host_of(answer.url)} gives {kind} there, not a feed")
