"""One pair of articles through the story index, as if the second came right after the first."""

from datetime import UTC, datetime

from bot.news.stories import StoryIndex
from storage.models import StoryPoint, Understanding

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)  # labelled pairs carry no times


def same_story(first: Understanding, second: Understanding) -> bool:
    """Whether the second joins the story of the first, from another outlet."""
    index = StoryIndex()
    index.add(
        StoryPoint(
            article_id=1,
            story_id=1,
            source_id=1,
            published_at=NOON,
            terms=first.terms,
            marks=first.marks,
            fingerprint=first.fingerprint,
        )
    )
    return index.place(second, source_id=2, published_at=NOON).story_id == 1
