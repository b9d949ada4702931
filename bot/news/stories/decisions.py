"""Decisions: what is told of why an article is in its story, to a person who asks."""

from array import array
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from bot.news.stories.evidence import Evidence
from bot.news.stories.sameness import Verdict, agreed
from storage.models import Likeness

AGREED = 12  # things in common that are told, those that weigh most


class Kept(NamedTuple):
    """An article that was compared, with its evidence."""

    article_id: int
    story_id: int
    fingerprint: "array[int]"  # a tenth of a tuple's memory
    evidence: Evidence


def likeness(new: Evidence, seen: tuple[Kept, Verdict]) -> Likeness:
    """What agreed and what did not, with its weight."""
    kept, verdict = seen
    common = sorted(agreed(new, kept.evidence), key=itemgetter(2), reverse=True)[:AGREED]
    return Likeness(
        article_id=kept.article_id,
        score=round(verdict.score, 2),
        reasons=tuple((reason, round(by, 2)) for reason, by in verdict.reasons),
        agreed=tuple((kind, what, round(weight, 2)) for kind, what, weight in common),
    )


def nearest(new: Evidence, seen: Sequence[tuple[Kept, Verdict]]) -> Likeness | None:
    """The likest of these."""
    return likeness(new, max(seen, key=lambda one: one[1].score)) if seen else None


def alone(seen: Sequence[tuple[Kept, Verdict]]) -> str:
    """Why an article begins a story of its own."""
    if not seen:
        return "no earlier article has words in common with it"
    kept, verdict = max(seen, key=lambda one: one[1].score)
    verb = "a twin, not the same event as" if verdict.twin else "too little in common with"
    return f"{verb} article {kept.article_id}: {verdict.why}"
