"""Ingest: sources that are due are polled, and what is new in them is filed.

The parts are joined here: rounds of polls, adding a source, what comes unasked, imports.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.heap import give_back
from bot.jobs.articles.filing import Filing
from bot.jobs.gathering.adding import Adding
from bot.jobs.gathering.adding import Looked as Looked
from bot.jobs.gathering.asking import Asking, Part, only
from bot.jobs.gathering.awaiting import Awaiting
from bot.jobs.gathering.committing import Committing
from bot.jobs.gathering.doubles import Doubles
from bot.jobs.gathering.fulltext import FullText
from bot.jobs.gathering.importing import Importing
from bot.jobs.gathering.polling import FAILURES, Polling
from bot.jobs.gathering.posting import post_entry, source_of_posts
from bot.jobs.gathering.reach import Reach
from bot.jobs.gathering.reports import PollReport as PollReport
from bot.jobs.gathering.rounds import PATIENCE_S, Rounds
from bot.jobs.gathering.taking import Taking
from bot.jobs.gathering.websub import is_pushed
from bot.sources.discover import Found, find_source
from bot.sources.feed import Feed
from bot.sources.http import Fetcher, Response
from bot.workers import Workers
from storage.models import NewSource, Source, SourceKind
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

AT_ONCE = 16  # requests under way
PLACES = 4  # hosts at work for each of them: most of a poll is waiting and reading, not asking
LEASE_S = 1800  # a poll that a crash cut short is begun again after this time
DUE = 1000  # sources claimed at a time


class Ingest:
    """Takes news in, from anywhere."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        workers: Workers,
        topics_toml: str,
        clock: Clock,
        at_once: int = AT_ONCE,
        zone: str = "UTC",
    ) -> None:
        self.filing = Filing(
            store=store, workers=workers, topics_toml=topics_toml, clock=clock, zone=zone
        )
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
        self.awaiting = Awaiting(
            store=store, filing=self.filing, fulltext=self.fulltext, clock=clock
        )
        self.workers = workers
        self.fetcher = fetcher
        self._clock = clock
        self._reach = Reach()
        self._rounds = Rounds(places=PLACES * at_once)
        self._asking = Asking(
            fetcher=fetcher, workers=workers, articles=store.articles, clock=clock
        )
        doubles = Doubles(store)
        self._polling = self._polls(doubles)
        self._adding = Adding(
            store=store,
            polling=self._polling,
            rounds=self._rounds,
            doubles=doubles,
            find=self.find,
            clock=clock,
        )
        self.look = self._adding.look
        self.add = self._adding.add

    def _polls(self, doubles: Doubles) -> Polling:
        committing = Committing(self._store.sources)
        taking = Taking(
            store=self._store,
            workers=self.workers,
            filing=self.filing,
            fulltext=self.fulltext,
            committing=committing,
            clock=self._clock,
        )
        return Polling(
            store=self._store,
            asking=self._asking,
            taking=taking,
            doubles=doubles,
            committing=committing,
            reach=self._reach,
            find=self.find,
            clock=self._clock,
        )

    async def poll_due(self, *, limit: int = DUE) -> list[PollReport]:
        """Poll the sources whose time has come, one bad one costing only itself.

        The reports, without articles, of those that took no longer than PATIENCE_S; the others go
        on, and are not begun anew meanwhile.
        """
        if self._rounds.full:
            return []
        due = await self._store.sources.claim_due(now=self._clock(), limit=limit, lease_s=LEASE_S)
        return await self._round(due, keep=False, patience_s=PATIENCE_S)

    async def poll_all(
        self,
        sources: Sequence[Source],
        *,
        on_done: Callable[[PollReport], None] | None = None,
        keep: bool = True,
    ) -> list[PollReport]:
        """Poll these now, but for those whose server said to wait. Reports in the same order.

        Without `keep` they hold no articles: those of a thousand sources take room.
        """
        return await self._round(sources, keep=keep, on_done=on_done)

    async def poll(self, source: Source) -> PollReport:
        """Ask one source for news. Its failures are in the report and in the store, not raised."""
        reports = await self.poll_all([source])
        return reports[0] if reports else PollReport(source=source)  # a round is at it just now

    async def find(
        self,
        text: str,
        *,
        selector: str | None = None,
        folders: bool = False,
        zone: str | None = None,
    ) -> Found:
        """The source behind any address or @name, fetched and parsed. Raises SourceError."""
        return await find_source(
            text,
            fetcher=self.fetcher,
            workers=self.workers,
            selector=selector,
            folders=folders,
            zone=zone,
            now=self._clock(),
        )

    async def receive(self, source: Source, body: bytes, content_type: str | None) -> PollReport:
        """File a document that a hub pushed (WebSub). Nothing is learned of the source by it."""
        pushed = Response(url=source.url, status=200, body=body, content_type=content_type)
        return await self._unasked(source, self._asking.parts(source, pushed))

    async def take_post(
        self,
        *,
        title: str,
        username: str | None,
        chat_id: int,
        message_id: int,
        text: str,
        at: datetime,
    ) -> PollReport:
        """File a post of a channel, or take over its edit. `at`: when it was posted."""
        source = await source_of_posts(
            self._store.sources, title=title, username=username, chat_id=chat_id, now=self._clock()
        )
        entry = post_entry(username=username, message_id=message_id, text=text, at=at)
        feed = Feed(title=title, site_url=None, language=None, entries=(entry,))
        return await self._unasked(source, only(feed))

    async def heading(self, title: str, kind: SourceKind = SourceKind.IMPORT) -> Source:
        """The source under which imports of that title stand; stored if it is new."""
        return await self._store.sources.add(
            NewSource(url=f"{kind.value}:{title}", title=title, kind=kind), now=self._clock()
        )

    async def close(self) -> None:
        """End the polls that go on in the background."""
        await self._rounds.close()

    async def _round(
        self,
        sources: Sequence[Source],
        *,
        keep: bool,
        patience_s: float | None = None,
        on_done: Callable[[PollReport], None] | None = None,
    ) -> list[PollReport]:
        pushed = await self._pushed()
        reports: dict[int, PollReport] = {}
        over = False

        async def work(source: Source) -> None:
            report = await self._polling.poll(source, pushed=source.id in pushed)
            reports[source.id] = report if keep or not report.new else replace(report, new=())
            if over:  # nobody waits for it any more
                self._tell([report])
            if on_done is not None:
                on_done(report)

        await self._rounds.run(sources, work, patience_s=patience_s)
        over = True
        if any(report.added for report in reports.values()):
            give_back()  # what many texts at once needed
        ordered = [reports[source.id] for source in sources if source.id in reports]
        self._tell(ordered)
        return ordered

    def _tell(self, reports: Sequence[PollReport]) -> None:
        """Log what went wrong; of a lost network, that alone."""
        self._reach.note(reports, self._clock())
        for report in reports:
            if report.error and not (report.no_network and self._reach.lost):
                _say_once(report)

    async def _pushed(self) -> frozenset[int]:
        """Sources whose hubs tell us of news."""
        now = self._clock()
        return frozenset(
            hub.source_id for hub in await self._store.hubs.all() if is_pushed(hub, now)
        )

    async def _unasked(self, source: Source, parts: AsyncIterator[Part]) -> PollReport:
        try:
            return await self._polling.take(source, parts)
        except FAILURES as e:
            return PollReport(source=source, error=str(e) or type(e).__name__)


def _say_once(report: PollReport) -> None:
    """A source's first failure in a row is a line; what follows is in `svodka sources check`."""
    level = logging.WARNING if report.source.failures == 0 else logging.DEBUG
    log.log(level, "«%s» could not be read: %s", report.source.title, report.error)
