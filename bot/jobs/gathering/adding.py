"""Adding a source: look at what is behind an address, show it, then store and poll it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.jobs.gathering.doubles import Doubles
from bot.jobs.gathering.interval import interval_s
from bot.jobs.gathering.polling import Polling
from bot.jobs.gathering.refinding import Find
from bot.jobs.gathering.reports import PollReport
from bot.jobs.gathering.rounds import Rounds
from bot.sources.addresses import host_of
from bot.sources.discover import Found
from bot.sources.errors import SameSource
from storage.models import NewSource, Source
from storage.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is behind an address, fetched and parsed; nothing is stored."""

    found: Found
    interval_s: int  # between two polls, by how often it published of late
    known: Source | None = None  # the source that it is already, switched on or off


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What whoever adds a source knows of it."""

    title: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None  # IANA name for dates that carry none


UNTOLD = About()


class Adding:
    """Looks and adds."""

    def __init__(
        self,
        *,
        store: Store,
        polling: Polling,
        rounds: Rounds,
        doubles: Doubles,
        find: Find,
        clock: Clock,
    ) -> None:
        self._store = store
        self._polling = polling
        self._rounds = rounds
        self._doubles = doubles
        self._find = find
        self._clock = clock

    async def look(
        self,
        text: str,
        *,
        selector: str | None = None,
        folders: bool = False,
        zone: str | None = None,
    ) -> Looked:
        """What is behind an address, @name or path. Raises SourceError, WorkerFailed.

        `zone` (IANA) is for its dates that name none, as it will be of the source.
        `folders`: only for who may read this machine's files, so never for a chat.
        """
        found = await self._find(text, selector=selector, folders=folders, zone=zone)
        known = await self._store.sources.by_url(found.url)
        if known is None:
            known = await self._doubles.of(found.feed, [])
        published = [entry.published_at for entry in found.feed.entries if entry.published_at]
        return Looked(found=found, interval_s=interval_s(published, now=self._clock()), known=known)

    async def add(
        self,
        what: str | Looked,
        *,
        about: About = UNTOLD,
        on_found: Callable[[Looked], None] | None = None,
        patience_s: float | None = None,
    ) -> PollReport:
        """Store the source and poll it; the report holds the source as it is after that.

        `on_found` is called as soon as it is stored: what follows may read twenty pages, or a
        thousand, a second each; with `patience_s` it is waited for so long and then goes on by
        itself. A source that was switched off is switched on again. Raises SameSource for one that
        is on, SourceError, WorkerFailed; nothing is stored then.
        """
        looked = await self.look(what, zone=about.zone) if isinstance(what, str) else what
        source = await self._stored(looked, about)
        if on_found is not None:
            on_found(replace(looked, known=source))

        async def first(source: Source) -> PollReport:
            return await self._polling.first(source, looked.found)

        report = await self._rounds.alone(source, first, patience_s=patience_s)
        report = report or PollReport(source=source, goes_on=True)
        now_is = await self._store.sources.get(source.id)
        return replace(report, source=now_is or source)

    async def _stored(self, looked: Looked, about: About) -> Source:
        found, known, now = looked.found, looked.known, self._clock()
        if known is not None and known.enabled:
            same = "it is a source already" if known.url == found.url else "it is the same feed as"
            raise SameSource(f"{found.url}: {same}: «{known.title}»", known.id)
        if known is not None:
            await self._store.sources.enable(known.id, True, now=now)
            return await self._store.sources.get(known.id) or known
        return await self._store.sources.add(
            NewSource(
                url=found.url,
                title=about.title or found.feed.title or host_of(found.url),
                kind=found.kind,
                site_url=found.feed.site_url,
                region=about.region,
                language=about.language or found.feed.language,
                zone=about.zone,
                selector=found.selector,
            ),
            now=now,
        )
