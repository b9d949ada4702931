"""Filing: texts become stored articles, each understood and put into its story.

Understanding happens in worker processes, placing here.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.jobs.articles.placing import Placing
from bot.jobs.articles.telling import retell
from bot.jobs.articles.understood import understood
from bot.news.understanding import Raw
from bot.sources.links import addresses
from bot.sources.zones import zone_named
from bot.workers import Workers
from storage.models import (
    Article,
    Entry,
    NewArticle,
    PollOutcome,
    Renewed,
    Source,
    Understanding,
)
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

FIRST_WAIT = timedelta(minutes=15)  # for a page that did not answer
BATCH = 20  # texts understood, and stored, at a time: what a crash may cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An entry with its text: what is filed. `headings` are paragraphs of `text`."""

    entry: Entry
    text: str
    headings: tuple[str, ...] = ()
    whole: bool = True  # False: only a lead is known
    awaited: bool = False  # its page did not answer, and may another time


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How the pieces stood in their source: what their articles must remember of it."""

    versions: Mapping[str, str]  # by key, of the entries as they were listed
    fresh: Collection[str] | None = None  # keys that may be announced; None: all, by their age

    def backfill(self, key: str) -> bool | None:
        return None if self.fresh is None or key in self.fresh else True


UNLISTED = Listing(versions={})


class Filing:
    """Puts pieces into the store, each into its story."""

    def __init__(
        self,
        *,
        store: Store,
        workers: Workers,
        topics_toml: str,
        clock: Clock,
        zone: str = "UTC",  # in which days begin for sources that say none
    ) -> None:
        self._zone = zone
        self._store = store
        self._workers = workers
        self._topics_toml = topics_toml
        self._clock = clock
        self._placing = Placing(store.articles, store.corrections)
        self._refused: set[tuple[int, str]] = set()  # not tried again while this process lives

    def refuses(self, source: Source, key: str) -> bool:
        """Whether the text of that entry was found to be one that cannot be understood."""
        return (source.id, key) in self._refused

    async def file(
        self,
        source: Source,
        pieces: Sequence[Piece],
        *,
        listing: Listing = UNLISTED,
        outcome: PollOutcome | None = None,
    ) -> list[Article]:
        """Store what is new, oldest first; the articles that came of it.

        `outcome` is committed with the last of them. A text that cannot be understood is left out,
        and said; it costs only itself.
        """
        now = self._clock()
        pieces = [_dated(piece, now, source.zone) for piece in pieces]
        pieces.sort(key=lambda piece: piece.entry.published_at or now)
        stored: list[Article] = []
        for first in range(0, len(pieces), BATCH):
            batch = pieces[first : first + BATCH]
            last = first + BATCH >= len(pieces)
            stored += await self._file(source, batch, listing, outcome if last else None)
        return stored

    async def edit(self, source: Source, pieces: Sequence[Piece], *, listing: Listing) -> int:
        """Give stored articles the texts of these pieces; how many read otherwise than before.

        One that says the same only has its version noted. Its story stays, and its age. The whole
        text of what was a lead is no edit; if that was alone in its story it finds another by it.
        """
        told: list[Article] = []
        edited = 0
        for first in range(0, len(pieces), BATCH):
            batch = await self._understood(source, pieces[first : first + BATCH], listing)
            now = self._clock()
            async with self._placing.turn(now):
                for new in batch:
                    was_lead = new.whole and await self._is_lead(source, new)
                    article = await self._store.articles.edit(source.id, new, now=now)
                    if article is not None:
                        new = replace(new, published_at=article.published_at)
                        if was_lead:
                            article = await self._placed_anew(new, article, now)
                        self._placing.edited(new, article, now=now)
                        told.append(article)
                        edited += article.edited_at == now
        await retell(self._store.stories, told, joined=False)
        return edited

    async def _is_lead(self, source: Source, new: NewArticle) -> bool:
        stored = await self._store.articles.find(source.id, key=new.key, url=None)
        return stored is not None and not stored.whole

    async def _placed_anew(self, new: NewArticle, article: Article, now: datetime) -> Article:
        """Where it belongs, unless others have joined its own story meanwhile.

        Who was told of either story has had both, so nobody hears of the event again.
        """
        story = await self._store.stories.get(article.story_id)
        if story is None or story.articles > 1:
            return article
        joins = self._placing.among_others(new, article, now=now)
        if joins is None or not await self._store.corrections.merge(joins, story.id, now=now):
            return article
        return replace(article, story_id=joins)

    async def renew(self, batch: Sequence[Renewed]) -> list[Article]:
        """Store what is understood of stored articles now; those of which it was otherwise."""
        async with self._placing.turn(now := self._clock()):
            changed = await self._store.articles.renew(batch)
            known = {one.article_id: one.understanding for one in batch}
            for article in changed:
                self._placing.renewed(article, known[article.id], now=now)
        return changed

    async def _file(
        self,
        source: Source,
        pieces: Sequence[Piece],
        listing: Listing,
        outcome: PollOutcome | None,
    ) -> list[Article]:
        batch = await self._understood(source, pieces, listing)

        async def add(placed: Sequence[NewArticle]) -> list[Article | None]:
            return await self._store.articles.add(placed, outcome=outcome)

        stored = await self._placing.store(batch, add, now=self._clock())
        await retell(self._store.stories, stored)
        return stored

    async def _understood(
        self, source: Source, pieces: Sequence[Piece], listing: Listing
    ) -> list[NewArticle]:
        """The pieces that could be understood, as articles without a story."""
        asked = [piece for piece in pieces if not self.refuses(source, piece.entry.key)]
        raws = [_raw(source, piece, self._zone) for piece in asked]
        found = await understood(self._workers, raws, self._topics_toml)
        now = self._clock()
        done: list[NewArticle] = []
        for piece, understanding in zip(asked, found, strict=True):
            if understanding is None:
                self._refused.add((source.id, piece.entry.key))
            else:
                done.append(_new(source, piece, understanding, listing, now))
        return done


def _dated(piece: Piece, now: datetime, zone: str | None) -> Piece:
    """A date to come is a wrong one; by less than a day it is a zone that was mistaken.

    Most often local time that is said to be UTC: in the source's own `zone`, where that is known,
    it tells when it was. Else it was just now.
    """
    at = piece.entry.published_at
    if at is None or at <= now:
        return piece
    right = None
    if at <= now + timedelta(days=1):
        local = at.replace(tzinfo=zone_named(zone)).astimezone(UTC)
        right = local if local <= now else now
    return replace(piece, entry=replace(piece.entry, published_at=right))


def _raw(source: Source, piece: Piece, zone: str) -> Raw:
    entry = piece.entry
    return Raw(
        title=entry.title,
        text=piece.text,
        headings=piece.headings,
        author=entry.author,
        language=entry.language or source.language,
        published_at=entry.published_at,
        zone=source.zone or zone,
    )


def _new(
    source: Source, piece: Piece, understanding: Understanding, listing: Listing, now: datetime
) -> NewArticle:
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
        version=listing.versions.get(entry.key),
        backfill=listing.backfill(entry.key),
        whole=piece.whole,
        also_at=addresses(entry.url),
        page_at=now + FIRST_WAIT if piece.awaited else None,
    )
