"""What every store promises about articles: one transaction a batch, known ones told apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.models import (
    Entity,
    EntityKind,
    Fact,
    FactKind,
    NewArticle,
    PollOutcome,
    Source,
    TopicScore,
    Understanding,
)
from storage.ports import Store
from tests.storage.conftest import Make

FULL = Understanding(
    title="Рейс <b>Кемерово — Минск</b> «снова»",
    text="Лид.\n\nПодробности\n\nЕщё абзац 😀.",
    headings=("Подробности",),
    author="А. Автор",
    photo_credit="фото.рф",
    dateline="Минск",
    language="ru",
    topics=(TopicScore(slug="flights", score=0.9), TopicScore(slug="trade", score=0.4)),
    entities=(Entity(kind=EntityKind.PLACE, name="Минск"),),
    summary=("Лид.", "Ещё абзац 😀."),
    index_title="рейс кемерово минск снова",
    index_text="лид подробность еще абзац",
    terms={"рейс": 2.5, "минск": 1.0},
    marks=frozenset({"минск", "2026"}),
    fingerprint=tuple(range(2**32 - 64, 2**32)),
)


def full(source: Source, now: datetime) -> NewArticle:
    return NewArticle(
        source_id=source.id,
        key="k",
        url="https://a.test/1",
        published_at=now - timedelta(minutes=5, microseconds=1),
        seen_at=now,
        dated=False,
        understanding=FULL,
        image_url="https://a.test/1.jpg",
    )


async def test_an_article_comes_back_as_it_was_stored(
    store: Store, source: Source, now: datetime
) -> None:
    [stored] = await store.articles.add([full(source, now)])
    assert stored is not None
    assert await store.articles.get(stored.id) == stored
    for name in ("title", "text", "headings", "author", "photo_credit", "dateline", "language"):
        assert getattr(stored, name) == getattr(FULL, name)
    for name in ("topics", "entities", "summary"):
        assert getattr(stored, name) == getattr(FULL, name)
    assert stored.published_at == now - timedelta(minutes=5, microseconds=1)
    assert (stored.seen_at, stored.dated, stored.sample) == (now, False, False)
    assert (stored.source_id, stored.source) == (source.id, source.title)
    assert (stored.url, stored.image_url) == ("https://a.test/1", "https://a.test/1.jpg")
    assert await store.articles.get(stored.id + 1) is None


async def test_what_adding_gives_is_what_reading_gives(
    store: Store, source: Source, now: datetime
) -> None:
    there = timezone(timedelta(hours=7))
    facts = (
        Fact(kind=FactKind.EVENT, since=(now + timedelta(days=1)).astimezone(there), sentence="А."),
        Fact(kind=FactKind.SUM, value="2", unit="RUB", sentence="Б."),
    )
    first = replace(
        full(source, now),
        published_at=now.astimezone(there),
        understanding=replace(FULL, facts=facts),
        whole=False,
    )
    second = replace(full(source, now), key="2", url=None, joins=0)
    outcome = PollOutcome(source_id=source.id, at=now, next_poll_at=now, title="Названо лентой")
    added = [
        one for one in await store.articles.add([first, second], outcome=outcome) if one is not None
    ]
    assert len(added) == 2
    assert [repr(await store.articles.get(one.id)) for one in added] == list(map(repr, added))


async def test_a_known_key_or_url_is_not_stored_again(
    store: Store, source: Source, other: Source, make: Make
) -> None:
    [first] = await store.articles.add([make.article(source, "1", url="https://a.test/1")])
    assert first is not None
    answers = await store.articles.add(
        [
            make.article(source, "1", url="https://a.test/other"),
            make.article(other, "2", url="https://a.test/1"),
            make.article(other, "1", url="https://b.test/1"),
            make.article(other, "1"),
        ]
    )
    assert [answer is not None for answer in answers] == [False, False, True, False]
    assert await store.articles.count() == 2
    assert await store.articles.known(source.id, ["1", "2"]) == {"1": None}
    assert await store.articles.known(other.id, ["1", "2"]) == {"1": None}
    at = await store.articles.at(["https://a.test/1", "https://no.test"])
    assert at == {"https://a.test/1": (source.id, "1", None)}
    assert await store.articles.find(source.id, key="1", url=None) == first
    assert await store.articles.find(other.id, key="9", url="https://a.test/1") == first
    assert await store.articles.find(other.id, key="9", url=None) is None


async def test_entries_without_a_url_do_not_shadow_each_other(
    store: Store, source: Source, make: Make
) -> None:
    added = await store.articles.add([make.article(source, str(n)) for n in range(3)])
    assert None not in added


async def test_validators_are_stored_with_the_articles_or_not_at_all(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    """A feed that answers 304 after a crash must not have swallowed its items."""
    outcome = PollOutcome(
        source_id=source.id, at=now, next_poll_at=now + timedelta(hours=1), etag="new"
    )
    broken = replace(make.article(source, "2"), joins=5)
    with pytest.raises(ValueError, match="joins"):
        await store.articles.add([make.article(source, "1"), broken], outcome=outcome)
    assert await store.articles.count() == 0
    assert await store.stories.count() == 0
    assert await store.sources.get(source.id) == source

    await store.articles.add([make.article(source, "1")], outcome=outcome)
    polled = await store.sources.get(source.id)
    assert polled is not None
    assert (polled.etag, polled.next_poll_at) == ("new", now + timedelta(hours=1))


async def test_the_articles_of_a_removed_source_stay_with_its_title(
    store: Store, source: Source, make: Make
) -> None:
    await store.articles.add([make.article(source, "1")])
    await store.sources.remove(source.id)
    [article] = await store.articles.latest(limit=5)
    assert article.source == source.title


async def test_the_latest_come_by_publication_not_by_arrival(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    for hours in (2, 5, 1, 3):
        at = now - timedelta(hours=hours)
        await store.articles.add([make.article(source, str(hours), f"{hours} ч", at=at, seen=now)])
    latest = await store.articles.latest(limit=3)
    assert [a.title for a in latest] == ["1 ч", "2 ч", "3 ч"]
    assert [a.title for a in await store.articles.latest(limit=3, offset=3)] == ["5 ч"]


async def test_articles_of_one_instant_are_paged_without_loss(
    store: Store, source: Source, make: Make
) -> None:
    """A batch shares its timestamp: a page must go on where the last one ended."""
    await store.articles.add([make.article(source, str(n)) for n in range(7)])
    pages = [await store.articles.latest(limit=3, offset=offset) for offset in (0, 3, 6)]
    assert len({a.id for page in pages for a in page}) == 7


async def test_the_latest_of_a_topic(store: Store, source: Source, make: Make) -> None:
    await store.articles.add(
        [
            make.article(source, "1", "Рейс", topics={"flights": 0.9, "trade": 0.2}),
            make.article(source, "2", "Театр", topics={"culture": 0.9}),
        ]
    )
    assert [a.title for a in await store.articles.latest(topic="trade", limit=5)] == ["Рейс"]
    assert await store.articles.latest(topic="sport", limit=5) == []


async def test_impossible_dates_cost_nothing(store: Store, source: Source, make: Make) -> None:
    dates = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
    added = await store.articles.add(
        [make.article(source, str(at.year), words="дата", at=at) for at in dates]
    )
    assert [a.published_at for a in added if a is not None] == dates
    assert len(await store.articles.latest(limit=5)) == 2


async def test_points_are_read_in_order_from_where_one_stopped(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    old = make.article(source, "old", at=now - timedelta(days=9))
    new = [make.article(source, str(n), at=now - timedelta(hours=n)) for n in range(5)]
    added = [a for a in await store.articles.add([old, *new]) if a is not None]
    since = now - timedelta(days=7)
    ids = await store.articles.since(since)
    assert ids == sorted(a.id for a in added[1:])
    assert await store.articles.since(since, after_id=ids[2]) == ids[3:]
    assert await store.articles.since(since, after_id=ids[-1]) == []
    points = await store.articles.points([ids[1], 10**9, ids[0]])
    assert [p.article_id for p in points] == [ids[1], ids[0]]
    point = points[1]
    assert point.terms == {"новый": 1.0, "рейс": 1.0}
    assert point.marks == {"новый рейс"}
    assert point.fingerprint == (0, 1, 2**32 - 1)
    assert (point.source_id, point.published_at) == (source.id, now)


async def test_samples_are_counted_marked_and_dropped_alone(
    store: Store, source: Source, sample_source: Source, make: Make
) -> None:
    [live, sample, guest] = await store.articles.add(
        [
            make.article(source, "1", "Живая"),
            make.article(sample_source, "1", "Пример", "слово", topics={"sport": 0.9}),
            make.article(source, "2", "Гость", topics={"trade": 0.5}, joins=1),
        ]
    )
    assert live is not None
    assert sample is not None
    assert guest is not None
    assert (live.sample, sample.sample) == (False, True)
    assert await store.articles.samples() == 1
    assert await store.articles.drop_samples() == 1
    assert await store.articles.samples() == 0
    assert {a.title for a in await store.articles.latest(limit=5)} == {"Живая", "Гость"}
    assert sample_source not in await store.sources.all()
    story = await store.stories.get(guest.story_id)
    assert story is not None
    assert (story.headline, story.articles, story.sources) == ("Гость", 1, ("Вести А",))
    assert [t.slug for t in story.topics] == ["trade"]
    assert await store.articles.drop_samples() == 0
    assert await store.check() == []


async def test_a_story_that_is_gone_does_not_cost_the_batch(
    store: Store, source: Source, make: Make
) -> None:
    [article] = await store.articles.add([make.article(source, "1", story=12345)])
    assert article is not None
    story = await store.stories.get(article.story_id)
    assert story is not None
    assert story.articles == 1


async def test_an_address_tells_whose_article_it_is(
    store: Store, source: Source, now: datetime
) -> None:
    new = full(source, now)
    await store.articles.add([new])
    assert await store.articles.at(["https://no.test", str(new.url)]) == {
        new.url: (source.id, "k", None)
    }
    await store.articles.note_versions(source.id, {"k": "v", "no such": "w"})
    assert await store.articles.known(source.id, ["k"]) == {"k": "v"}
    assert (await store.articles.latest(limit=1))[0].edited_at is None


async def test_what_articles_tell_is_read_by_their_keys(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.articles.add([make.article(source, "a", "Мост", at=now)])
    told = await store.articles.told(source.id, ["a", "b"])
    assert list(told) == ["a"]
    assert (told["a"].title, told["a"].published_at) == ("Мост", now)
    assert told["a"].text.startswith("Мост.")
