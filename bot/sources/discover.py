"""From whatever a person types to a source: a channel, a feed, a sitemap of news, a list page.

A person waits, and a site is asked: so at most ASKED requests, at most SEARCH_S seconds after the
first answer, the likeliest places first, and no more once a host wants to be left alone.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.channels import channel_address
from bot.sources.feed import Feed
from bot.sources.feedplaces import Places, find_places
from bot.sources.folders import FOLDER_S, read_folder
from bot.sources.http import PAGES, Fetcher, Response
from bot.sources.localtime import in_local_time, is_local
from bot.sources.platforms import feed_of
from bot.sources.reading import read, tell
from bot.sources.scripts import foreign_script
from bot.sources.typed import address_in, bare, folder_in, has_scheme
from bot.workers import WorkerFailed, Workers
from storage.models import SourceKind

PARSE_S = 30
SEARCH_S = 20.0
DEEPEST = 3  # indexes of sitemaps within each other
ASKED = 8  # places tried for a feed; robots.txt and two sitemaps may follow
_ENOUGH = (errors.ToldToWait, errors.Unreachable, errors.TooSlow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source, with what it lists now, and the address by which to ask for it again."""

    url: str
    feed: Feed
    kind: SourceKind = SourceKind.FEED
    selector: str | None = None
    zone: str | None = None  # by which dates that name none were read
    warning: str | None = None  # a sentence for whoever adds it
    answer: Response | None = None  # of that address, without its body: its validators and wishes


async def find_source(
    text: str,
    *,
    fetcher: Fetcher,
    workers: Workers,
    selector: str | None = None,
    folders: bool = False,
    zone: str | None = None,
    now: datetime | None = None,
) -> Found:
    """The source behind any address, @name or (with `folders`) path of a folder.

    A `selector` says which links of a page count; then nothing else is looked for. Its dates are
    read as those of a source with that `zone` (IANA) are, `now`. Raises SourceError: one sentence
    on what is there instead.
    """
    if path := folder_in(text):
        return await _folder(path, workers, allowed=folders)
    search = _Search(fetcher=fetcher, workers=workers, selector=selector, zone=zone, now=now)
    if channel := channel_address(bare(text)):
        found = await search.channel(channel)
    else:
        found = await search.site(feed_of(address_in(text)), https_only=has_scheme(text))
    if now is not None and is_local(found.feed, zone, now):
        found = replace(found, feed=in_local_time(found.feed, zone))
    return replace(found, zone=zone, warning=foreign_script(found.feed))


async def _folder(path: str, workers: Workers, *, allowed: bool) -> Found:
    if not allowed:
        raise errors.NotASource("a folder is added on the machine it is on, with `svodka sources`")
    anytime = datetime.max.replace(tzinfo=UTC)  # nothing is too fresh to be shown
    part = await workers.run(read_folder, path, anytime, timeout_s=FOLDER_S)
    entries = tuple(item.entry for item in part.items)
    title = Path(path).name or path
    feed = Feed(title=title, site_url=None, language=None, entries=entries)
    return Found(url=f"folder:{path}", feed=feed, kind=SourceKind.FOLDER)


class _Search:
    """One search, from one address."""

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        workers: Workers,
        selector: str | None,
        zone: str | None,
        now: datetime | None,
    ) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._selector = selector
        self._zone = zone
        self._now = now
        self._empty: Found | None = None  # a feed in which there is nothing yet

    async def channel(self, url: str) -> Found:
        answer = await self._fetcher.get(url, accept=PAGES)
        return await self._as(SourceKind.CHANNEL, answer, url)

    async def site(self, url: str, *, https_only: bool, led: bool = False) -> Found:
        """`led`: by a page that goes on to another one by itself, which is followed once."""
        url, answer = await self._first(url, https_only=https_only)
        if self._selector is not None:
            return await self._page(answer)
        try:
            return await self._told(answer, url)
        except errors.NotAFeed as e:
            _check_kind(answer, e)
        places = await self._places(answer)
        if places.leads_to is not None and not led:
            return await self.site(places.leads_to, https_only=True, led=True)
        if places.login:
            raise errors.NeedsLogin(f"{host_of(answer.url)} asks for a login there")
        found = await self._beside(answer, places) or await self._listed(answer) or self._empty
        if found is None:
            raise errors.NotASource(
                f"{host_of(answer.url)} names no feed, and there is no list of news at that address"
            )
        return found

    async def _first(self, url: str, *, https_only: bool) -> tuple[str, Response]:
        """Where no scheme was typed, a site without TLS is meant too."""
        try:
            return url, await self._fetcher.get(url)
        except (errors.Unreachable, errors.Broken) as e:
            if https_only:
                raise
            try:
                url = url.replace("https://", "http://", 1)
                return url, await self._fetcher.get(url)
            except errors.FetchError:
                raise e from None

    async def _beside(self, page: Response, places: Places) -> Found | None:
        try:
            async with asyncio.timeout(SEARCH_S):
                return await self._feed(page, places) or await self._sitemap(page)
        except TimeoutError:
            return None

    async def _feed(self, page: Response, places: Places) -> Found | None:
        """The first that reads as a feed, of those named and those usual."""
        waiting = deque(dict.fromkeys([*places.feeds, *places.usual]))
        asked = {page.url}
        while waiting and len(asked) <= ASKED:
            url = waiting.popleft()
            if url in asked:
                continue
            asked.add(url)
            try:
                answer = await self._fetcher.get(url)
            except _ENOUGH:
                if host_of(url) == host_of(page.url):
                    return None
                continue
            except errors.FetchError:
                continue
            try:
                found = await self._told(answer, url)
            except errors.NotAFeed:  # a page about feeds, it may be
                waiting.extendleft(reversed((await self._places(answer)).feeds[:2]))
            except (errors.SourceError, WorkerFailed):
                continue
            else:
                if found.feed.entries:
                    return found
                self._empty = self._empty or found
        return None

    async def _sitemap(self, page: Response) -> Found | None:
        """One that tells news, of those that robots.txt names."""
        try:
            rules = await self._fetcher.rules(page.url)
            for url in _likely(rules.sitemaps):
                found = await self._told(await self._fetcher.get(url), url)
                if any(entry.title for entry in found.feed.entries):
                    return found
        except (errors.SourceError, WorkerFailed):
            return None
        return None

    async def _listed(self, page: Response) -> Found | None:
        """The page itself, as a list of its links to articles."""
        try:
            return await self._page(page)
        except errors.NotAFeed:
            return None

    async def _page(self, page: Response) -> Found:
        """Raises NotAFeed; Disallowed where robots.txt does not let it be read."""
        found = await self._as(SourceKind.PAGE, page, page.url)
        if not (await self._fetcher.rules(page.url)).allow(page.url):
            raise errors.Disallowed(
                f"the robots.txt of {host_of(page.url)} asks not to read {page.url}"
            )
        return found

    async def _told(self, answer: Response, url: str, *, deep: int = 0) -> Found:
        """A feed or sitemap, an index by what its newest map lists.

        Raises NotAFeed, NotASource, FetchError.
        """
        kind, feed = await self._workers.run(
            tell, answer.body, answer.content_type, answer.url, self._zone, timeout_s=PARSE_S
        )
        found = _found(answer, url, feed, kind)
        if not feed.maps:
            return found
        if deep == DEEPEST:
            raise errors.NotASource("the sitemap leads to indexes of sitemaps only")
        newest = await self._fetcher.get(feed.maps[0])
        child = await self._told(newest, feed.maps[0], deep=deep + 1)
        dated = any(letter.isdigit() for letter in urlsplit(child.url).path)
        several = len(feed.maps) > 1
        kept = replace(found, feed=replace(child.feed, maps=feed.maps))
        return kept if dated or several else child

    async def _as(self, kind: SourceKind, answer: Response, url: str) -> Found:
        feed = await self._workers.run(
            read,
            kind,
            answer.body,
            answer.content_type,
            answer.url,
            self._zone,
            self._selector,
            0,
            self._now,
            timeout_s=PARSE_S,
        )
        selector = self._selector if kind is SourceKind.PAGE else None
        return replace(_found(answer, url, feed, kind), selector=selector)

    async def _places(self, answer: Response) -> Places:
        try:
            return await self._workers.run(
                find_places, answer.body, answer.content_type, answer.url, timeout_s=PARSE_S
            )
        except WorkerFailed:
            return Places()


def _found(answer: Response, url: str, feed: Feed, kind: SourceKind) -> Found:
    told = replace(answer, body=b"", moved_to=None)
    return Found(url=answer.moved_to or url, feed=feed, kind=kind, answer=told)


def _likely(sitemaps: tuple[str, ...]) -> list[str]:
    """Two at most, those called news first."""
    return sorted(sitemaps, key=lambda url: "news" not in url.lower())[:2]


def _check_kind(answer: Response, why: errors.NotAFeed) -> None:
    """Only a page can name a feed, or be a list."""
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    host = host_of(answer.url)
    if answer.body.startswith(b"%PDF") or kind == "application/pdf":
        raise errors.OtherFile(f"{host} gives a PDF there, not a feed", "application/pdf")
    if (
        kind.startswith(("image/", "video/", "audio/", "font/"))
        or b"\0\0\0\0" in answer.body[:1000]
    ):
        raise errors.OtherFile(f"{host} gives {kind or 'a file'} there, not a feed", kind)
    if answer.body.lstrip()[:1] in (b"{", b"[") or not answer.body.strip():
        raise errors.NotASource(str(why)) from why
