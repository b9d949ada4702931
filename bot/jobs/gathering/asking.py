"""Asking: from a source's answer to what it lists, part by part, all of it.

A long feed comes in parts, so that no list is too long for memory. A channel shows its newest posts
only, and so do many feeds: the pages before are read back to what we have, and given oldest first,
so that a kill on the way leaves no gap behind what is stored. An index of sitemaps gives way to
those it names.
"""

import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.clock import Clock
from bot.sources.errors import (
    BadAnswer,
    NotAFeed,
    SourceError,
    ToldToWait,
    TooSlow,
    Unreachable,
)
from bot.sources.feed import Feed
from bot.sources.folders import FOLDER_S, FolderPart, read_folder
from bot.sources.http import Fetcher, Response
from bot.sources.links import addresses
from bot.sources.localtime import in_local_time, is_local
from bot.sources.markup import Text
from bot.sources.newest import newest
from bot.sources.reading import read
from bot.workers import WorkerFailed, Workers
from storage.models import Entry, Source, SourceKind
from storage.ports import Articles

log = logging.getLogger("svodka.ingest")

PARSE_S = 30
OLDER = 25  # pages that are read back after a downtime: of a channel some 500 posts
MAPS = 50  # sitemaps that are read for the sake of one index
DEEPEST = 3  # indexes within indexes
MOST_LISTED = 10_000  # entries of an index's sitemaps in one poll; the newest come first
FRESH = 20  # entries of a new source that may be announced


class Part(NamedTuple):
    """`texts`, by key, are there where no markup has to be read for them."""

    feed: Feed
    last: bool
    texts: Mapping[str, Text] = MappingProxyType({})
    answer: Response | None = None  # of another address, for which the validators do not speak


async def only(feed: Feed) -> AsyncIterator[Part]:
    """What is all of it, where nothing else has to be asked for."""
    yield Part(feed, last=True)


class Asking:
    """Asks over HTTP, and has workers read the answers."""

    def __init__(
        self, *, fetcher: Fetcher, workers: Workers, articles: Articles, clock: Clock
    ) -> None:
        self._clock = clock
        self._fetcher = fetcher
        self._workers = workers
        self._articles = articles

    async def ask(self, source: Source) -> Response:
        """The source's own address, with the validators of the last time. Raises FetchError."""
        return await self._fetcher.get(
            source.url,
            etag=source.etag,
            last_modified=source.last_modified,
            robots=source.kind is SourceKind.PAGE,
        )

    async def parts(self, source: Source, answer: Response) -> AsyncIterator[Part]:
        """All that it lists. Raises SourceError, WorkerFailed."""
        feed = await self.read(source, answer)
        if feed.maps:
            async for part in self._mapped(source, feed):
                yield part
            return
        local = is_local(feed, source.zone, self._clock())
        async for part in self._older_first(source, answer, feed):
            yield part._replace(feed=in_local_time(part.feed, source.zone)) if local else part

    async def folder(self, source: Source) -> AsyncIterator[Part]:
        """What is new or changed in a folder since the last time. Raises SourceError."""
        path = source.url.removeprefix("folder:")
        start: int | None = 0
        while start is not None:
            part = await self._workers.run(
                read_folder,
                path,
                self._clock(),
                source.last_success_at,
                start,
                timeout_s=FOLDER_S,
            )
            for failure in part.failures:
                log.warning("«%s»: %s.", source.title, failure)
            start = part.more
            yield _of_folder(source, part)

    async def read(self, source: Source, answer: Response, *, start: int = 0) -> Feed:
        """One part of an answer. Raises NotAFeed, WorkerFailed."""
        return await self._workers.run(
            read,
            source.kind,
            answer.body,
            answer.content_type,
            answer.url,
            source.zone,
            source.selector,
            start,
            self._clock(),
            source.last_success_at,
            timeout_s=PARSE_S,
        )

    async def freshest(self, source: Source, answer: Response | None, head: Feed) -> frozenset[str]:
        """The keys of the newest entries of all the parts, the first being read already."""
        if answer is None:
            return frozenset(entry.key for entry in newest(head.entries, FRESH))
        found: list[Entry] = []
        async for feed in self._whole(source, answer, head):
            found = newest([*found, *feed.entries], FRESH)
        return frozenset(entry.key for entry in found)

    async def _mapped(self, source: Source, index: Feed) -> AsyncIterator[Part]:
        """What the sitemaps of an index list. Raises the last failure when none can be read."""
        held: Part | None = None
        failures: list[Exception] = []
        async for part in self._maps(source, index, failures):
            if held is not None:
                yield held
            held = part
        if held is None:
            raise failures[-1] if failures else NotAFeed("the index names only indexes")
        yield held._replace(last=True)

    async def _maps(
        self, source: Source, index: Feed, failures: list[Exception]
    ) -> AsyncIterator[Part]:
        """One that fails costs only itself, and is added to the failures."""
        waiting = deque((url, 1) for url in index.maps)
        asked: set[str] = set()
        listed = 0
        while waiting and len(asked) < MAPS and listed < MOST_LISTED:
            url, depth = waiting.popleft()
            if url in asked:
                continue
            asked.add(url)
            try:
                answer = await self._fetcher.get(url)
                feed = await self.read(source, answer)
                if feed.maps:
                    waiting.extend((map_, depth + 1) for map_ in feed.maps if depth < DEEPEST)
                    continue
                async for one in self._whole(source, answer, feed):
                    listed += len(one.entries)
                    yield Part(one, last=False, answer=answer)
            except (SourceError, WorkerFailed) as e:
                log.info("The sitemap %s is left out: %s", url, e)
                failures.append(e)
                if isinstance(e, TooSlow | Unreachable | ToldToWait):
                    return  # so it would go with the next ones

    async def _older_first(
        self, source: Source, answer: Response, feed: Feed
    ) -> AsyncIterator[Part]:
        for page in reversed(await self._older(source, feed)):
            yield Part(page, last=False)
        async for one in self._whole(source, answer, feed):
            yield Part(one, last=one.more is None)

    async def _whole(self, source: Source, answer: Response, feed: Feed) -> AsyncIterator[Feed]:
        """All parts of an answer, the first being read already."""
        yield feed
        while feed.more is not None:
            feed = await self.read(source, answer, start=feed.more)
            yield feed

    async def _older(self, source: Source, feed: Feed) -> Sequence[Feed]:
        """The pages before the first one, newest first, as far back as there may be news."""
        pages: list[Feed] = []
        if source.last_success_at is None:
            return pages
        seen = {entry.key for entry in feed.entries}
        while feed.older and len(pages) < OLDER and not await self._meets(source, feed):
            try:
                feed = await self.read(source, await self._fetcher.get(feed.older))
            except (NotAFeed, BadAnswer) as e:
                if source.kind is SourceKind.CHANNEL or not _is_end(e):
                    raise
                break
            if seen.issuperset(entry.key for entry in feed.entries):
                break  # it has but one page, whatever is asked for
            seen.update(entry.key for entry in feed.entries)
            pages.append(feed)
        return pages

    async def _meets(self, source: Source, feed: Feed) -> bool:
        """Whether something of it is stored. Of a feed it is enough that we could have seen it."""
        if source.kind is SourceKind.FEED:
            dates = [entry.published_at for entry in feed.entries if entry.published_at]
            if not dates or source.last_success_at is None or min(dates) <= source.last_success_at:
                return True
        keys = [entry.key for entry in feed.entries]
        if await self._articles.known(source.id, keys):
            return True
        return bool(await self._articles.at([u for e in feed.entries for u in addresses(e.url)]))


def _of_folder(source: Source, part: FolderPart) -> Part:
    feed = Feed(
        title=source.title,
        site_url=None,
        language=None,
        entries=tuple(item.entry for item in part.items),
    )
    texts = {i.entry.key: Text(text=i.text, headings=i.headings) for i in part.items}
    return Part(feed, last=part.more is None, texts=texts)


def _is_end(e: NotAFeed | BadAnswer) -> bool:
    """Whether a feed has no page before the last one."""
    return isinstance(e, NotAFeed) or e.status in (400, 404, 410)
