"""Whether our story index puts two articles of a pair into one story."""

from datetime import UTC, datetime

from bot.news.stories import Placement, StoryIndex
from storage.models import StoryPoint, Understanding

AT = datetime(2020, 1, 1, tzinfo=UTC)  # the sets give no dates: both at one moment


def same_story(first: Understanding, second: Understanding) -> bool:
    return placed(first, second).story_id == 1


def placed(first: Understanding, second: Understanding) -> Placement:
    """An index that holds the first alone is asked where the second, of another source, belongs."""
    index = StoryIndex()
    index.add(
        StoryPoint(
            article_id=1,
            story_id=1,
            source_id=1,
            published_at=AT,
            terms=first.terms,
            marks=first.marks,
            fingerprint=first.fingerprint,
        )
    )
    return index.place(second, source_id=2, published_at=AT)
