"""Reading what a source's address gave: each kind of source has its own reader."""

from datetime import datetime

from bot.sources.channels import parse_channel
from bot.sources.charset import decode
from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed
from bot.sources.feeds import parse_feed
from bot.sources.lists.pages import parse_list
from bot.sources.sitemaps import is_sitemap, parse_sitemap
from storage.models import SourceKind


def read(
    kind: SourceKind,
    body: bytes,
    content_type: str | None,
    url: str,
    zone: str | None,
    selector: str | None = None,
    start: int = 0,
    now: datetime | None = None,
    since: datetime | None = None,
) -> Feed:
    """What a source of that kind lists, or NotAFeed; the part that begins at item `start`.

    With `now`, a page's dates such as «сегодня» are read too. `since`: when it was last read.
    CPU work: for a worker.
    """
    match kind:
        case SourceKind.FEED:
            return parse_feed(body, content_type, url, zone, start)
        case SourceKind.SITEMAP:
            return parse_sitemap(body, content_type, url, zone, start, since)
        case SourceKind.CHANNEL:
            return parse_channel(body, content_type, url, zone)
        case SourceKind.PAGE:
            return parse_list(body, content_type, url, zone, selector, now)
        case _:
            raise NotAFeed(f"a source of kind {kind.value} has no address to be read at")


def tell(
    body: bytes, content_type: str | None, url: str, zone: str | None = None
) -> tuple[SourceKind, Feed]:
    """Whether these bytes are a feed or a sitemap, or NotAFeed. CPU work: for a worker."""
    try:
        return SourceKind.FEED, parse_feed(body, content_type, url, zone)
    except NotAFeed:
        if not body.startswith(b"\x1f\x8b") and not is_sitemap(decode(body, content_type)):
            raise
    return SourceKind.SITEMAP, parse_sitemap(body, content_type, url, zone)
