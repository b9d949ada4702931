"""What every store promises about stories, and about what a chat has had."""

from datetime import datetime, timedelta

from storage.models import Source
from storage.ports import Store
from tests.storage.conftest import Make

CHAT = 7
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def fresh(
    store: Store, now: datetime, *topics: str, chat_id: int = CHAT, hours: int = 24
) -> list[str]:
    stories = await store.stories.fresh(
        chat_id=chat_id, topics=topics, since=now - timedelta(hours=hours), until=now, limit=50
    )
    return [story.headline for story in stories]


async def test_articles_of_a_batch_join_one_story(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    hour = timedelta(hours=1)
    added = await store.articles.add(
        [
            make.article(source, "1", "Первая", topics={"trade": 0.4}, url="https://a.test/1"),
            make.article(
                other, "1", "Вторая", at=now - hour, topics={"trade": 0.7, "coal": 0.5}, joins=0
            ),
            make.article(other, "2", "Третья", at=now + hour, topics={"coal": 0.1}, joins=1),
        ]
    )
    [story] = await store.stories.latest(limit=5)
    assert {a.story_id for a in added if a is not None} == {story.id}
    assert (story.headline, story.url, story.summary) == (
        "Первая",
        "https://a.test/1",
        ("Первая.",),
    )
    assert story.articles == 3
    assert (story.first_at, story.last_at) == (now - hour, now + hour)
    assert [(t.slug, t.score) for t in story.topics] == [("trade", 0.7), ("coal", 0.5)]
    assert story.sources == ("Вести А", "Вести Б")
    assert await store.stories.count() == 1
    articles = await store.stories.articles(story.id)
    assert [a.title for a in articles] == ["Первая", "Вторая", "Третья"]
    assert len(await store.stories.articles(story.id, limit=2)) == 2


async def test_a_published_lead_stays_when_an_earlier_article_comes(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    [lead] = await store.articles.add([make.article(source, "1", "Первая")])
    assert lead is not None
    earlier = make.article(other, "1", "Раньше", at=now - timedelta(hours=5), story=lead.story_id)
    await store.articles.add([earlier])
    story = await store.stories.get(lead.story_id)
    assert story is not None
    assert (story.headline, story.articles) == ("Первая", 2)


async def test_joining_a_known_article_joins_its_story(
    store: Store, source: Source, other: Source, make: Make
) -> None:
    [known] = await store.articles.add([make.article(source, "1", "Первая")])
    again, new = await store.articles.add(
        [make.article(source, "1", "Первая"), make.article(other, "1", "Вторая", joins=0)]
    )
    assert known is not None
    assert again is None
    assert new is not None
    assert new.story_id == known.story_id


async def test_a_source_that_tells_a_story_twice_is_named_once(
    store: Store, source: Source, other: Source, make: Make
) -> None:
    await store.articles.add(
        [
            make.article(other, "1", "Лид"),
            make.article(source, "1", "Раз", joins=0),
            make.article(source, "2", "Два", joins=0),
        ]
    )
    [story] = await store.stories.latest(limit=5)
    assert story.sources == ("Вести Б", "Вести А")


async def test_many_come_in_the_order_asked_for(store: Store, source: Source, make: Make) -> None:
    added = await store.articles.add([make.article(source, str(n), f"№{n}") for n in range(3)])
    ids = [a.story_id for a in added if a is not None]
    many = await store.stories.many([ids[2], 999, ids[0]])
    assert [story.headline for story in many] == ["№2", "№0"]
    assert await store.stories.get(999) is None


async def test_the_latest_stories_of_any_of_the_topics(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.articles.add(
        [
            make.article(source, "1", "Уголь", at=now - timedelta(hours=3), topics={"coal": 1.0}),
            make.article(
                source, "2", "Оба", at=now - timedelta(hours=2), topics={"coal": 0.5, "trade": 0.5}
            ),
            make.article(source, "3", "Спорт", topics={"sport": 1.0}),
        ]
    )
    latest = store.stories.latest
    assert [s.headline for s in await latest(limit=5)] == ["Спорт", "Оба", "Уголь"]
    both = await latest(topics=("coal", "trade"), limit=5)
    assert [s.headline for s in both] == ["Оба", "Уголь"]
    assert [s.headline for s in await latest(topics=("coal", "trade"), limit=1, offset=1)] == [
        "Уголь"
    ]


async def test_a_new_article_brings_its_story_up_in_every_topic(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    old = now - timedelta(hours=9)
    added = await store.articles.add(
        [
            make.article(source, "1", "А", at=old, topics={"coal": 1.0}),
            make.article(source, "2", "Б", at=old + timedelta(hours=1), topics={"coal": 1.0}),
        ]
    )
    assert added[0] is not None
    await store.articles.add(
        [make.article(source, "3", topics={"trade": 1.0}, story=added[0].story_id)]
    )
    latest = await store.stories.latest(topics=("coal",), limit=5)
    assert [s.headline for s in latest] == ["А", "Б"]


async def test_what_a_digest_gave_is_not_fresh_again(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    added = await store.articles.add([make.article(source, str(n), f"№{n}") for n in range(2)])
    assert added[0] is not None
    assert set(await fresh(store, now)) == {"№0", "№1"}
    assert await store.outbox.plan(make.digest("d", chat_id=CHAT, stories=(added[0].story_id,)))
    assert await fresh(store, now) == ["№1"]
    assert set(await fresh(store, now, chat_id=8)) == {"№0", "№1"}
    await store.articles.add([make.article(other, "9", story=added[0].story_id)])
    assert await fresh(store, now) == ["№1"]


async def test_fresh_keeps_to_topics_and_to_its_half_open_window(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    edge = now - timedelta(hours=24)
    await store.articles.add(
        [
            make.article(source, "1", "На краю", at=edge, topics={"coal": 1.0}),
            make.article(source, "2", "Внутри", at=edge + timedelta(microseconds=1)),
            make.article(source, "3", "Сейчас", topics={"coal": 1.0}),
            make.article(source, "4", "Потом", at=now + timedelta(microseconds=1)),
        ]
    )
    assert await fresh(store, now) == ["Сейчас", "Внутри"]
    assert await fresh(store, now, "coal") == ["Сейчас"]
    assert await fresh(store, now, "coal", "other") == ["Сейчас", "Внутри"]


async def test_a_late_feed_misses_no_digest(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    late = make.article(source, "1", "Поздняя", at=now - timedelta(hours=47), seen=now)
    await store.articles.add([late])
    assert await fresh(store, now, hours=1) == ["Поздняя"]


async def test_a_backfill_is_not_news(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    old = make.article(source, "1", "Архив", at=now - timedelta(hours=49), seen=now)
    await store.articles.add([old])
    assert await fresh(store, now) == []
    assert await fresh(store, now, hours=50) == ["Архив"]


async def test_a_backfilled_story_is_news_once_something_happens(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    [old] = await store.articles.add(
        [make.article(source, "1", "Архив", at=now - timedelta(hours=90), seen=now)]
    )
    assert old is not None
    await store.articles.add([make.article(other, "1", "Продолжение", story=old.story_id)])
    assert await fresh(store, now) == ["Архив"]


async def test_a_story_is_led_and_summed_up_as_it_is_told(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    first, second = await store.articles.add(
        [
            make.article(source, "1", "Первая"),
            make.article(other, "1", "Вторая", url="https://b.test/1", joins=0),
        ]
    )
    assert first is not None
    assert second is not None
    await store.stories.tell(first.story_id, lead_id=second.id, summary=("Обе.", "Первая."))
    [story] = await store.stories.latest(limit=5)
    assert (story.headline, story.url) == ("Вторая", "https://b.test/1")
    assert (story.summary, story.sources) == (("Обе.", "Первая."), ("Вести Б", "Вести А"))
    assert [a.title for a in await store.stories.articles(story.id)] == ["Вторая", "Первая"]


async def test_the_accounts_of_a_story_are_those_by_which_it_may_be_told_anew(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    hour = timedelta(hours=1)
    first, second, third, single = await store.articles.add(
        [
            make.article(source, "1", "Первая"),
            make.article(other, "1", "Вторая", at=now - hour, joins=0),
            make.article(other, "2", "Третья", at=now - 2 * hour, joins=0),
            make.article(source, "3", "Одна"),
        ]
    )
    assert first is not None
    assert second is not None
    assert third is not None
    assert single is not None
    id_ = first.story_id
    await store.stories.tell(id_, lead_id=second.id, summary=("Обе.",))
    [told] = await store.stories.accounts({id_: 3, single.story_id: 1, 404: 1}, limit=2)
    assert (told.story_id, told.summary) == (id_, ("Обе.",))
    assert [(a.id, a.title) for a in told.articles] == [(second.id, "Вторая"), (third.id, "Третья")]
    lead = told.articles[0]
    assert (lead.text, lead.summary) == (second.text, second.summary)
    assert (lead.source_id, lead.language) == (other.id, second.language)
    assert lead.published_at == now - hour
    assert await store.stories.accounts({id_: 1}, limit=2) == []


async def test_an_article_of_another_story_does_not_lead(
    store: Store, source: Source, make: Make
) -> None:
    first, second = await store.articles.add(
        [make.article(source, "1", "Первая"), make.article(source, "2", "Вторая")]
    )
    assert first is not None
    assert second is not None
    await store.stories.tell(first.story_id, lead_id=second.id, summary=("Вторая.",))
    story = await store.stories.get(first.story_id)
    assert story is not None
    assert (story.headline, story.summary) == ("Первая", ("Первая.",))


async def test_what_was_told_of_an_article_goes_with_its_edit(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    first, second = await store.articles.add(
        [make.article(source, "1", "Первая"), make.article(other, "1", "Вторая", joins=0)]
    )
    assert first is not None
    assert second is not None
    await store.stories.tell(first.story_id, lead_id=second.id, summary=("Первая.",))
    await store.articles.edit(source.id, make.article(source, "1", "Иначе"), now=now)
    story = await store.stories.get(first.story_id)
    assert story is not None
    assert (story.headline, story.summary) == ("Вторая", ("Вторая.",))


async def test_what_is_no_news_is_latest_only_when_asked_for(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.articles.add(
        [
            make.article(source, "1", "Мороз", topics={"weather": 0.6}),
            make.article(source, "2", "Двери", topics={"other": 1.0, "not_news": 0.7}),
            make.article(source, "3", "Сводка", topics={"weather": 0.9, "not_news": 0.6}),
        ]
    )

    async def latest(*topics: str) -> set[str]:
        return {one.headline for one in await store.stories.latest(topics=topics, limit=5)}

    assert await latest() == {"Мороз"}
    assert await latest("weather") == {"Мороз", "Сводка"}
    assert await latest("not_news") == {"Двери", "Сводка"}
    assert {one.title for one in await store.articles.latest(limit=5)} == {
        "Мороз",
        "Двери",
        "Сводка",
    }


async def test_stories_come_by_topic_or_by_being_among_those_named(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    added = await store.articles.add(
        [
            make.article(source, topic, topic, topics={topic: 1.0})
            for topic in ("coal", "sport", "trade")
        ]
    )
    sport = added[1]
    assert sport is not None

    async def found(topics: tuple[str, ...], among: set[int] | None) -> list[str]:
        stories = await store.stories.fresh(
            chat_id=CHAT, topics=topics, among=among, since=now - DAY, until=now, limit=9
        )
        return sorted(story.headline for story in stories)

    assert await found((), None) == ["coal", "sport", "trade"]
    assert await found((), {sport.story_id}) == ["sport"]
    assert await found(("coal",), {sport.story_id}) == ["coal", "sport"]
    assert await found((), set()) == []


async def test_of_many_days_the_most_told_can_come_first(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    await store.articles.add(
        [
            make.article(source, "1", "Давно", at=now - 3 * DAY),
            make.article(other, "2", "Давно", at=now - 3 * DAY, joins=0),
            make.article(source, "3", "Только что"),
        ]
    )
    for most_told, first in ((True, "Давно"), (False, "Только что")):
        [story] = await store.stories.fresh(
            chat_id=CHAT, since=now - 9 * DAY, until=now, limit=1, most_told=most_told
        )
        assert story.headline == first


async def test_a_story_that_articles_joined_since_has_grown(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    added = await store.articles.add(
        [make.article(source, "1", "Первая", at=now - DAY), make.article(source, "2", "Одна")]
    )
    first = added[0]
    assert first is not None
    assert await store.stories.grown(since=now - 2 * DAY, until=now) == {}
    [second] = await store.articles.add([make.article(other, "3", story=first.story_id)])
    assert second is not None
    assert await store.stories.grown(since=now - HOUR, until=now) == {first.story_id: second.id}
    assert await store.stories.grown(since=now, until=now + HOUR) == {}
    [story] = await store.stories.many([first.story_id])
    assert story.newest == second.id
