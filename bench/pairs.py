"""Whether our story index puts two articles of a pair into one story."""

from datetime import UTC, datetime

from bench.quality.reading import Labelled, Pair
from bot.news.stories import Placement, StoryIndex
from storage.models import StoryPoint, Understanding

AT = datetime(2020, 1, 1, tzinfo=UTC)  # of pairs without dates: both at one moment


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
            published_at=_at(pair.first),
            terms=first.terms,
            marks=first.marks,
            fingerprint=first.fingerprint,
        )
    )
    one_outlet = bool(pair.first.outlet) and pair.first.outlet == pair.second.outlet
    return index.place(second, source_id=1 if one_outlet else 2, published_at=_at(pair.second))


def _at(article: Labelled) -> datetime:
    return article.published_at or AT
