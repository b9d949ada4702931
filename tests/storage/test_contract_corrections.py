"""What every store promises about threads, decisions and editors' corrections."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import CorrectionKind, Decision, Likeness, Source
from storage.ports import Store
from tests.storage.conftest import Make


async def two(store: Store, source: Source, make: Make) -> tuple[int, int, list[int]]:
    """Stories of two articles and of one, and the articles' ids."""
    added = await store.articles.add(
        [
            make.article(source, "1", "Первая", topics={"coal": 1.0}),
            make.article(source, "2", "Вторая", topics={"trade": 1.0}, joins=0),
            make.article(source, "3", "Третья", topics={"sport": 1.0}),
        ]
    )
    stored = [a for a in added if a is not None]
    return stored[0].story_id, stored[2].story_id, [a.id for a in stored]


async def test_merged_stories_are_one_with_the_headline_of_the_first(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, other, _ = await two(store, source, make)
    assert await store.corrections.merge(one, other, now=now)
    story = await store.stories.get(one)
    assert story is not None
    assert (story.headline, story.articles) == ("Первая", 3)
    assert {topic.slug for topic in story.topics} == {"coal", "trade", "sport"}
    assert await store.stories.get(other) is None
    assert await store.corrections.now_called(other) == one
    assert await store.check() == []


async def test_a_chat_that_had_either_has_had_the_merged_story(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, other, _ = await two(store, source, make)
    assert await store.outbox.plan(make.digest("d", chat_id=7, stories=(other,)))
    await store.corrections.merge(one, other, now=now)
    fresh = await store.stories.fresh(chat_id=7, since=now - timedelta(days=1), until=now, limit=5)
    assert fresh == []


async def test_split_articles_are_a_story_of_their_own_that_is_no_news_again(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, _, ids = await two(store, source, make)
    assert await store.outbox.plan(make.digest("d", chat_id=7, stories=(one,)))
    own = await store.corrections.split([ids[1]], now=now)
    assert own is not None
    stories = await store.stories.many([one, own])
    assert [(s.headline, s.articles) for s in stories] == [("Первая", 1), ("Вторая", 1)]
    fresh = await store.stories.fresh(chat_id=7, since=now - timedelta(days=1), until=now, limit=5)
    assert [story.headline for story in fresh] == ["Третья"]
    assert await store.check() == []


async def test_what_cannot_be_corrected_changes_nothing(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, other, ids = await two(store, source, make)
    assert not await store.corrections.merge(one, one, now=now)
    assert not await store.corrections.merge(one, 999, now=now)
    assert not await store.corrections.apart(one, 999, now=now)
    assert await store.corrections.split(ids[:2], now=now) is None  # all of a story
    assert await store.corrections.split([ids[0], ids[2]], now=now) is None  # of two stories
    assert await store.corrections.split([], now=now) is None
    assert await store.corrections.since(limit=5) == []
    assert [s.articles for s in await store.stories.many([one, other])] == [2, 1]


async def test_corrections_are_kept_in_their_order(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, other, ids = await two(store, source, make)
    own = await store.corrections.split([ids[1]], now=now)
    await store.corrections.apart(one, other, now=now)
    made = await store.corrections.since(limit=5)
    assert [(c.kind, c.story_id, c.other_id, c.articles, c.at) for c in made] == [
        (CorrectionKind.SPLIT, own, one, (ids[1],), now),
        (CorrectionKind.APART, one, other, (), now),
    ]
    assert await store.corrections.since(after_id=made[0].id, limit=5) == made[1:]


async def test_chapters_are_linked_by_hand_and_parted_again(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, other, _ = await two(store, source, make)
    assert await store.corrections.chapters(one) == []
    assert await store.corrections.link(other, one, now=now)
    assert [s.id for s in await store.corrections.chapters(other)] == [one, other]
    assert await store.corrections.apart(one, other, now=now)
    assert await store.corrections.chapters(other) == []


async def test_an_article_that_follows_another_makes_its_story_a_chapter(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    one, _, ids = await two(store, source, make)
    later = [
        replace(make.article(source, "8", at=now + timedelta(days=8)), follows=ids[1]),
        replace(make.article(source, "9", at=now + timedelta(days=9)), follows=-1),
    ]
    added = await store.articles.add(later)
    chapters = [s.id for s in await store.corrections.chapters(one)]
    assert chapters == [one, *(a.story_id for a in added if a is not None)]


async def test_a_decision_is_kept_with_the_ids_that_articles_have_now(
    store: Store, source: Source, make: Make
) -> None:
    like = Likeness(
        article_id=-1, score=1.5, reasons=(("names", 2.0),), agreed=(("name", "томь", 4.5),)
    )
    decision = Decision(why="one event with article -1: names +2.0", through=like)
    first = make.article(source, "1")
    second = replace(make.article(source, "2", joins=0), decision=decision)
    added = [a for a in await store.articles.add([first, second]) if a is not None]
    kept = await store.corrections.decisions(added[0].story_id)
    why = f"one event with article {added[0].id}: names +2.0"
    known = replace(like, article_id=added[0].id)
    assert kept == {added[1].id: Decision(why=why, through=known)}
