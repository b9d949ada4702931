"""Placing: what is published stays as it is, and what editors set right is obeyed."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.articles.filing import Filing, Piece
from bot.jobs.articles.placing import SLICE, Placing
from storage.models import Correction, Entry, NewSource, Source, StoryPoint
from storage.ports import Store
from tests.jobs.newsroom import TOPICS, Inline, Time

FLIGHT = (
    "Из Кемерова полетят прямые рейсы в Гродно",
    "Авиакомпания «Нёман-Аэро» с 14 марта свяжет Кемерово и Гродно прямым рейсом. Летать будут "
    "по средам, билет стоит 15 300 рублей, рассказал директор порта Олег Тютюнник.",
)
RETOLD = (
    "«Нёман-Аэро» открывает линию в Кузбасс",
    "По средам самолёты перевозчика начнут летать из Гродно в Кемерово. Первый вылет намечен на "
    "14 марта, цена от 15 300 рублей. Порт готовит зал вылета, говорит его глава Тютюнник.",
)
THIRD = (
    "Тютюнник рассказал, когда из Кемерова можно будет улететь в Гродно",
    "Директор порта Олег Тютюнник назвал день первого вылета: 14 марта. Борт «Нёман-Аэро» уйдёт в "
    "Гродно в среду, за билет просят 15 300 рублей.",
)


def filing(store: Store, time: Time) -> Filing:
    return Filing(store=store, workers=Inline(), topics_toml=TOPICS, clock=time.clock)


def piece(key: str, told: tuple[str, str], at: datetime) -> Piece:
    return Piece(entry=Entry(key=key, title=told[0], published_at=at), text=told[1])


async def outlets(store: Store, now: datetime) -> list[Source]:
    return [
        await store.sources.add(NewSource(url=f"https://{n}.test/rss", title=n), now=now)
        for n in ("а", "б", "в")
    ]


async def test_what_is_read_again_changes_no_story(store: Store, time: Time, now: datetime) -> None:
    a, b, _ = await outlets(store, now)
    for _ in range(2):  # the second time by a process that was just started
        desk = filing(store, time)
        await desk.file(b, [piece("1", RETOLD, now - timedelta(hours=1))])
        await desk.file(a, [piece("1", FLIGHT, now - timedelta(hours=2))])
        [story] = await store.stories.latest(limit=5)
        articles = [article.title for article in await store.stories.articles(story.id)]
        assert (story.id, articles) == (1, [RETOLD[0], FLIGHT[0]])


async def test_an_editors_split_is_obeyed_by_a_running_bot_for_what_comes_later(
    store: Store, time: Time, now: datetime
) -> None:
    a, b, c = await outlets(store, now)
    desk = filing(store, time)
    [first] = await desk.file(a, [piece("1", FLIGHT, now - timedelta(hours=3))])
    [second] = await desk.file(b, [piece("1", RETOLD, now - timedelta(hours=2))])
    assert second.story_id == first.story_id
    own = await store.corrections.split([second.id], now=now)
    copy = (RETOLD[0], RETOLD[1] + " Подробности позже.")
    [later] = await desk.file(c, [piece("1", copy, now - timedelta(hours=1))])
    assert later.story_id == own


async def test_an_editors_merge_is_obeyed_after_a_restart_too(
    store: Store, time: Time, now: datetime
) -> None:
    a, b, c = await outlets(store, now)
    [first] = await filing(store, time).file(a, [piece("1", FLIGHT, now - timedelta(hours=3))])
    other = ("Хор ветеранов поёт сорок лет", "Хор из Яшкина отметил юбилей концертом в клубе.")
    [alone] = await filing(store, time).file(b, [piece("1", other, now - timedelta(hours=2))])
    assert alone.story_id != first.story_id
    assert await store.corrections.merge(alone.story_id, first.story_id, now=now)
    [later] = await filing(store, time).file(c, [piece("1", THIRD, now - timedelta(hours=1))])
    assert later.story_id == alone.story_id


async def test_decisions_of_one_batch_name_stored_articles(
    store: Store, time: Time, now: datetime
) -> None:
    a, _, _ = await outlets(store, now)
    batch = [
        piece("1", FLIGHT, now - timedelta(hours=2)),
        piece("2", THIRD, now - timedelta(hours=1)),
    ]
    first, second = await filing(store, time).file(a, batch)
    kept = await store.corrections.decisions(second.story_id)
    assert kept[second.id].through is not None
    assert kept[second.id].through.article_id == first.id
    assert f"article {first.id}:" in kept[second.id].why
    assert kept[first.id].through is None


async def test_an_old_article_that_was_stored_is_looked_for_no_more(
    store: Store, time: Time, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    since = store.articles.since

    async def noted(instant: datetime, *, after_id: int = 0) -> list[int]:
        asked.append(after_id)
        return await since(instant, after_id=after_id)

    monkeypatch.setattr(store.articles, "since", noted)
    a, _, _ = await outlets(store, now)
    desk = filing(store, time)
    [old] = await desk.file(a, [piece("1", FLIGHT, now - timedelta(days=400))])
    await desk.file(a, [piece("2", RETOLD, now)])
    assert asked == [0, old.id]


class AtHand:
    """Stored articles that nobody waits for, so that placing alone decides who has a turn."""

    def __init__(self, points: Sequence[StoryPoint]) -> None:
        self._points = {point.article_id: point for point in points}

    async def since(self, _: datetime, *, after_id: int = 0) -> list[int]:
        return [id_ for id_ in sorted(self._points) if id_ > after_id]

    async def points(self, article_ids: Sequence[int]) -> list[StoryPoint]:
        return [self._points[id_] for id_ in article_ids]


class Uncorrected:
    """Corrections of stories, of which there are none."""

    async def since(self, **_: object) -> list[Correction]:
        return []


async def test_what_is_stored_is_caught_up_with_in_few_turns_of_a_busy_loop(now: datetime) -> None:
    slices = 5
    articles: Any = AtHand([point(n, now) for n in range(1, slices * SLICE + 1)])
    corrections: Any = Uncorrected()
    turns = 0

    async def neighbour() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(neighbour())
    async with Placing(articles, corrections).turn(now):
        assert turns == slices
    beside.cancel()


def point(article_id: int, at: datetime) -> StoryPoint:
    return StoryPoint(
        article_id=article_id,
        story_id=article_id,
        source_id=1,
        published_at=at,
        terms={f"слово{article_id}": 1.0},
        marks=frozenset(),
        fingerprint=(),
    )
