"""What every store promises about how many stories came, by topic."""

from datetime import datetime, timedelta

from storage.models import Source
from storage.ports import Store
from tests.storage.conftest import Make

HOUR = timedelta(hours=1)


async def test_stories_are_counted_where_they_came_once_for_each_topic(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    sport, coal = {"sport": 0.9}, {"coal": 0.5, "sport": 0.4}
    await store.articles.add(
        [
            make.article(source, "1", "Первая", at=now - 3 * HOUR, topics=sport),
            make.article(other, "1", "Вторая", at=now - HOUR, topics=sport, joins=0),
            make.article(source, "2", "Третья", at=now - HOUR, topics=coal),
            make.article(source, "3", "Реклама", at=now - HOUR, topics={"not_news": 1, **sport}),
        ]
    )
    spans = [(now - 4 * HOUR, now - HOUR), (now - HOUR, now), (now, now + HOUR)]
    first, second, third = await store.stories.counted([*spans])
    assert first == {"": 1, "sport": 1}
    assert second == {"": 1, "sport": 1, "coal": 1}
    assert third == {}
    assert await store.stories.counted([(now - 4 * HOUR, now), spans[0]]) == [
        {"": 2, "sport": 2, "coal": 1},
        first,
    ]
    assert await store.stories.counted([]) == []


async def test_a_story_that_is_told_no_more_is_not_counted(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    [added] = await store.articles.add([make.article(source, "1", at=now - HOUR)])
    assert added is not None
    await store.corrections.withdraw(added.story_id, reason=None, now=now)
    assert await store.stories.counted([(now - 2 * HOUR, now)]) == [{}]
