"""Polling one source: ask, read, take what is new; then, and not before, remember what it taught.

A kill anywhere in between means that the server is asked once more, and that nothing is lost.
"""

import logging
from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from datetime import UTC, datetime

from bot.clock import Clock
from bot.jobs.gathering import lessons, websub
from bot.jobs.gathering.asking import Asking, Part, only
from bot.jobs.gathering.committing import Committing
from bot.jobs.gathering.doubles import Doubles
from bot.jobs.gathering.reach import Reach
from bot.jobs.gathering.refinding import Find, may_have_moved, refind
from bot.jobs.gathering.reports import PollReport, Tally
from bot.jobs.gathering.taking import Brought, Conclude, Listed, Taking
from bot.sources import errors
from bot.sources.discover import Found
from bot.sources.feed import Feed
from bot.sources.http import Response
from bot.sources.websub import offer
from bot.workers import WorkerFailed
from storage.errors import StorageError
from storage.models import PollOutcome, Source, SourceKind
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

EVER = datetime.fromtimestamp(0, UTC)
FAILURES = (errors.SourceError, WorkerFailed, MemoryError)


class Polling:
    """Polls any kind of source."""

    def __init__(
        self,
        *,
        store: Store,
        asking: Asking,
        taking: Taking,
        doubles: Doubles,
        committing: Committing,
        reach: Reach,
        find: Find,
        clock: Clock,
    ) -> None:
        self._store = store
        self._asking = asking
        self._taking = taking
        self._doubles = doubles
        self._committing = committing
        self._reach = reach
        self._find = find
        self._clock = clock

    async def poll(self, source: Source, *, pushed: bool = False) -> PollReport:
        """Ask one source for news. Its failures are in the report and in the store, not raised.

        `pushed`: a hub tells us of its news (WebSub), so that it is asked less often.
        """
        now = self._clock()
        if source.wait_until is not None and source.wait_until > now:
            return PollReport(source=source, wait_until=source.wait_until)
        try:
            return await self._poll(source, pushed)
        except errors.ToldToWait as e:  # another source of that host was told
            return PollReport(source=source, wait_until=lessons.until(now, e.retry_after_s))
        except FAILURES as e:
            return await self._found_again(source, e) or await self._failed(source, e)
        except StorageError:
            raise
        except Exception as e:  # a mistake of ours or of a parser: it costs this source only
            log.exception("«%s» could not be read", source.title)
            return await self._failed(source, e)

    async def first(self, source: Source, found: Found) -> PollReport:
        """The first poll of a source that was found just now: what was fetched is not again,
        if it was all, and read by the source's own zone."""
        other = found.zone != source.zone
        if source.kind is SourceKind.FOLDER or other or not _is_all(found.feed):
            return await self.poll(source)
        try:
            return await self._take(source, only(found.feed), answer=found.answer)
        except FAILURES as e:
            return await self._failed(source, e)

    async def take(self, source: Source, parts: AsyncIterator[Part]) -> PollReport:
        """File what came unasked; nothing is learned of the source.

        Raises SourceError, WorkerFailed.
        """
        tally = None
        async for part in parts:
            tally = tally or Tally(head=part.feed)
            listed = Listed(entries=part.feed.entries, texts=part.texts)
            tally.bring(await self._taking.take(source, listed))
        return tally.report(source) if tally else PollReport(source=source)

    async def _poll(self, source: Source, pushed: bool) -> PollReport:
        if source.kind is SourceKind.FOLDER:
            return await self._take(source, self._asking.folder(source))
        if source.site_url == source.url and source.last_success_at is None:
            return await self._poll_site(source)
        answer = await self._asking.ask(source)
        if to := lessons.moves(source, answer):
            source, answer, same = await self._moved(source, answer, to)
            if same is not None:
                return same
        if answer.not_modified:
            now = self._clock()
            await self._committing.commit(lessons.unchanged(source, answer, now=now, pushed=pushed))
            return PollReport(source=source)
        parts = self._asking.parts(source, answer)
        return await self._take(source, parts, answer=answer, pushed=pushed)

    async def _poll_site(self, source: Source) -> PollReport:
        """A site's front page leads to its feed: from now on that is what we poll."""
        found = await self._find(source.url, zone=source.zone)
        if found.kind is not source.kind:
            raise errors.NotAFeed(f"{source.url} names no feed; give the address of the feed")
        if not await self._store.sources.move(source.id, found.url):
            other = await self._store.sources.by_url(found.url)
            if other is not None:
                return await self._give_way(source, other)
        return await self.first(replace(source, url=found.url, site_url=None), found)

    async def _take(
        self,
        source: Source,
        parts: AsyncIterator[Part],
        *,
        answer: Response | None = None,
        pushed: bool = False,
    ) -> PollReport:
        """File all parts; with the last one, what the poll taught."""
        part = await anext(parts)
        tally = Tally(head=part.feed)

        def conclude(brought: Brought) -> PollOutcome:
            seen = tally.seen(brought, answer)
            return lessons.read(source, seen, now=self._clock(), pushed=pushed)

        with self._doubles.arriving(source, part.feed):
            fresh = None
            if source.last_success_at is None:
                if double := await self._double(source, part.feed, answer):
                    return await self._give_way(source, double)
                fresh = await self._asking.freshest(source, part.answer or answer, part.feed)
            await self._take_part(source, part, tally, fresh, conclude)
            async for part in parts:
                await self._take_part(source, part, tally, fresh, conclude)
        await self._note_hub(source, tally.head, answer)
        return tally.report(source)

    async def _take_part(
        self,
        source: Source,
        part: Part,
        tally: Tally,
        fresh: Collection[str] | None,
        conclude: Conclude,
    ) -> None:
        """`fresh`: as in Listed; it is a first poll unless it is None."""
        listed = Listed(
            entries=part.feed.entries,
            texts=part.texts,
            first_time=fresh is not None,
            fresh=fresh,
            later=fresh is not None and part.feed is not tally.head,
        )
        tally.list(part)
        end = conclude if part.last else None
        tally.bring(await self._taking.take(source, listed, conclude=end))

    async def _note_hub(self, source: Source, head: Feed, answer: Response | None) -> None:
        """Where it is pushed, if anywhere (WebSub)."""
        if source.kind is SourceKind.FEED:
            offered = offer(head, answer.links if answer else (), source.url)
            await websub.note(self._store.hubs, source, offered, now=self._clock())

    async def _double(self, source: Source, feed: Feed, answer: Response | None) -> Source | None:
        at = [answer.url] if answer is not None and answer.url != source.url else []
        return await self._doubles.of(feed, at, but=source.id)

    async def _give_way(self, source: Source, other: Source) -> PollReport:
        """Switch a source off, since another one is the same feed."""
        outcome = lessons.same_as(source, other, now=self._clock())
        await self._committing.commit(outcome)
        return PollReport(source=source, error=outcome.error)

    async def _moved(
        self, source: Source, answer: Response, to: str
    ) -> tuple[Source, Response, PollReport | None]:
        """Remember where it has moved to; a report if it turns out to be another source."""
        if await self._store.sources.move(source.id, to):
            log.info("«%s» has moved for good and is polled at %s now.", source.title, to)
            return replace(source, url=to), replace(answer, moved_to=None), None
        other = await self._store.sources.by_url(to)
        if other is None or not other.enabled:
            return source, answer, None
        given = await self._store.sources.stats(since=EVER)
        counts = {id_: one.entries for id_, one in given.items()}
        if counts.get(source.id, 0) <= counts.get(other.id, 0):
            return source, answer, await self._give_way(source, other)
        report = await self._give_way(other, source)
        log.warning("«%s» is switched off: %s.", other.title, report.error)
        return source, answer, None

    async def _found_again(self, source: Source, e: Exception) -> PollReport | None:
        if not may_have_moved(source, e):
            return None
        found = await refind(source, store=self._store, find=self._find)
        return await self.first(*found) if found else None

    async def _failed(self, source: Source, e: Exception) -> PollReport:
        now = self._clock()
        no_network = isinstance(e, errors.FetchError) and e.no_network
        reached = not no_network or self._reach.lately(now)
        outcome = lessons.failed(source, e, now=now, reached=reached)
        await self._committing.commit(outcome)
        return PollReport(source=source, error=outcome.error, no_network=no_network)


def _is_all(feed: Feed) -> bool:
    return feed.more is None and not feed.maps
