"""What every store promises about edits: the row, the search, the story; and what was before."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import Article, NewArticle, PastVersion, Query, Source
from storage.ports import Store
from tests.storage.conftest import Make


async def stored(store: Store, article: NewArticle) -> Article:
    [added] = await store.articles.add([article])
    assert added is not None
    return added


async def found(store: Store, word: str, **chosen: tuple[str, ...]) -> list[str]:
    query = Query(raw=word, terms=(word,), **chosen)
    return [hit.article.title for hit in await store.articles.search(query, limit=9)]


async def test_an_edit_is_taken_over_where_the_article_stands(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    first = replace(
        make.article(
            source, "k", "Рейс", "открыт", url="https://a.test/1", topics={"flights": 0.9}
        ),
        version="v1",
        image_url="https://a.test/1.jpg",
        whole=False,
    )
    before = await stored(store, first)
    later = now + timedelta(hours=3)
    second = replace(
        make.article(source, "k", "Рейс отменён", "ветер", at=later, topics={"weather": 0.7}),
        url="https://a.test/elsewhere",
        version="v2",
    )
    after = await store.articles.edit(source.id, second, now=later)
    assert after is not None
    assert after == await store.articles.get(before.id)
    assert (after.title, after.text) == ("Рейс отменён", "Рейс отменён. ветер")
    assert (after.edited_at, after.whole) == (later, True)
    assert [t.slug for t in after.topics] == ["weather"]
    for name in ("id", "url", "published_at", "seen_at", "story_id", "image_url", "dated"):
        assert getattr(after, name) == getattr(before, name), name
    assert await store.articles.known(source.id, ["k"]) == {"k": "v2"}
    assert await store.articles.past(after.id) == [
        PastVersion(title=before.title, text=before.text, until=later)
    ]


async def test_search_finds_an_edited_article_by_what_it_says_now(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await stored(store, make.article(source, "k", "Рейс", "открыт", topics={"flights": 0.9}))
    edit = make.article(source, "k", "Рейс снова", "закрыт", topics={"weather": 0.9})
    await store.articles.edit(source.id, edit, now=now)
    assert await found(store, "открыт") == []
    assert await found(store, "закрыт") == ["Рейс снова"]
    assert await found(store, "рейс", topics=("weather",)) == ["Рейс снова"]
    assert await found(store, "рейс", topics=("flights",)) == []
    assert await store.articles.latest(topic="flights", limit=5) == []
    assert len(await store.articles.latest(topic="weather", limit=5)) == 1
    assert await store.check() == []


async def test_a_story_has_the_topics_of_its_articles_as_they_are_now(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    a = make.article(source, "a", "Рейс", topics={"flights": 0.9, "trade": 0.8})
    b = replace(make.article(other, "b", "Рейс", topics={"trade": 0.3}), joins=0)
    added = [article for article in await store.articles.add([a, b]) if article is not None]
    edit = make.article(source, "a", "Рейс и ветер", topics={"weather": 0.5})
    await store.articles.edit(source.id, edit, now=now)
    story = await store.stories.get(added[0].story_id)
    assert story is not None
    assert [(t.slug, t.score) for t in story.topics] == [("weather", 0.5), ("trade", 0.3)]
    assert story.headline == "Рейс и ветер"
    assert [s.id for s in await store.stories.latest(topics=["weather"], limit=5)] == [story.id]
    assert await store.stories.latest(topics=["flights"], limit=5) == []


async def test_an_edit_moves_the_articles_point(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await stored(store, make.article(source, "k", "Рейс"))
    await store.articles.edit(source.id, make.article(source, "k", "Отмена рейса"), now=now)
    [point] = await store.articles.points(await store.articles.since(now - timedelta(days=1)))
    assert point.terms == {"отмена": 1.0, "рейса": 1.0}
    assert point.marks == {"отмена рейса"}


async def test_the_same_words_under_another_version_are_no_edit(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    first = replace(make.article(source, "k"), version="v1")
    before = await stored(store, first)
    same = replace(first, version="v2", dated=False)
    assert await store.articles.edit(source.id, same, now=now) == before
    assert await store.articles.known(source.id, ["k"]) == {"k": "v2"}
    assert await store.articles.past(before.id) == []


async def test_there_is_nothing_to_edit_of_an_unknown_key_or_another_source(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    await stored(store, make.article(source, "k"))
    assert await store.articles.edit(source.id, make.article(source, "x"), now=now) is None
    assert await store.articles.edit(other.id, make.article(other, "k"), now=now) is None


async def test_the_last_twenty_versions_are_kept(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    article = await stored(store, make.article(source, "k", "0"))
    other = await stored(store, make.article(source, "j", "0"))
    await store.articles.edit(source.id, make.article(source, "j", "1"), now=now)
    for n in range(1, 24):
        at = now + timedelta(hours=n)
        await store.articles.edit(source.id, make.article(source, "k", str(n)), now=at)
    past = await store.articles.past(article.id)
    assert [version.title for version in past] == [str(n) for n in range(22, 2, -1)]
    assert [version.title for version in await store.articles.past(other.id)] == ["0"]


async def test_versions_seen_of_late_tell_reposts(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    old = now - timedelta(days=9)
    await store.articles.add(
        [
            replace(make.article(source, "1", url="https://a.test/1"), version="new"),
            replace(make.article(source, "2", at=old), version="old"),
            replace(make.article(other, "3"), version="foreign"),
            make.article(source, "4"),
        ]
    )
    since = now - timedelta(days=7)
    asked = ["new", "old", "foreign", "unseen"]
    known = await store.articles.known_versions(source.id, asked, since=since)
    assert known == {"new": ["https://a.test/1"]}
    known = await store.articles.known_versions(source.id, asked, since=old)
    assert known == {"new": ["https://a.test/1"], "old": []}


async def test_two_sources_that_share_addresses_are_told(
    store: Store, source: Source, other: Source, make: Make
) -> None:
    urls = [f"https://a.test/{n}" for n in range(5)]
    await store.articles.add([make.article(source, url, url=url) for url in urls[:3]])
    await store.articles.add([make.article(other, url, url=url) for url in urls[3:4]])
    assert await store.articles.sharing(urls) == {source.id: 3, other.id: 1}
    assert await store.articles.sharing(["https://no.test"]) == {}


async def test_samples_go_with_what_they_said_before(
    store: Store, sample_source: Source, make: Make, now: datetime
) -> None:
    article = await stored(store, make.article(sample_source, "k", "Было"))
    await store.articles.edit(sample_source.id, make.article(sample_source, "k", "Стало"), now=now)
    assert await store.articles.drop_samples() == 1
    assert await store.articles.past(article.id) == []
    assert await store.check() == []


async def test_a_backfill_is_stored_and_never_fresh(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    hour_ago, week_ago = now - timedelta(hours=1), now - timedelta(days=7)
    article = make.article(source, "1", "Забытое", at=hour_ago, seen=now)
    await store.articles.add(
        [
            replace(article, backfill=True),
            replace(make.article(source, "2", "Новость", at=week_ago, seen=now), backfill=False),
            make.article(source, "3", "По возрасту", at=week_ago, seen=now),
            make.article(source, "4", "Свежее", at=hour_ago, seen=now),
        ]
    )
    window = {"chat_id": 7, "until": now, "limit": 9}
    of_a_day = await store.stories.fresh(since=now - timedelta(days=1), **window)
    assert {story.headline for story in of_a_day} == {"Новость", "Свежее"}
    of_a_month = await store.stories.fresh(since=now - timedelta(days=30), **window)
    assert {story.headline for story in of_a_month} == {"Новость", "Свежее", "По возрасту"}
    assert await store.articles.count() == 4


async def test_a_backfilled_story_becomes_fresh_with_its_first_news(
    store: Store, source: Source, other: Source, make: Make, now: datetime
) -> None:
    backfill = replace(make.article(source, "1", "Рейс"), backfill=True)
    news = make.article(other, "2", "Рейс", joins=0)
    await store.articles.add([backfill, news])
    day_ago = now - timedelta(days=1)
    fresh = await store.stories.fresh(chat_id=7, since=day_ago, until=now, limit=9)
    assert [story.articles for story in fresh] == [2]
