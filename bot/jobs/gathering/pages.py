"""Pages of entries: fetched politely and read; what gave no article is not asked for again.

A page that was found to be no article is refused for a month, over restarts too: the store
remembers it. One that fails for now (a time-out, a 5xx) is asked for again at the next poll; after
some of these, a day later.
"""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.jobs.articles.filing import Piece
from bot.jobs.work.bounded import BoundedCounter
from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.http import PAGES, Fetcher, Response
from bot.sources.pages import Page, extract_page
from bot.workers import WorkerFailed, Workers
from storage.models import POLLED, Source
from storage.ports import Sources

log = logging.getLogger("svodka.ingest")

TRIES = 3  # times that a page is asked for which is not there, or breaks its parser
REFUSED_FOR = timedelta(days=30)
PASSING_TRIES, RESTS_FOR = 8, timedelta(days=1)  # of a page that fails for now, each time anew
MOST_COUNTED = 20_000  # pages whose tries are counted
EXTRACT_S = 20

# What one page of a host meets, its next one will.
WHOLE_HOST = (
    errors.TooSlow,
    errors.Unreachable,
    errors.ToldToWait,
    errors.RulesUnread,
    errors.TurnedAway,
)
SHUT = 2  # such failures, and the host is asked for no more pages in this poll
_PASSING = (*WHOLE_HOST, errors.Broken)
_PASSING_STATUSES = frozenset({408, 425, 429})

Found = Page | errors.SourceError | WorkerFailed


class Pages:
    """Fetches, reads, and remembers what is not worth it."""

    def __init__(
        self, *, sources: Sources, fetcher: Fetcher, workers: Workers, clock: Clock
    ) -> None:
        self._sources = sources
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._tried = BoundedCounter(MOST_COUNTED)
        self._failed = BoundedCounter(MOST_COUNTED)

    async def page(self, url: str, zone: str | None = None) -> Page:
        """Fetch and read one page. Raises SourceError, WorkerFailed."""
        answer = await self._fetcher.get(url, accept=PAGES, robots=True)
        if _is_front(answer.url) and not _is_front(url):
            raise errors.NoText("the address leads to the site's front page")
        return await self.read(answer, zone)

    async def read(self, answer: Response, zone: str | None = None) -> Page:
        """The article in a page that was fetched. Raises NoText, WorkerFailed."""
        return await self._workers.run(
            extract_page, answer.body, answer.content_type, answer.url, zone, timeout_s=EXTRACT_S
        )

    async def not_refused(
        self, source: Source, pieces: Sequence[Piece], at: Sequence[int]
    ) -> list[int]:
        """Those of the places whose pages may be asked for, in the same order."""
        if source.kind not in POLLED or not at:  # what is imported is wanted now
            return list(at)
        keys = {place: _key(pieces[place]) for place in at}
        refused = await self._sources.refused(source.id, list(keys.values()), now=self._clock())
        return [place for place in at if keys[place] not in refused]

    async def fetch(
        self, source: Source, pieces: Sequence[Piece], wanted: Iterable[int]
    ) -> dict[int, Found]:
        """By place, the pages of these pieces, or why there is none."""
        hosts: defaultdict[str, list[int]] = defaultdict(list)
        for at in wanted:
            hosts[host_of(pieces[at].entry.url or "")].append(at)
        found: dict[int, Found] = {}

        async def of_host(places: Sequence[int]) -> None:
            """One after another, as manners have it; no more once the host is shut."""
            shut: list[Found] = []
            for at in places:
                found[at] = shut[-1] if len(shut) >= SHUT else await self._one(source, pieces[at])
                if isinstance(found[at], WHOLE_HOST):
                    shut.append(found[at])

        await asyncio.gather(*map(of_host, hosts.values()))
        if source.kind in POLLED:
            await self._count(source, {_key(pieces[at]): page for at, page in found.items()})
        return found

    async def _one(self, source: Source, piece: Piece) -> Found:
        url = piece.entry.url
        assert url is not None
        try:
            return await self.page(url, source.zone)
        except (errors.SourceError, WorkerFailed) as e:
            log.info("The page %s gave no text: %s", url, e)
            return e

    async def _count(self, source: Source, found: Mapping[str, Found]) -> None:
        """Refuse those that were asked for often enough."""
        refused = [
            key
            for key, page in found.items()
            if self._tried.count((source.id, key), by=_weight(page)) >= TRIES
        ]
        resting = [
            key
            for key, page in found.items()
            if passes(page)
            and not isinstance(page, errors.ToldToWait)
            and self._failed.count((source.id, key)) % PASSING_TRIES == 0
        ]
        now = self._clock()
        for keys, span in ((refused, REFUSED_FOR), (resting, RESTS_FOR)):
            if keys:
                await self._sources.refuse(source.id, keys, now=now, until=now + span)


def passes(found: Found) -> bool:
    """Whether the failure may be over by the next poll."""
    if isinstance(found, errors.BadAnswer) and not isinstance(found, errors.TurnedAway):
        return found.status >= 500 or found.status in _PASSING_STATUSES
    return isinstance(found, _PASSING)


def _weight(found: Found) -> int:
    """As how many tries it counts. What was read counts too: it may be another's article."""
    if passes(found) or isinstance(found, errors.Disallowed):
        return 0
    return 1 if isinstance(found, Page | errors.BadAnswer | WorkerFailed) else TRIES


def _key(piece: Piece) -> str:
    """An edited entry's page is another one."""
    said = f"{piece.entry.key}\n{piece.entry.version}".encode("utf-8", "replace")
    return hashlib.sha256(said).hexdigest()[:32]


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") == "" and not parts.query
