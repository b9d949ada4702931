"""Whether our story index puts two articles of a pair into one story."""

from datetime import UTC, datetime, timedelta

from bench.quality.reading import Pair
from bot.news.stories.index import Placement, StoryIndex
from storage.models import StoryPoint, Understanding

AT = datetime(2020, 1, 1, tzinfo=UTC)  # of the first of two without dates
LATER = timedelta(days=2)  # of the second: near enough for one event; no time speaks for it


def placed(pair: Pair, first: Understanding, second: Understanding) -> Placement:
    """An index that holds the first alone is asked where the second belongs.

    Their outlets are two unless the pair says that they are one.
    """
    index = StoryIndex()
    index.add(
        StoryPoint(
            article_id=1,
            story_id=1,
            source_id=1,
            published_at=pair.first.published_at or AT,
            terms=first.terms,
            marks=first.marks,
            fingerprint=first.fingerprint,
        )
    )
    one_outlet = bool(pair.first.outlet) and pair.first.outlet == pair.second.outlet
    at = pair.second.published_at or AT + LATER
    return index.place(second, source_id=1 if one_outlet else 2, published_at=at)
