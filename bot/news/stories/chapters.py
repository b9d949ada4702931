"""Chapters: whether an article carries on an earlier story, weeks later, without being of it.

A fire, and eight days after it the arrest: the same place and the same names, another event. What
tells the matter apart from others in the same town are the rare names and words that both write.
"""

from datetime import timedelta

from bot.news.stories.evidence import Evidence
from bot.news.stories.sameness import ALIKE, Verdict, weights

THREAD = timedelta(days=21)  # from one chapter to the next
LEAST = 2.6  # log-odds of one event, were it not for the time between and for new figures
NAMES = 0.2  # of the smaller set's worth, in common, less what proves little
FIGURES = 2.5  # worth of numbers: with none in common, two such are reports of a series
TIMES = ("days_between", "late", "returns")
PASSING = (*TIMES, "other_days", "twin_days", "twin_numbers", "same_source", "other_details")


def carries_on(new: Evidence, earlier: Evidence, verdict: Verdict) -> bool:
    """Whether the later of the two goes on with the matter of the earlier."""
    late = new.published_at - earlier.published_at
    if verdict.found["names"] < NAMES or not timedelta(0) <= late <= THREAD:
        return False
    if _series(new, earlier):
        return False
    known = weights().features
    timely = verdict.score - sum([known[name] * verdict.found[name] for name in TIMES])
    if verdict.cosine >= ALIKE and timely <= 0:
        return False  # a twin, however late it came
    passing = sum([known[name] * verdict.found[name] for name in PASSING])
    return verdict.score - passing >= LEAST


def _series(a: Evidence, b: Evidence) -> bool:
    """Whether one outlet reports other figures of the same kind."""
    least = min(a.numbers.total, b.numbers.total)
    return (
        a.source_id == b.source_id and least >= FIGURES and a.numbers.shared(b.numbers) < least / 4
    )
