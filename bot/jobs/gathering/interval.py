"""When a source is asked again: as often as it publishes, and as seldom as it wishes.

All pure: instants in, instants and seconds out.
"""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

SHORTEST_S = 15 * 60
LONGEST_S = 24 * 3600
UNKNOWN_S = 30 * 60  # of a source whose dates tell nothing
LATEST = 20  # entries that count: how it publishes now, not in its first year
SILENCE = 20  # of a silence, a twentieth: who said nothing for 20 days is asked once a day
JITTER = 0.1  # so that sources polled together drift apart
PUSHED = 4  # times as long where a hub tells us of news (WebSub)
LATE = timedelta(minutes=1)  # what is due in the last moment of an hour is asked for in the next
WEEK_H = 7 * 24


def interval_s(published: Sequence[datetime], *, now: datetime) -> int:
    """How long to wait between two polls of a source that published at these instants.

    Half of the usual gap between its latest entries, so that an entry waits a quarter of that on
    average; longer the longer it is silent; between 15 minutes and 24 hours.
    """
    dates = sorted({date for date in published if date <= now}, reverse=True)[: LATEST + 1]
    if not dates:
        return UNKNOWN_S
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(dates)]
    usual_s = median(gaps) / 2 if gaps else UNKNOWN_S
    return _bounded(max(usual_s, (now - dates[0]).total_seconds() / SILENCE))


def grown_s(interval_s: int) -> int:
    """The interval after a poll without news: it, too, adds a twentieth of the silence."""
    return _bounded(interval_s * (1 + 1 / SILENCE))


def next_poll_at(
    now: datetime,
    interval_s: float,
    *,
    not_before_s: Sequence[float | None] = (),
    wait_until: datetime | None = None,
    skip_hours: Collection[int] = (),
    skip_days: Collection[int] = (),
) -> datetime:
    """After the interval, give or take a tenth, and after all that the server asked for.

    `not_before_s` (a cache's max-age, a feed's ttl) count up to 24 hours; `wait_until`, the
    server's Retry-After, as long as it is. Then out of the hours and days that the feed skips.
    """
    spread_s = interval_s * random.uniform(1 - JITTER, 1 + JITTER)
    asked_s = max((least_s for least_s in not_before_s if least_s), default=0.0)
    at = now + timedelta(seconds=_bounded(max(spread_s, min(asked_s, LONGEST_S))))
    if wait_until is not None:
        at = max(at, wait_until)
    return out_of_skips(at, skip_hours, skip_days)


def out_of_skips(at: datetime, hours: Collection[int], days: Collection[int]) -> datetime:
    """The first instant from then on that is in none of these hours and ISO weekdays of UTC.

    (RSS 2.0: skipHours, skipDays.) A feed that skips them all means none of it.
    """
    if not hours and not days:
        return at
    moved = at
    for _ in range(WEEK_H):
        if not any(t.hour in hours or t.isoweekday() in days for t in (moved, moved + LATE)):
            return moved
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _bounded(seconds: float) -> int:
    return int(min(max(seconds, SHORTEST_S), LONGEST_S))
