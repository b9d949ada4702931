"""The judge: every request is held against what its host has said before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime

from bench.etiquette.sites import START, Site

FLOOR_S = 900.0  # nobody is asked more often
SLOW_S, SLOW_FLOOR_S = 43_200, 3_600.0  # nor a slow publisher more often than each hour
BETWEEN_S = 1.0
MOVES = 4  # redirects for good before the new address must be known
ROBOTS_S = 86_400.0
SLACK_S = 1e-6  # of sums of floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came. Header names are in lower case."""

    at_s: float
    host: str
    target: str
    headers: Mapping[str, bytes]

    def __str__(self) -> str:
        at = START + timedelta(seconds=self.at_s)
        return f"{at:%a %H:%M:%S} {self.host}{self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answered: all that later requests are held against."""

    status: int
    etag: bytes | None = None
    modified: bytes | None = None
    fresh_s: float = 0.0  # by Cache-Control or Expires
    ttl_s: float = 0.0
    wait_s: float = 0.0  # by Retry-After


@dataclass(slots=True)
class _Host:
    connections: int = 0
    under_way: int = 0
    ended_s: float | None = None
    wait_until_s: float = 0.0
    robots_s: float | None = None  # when its robots.txt was asked for


@dataclass(slots=True)
class _Feed:
    etag: bytes | None = None
    modified: bytes | None = None
    answered_s: float | None = None
    fresh_until_s: float = 0.0
    ttl_until_s: float = 0.0
    moves: Counter[str] = field(default_factory=Counter)  # redirects given, by address
    gone: bool = False


class Judge:
    """Keeps the score."""

    def __init__(self) -> None:
        self.requests = 0
        self.clean = 0
        self.faults: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.kinds: Counter[str] = Counter()  # how many requests were for feeds, pages …
        self._hosts: dict[str, _Host] = {}
        self._feeds: dict[int, _Feed] = {}
        self._pages: set[str] = set()

    @property
    def score(self) -> float:
        """Percent of requests without a fault."""
        return 100 * self.clean / self.requests if self.requests else 100.0

    def connected(self, host: str) -> None:
        """A connection was made, and used for this host first."""
        self._host(host).connections += 1

    def disconnected(self, host: str) -> None:
        self._host(host).connections -= 1

    def restarted(self) -> None:
        """The bot was ended and begun anew; what it knew of robots.txt is gone."""
        for host in self._hosts.values():
            host.robots_s = None

    def hear(self, asked: Asked, site: Site | None, entry: int | None) -> None:
        """A request begins: for a feed, for an entry's page (`entry`), or something else."""
        host = self._host(asked.host)
        found = [*_of_request(asked), *self._of_host(asked, host)]
        if asked.target == "/robots.txt":
            found += _of_robots(asked, host)
            kind = "robots.txt"
        elif site is None:
            found.append("asks for what nobody named")
            kind = "others"
        elif entry is not None:
            found += self._of_page(asked, host, site, entry)
            kind = "pages"
        else:
            found += self._of_feed(asked, site)
            kind = "feeds"
        host.under_way += 1
        self._count(asked, kind, found)

    def answered(self, asked: Asked, site: Site | None, answer: Answer, at_s: float) -> None:
        """And its answer has left; `site` only if it was for the feed."""
        host = self._host(asked.host)
        host.under_way -= 1
        host.ended_s = at_s
        if answer.wait_s:
            host.wait_until_s = max(host.wait_until_s, at_s + answer.wait_s)
        if site is None:
            return
        feed = self._feed(site)
        if answer.status == 200:
            feed.etag, feed.modified = answer.etag, answer.modified
            feed.ttl_until_s = at_s + answer.ttl_s
        elif answer.status == 304:
            feed.ttl_until_s = at_s + answer.ttl_s
        elif answer.status == 301:
            feed.moves[asked.host + asked.target] += 1
            return
        feed.gone = feed.gone or answer.status == 410
        feed.answered_s = at_s
        feed.fresh_until_s = at_s + answer.fresh_s

    def _of_host(self, asked: Asked, host: _Host) -> Iterator[str]:
        if host.under_way:
            yield "a second request to a host while one is under way"
        if host.connections > 1:
            yield "a second connection to a host"
        if host.ended_s is not None and asked.at_s - host.ended_s < BETWEEN_S - SLACK_S:
            yield "less than a second after the one before"
        if asked.at_s < host.wait_until_s - SLACK_S:
            yield "before the end of Retry-After"

    def _of_feed(self, asked: Asked, site: Site) -> Iterator[str]:
        feed = self._feed(site)
        yield from _of_validators(asked, feed)
        if feed.gone:
            yield "again after 410"
        if feed.moves[asked.host + asked.target] >= MOVES:
            yield "an old address again after many 301s"
        if feed.answered_s is None:
            return
        gap_s = asked.at_s - feed.answered_s
        if gap_s < FLOOR_S - SLACK_S:
            yield "sooner than in 15 minutes"
        if site.every_s >= SLOW_S and gap_s < SLOW_FLOOR_S - SLACK_S:
            yield "a slow feed more often than hourly"
        if asked.at_s < feed.fresh_until_s - SLACK_S:
            yield "before the end of max-age"
        if asked.at_s < feed.ttl_until_s - SLACK_S:
            yield "before the end of ttl"
        if (START + timedelta(seconds=asked.at_s)).hour in site.skip_hours:
            yield "in an hour to skip"

    def _of_page(self, asked: Asked, host: _Host, site: Site, entry: int) -> Iterator[str]:
        if site.is_closed(entry):
            yield "a page that robots.txt closes"
        if host.robots_s is None:
            yield "a page without asking robots.txt"
        elif asked.at_s - host.robots_s > ROBOTS_S + 60:
            yield "a page by a robots.txt older than a day"
        name = asked.host + asked.target
        if name in self._pages:
            yield "a page a second time"
        self._pages.add(name)
        if (
            site.delay_s
            and host.ended_s is not None
            and asked.at_s - host.ended_s < site.delay_s - SLACK_S
        ):
            yield "sooner than Crawl-delay"

    def _count(self, asked: Asked, kind: str, found: list[str]) -> None:
        self.requests += 1
        self.kinds[kind] += 1
        self.clean += not found
        for fault in found:
            self.faults[fault] += 1
            self.examples.setdefault(fault, str(asked))

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _feed(self, site: Site) -> _Feed:
        return self._feeds.setdefault(site.number, _Feed())


def _of_request(asked: Asked) -> Iterator[str]:
    """What is wrong with it by itself."""
    for name in ("cookie", "referer", "cache-control", "pragma"):
        if name in asked.headers:
            yield f"a useless {name}"
    who = asked.headers.get("user-agent", b"")
    if not who:
        yield "no User-Agent"
    elif b"/" not in who or not (b"+http" in who or b"@" in who):
        yield "a User-Agent without version or contact"
    if "?" in asked.target:
        yield "a query nobody asked for"
    if b"gzip" not in asked.headers.get("accept-encoding", b""):
        yield "no packing offered"
    if "accept" not in asked.headers:
        yield "no Accept"


def _of_validators(asked: Asked, feed: _Feed) -> Iterator[str]:
    tag, date = (asked.headers.get(name) for name in ("if-none-match", "if-modified-since"))
    if (feed.etag or feed.modified) and not (tag or date):
        yield "unconditional, though validators were given"
        return
    if tag is not None and tag != feed.etag:
        yield "an If-None-Match that was not given"
    elif tag is None and feed.etag:
        yield "the ETag left out"
    if date is not None and date != feed.modified:
        yield "an If-Modified-Since that was not given"
    elif date is None and feed.modified:
        yield "the Last-Modified left out"
    if date is not None and not _is_date(date):
        yield "an If-Modified-Since that is no date"


def _of_robots(asked: Asked, host: _Host) -> Iterator[str]:
    if host.robots_s is not None and asked.at_s - host.robots_s < ROBOTS_S - SLACK_S:
        yield "robots.txt twice a day"
    host.robots_s = asked.at_s


def _is_date(value: bytes) -> bool:
    try:
        parsedate_to_datetime(value.decode("ascii"))
    except ValueError:
        return False
    return True
