"""What every store promises about the stories that most is written about."""

from datetime import datetime, timedelta

from storage.models import NOT_NEWS, Source
from storage.ports import Store
from tests.storage.conftest import Make

WEEK = timedelta(days=7)


async def weightiest(
    store: Store, now: datetime, *topics: str, limit: int = 9
) -> list[tuple[str, int]]:
    found = await store.stories.weightiest(
        topics=topics, since=now - WEEK, until=now + WEEK, limit=limit
    )
    return [(story.headline, chapters) for story, chapters in found]


async def test_stories_of_most_articles_come_first_with_the_length_of_their_threads(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    added = await store.articles.add(
        [
            make.article(source, "1", "Одна", topics={"coal": 1.0}),
            make.article(source, "2", "Две", topics={"trade": 1.0}),
            make.article(source, "3", "Ещё", topics={"trade": 1.0}, joins=1),
            make.article(source, "4", "Давно", at=now - 2 * WEEK, seen=now),
            make.article(source, "5", "Реклама", topics={NOT_NEWS: 1.0}),
        ]
    )
    one, two, _, long_ago, _ = [a.story_id for a in added if a is not None]
    assert await weightiest(store, now) == [("Две", 1), ("Одна", 1)]
    await store.corrections.link(one, long_ago, now=now)
    assert await weightiest(store, now) == [("Две", 1), ("Одна", 2)]
    assert await weightiest(store, now, limit=1) == [("Две", 1)]
    assert await weightiest(store, now, "coal") == [("Одна", 2)]
    assert await weightiest(store, now, "coal", "trade") == [("Две", 1), ("Одна", 2)]
    await store.corrections.withdraw(two, reason=None, now=now)
    assert await weightiest(store, now) == [("Одна", 2)]
    assert await weightiest(store, now, "trade") == []
