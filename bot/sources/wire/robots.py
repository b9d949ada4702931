"""robots.txt (RFC 9309): which pages of a site we may read, and how fast.

Feeds are published to be polled by programs and are not asked about; pages are.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urljoin, urlsplit

from protego import Protego

from bot.clock import Clock
from bot.sources import errors

TOKEN = "Svodka"  # noqa: S105 - by which a robots.txt names us, no secret
MAX_BYTES = 500 << 10  # RFC 9309 §2.5; what stands behind is not read
GOOD_FOR = timedelta(hours=24)  # §2.4
AGAIN_AFTER = timedelta(hours=1)  # it could not be read: nothing is asked of the site meanwhile
SITES = 2_000  # remembered; one forgotten was asked about the longest ago
LONGEST_DELAY_S = 30.0  # who writes more means to be left alone, and can say so
SITEMAPS = 50  # that are looked at
ALL_BYTES = 2 << 20  # of all that is remembered; understood it weighs some thirty times as much
_SMALL = 16 << 10  # what is read at once; more goes to a thread, for the loop must not wait

Read = Callable[[str], Awaitable[bytes | None]]
"""Gives the bytes of a robots.txt, None if the site has none; raises FetchError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one site asks for."""

    text: Protego | None = None  # None: there are no rules
    closed: bool = False  # they cannot be read now: RFC 9309 §2.3.1.4 forbids all
    until: datetime
    size: int = 0  # bytes that were read

    def allow(self, url: str) -> bool:
        return not self.closed and (self.text is None or self.text.can_fetch(url, TOKEN))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses it names, a few of them."""
        return tuple(islice(self.text.sitemaps, SITEMAPS)) if self.text else ()

    @property
    def delay_s(self) -> float:
        """The rest that the site wants between two requests."""
        asked = self.text.crawl_delay(TOKEN) if self.text else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY_S)


@dataclass(slots=True)
class _Site:
    rules: Rules | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Robots:
    """Remembers the rules of sites for a day."""

    def __init__(self, read: Read, *, now: Clock) -> None:
        self._read = read
        self._now = now
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    async def rules(self, url: str) -> Rules:
        """Those of the address's site, fetched if need be, once for all who ask.

        Raises ToldToWait; any other failure closes the site for an hour.
        """
        parts = urlsplit(url)
        site = self._site(f"{parts.scheme}://{parts.netloc.lower()}")
        async with site.lock:
            if site.rules is None or site.rules.until <= self._now():
                site.rules = await self._fetched(urljoin(url, "/robots.txt"))
                self._forget()
            return site.rules

    def _site(self, origin: str) -> _Site:
        site = self._sites.setdefault(origin, _Site())
        self._sites.move_to_end(origin)
        return site

    def _forget(self) -> None:
        """Keep within bounds; those asked about the longest ago go first, the newest never."""
        size = sum(site.rules.size for site in self._sites.values() if site.rules)
        while len(self._sites) > SITES or (size > ALL_BYTES and len(self._sites) > 1):
            _, site = self._sites.popitem(last=False)
            size -= site.rules.size if site.rules else 0

    async def _fetched(self, url: str) -> Rules:
        try:
            body = await self._read(url)
        except errors.ToldToWait:
            raise
        except errors.FetchError:
            return Rules(closed=True, until=self._now() + AGAIN_AFTER)
        if body is None:
            return Rules(until=self._now() + GOOD_FOR)
        text = parse(body) if len(body) <= _SMALL else await asyncio.to_thread(parse, body)
        return Rules(text=text, until=self._now() + GOOD_FOR, size=len(body))


def parse(body: bytes) -> Protego:
    """The rules in the bytes of a robots.txt, whatever they are."""
    return Protego.parse(body.decode("utf-8-sig", "replace"))
