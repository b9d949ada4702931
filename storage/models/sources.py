"""Sources of news, and what a poll of one teaches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    FEED = "feed"  # RSS, Atom, JSON Feed
    PAGE = "page"  # a news page without a feed: its links to articles
    SITEMAP = "sitemap"  # a sitemap that lists news
    CHANNEL = "channel"  # a public Telegram channel, by its web preview
    FOLDER = "folder"  # a folder of files on this machine
    POSTS = "posts"  # a channel whose posts Telegram itself hands us; never polled
    IMPORT = "import"  # `svodka import`, an admin's paste or forward; never polled
    SAMPLE = "sample"  # bot/samples; never polled, marked wherever it shows


POLLED = frozenset(
    {
        SourceKind.FEED,
        SourceKind.PAGE,
        SourceKind.SITEMAP,
        SourceKind.CHANNEL,
        SourceKind.FOLDER,
    }
)


class TextFrom(StrEnum):
    """Where a source's articles get their text."""

    FEED = "feed"  # its entries hold the whole text
    PAGE = "page"  # its entries are leads; the text is at their own addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source before it has a row. `url` identifies it.

    Imports use `import:<title>`, folders `folder:<absolute path>`, posts `posts:<chat id>`,
    channels `https://t.me/s/<name in lower case>`.
    """

    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    site_url: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None  # IANA name for dates that carry none
    selector: str | None = None  # CSS, of a list page's links, where guessing fails
    enabled: bool = True


class OffReason(StrEnum):
    """Why Svodka switched a source off by itself."""

    GONE = "gone"  # 410: its address is no more, and says so
    FAILING = "failing"  # for long
    SAME = "same"  # it is another source, under another address


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, page or public channel we poll, or a heading that imports stand under."""

    id: int
    url: str
    title: str
    kind: SourceKind
    site_url: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None
    enabled: bool = True
    etag: str | None = None
    last_modified: str | None = None
    interval_s: int = 1800
    next_poll_at: datetime | None = None
    last_success_at: datetime | None = None
    failures: int = 0  # in a row; 0 after a success
    last_error: str | None = None
    wait_until: datetime | None = None  # a server's own Retry-After; even `svodka poll` obeys it
    selector: str | None = None
    ttl_s: int | None = None  # the feed's own: not asked more often
    skip_hours: frozenset[int] = frozenset()  # of UTC, in which the feed wants to be left alone
    skip_days: frozenset[int] = frozenset()  # ISO weekdays, of UTC
    moved_to: str | None = None  # where the last polls were redirected to for good
    moved_times: int = 0  # in a row
    text_from: TextFrom | None = None  # None: not decided yet
    text_judged_at: datetime | None = None
    failing_since: datetime | None = None  # the first failure in a row
    off_at: datetime | None = None  # when Svodka itself switched it off
    off_because: OffReason | None = None  # why; `last_error` says more
    same_as: int | None = None  # the source that it turned out to be
    wordless: int = 0  # items without text, of those listed when it was last read


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStats:
    """What a source gave in a stretch of time."""

    entries: int = 0
    whole: int = 0  # of them, those with their whole text
    edited: int = 0
    median_delay_s: float | None = None  # from publication to our seeing it, of dated ones
    newest_at: datetime | None = None  # when the newest of them was published


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Lines that recur in a source's texts, and how many texts held each."""

    texts: int = 0  # looked at
    lines: Mapping[str, int] = field(default_factory=dict)


class HubState(StrEnum):
    ASKED = "asked"  # a request is made or due, the hub has not confirmed
    ACTIVE = "active"  # the hub pushes until `lease_until`
    REFUSED = "refused"  # it said no; polling goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSubscription:
    """A WebSub subscription of ours to a source's hub (W3C Recommendation WebSub)."""

    source_id: int
    hub: str
    topic: str  # the address that the hub knows the feed by
    token: str  # the last part of our callback's path: secret, and one for each source
    secret: str  # of the signature
    state: HubState = HubState.ASKED
    act_at: datetime  # when the next request to the hub is due: a retry, or the renewal
    lease_until: datetime | None = None
    attempts: int = 0  # requests since it was last active


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """What a poll taught us about its source; committed with its articles, never before."""

    source_id: int
    at: datetime
    next_poll_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None  # only when it was unknown before
    error: str | None = None  # None: success, `failures` goes back to 0
    wait_until: datetime | None = None
    switch_off: OffReason | None = None  # set with `off_at`; admins are told
    same_as: int | None = None  # with OffReason.SAME
    interval_s: int | None = None  # None: as it was, as with the next three
    ttl_s: int | None = None
    skip_hours: frozenset[int] | None = None
    skip_days: frozenset[int] | None = None
    text_from: TextFrom | None = None  # decided now; None: as it was
    moved_to: str | None = None  # redirected there for good; None: not redirected so
    wordless: int | None = None  # items without text; None: as it was
