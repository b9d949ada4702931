"""Feeds that say UTC and mean the clock on their wall: told by dates that are still to come."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.sources.feed import Feed
from bot.sources.zones import zone_named
from storage.models import Entry

CLOCKS_DIFFER = timedelta(minutes=10)
LOOKED_AT = 20  # dates of a feed; it writes them all alike

_UTC = re.compile(r"(?:\b(?:gmt|utc?|z)|\dz|[+-]00:?00)\s*$", re.I)


def all_say_utc(dates: Iterable[str]) -> bool:
    """Whether the first of these dates, as they are written, name UTC; False if there are none."""
    said = [bool(_UTC.search(date)) for date in islice(filter(None, dates), LOOKED_AT)]
    return bool(said) and all(said)


def is_local(feed: Feed, zone: str | None, now: datetime) -> bool:
    """Whether its UTC is the time of `zone` (IANA): so all that is to come has been, else not."""
    if zone is None or not feed.says_utc:
        return False
    latest = max((e.published_at for e in feed.entries if e.published_at), default=now)
    soon = now + CLOCKS_DIFFER
    return latest > soon >= _local(latest, zone)


def in_local_time(feed: Feed, zone: str | None) -> Feed:
    """The feed with its dates read on the clocks of `zone`."""
    return replace(feed, entries=tuple(_dated(entry, zone) for entry in feed.entries))


def _dated(entry: Entry, zone: str | None) -> Entry:
    at = entry.published_at
    return entry if at is None else replace(entry, published_at=_local(at, zone))


def _local(at: datetime, zone: str | None) -> datetime:
    return at.replace(tzinfo=zone_named(zone)).astimezone(UTC)
