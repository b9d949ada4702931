"""A digest's stories: the weightiest, those of a topic together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.digests.digest import Leanings, choose, heading_topic, reading_time_s, weigh
from bot.news.stories.changes import Change
from storage.models import Layout, Story, TopicScore

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def story(
    id: int, *, topics: dict[str, float] | None = None, sources: int = 1, hours: float = 1
) -> Story:
    return Story(
        id=id,
        headline=f"Заметка {id}",
        summary=(),
        url=None,
        topics=tuple(TopicScore(slug=s, score=x) for s, x in (topics or {"other": 1}).items()),
        sources=tuple(f"Источник {i}" for i in range(sources)),
        articles=sources,
        first_at=NOW - timedelta(hours=hours),
        last_at=NOW - timedelta(hours=hours),
        language="ru",
        sample=False,
    )


def ids(stories: list[Story]) -> list[int]:
    return [one.id for one in stories]


def test_more_sources_go_before_fewer_and_fresher_before_older():
    one = story(1, topics={"trade": 0.8}, sources=3)
    two = story(2, topics={"trade": 0.8}, sources=1)
    three = story(3, topics={"trade": 0.8}, sources=1, hours=20)
    assert ids(choose([three, two, one], topics=(), now=NOW, limit=10)) == [1, 2, 3]


def test_stories_of_one_topic_stand_together_led_by_the_heaviest():
    stories = [
        story(1, topics={"flights": 0.9}, sources=4),
        story(2, topics={"trade": 0.9}, sources=2),
        story(3, topics={"flights": 0.5}),
        story(4, topics={"trade": 0.4}),
    ]
    assert ids(choose(stories, topics=(), now=NOW, limit=10)) == [1, 3, 2, 4]


def test_at_most_as_many_as_asked_and_the_lightest_stay_behind():
    stories = [story(i, topics={"trade": i / 10}) for i in range(1, 8)]
    assert ids(choose(stories, topics=("trade",), now=NOW, limit=3)) == [7, 6, 5]
    assert choose(stories, topics=(), now=NOW, limit=0) == []


def test_the_topics_asked_for_weigh_not_others():
    about_trade = story(1, topics={"flights": 0.9, "trade": 0.3})
    more_so = story(2, topics={"trade": 0.6})
    assert ids(choose([about_trade, more_so], topics=("trade",), now=NOW, limit=2)) == [2, 1]


def test_a_story_stands_under_the_surest_topic_asked_for():
    both = story(1, topics={"flights": 0.9, "trade": 0.3})
    assert heading_topic(both, ()) == "flights"
    assert heading_topic(both, ("trade",)) == "trade"
    assert heading_topic(both, ("coal",)) == "flights"
    assert heading_topic(story(2), ()) == "other"


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)), st.integers(0, 10))
def test_the_choice_does_not_depend_on_the_order_given(order, limit):
    stories = [story(i, topics={"trade": 0.5} if i % 2 else None, hours=i // 3) for i in range(8)]
    mixed = [stories[i] for i in order]
    chosen = choose(mixed, topics=(), now=NOW, limit=limit)
    assert chosen == choose(stories, topics=(), now=NOW, limit=limit)
    assert len(chosen) == min(limit, 8)


def test_what_is_no_news_comes_only_when_asked_for():
    news = story(1, topics={"weather": 0.6})
    advert = story(2, topics={"other": 1, "not_news": 0.7})
    forecast = story(3, topics={"weather": 0.9, "not_news": 0.6})
    every = [news, advert, forecast]
    assert ids(choose(every, topics=(), now=NOW, limit=10)) == [1]
    assert ids(choose([news, forecast], topics=("weather",), now=NOW, limit=10)) == [3, 1]
    assert ids(choose([advert], topics=("not_news",), now=NOW, limit=10)) == [2]


def told(id: int, words: int = 10, **about: Any) -> Story:
    return replace(story(id, **about), headline="слово " * words)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.integers(1, 400))
def test_a_digest_fits_into_its_minutes_and_leaves_none_that_would(words, reading_s):
    stories = [told(id, count, hours=id) for id, count in enumerate(words, 1)]
    chosen = choose(stories, topics=(), now=NOW, limit=10, reading_s=reading_s)
    takes = sum(map(reading_time_s, chosen))
    assert takes <= reading_s or ids(chosen) == [1]  # the heaviest comes, however long
    left = [one for one in stories if one not in chosen]
    if len(chosen) < 10:
        assert all(takes + reading_time_s(one) > reading_s for one in left)


def test_headlines_alone_take_less_time():
    one = replace(told(1, 6), summary=("слово " * 12, "слово " * 99))
    assert reading_time_s(one) == 6
    assert reading_time_s(one, layout=Layout.BRIEF) == 2
    assert reading_time_s(one, Change(sentences=("слово " * 3,))) == 3


def test_what_is_muted_stays_out_and_tastes_weigh():
    stories = [story(i, topics={"trade": 0.5}) for i in range(1, 5)]
    leanings = Leanings(muted=frozenset({1}), factors={2: 0.4, 4: 2.0})
    found = choose(stories, topics=(), now=NOW, limit=10, leanings=leanings)
    assert ids(found) == [4, 3, 2]


def test_what_is_followed_is_wanted_as_surely_as_can_be():
    sure, followed = story(1, topics={"trade": 0.9}), story(2, topics={"other": 1})
    leanings = Leanings(followed=frozenset({2}))
    assert ids(choose([sure, followed], topics=("trade",), now=NOW, limit=1)) == [1]
    found = choose([sure, followed], topics=("trade",), now=NOW, limit=1, leanings=leanings)
    assert ids(found) == [2]


@given(st.integers(1, 12), st.sets(st.integers(1, 9)))
def test_stories_told_before_come_last_and_are_few(limit, before):
    stories = [story(id, sources=id) for id in range(1, 10)]
    changes = {id: Change(sentences=("Новое.",)) for id in before}
    chosen = ids(choose(stories, topics=(), now=NOW, limit=limit, changes=changes))
    again = [id for id in chosen if id in before]
    assert chosen == [id for id in chosen if id not in before] + again
    assert len(again) <= max(1, limit // 5)
    if limit < 5 and len(before) <= 9 - limit:
        assert not again


def test_an_older_story_weighs_more_where_days_are_told_of():
    old, small = story(1, sources=4, hours=120), story(2, sources=1)
    assert ids(choose([old, small], topics=(), now=NOW, limit=1)) == [2]
    week = timedelta(days=7)
    assert ids(choose([old, small], topics=(), now=NOW, limit=1, half_life=week)) == [1]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(1, 9))
def test_weights_that_are_known_choose_the_same(hours, limit):
    stories = [story(id, sources=id % 4 + 1, hours=hour) for id, hour in enumerate(hours, 1)]
    leanings = Leanings(followed=frozenset({2}), muted=frozenset({3}), factors={1: 2.0})
    known = weigh(stories, topics=(), now=NOW, followed={2})
    about = {"topics": (), "now": NOW, "limit": limit, "leanings": leanings}
    assert choose(stories, **about, known=known) == choose(stories, **about)
