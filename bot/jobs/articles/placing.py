"""Placing: each text finds its story, in an index that whoever files waits for in turn.

Articles that other processes stored (`svodka import` beside a running bot) are caught up with
first. A long batch must not hold the event loop: between a few texts everybody else has a turn.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.news.stories.index import StoryIndex
from storage.models import Article, CorrectionKind, NewArticle, StoryPoint, Understanding
from storage.ports import Articles, Corrections

POINTS = 200  # read back from the store at a time
SLICE = 20  # of them put into the index, some 8 ms, between two turns of everybody else
FORGET = timedelta(minutes=10)  # between two looks for what is too old
SPARED = 50  # articles that came in between two words to Python's collector: 3 ms of its time

Add = Callable[[Sequence[NewArticle]], Awaitable[list[Article | None]]]


class Placing:
    """The stories of the last days, in memory; as the store has them."""

    def __init__(self, articles: Articles, corrections: Corrections) -> None:
        self._articles = articles
        self._corrections = corrections
        self._corrected_to = 0  # the newest correction that is in the index
        self._index = StoryIndex()
        self._turn = asyncio.Lock()
        self._forgot_at: datetime | None = None
        self._came = 0
        gc.freeze()  # all that is there already stays too

    async def store(self, batch: Sequence[NewArticle], add: Add, *, now: datetime) -> list[Article]:
        """Have `add` store the batch, each article with its story; those that were new.

        A story begun in this batch is named by its place in the batch. Until they have ids, the
        batch's own articles stand in the index under negative ones.
        """
        async with self.turn(now):
            try:
                placed: list[NewArticle] = []
                for article in batch:
                    placed.append(self._place(article, own_id=-len(placed) - 1))
                    await asyncio.sleep(0)
                stored = await add(placed)
                for own_id, found in zip(range(-1, -len(placed) - 1, -1), stored, strict=True):
                    if found is None:
                        continue
                    if found.published_at >= self._since(now):
                        self._index.renumber(own_id, found.id, story_id=found.story_id)
                    else:  # too old to be compared with; nobody need look for it again
                        self._index.last_id = max(self._index.last_id, found.id)
            finally:
                for own_id in range(-len(batch), 0):
                    self._index.drop(own_id)
        self._spare_the_collector(len(stored))
        return [article for article in stored if article is not None]

    @asynccontextmanager
    async def turn(self, now: datetime) -> AsyncIterator[None]:
        """Inside, nobody else places or stores; the index holds all that is stored."""
        async with self._turn:
            await self._catch_up(now)
            yield

    def edited(self, new: NewArticle, article: Article, *, now: datetime) -> None:
        """It says something else than it did."""
        if article.published_at >= self._since(now):
            self._index.add(point_of(article.id, article.story_id, new))

    def among_others(self, new: NewArticle, article: Article, *, now: datetime) -> int | None:
        """The story that it would join by what it says now; it leaves the index to be `edited`."""
        if article.published_at < self._since(now):
            return None
        self._index.drop(article.id)
        return self._index.place(
            new.understanding, source_id=new.source_id, published_at=new.published_at
        ).story_id

    def renewed(self, article: Article, read: Understanding, *, now: datetime) -> None:
        """It says the same as before, and is understood otherwise."""
        if article.published_at >= self._since(now):
            self._index.add(
                StoryPoint(
                    article_id=article.id,
                    story_id=article.story_id,
                    source_id=article.source_id,
                    published_at=article.published_at,
                    terms=read.terms,
                    marks=read.marks,
                    fingerprint=read.fingerprint,
                )
            )

    def _place(self, new: NewArticle, own_id: int) -> NewArticle:
        understood = new.understanding
        evidence = self._index.weigh(
            understood, source_id=new.source_id, published_at=new.published_at
        )
        found = self._index.decide(evidence, understood.fingerprint)
        story_id = own_id if found.story_id is None else found.story_id
        self._index.put(own_id, story_id, understood.fingerprint, evidence)
        joined = found.story_id is not None
        return replace(
            new,
            story_id=story_id if joined and story_id > 0 else None,
            joins=-story_id - 1 if joined and story_id < 0 else None,
            reprint=found.reprint,
            follows=found.follows,
            decision=found.decision,
        )

    def _spare_the_collector(self, came: int) -> None:
        """What is in the index stays for days: Python need not look through it again and again.

        With twenty thousand articles each full collection would hold the loop for 60 ms and more.
        """
        self._came += came
        if self._came >= SPARED:
            self._came = 0
            gc.collect(1)
            gc.freeze()

    def _since(self, now: datetime) -> datetime:
        return now - self._index.memory

    async def _catch_up(self, now: datetime) -> None:
        """Put into the index what is stored and not yet in it; let go of what is too old."""
        since = self._since(now)
        if self._forgot_at is None or abs(now - self._forgot_at) > FORGET:
            self._index.forget_before(since)
            self._forgot_at = now
        ids = await self._articles.since(since, after_id=self._index.last_id)
        for first in range(0, len(ids), POINTS):
            points = await self._articles.points(ids[first : first + POINTS])
            for at, point in enumerate(points, 1):
                self._index.add(point)
                if at % SLICE == 0:  # a turn of others may take longer than all of these
                    await asyncio.sleep(0)
            self._spare_the_collector(len(points))
        await self._obey()

    async def _obey(self) -> None:
        """What editors set right since we looked last, also in another process."""
        more = True
        while more:
            made = await self._corrections.since(after_id=self._corrected_to, limit=POINTS)
            for one in made:
                if one.kind is CorrectionKind.APART:
                    self._index.keep_apart(one.story_id, one.other_id)
                else:
                    self._index.put_by_hand(one.articles, one.story_id)
                if one.kind is CorrectionKind.SPLIT:
                    self._index.keep_apart(one.story_id, one.other_id)
                self._corrected_to = one.id
            more = len(made) == POINTS


def point_of(article_id: int, story_id: int, new: NewArticle) -> StoryPoint:
    return StoryPoint(
        article_id=article_id,
        story_id=story_id,
        source_id=new.source_id,
        published_at=new.published_at,
        terms=new.understanding.terms,
        marks=new.understanding.marks,
        fingerprint=new.understanding.fingerprint,
    )
