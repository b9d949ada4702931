"""What is filed is told: the story's headline and summary follow its articles."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.jobs.articles.filing import UNLISTED, Filing, Piece
from bot.jobs.articles.telling import retell
from storage.models import Article, Entry, NewSource, Source, Story
from storage.ports import Store
from tests.jobs.newsroom import TOPICS, Inline

LOUD = "ШОК! Вот что случилось с мостом в Юрге…"
PLAIN = "В Юрге открыли мост через Томь за 912 миллионов рублей"
TEXT = (
    "В Юрге 20 ноября открыли мост через Томь длиной 341 метр. Мост строили 27 месяцев, он стоил "
    "912 миллионов рублей. Первым проехал автобус № 118 с 56 строителями.\n\n{extra}"
)


@pytest.fixture
async def filing(store: Store, now: datetime) -> AsyncIterator[Filing]:
    workers = Inline(count=1)
    yield Filing(store=store, workers=workers, topics_toml=TOPICS, clock=lambda: now)
    await workers.close()


def piece(title: str, extra: str, at: datetime) -> Piece:
    entry = Entry(key="1", title=title, published_at=at)
    return Piece(entry=entry, text=TEXT.format(extra=extra))


async def the_story(store: Store) -> Story:
    [story] = await store.stories.latest(limit=5)
    return story


async def sources(store: Store, now: datetime) -> list[Source]:
    return [
        await store.sources.add(NewSource(url=f"https://{n}.example/rss", title=n), now=now)
        for n in ("a", "b", "c")
    ]


async def test_a_story_takes_the_better_headline_of_who_joins(
    store: Store, filing: Filing, now: datetime
) -> None:
    first, second, third = await sources(store, now)
    hour = timedelta(hours=1)
    await filing.file(first, [piece(LOUD, "Юргинцы ликуют на берегу.", now - 2 * hour)])
    assert (await the_story(store)).headline == LOUD
    await filing.file(second, [piece(PLAIN, "Приехал мэр города Гай.", now - hour)])
    story = await the_story(store)
    assert (story.headline, story.sources) == (PLAIN, ("b", "a"))
    await filing.file(third, [piece("Мост в Юрге открыт", "Играл оркестр.", now)])
    again = await the_story(store)
    assert (again.headline, again.articles) == (PLAIN, 3)


async def test_an_edited_headline_is_weighed_anew(
    store: Store, filing: Filing, now: datetime
) -> None:
    first, second, _ = await sources(store, now)
    await filing.file(first, [piece(PLAIN, "Приехал мэр города Гай.", now)])
    await filing.file(second, [piece(LOUD, "Юргинцы ликуют на берегу.", now)])
    assert (await the_story(store)).headline == PLAIN
    better = piece(PLAIN + ", движение пустили в обе стороны", "Юргинцы ликуют.", now)
    await filing.edit(first, [piece(LOUD, "Приехал мэр города Гай.", now)], listing=UNLISTED)
    await filing.edit(second, [better], listing=UNLISTED)
    story = await the_story(store)
    assert story.headline == better.entry.title
    articles = await store.stories.articles(story.id)
    assert set(story.summary) <= {s for one in articles for s in one.summary}


async def test_a_story_of_one_article_is_left_alone(
    store: Store, filing: Filing, now: datetime
) -> None:
    first, *_ = await sources(store, now)
    filed: list[Article] = await filing.file(first, [piece(LOUD, "Юргинцы ликуют.", now)])
    await retell(store.stories, [*filed, *filed])
    assert (await the_story(store)).summary == filed[0].summary
