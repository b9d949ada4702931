"""Stories that may be one with a story are found by what it was nearest to, and by its words."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.answering.likest import likest, named
from bot.news.topics.scores import Topics, parse_topics
from storage.models import Decision, Likeness, NewArticle, NewSource, Story, Understanding
from storage.ports import Store

TOPICS_TOML = Path(__file__).parents[3] / "bot/news/topics/topics.toml"


@pytest.fixture(scope="session")
def topics() -> Topics:
    return parse_topics(TOPICS_TOML.read_text("utf-8"), name="topics.toml")


async def write(store: Store, title: str, at: datetime, **more: Any) -> Story:
    source = await store.sources.add(NewSource(url="https://a.test/rss", title="Вестник"), now=at)
    words = title.lower()
    article = NewArticle(
        source_id=source.id,
        key=title,
        url=None,
        published_at=at,
        seen_at=at,
        dated=True,
        understanding=Understanding(title=title, text=title, language="ru", index_title=words),
    )
    [added] = await store.articles.add([replace(article, **more)])
    assert added is not None
    found = await store.stories.get(added.story_id)
    assert found is not None
    return found


async def headlines(store: Store, story: Story) -> list[str]:
    return [one.headline for one in await likest(store, story, limit=3)]


async def test_what_its_articles_were_nearest_to_comes_first(store: Store, now: datetime) -> None:
    far = await write(store, "Совсем про иное", now)
    await write(store, "мост в центр", now)
    near = Decision(why="—", nearest=Likeness(article_id=far.newest, score=-2.0))
    story = await write(store, "мост закрыт", now, decision=near)
    assert await headlines(store, story) == ["Совсем про иное", "мост в центр"]


async def test_only_news_of_the_same_days_and_none_that_is_withdrawn(
    store: Store, now: datetime
) -> None:
    await write(store, "мост был закрыт", now - timedelta(days=9))
    gone = await write(store, "мост и другой берег", now)
    await store.corrections.withdraw(gone.id, reason=None, now=now)
    story = await write(store, "мост закрыт", now)
    assert await headlines(store, story) == []


async def test_words_find_other_stories_of_any_day(
    store: Store, topics: Topics, now: datetime
) -> None:
    await write(store, "мост закрыт давно", now - timedelta(days=90))
    story = await write(store, "мост закрыт", now)
    found = await named(store, "мост", story, topics, zone="Europe/Minsk", now=now, limit=5)
    assert [one.headline for one in found] == ["мост закрыт давно"]


async def test_a_later_story_that_nearly_joined_it_is_worth_a_look_too(
    store: Store, now: datetime
) -> None:
    story = await write(store, "мост закрыт", now)
    await write(store, "мост через реку", now)
    near = Decision(why="—", nearest=Likeness(article_id=story.newest, score=-0.5))
    await write(store, "мост и берег моря", now, decision=near)
    assert (await headlines(store, story))[0] == "мост и берег моря"
