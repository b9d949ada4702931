"""Pauses: nothing comes for some days, and then what was missed."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.news.times.schedule import next_run
from storage.models import Subscription
from storage.ports import Store

A_WEEK = 7  # days
LONGEST = 366
A_MOMENT = timedelta(microseconds=1)
NUMBER = re.compile(r"[0-9]{1,4}")
WEEKS = re.compile(r"(?:недел[яьюие]|тыдзень|тыдн[іяеяў]|weeks?)", re.I)
MONTHS = re.compile(r"(?:месяц(?:а|ев)?|месяц(?:аў|ы)?|months?)", re.I)
DAYS = re.compile(r"(?:день|дня|дней|дзень|дн[іяё]|дзён|days?)", re.I)
LINKING = frozenset(("на", "for"))


async def pause(
    store: Store, subscription: Subscription, zone: str, *, days: int, now: datetime
) -> Subscription | None:
    """Nothing comes until that many days later begin in the zone; 0: it goes on at once."""
    until = midnight(zone, days=days, now=now) if days else now
    schedule = subscription.schedule
    due = None if subscription.instant else next_run(schedule, zone, after=until - A_MOMENT)
    return await store.subscriptions.pause(subscription.id, until=until, next_run_at=due)


def paused(subscription: Subscription, *, now: datetime) -> datetime | None:
    """When its pause ends; None: it is not paused."""
    until = subscription.paused_until
    return until if until is not None and until > now else None


def midnight(zone: str, *, days: int, now: datetime) -> datetime:
    """When the day begins in the zone that is so many days after this one."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def read_days(words: str) -> int | None:
    """Days from «», «неделя», «3», «2 недели», "for 10 days"; None for anything else."""
    said = [word for word in words.casefold().split() if word not in LINKING]
    number = int(said.pop(0)) if said and NUMBER.fullmatch(said[0]) else None
    if len(said) > 1 or (number is not None and not 1 <= number <= LONGEST):
        return None
    length = _length(said[0]) if said else (A_WEEK if number is None else 1)
    days = None if length is None else (number or 1) * length
    return days if days is not None and days <= LONGEST else None


def _length(unit: str) -> int | None:
    for pattern, days in ((DAYS, 1), (WEEKS, A_WEEK), (MONTHS, 30)):
        if pattern.fullmatch(unit):
            return days
    return None
