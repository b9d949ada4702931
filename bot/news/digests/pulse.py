"""The pulse of a week: how many stories came of each topic on each day, and what moved.

A week is the six days before today and today so far, in the reader's zone; it is compared with
the same days and hours of the week before. So nothing seems to fall only because it is morning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

from bot.news.topics.topicfile import OTHER

DAYS = 7
SHOWN = 8  # topics: what a phone shows without crowding
MOVERS = 2  # named as risen, and as fallen
LEAST = 3  # stories by which a mover has moved
SURE = 2.0  # standard deviations of the difference of two counts, if stories come by chance

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Stories of a topic; `slug` '': all there are."""

    slug: str
    days: tuple[int, ...]  # of each day of the week
    before: int | None  # in the week before; None: we were not there to see

    @property
    def total(self) -> int:
        return sum(self.days)

    @property
    def change(self) -> int:
        return 0 if self.before is None else self.total - self.before

    @property
    def surprise(self) -> float:
        """The change in standard deviations: from 2 to 6 says less than from 20 to 60."""
        both = self.total + (self.before or 0)
        return self.change / sqrt(both) if both else 0.0

    @property
    def moved(self) -> bool:
        return abs(self.change) >= LEAST and abs(self.surprise) >= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A week in numbers. `topics` are those to be shown, the most frequent first."""

    days: tuple[date, ...]  # the last is today
    whole: Count
    topics: tuple[Count, ...]
    more: int  # topics that had stories too
    risen: tuple[Count, ...]  # the most surprising first, as with the next
    fallen: tuple[Count, ...]

    @property
    def busiest(self) -> int:
        """Which of the days had most stories; the later of equals."""
        return max(range(len(self.days)), key=lambda n: (self.whole.days[n], n))


def spans(now: datetime, zone: str) -> list[Span]:
    """What to count stories in for `pulse`: the days, the week before, and how that began."""
    today = now.astimezone(ZoneInfo(zone))
    week = timedelta(days=DAYS)
    starts = [_midnight(today.date() - timedelta(days=n), zone) for n in reversed(range(DAYS))]
    began = _midnight(today.date() - timedelta(days=2 * DAYS - 1), zone)
    return [
        *zip(starts, [*starts[1:], now], strict=True),
        (began, max(began, now - week)),
        (began, began + timedelta(days=2)),
    ]


def pulse(counted: Sequence[Mapping[str, int]], *, now: datetime, zone: str) -> Pulse:
    """The week from what was counted in `spans`; what has no topic counts for the whole only."""
    *days, before, began = counted
    known = bool(began)
    today = now.astimezone(ZoneInfo(zone)).date()

    def count(slug: str) -> Count:
        return Count(
            slug=slug,
            days=tuple(day.get(slug, 0) for day in days),
            before=before.get(slug, 0) if known else None,
        )

    slugs = {slug for one in (*days, before) for slug in one if slug not in ("", OTHER)}
    topics = [count(slug) for slug in slugs]
    # What fell to little is worth its line, too.
    topics.sort(key=lambda t: (-max(t.total, t.before or 0), t.slug))
    shown = sorted(topics[:SHOWN], key=lambda t: (-t.total, t.slug))
    moved = sorted((t for t in topics if t.moved), key=lambda t: (-abs(t.surprise), t.slug))
    return Pulse(
        days=tuple(today - timedelta(days=n) for n in reversed(range(DAYS))),
        whole=count(""),
        topics=tuple(shown),
        more=sum(1 for t in topics[SHOWN:] if t.total),
        risen=tuple(t for t in moved if t.change > 0)[:MOVERS],
        fallen=tuple(t for t in moved if t.change < 0)[:MOVERS],
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
