"""Lessons: what one poll teaches about its source. Pure; committed with what the poll brought."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.jobs.gathering.interval import (
    LONGEST_S,
    PUSHED,
    UNKNOWN_S,
    grown_s,
    interval_s,
    next_poll_at,
)
from bot.jobs.gathering.reach import LATELY
from bot.sources import errors
from bot.sources.feeds import Feed
from bot.sources.http import Response
from storage.models import OffReason, PollOutcome, Source, TextFrom

LONGEST_WAIT = timedelta(days=7)  # of a Retry-After
HOPELESS_AFTER, HOPELESS_POLLS = timedelta(days=14), 20  # failures in a row for so long, so often
MOVED = 3  # polls in a row that are redirected to one place for good: it is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a poll saw in the feed. `answer` is None where nothing was asked over HTTP for it."""

    head: Feed  # its first part
    answer: Response | None = None
    published: Sequence[datetime] = ()  # by its latest entries
    news: bool = False
    text_from: TextFrom | None = None
    again: bool = False  # some of it must be listed once more: no validators
    wordless: int = 0  # items that had no text


def unchanged(
    source: Source, answer: Response, *, now: datetime, pushed: bool = False
) -> PollOutcome:
    """Of a 304: nothing new, so the interval grows a little."""
    return _success(source, answer, grown_s(source.interval_s), source, now=now, pushed=pushed)


def read(source: Source, seen: Seen, *, now: datetime, pushed: bool = False) -> PollOutcome:
    """Of a feed that was read to its end."""
    head, answer = seen.head, seen.answer
    known = replace(source, ttl_s=head.ttl_s, skip_hours=head.skip_hours, skip_days=head.skip_days)
    outcome = _success(source, answer, _interval(source, seen, now), known, now=now, pushed=pushed)
    again = seen.again or head.cut_off  # what is missing would be hidden by a 304
    return replace(
        outcome,
        etag=None if again else outcome.etag,
        last_modified=None if again else outcome.last_modified,
        title=head.title if head.title and source.title == source.url else None,
        ttl_s=head.ttl_s or 0,
        skip_hours=head.skip_hours,
        skip_days=head.skip_days,
        text_from=seen.text_from,
        wordless=seen.wordless,
    )


def failed(source: Source, e: Exception, *, now: datetime, reached: bool) -> PollOutcome:
    """Of a failure. `reached`: the network is there, it is this source that fails.

    The interval is doubled for each failure in a row.
    """
    wait = until(now, e.retry_after_s if isinstance(e, errors.FetchError) else None)
    failures = source.failures + 1
    longest_s = LONGEST_S if reached else LATELY.total_seconds()
    doubled_s = min(source.interval_s << min(failures, 10), longest_s)
    said = str(e) or type(e).__name__
    failing = now - (source.failing_since or now)
    hopeless = reached and failures >= HOPELESS_POLLS and failing > HOPELESS_AFTER
    return PollOutcome(
        source_id=source.id,
        at=now,
        next_poll_at=next_poll_at(
            now,
            doubled_s,
            wait_until=wait,
            skip_hours=source.skip_hours,
            skip_days=source.skip_days,
        ),
        error=f"{said}, for {failing.days} days now" if hopeless else said,
        wait_until=wait,
        switch_off=_ends(e, hopeless),
    )


def same_as(source: Source, other: Source, *, now: datetime) -> PollOutcome:
    """Of a source that turned out to be another one, which is kept."""
    return PollOutcome(
        source_id=source.id,
        at=now,
        next_poll_at=now + timedelta(seconds=LONGEST_S),
        error=f"it is the same feed as «{other.title}»",
        switch_off=OffReason.SAME,
        same_as=other.id,
    )


def moves(source: Source, answer: Response) -> str | None:
    """The address to remember, once the server has named it often enough."""
    if answer.moved_to is None or answer.moved_to != source.moved_to:
        return None
    return answer.moved_to if source.moved_times + 1 >= MOVED else None


def until(now: datetime, retry_after_s: float | None) -> datetime | None:
    """When a server that said Retry-After may be asked again."""
    if not retry_after_s:
        return None
    return now + min(timedelta(seconds=min(retry_after_s, 10**9)), LONGEST_WAIT)


def _ends(e: Exception, hopeless: bool) -> OffReason | None:
    if isinstance(e, errors.Gone):
        return OffReason.GONE
    return OffReason.FAILING if hopeless else None


def _interval(source: Source, seen: Seen, now: datetime) -> int:
    if any(date <= now for date in seen.published):
        return interval_s(seen.published, now=now)
    return UNKNOWN_S if seen.news else grown_s(source.interval_s)


def _success(
    source: Source,
    answer: Response | None,
    interval_s: int,
    wishes: Source,
    *,
    now: datetime,
    pushed: bool,
) -> PollOutcome:
    wait = until(now, answer.retry_after_s if answer else None)
    return PollOutcome(
        source_id=source.id,
        at=now,
        next_poll_at=next_poll_at(
            now,
            min(interval_s * PUSHED, LONGEST_S) if pushed else interval_s,
            not_before_s=(wishes.ttl_s, answer.max_age_s if answer else None),
            wait_until=wait,
            skip_hours=wishes.skip_hours,
            skip_days=wishes.skip_days,
        ),
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
        wait_until=wait,
        interval_s=interval_s,
        moved_to=answer.moved_to if answer else None,
    )
