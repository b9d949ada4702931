"""Filing: texts become stored articles, each understood and put into its story.

Understanding happens in worker processes, placing here: the index of stories is one, and whoever
files waits for the one before. Articles that other processes stored (`svodka import` beside a
running bot) are caught up with first.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.news.stories import StoryIndex
from bot.news.understanding import Raw, understand
from bot.workers import WorkerFailed, Workers
from storage.models import (
    Article,
    Entry,
    NewArticle,
    PollOutcome,
    Source,
    StoryPoint,
    Understanding,
)
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

BATCH = 20  # texts understood, and stored, at a time: what a crash may cost
POINTS = 1000  # read back from the store at a time
UNDERSTAND_S = 60  # for one batch; far more than it needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An entry with its text: what is filed. `headings` are paragraphs of `text`."""

    entry: Entry
    text: str
    headings: tuple[str, ...] = ()
    whole: bool = True  # False: only a lead is known


class Filing:
    """Puts pieces into the store, each into its story."""

    def __init__(self, *, store: Store, workers: Workers, topics_toml: str, clock: Clock) -> None:
        self._store = store
        self._workers = workers
        self._topics_toml = topics_toml
        self._clock = clock
        self._index = StoryIndex()
        self._turn = asyncio.Lock()
        self._refused: set[tuple[int, str]] = set()  # not tried again while this process lives

    async def file(
        self, source: Source, pieces: Sequence[Piece], *, outcome: PollOutcome | None = None
    ) -> list[Article]:
        """Store what is new, oldest first; the articles that came of it.

        `outcome` is committed with the last of them. A text that cannot be understood is left out,
        and said; it costs only itself.
        """
        now = self._clock()
        pieces = [replace(piece, entry=_dated(piece.entry, now)) for piece in pieces]
        pieces.sort(key=lambda piece: piece.entry.published_at or now)
        stored: list[Article] = []
        for first in range(0, len(pieces), BATCH):
            batch = pieces[first : first + BATCH]
            last = first + BATCH >= len(pieces)
            stored += await self._file(source, batch, outcome if last else None)
        return stored

    async def _file(
        self, source: Source, pieces: Sequence[Piece], outcome: PollOutcome | None
    ) -> list[Article]:
        pieces, understood = await self._understood(source, pieces)
        now = self._clock()
        async with self._turn:
            await self._catch_up(now)
            batch = self._placed(source, pieces, understood, now)
            articles = await self._store.articles.add(batch, outcome=outcome)
            for new, article in zip(batch, articles, strict=True):
                if article is not None:
                    self._index.add(_point(article.id, article.story_id, new))
        return [article for article in articles if article is not None]

    async def _understood(
        self, source: Source, pieces: Sequence[Piece]
    ) -> tuple[list[Piece], list[Understanding]]:
        """The pieces that could be understood, with what was understood of each."""
        kept: list[Piece] = []
        understood: list[Understanding] = []
        halves = [[piece for piece in pieces if (source.id, piece.entry.key) not in self._refused]]
        while halves:
            part = halves.pop()
            if not part:
                continue
            raws = [_raw(source, piece) for piece in part]
            try:
                understood += await self._workers.run(
                    understand, raws, self._topics_toml, timeout_s=UNDERSTAND_S
                )
            except (WorkerFailed, MemoryError) as e:
                if len(part) > 1:
                    halves += [part[len(part) // 2 :], part[: len(part) // 2]]
                else:
                    self._refused.add((source.id, part[0].entry.key))
                    log.warning("A text of «%s» cannot be understood: %s", source.title, e)
            else:
                kept += part
        return kept, understood

    def _placed(
        self,
        source: Source,
        pieces: Sequence[Piece],
        understood: Sequence[Understanding],
        now: datetime,
    ) -> list[NewArticle]:
        """Each with its story; one begun in this batch is named by its place in the batch.

        Until they have ids, the batch's own articles stand in the index under negative ones.
        """
        batch: list[NewArticle] = []
        for piece, understanding in zip(pieces, understood, strict=True):
            new = _new(source, piece, understanding, now)
            found = self._index.place(
                understanding, source_id=source.id, published_at=new.published_at
            )
            own_id = -len(batch) - 1
            story_id = own_id if found.story_id is None else found.story_id
            if found.story_id is not None:
                joins = -story_id - 1 if story_id < 0 else None
                known = story_id if story_id > 0 else None
                new = replace(new, story_id=known, joins=joins, reprint=found.reprint)
            self._index.add(_point(own_id, story_id, new))
            batch.append(new)
        for own_id in range(-len(batch), 0):
            self._index.drop(own_id)
        return batch

    async def _catch_up(self, now: datetime) -> None:
        """Put into the index what is stored and not yet in it; let go of what is too old."""
        since = now - self._index.window
        self._index.forget_before(since)
        more = True
        while more:
            points = await self._store.articles.points(
                since=since, after_id=self._index.last_id, limit=POINTS
            )
            for point in points:
                self._index.add(point)
            more = len(points) == POINTS


def _dated(entry: Entry, now: datetime) -> Entry:
    """A date to come is a wrong one; by less than a day it is a zone that was mistaken."""
    if entry.published_at is None or entry.published_at <= now:
        return entry
    mistaken = entry.published_at > now + timedelta(days=1)
    return replace(entry, published_at=None if mistaken else now)


def _raw(source: Source, piece: Piece) -> Raw:
    entry = piece.entry
    return Raw(
        title=entry.title,
        text=piece.text,
        headings=piece.headings,
        author=entry.author,
        language=entry.language or source.language,
    )


def _new(source: Source, piece: Piece, understanding: Understanding, now: datetime) -> NewArticle:
    entry = piece.entry
    return NewArticle(
        source_id=source.id,
        key=entry.key,
        url=entry.url,
        published_at=entry.published_at or now,
        seen_at=now,
        dated=entry.published_at is not None,
        understanding=understanding,
        image_url=entry.image_url,
        whole=piece.whole,
    )


def _point(article_id: int, story_id: int, new: NewArticle) -> StoryPoint:
    return StoryPoint(
        article_id=article_id,
        story_id=story_id,
        source_id=new.source_id,
        published_at=new.published_at,
        terms=new.understanding.terms,
        marks=new.understanding.marks,
        fingerprint=new.understanding.fingerprint,
    )
