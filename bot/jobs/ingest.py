"""Ingest: sources that are due are polled, and what is new in them is filed.

A source's validators are committed with its articles or after them, never before: a kill in
between means that the server is asked once more, and that nothing is lost.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.jobs.filing import Filing, Piece
from bot.jobs.fulltext import FullText
from bot.jobs.importing import Importing
from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.discover import Found, find_feed
from bot.sources.feeds import Feed, parse_feed
from bot.sources.http import Fetcher
from bot.sources.markup import texts as to_texts
from bot.workers import WorkerFailed, Workers
from storage.models import Article, Entry, NewSource, PollOutcome, Source, SourceKind
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

AT_ONCE = 16  # sources polled beside each other
LEASE_S = 1800  # a poll that takes longer may be begun again by another
PARSE_S = 30
LONGEST = timedelta(hours=24)
NO_NETWORK = timedelta(minutes=15)  # the longest wait when no connection can be made
JITTER = 0.1  # so that sources polled together drift apart


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one poll brought. `error` is a sentence; `new` are the articles it stored."""

    source: Source
    new: tuple[Article, ...] = ()
    error: str | None = None
    no_network: bool = False
    wait_until: datetime | None = None  # not asked: the server said to wait until then


class _Reach:
    """Whether any source can be reached: said once when none can, once when one can again."""

    def __init__(self) -> None:
        self.lost = False
        self._reached_at: datetime | None = None

    def note(self, reports: Sequence[PollReport], now: datetime) -> None:
        asked = [report for report in reports if report.wait_until is None]
        if any(not report.no_network for report in asked):
            if self.lost:
                log.info("The network is back; sources are polled again.")
            self.lost = False
            self._reached_at = now
        elif asked and not self.lost and not self.lately(now):
            self.lost = True
            log.warning(
                "No source can be reached (%s); trying again until one can.", asked[0].error
            )

    def lately(self, now: datetime) -> bool:
        """Whether another source answered of late: then it is that one host which does not."""
        return self._reached_at is not None and now - self._reached_at < NO_NETWORK


class Ingest:
    """Polls sources and files what they bring."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        workers: Workers,
        topics_toml: str,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.filing = Filing(store=store, workers=workers, topics_toml=topics_toml, clock=clock)
        self.fulltext = FullText(
            sources=store.sources, fetcher=fetcher, workers=workers, clock=clock
        )
        self.importing = Importing(
            store=store,
            filing=self.filing,
            fulltext=self.fulltext,
            fetcher=fetcher,
            workers=workers,
            heading=self.heading,
        )
        self._store = store
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._places = asyncio.Semaphore(AT_ONCE)
        self._reach = _Reach()

    async def poll_due(self, *, limit: int = 100) -> list[PollReport]:
        """Poll the sources whose time has come, one bad one costing only itself."""
        due = await self._store.sources.claim_due(now=self._clock(), limit=limit, lease_s=LEASE_S)
        return await self.poll_all(due)

    async def poll_all(
        self, sources: Sequence[Source], *, on_done: Callable[[PollReport], None] | None = None
    ) -> list[PollReport]:
        """Poll these now, but for those whose server said to wait. Reports in the same order."""

        async def one(source: Source) -> PollReport:
            async with self._places:
                report = await self.poll(source)
            if on_done is not None:
                on_done(report)
            return report

        reports = await asyncio.gather(*(one(source) for source in sources))
        self._reach.note(reports, self._clock())
        for report in reports:
            if report.error and not (report.no_network and self._reach.lost):
                _say_once(report)
        return reports

    async def poll(self, source: Source) -> PollReport:
        """Ask one source for news. Its failures are in the report and in the store, not raised."""
        now = self._clock()
        if source.wait_until is not None and source.wait_until > now:
            return PollReport(source=source, wait_until=source.wait_until)
        try:
            return await self._poll(source)
        except (errors.SourceError, WorkerFailed, MemoryError) as e:
            no_network = isinstance(e, errors.FetchError) and e.no_network
            patient = not no_network or self._reach.lately(now)
            outcome = _failure(source, e, now=now, longest=LONGEST if patient else NO_NETWORK)
            await self._store.sources.failed(outcome)
            return PollReport(source=source, error=outcome.error, no_network=no_network)

    async def add(self, url: str) -> PollReport:
        """Add a feed, or the feed a site names, and poll it at once.

        Raises SourceError when the address leads to no feed; nothing is stored then.
        """
        found = await self.find(url)
        source = await self._store.sources.add(
            NewSource(
                url=found.url,
                title=found.feed.title or host_of(found.url),
                site_url=found.feed.site_url,
                language=found.feed.language,
            ),
            now=self._clock(),
        )
        return await self.poll(source)

    async def find(self, url: str) -> Found:
        """The feed behind any address, fetched and parsed. Raises SourceError."""
        return await find_feed(url, fetcher=self._fetcher, workers=self._workers)

    async def heading(self, title: str, kind: SourceKind = SourceKind.IMPORT) -> Source:
        """The source under which imports of that title stand; stored if it is new."""
        return await self._store.sources.add(
            NewSource(url=f"{kind.value}:{title}", title=title, kind=kind), now=self._clock()
        )

    async def _poll(self, source: Source) -> PollReport:
        if source.site_url == source.url and source.last_success_at is None:
            source = await self._located(source)
        answer = await self._fetcher.get(
            source.url, etag=source.etag, last_modified=source.last_modified
        )
        outcome = PollOutcome(
            source_id=source.id,
            at=self._clock(),
            next_poll_at=_next(source, self._clock(), 0),
            etag=answer.etag,
            last_modified=answer.last_modified,
            wait_until=_until(self._clock(), answer.retry_after_s),
        )
        if answer.not_modified:
            await self._store.sources.failed(outcome)
            return PollReport(source=source)
        feed = await self._workers.run(
            parse_feed, answer.body, answer.content_type, answer.url, source.zone, timeout_s=PARSE_S
        )
        new = await self._file(source, feed, outcome)
        return PollReport(source=source, new=tuple(new))

    async def _located(self, source: Source) -> Source:
        """A site's front page leads to its feed: from now on that is what we poll."""
        found = await self.find(source.url)
        if not await self._store.sources.move(source.id, found.url):
            raise errors.NotAFeed(f"{found.url}, the feed of this site, is a source already")
        return replace(source, url=found.url)

    async def _file(self, source: Source, feed: Feed, outcome: PollOutcome) -> list[Article]:
        """File the entries that are not stored; with none, only the outcome is committed."""
        entries = await self._unknown(source, feed.entries)
        if not entries:
            await self._store.sources.failed(outcome)
            return []
        texts = await self._workers.run(
            to_texts, [entry.html for entry in entries], timeout_s=PARSE_S
        )
        pieces = [
            Piece(entry=entry, text=text.text, headings=text.headings)
            for entry, text in zip(entries, texts, strict=True)
        ]
        first_time = source.last_success_at is None
        done = await self.fulltext.complete(source, pieces, first_time=first_time)
        outcome = replace(outcome, text_from=done.text_from)
        if done.again:  # with validators the server would answer that nothing has changed
            outcome = replace(outcome, etag=None, last_modified=None)
        if not done.pieces:
            await self._store.sources.failed(outcome)
            return []
        return await self.filing.file(source, done.pieces, outcome=outcome)

    async def _unknown(self, source: Source, entries: Sequence[Entry]) -> list[Entry]:
        keys = await self._store.articles.known(source.id, [entry.key for entry in entries])
        urls = await self._store.articles.known_urls([e.url for e in entries if e.url])
        return [e for e in entries if e.key not in keys and e.url not in urls]


def _say_once(report: PollReport) -> None:
    """A source's first failure in a row is a line; what follows is in `svodka sources check`."""
    level = logging.WARNING if report.source.failures == 0 else logging.DEBUG
    log.log(level, "«%s» could not be read: %s", report.source.title, report.error)


def _failure(source: Source, e: Exception, *, now: datetime, longest: timedelta) -> PollOutcome:
    wait = _until(now, e.retry_after_s if isinstance(e, errors.FetchError) else None)
    at = _next(source, now, source.failures + 1, longest=longest)
    return PollOutcome(
        source_id=source.id,
        at=now,
        next_poll_at=max(at, wait) if wait else at,
        error=str(e) or type(e).__name__,
        wait_until=wait,
        switch_off=isinstance(e, errors.Gone),
    )


def _next(
    source: Source, now: datetime, failures: int, *, longest: timedelta = LONGEST
) -> datetime:
    """The interval, doubled for each failure in a row."""
    doubled: int = source.interval_s << min(failures, 10)
    wait = min(timedelta(seconds=doubled), longest)
    return now + wait * random.uniform(1 - JITTER, 1 + JITTER)


def _until(now: datetime, retry_after_s: float | None) -> datetime | None:
    if not retry_after_s:
        return None
    return now + min(timedelta(seconds=retry_after_s), timedelta(days=7))
