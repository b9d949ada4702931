"""Outcomes: what a poll taught of its source, written with its articles or with those of others."""

import sqlite3

from storage.models import PollOutcome
from storage.sqlite.file.values import dump, micros

# A 304 repeats no validators, and those of an older answer do no harm: they only fail to match.
SUCCEEDED = """
UPDATE sources SET
    title = coalesce(:title, title),
    etag = CASE WHEN :etag IS NULL AND :last_modified IS NULL THEN etag ELSE :etag END,
    last_modified =
        CASE WHEN :etag IS NULL AND :last_modified IS NULL THEN last_modified
             ELSE :last_modified END,
    next_poll_at = :next_poll_at, wait_until = :wait_until, last_success_at = :at,
    failures = 0, last_error = NULL, failing_since = NULL,
    interval_s = coalesce(:interval_s, interval_s), ttl_s = coalesce(:ttl_s, ttl_s),
    skip_hours = coalesce(:skip_hours, skip_hours), skip_days = coalesce(:skip_days, skip_days),
    text_from = coalesce(:text_from, text_from), wordless = coalesce(:wordless, wordless),
    text_judged_at = CASE WHEN :text_from IS NULL THEN text_judged_at ELSE :at END,
    moved_to = :moved_to,
    moved_times = CASE WHEN :moved_to IS NULL THEN 0
                       WHEN :moved_to = moved_to THEN moved_times + 1 ELSE 1 END,
    off_at = CASE WHEN enabled AND :switch_off IS NOT NULL THEN :at ELSE off_at END,
    off_because = CASE WHEN enabled THEN coalesce(:switch_off, off_because) ELSE off_because END,
    same_as = CASE WHEN enabled THEN coalesce(:same_as, same_as) ELSE same_as END,
    enabled = enabled AND :switch_off IS NULL
WHERE id = :source_id
"""

FAILED = """
UPDATE sources SET
    title = coalesce(:title, title),
    next_poll_at = :next_poll_at, wait_until = :wait_until,
    failures = failures + 1, last_error = :error,
    failing_since = coalesce(failing_since, :at),
    interval_s = coalesce(:interval_s, interval_s),
    off_at = CASE WHEN enabled AND :switch_off IS NOT NULL THEN :at ELSE off_at END,
    off_because = CASE WHEN enabled THEN coalesce(:switch_off, off_because) ELSE off_because END,
    same_as = CASE WHEN enabled THEN coalesce(:same_as, same_as) ELSE same_as END,
    enabled = enabled AND :switch_off IS NULL
WHERE id = :source_id
"""


def commit_outcome(c: sqlite3.Connection, outcome: PollOutcome) -> None:
    """Write what a poll taught us; inside the transaction that stores its articles."""
    values = {
        "source_id": outcome.source_id,
        "at": micros(outcome.at),
        "next_poll_at": micros(outcome.next_poll_at),
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "title": outcome.title,
        "error": outcome.error,
        "wait_until": micros(outcome.wait_until),
        "switch_off": outcome.switch_off,
        "same_as": outcome.same_as,
        "interval_s": outcome.interval_s,
        "ttl_s": outcome.ttl_s,
        "skip_hours": None if outcome.skip_hours is None else dump(sorted(outcome.skip_hours)),
        "skip_days": None if outcome.skip_days is None else dump(sorted(outcome.skip_days)),
        "text_from": outcome.text_from,
        "wordless": outcome.wordless,
        "moved_to": outcome.moved_to,
    }
    c.execute(SUCCEEDED if outcome.error is None else FAILED, values)
