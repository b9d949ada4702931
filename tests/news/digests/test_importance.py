"""What one should not have missed: told by many, going on for long, and new."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.news.digests.importance import top
from storage.models import NOT_NEWS, Story, TopicScore

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)


def story(number: int, sources: int = 1, **changes: Any) -> Story:
    values: dict[str, Any] = {
        "id": number,
        "headline": f"Новость {number}",
        "summary": (),
        "url": None,
        "topics": (TopicScore(slug="flights", score=0.9),),
        "sources": tuple(f"Газета {n}" for n in range(sources)),
        "articles": sources,
        "first_at": NOW - timedelta(days=1),
        "last_at": NOW,
        "language": "ru",
        "sample": False,
    }
    return Story(**values | changes)


def ids(stories: Sequence[tuple[Story, int]], limit: int = 9) -> list[int]:
    return [one.id for one in top(stories, since=SINCE, limit=limit)]


def test_what_more_sources_tell_is_more_important() -> None:
    assert ids([(story(1), 1), (story(2, 5), 1), (story(3, 2), 1)], limit=2) == [2, 3]


def test_a_long_thread_weighs_and_what_is_mostly_known_weighs_less() -> None:
    old = story(1, 3, first_at=NOW - timedelta(days=30))
    assert ids([(old, 1), (story(2, 3), 1), (story(3, 3), 8)]) == [3, 2, 1]


def test_what_is_about_nothing_in_particular_comes_later_and_no_news_never() -> None:
    rest = story(1, 3, topics=(TopicScore(slug="other", score=1),))
    advert = story(2, 9, topics=(TopicScore(slug=NOT_NEWS, score=1),))
    assert ids([(rest, 1), (advert, 1), (story(3, 3), 1)]) == [3, 1]


def test_of_equals_the_newest_is_first() -> None:
    before = story(1, last_at=NOW - timedelta(hours=1))
    assert ids([(before, 1), (story(2), 1)]) == [2, 1]
