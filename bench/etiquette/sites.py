"""The sites of the week: how each publishes, what it tells of itself, and what befalls it."""

import hashlib
import html
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bench.texts import sample_sentences

START = datetime(2026, 11, 16, tzinfo=UTC)  # a Monday
HOUR, DAY = 3_600, 86_400
BUSY_S = HOUR  # between two entries of the busiest; and of others:
EVERY = (8 * HOUR, 12 * HOUR, DAY, DAY, 2 * DAY, 3 * DAY, 9 * DAY)
BACKFILL = 3  # entries there are when the week begins
LISTED = 30  # entries of a feed, the newest
TEXT, LEAD = 9, 1  # sentences

ODD_TAGS = ('"{}"', 'W/"{}"', "{}", '"{}-\xe9\xff"', '"' + "x" * 280 + '{}"', '"новости-{}"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """From an instant of the week on, for `wait_s`, the host refuses."""

    status: int
    at_s: int
    wait_s: int
    form: str | None  # of Retry-After: seconds, date; None: it is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One feed. Instants are seconds of the week."""

    number: int
    host: str
    path: str = "/feed.xml"
    every_s: int = DAY  # between two entries
    tag: str | None = None  # how its ETag is written
    dated: bool = False  # gives Last-Modified
    max_age_s: int | None = None
    expires: bool = False  # says it by Expires, not by Cache-Control
    ttl_min: int | None = None
    skip_hours: frozenset[int] = frozenset()
    trouble: Trouble | None = None
    moves_at_s: int | None = None
    moves_to: str | None = None  # the host there
    gone_at_s: int | None = None
    leads: bool = False  # the text is on pages
    closed: bool = False  # robots.txt closes every third page
    delay_s: int = 0  # of robots.txt
    packing: str | None = None

    def entries(self, at_s: float) -> int:
        """How many entries there are by then."""
        return BACKFILL + sum(1 for _ in self._times(at_s))

    def published_s(self, entry: int) -> float:
        """When an entry, counted from 0, came; those of the backfill before the week."""
        number = entry - BACKFILL + 1
        late = int.from_bytes(hashlib.sha256(f"{self.number}/{entry}".encode()).digest()[:2])
        return (number + late / 0x20000) * self.every_s

    def listed(self, at_s: float) -> range:
        """The entries that stand in the feed."""
        last = self.entries(at_s)
        return range(max(last - LISTED, 0), last)

    def feed(self, at_s: float, origin: str) -> bytes:
        """What is there by then. `origin` is where it is asked for."""
        last = self.entries(at_s)
        items = [
            self._item(entry, origin) for entry in range(last - 1, max(last - LISTED, 0) - 1, -1)
        ]
        ttl = f"<ttl>{self.ttl_min}</ttl>" if self.ttl_min else ""
        hours = "".join(f"<hour>{hour}</hour>" for hour in sorted(self.skip_hours))
        skips = f"<skipHours>{hours}</skipHours>" if hours else ""
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>Сайт {self.number}</title><link>{origin}/</link>{ttl}{skips}"
            f"{''.join(items)}</channel></rss>"
        ).encode()

    def page(self, entry: int) -> bytes:
        """The page of an entry."""
        said = _said(self.number, entry)
        text = "".join(f"<p>{one}</p>" for one in said)
        return (
            f"<!DOCTYPE html><html lang='ru'><head><title>{self._title(entry)}</title></head><body>"
            f"<article><h1>{self._title(entry)}</h1>{text}</article></body></html>"
        ).encode()

    def is_closed(self, entry: int) -> bool:
        return self.closed and entry % 3 == 0

    def key(self, entry: int) -> str:
        return f"urn:site:{self.number}:{entry}"

    def link(self, entry: int) -> str:
        folder = "closed" if self.is_closed(entry) else "news"
        return f"/{folder}/{self.number}-{entry}.html"

    def _times(self, at_s: float) -> range:
        """The entries of the week that came by then."""
        first = BACKFILL
        most = int(at_s // self.every_s) + 1
        while most > 0 and self.published_s(first + most - 1) > at_s:
            most -= 1
        return range(most)

    def _item(self, entry: int, origin: str) -> str:
        url = f"{origin}{self.link(entry)}"
        at = START + timedelta(seconds=self.published_s(entry))
        said = _said(self.number, entry)[: LEAD if self.leads else TEXT]
        text = "".join(f"<p>{one}</p>" for one in said) + ("…" if self.leads else "")
        return (
            f"<item><title>{self._title(entry)}</title><link>{url}</link>"
            f"<guid>{self.key(entry)}</guid>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<description><![CDATA[{text}]]></description></item>\n"
        )

    def _title(self, entry: int) -> str:
        return f"{' '.join(_said(self.number, entry)[0].split()[:7])}, {self.number}/{entry}"


@lru_cache(maxsize=20_000)
def _said(number: int, entry: int) -> tuple[str, ...]:
    """The sentences of an entry of a site."""
    chance = random.Random(f"{number}/{entry}")
    return tuple(html.escape(one) for one in chance.sample(sample_sentences(), TEXT))


def sites(count: int, *, days: float, seed: int = 1) -> list[Site]:
    """A mixture in which every kind comes early, so that few sites show much already."""
    chance = random.Random(seed)
    return [_site(number, days * DAY, chance) for number in range(count)]


def _site(number: int, lasts_s: float, chance: random.Random) -> Site:
    """Every property has a cycle of its own, so that they meet in all combinations."""
    validators = number % 4  # both, tag only, date only, none
    fate = number % 10
    at_s = int(lasts_s * chance.uniform(0.2, 0.5))
    shared = number % 12 == 11  # every twelfth stands beside the site before it
    return Site(
        number=number,
        host=f"site{number - 1 if shared else number}.example",
        path="/other.xml" if shared else "/feed.xml",
        every_s=chance.choice(EVERY) if number % 50 else BUSY_S,
        tag=ODD_TAGS[number % len(ODD_TAGS)] if validators in (0, 1) else None,
        dated=validators in (0, 2),
        max_age_s=(None, None, 1800, 2 * HOUR, None, 6 * HOUR, 60)[number % 7],
        expires=number % 21 == 3,
        ttl_min=(None, 60, None, None, 180)[number % 5],
        skip_hours=frozenset({0, 1, 2, 3, 4, 5}) if number % 9 == 2 else frozenset(),
        trouble=_trouble(number, at_s) if fate in (0, 1, 2) else None,
        moves_at_s=at_s if fate == 4 else None,
        moves_to=f"new{number}.example" if number % 20 == 4 else None,
        gone_at_s=at_s if fate == 5 else None,
        leads=number % 4 == 1,
        closed=number % 8 == 1,
        delay_s=5 if number % 8 == 7 else 0,
        packing=(None, "gzip", "br", "zstd", "deflate")[number % 5],
    )


def _trouble(number: int, at_s: int) -> Trouble:
    return Trouble(
        status=(429, 503)[number // 10 % 2],
        at_s=at_s,
        wait_s=(HOUR, 6 * HOUR, 20 * HOUR)[number // 20 % 3],
        form=("seconds", "date", None)[number % 10],
    )
