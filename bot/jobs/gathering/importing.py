"""Importing: files, folders, addresses and pasted text become articles under a heading."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.jobs.articles.filing import Filing, Piece
from bot.jobs.gathering.fulltext import FullText
from bot.sources.addresses import canonical, host_of
from bot.sources.errors import NotAFeed, SourceError
from bot.sources.files import (
    Item,
    feed_items,
    find_files,
    items_in,
    page_item,
    post_item,
    read_file,
)
from bot.sources.http import Fetcher
from bot.sources.links import addresses
from bot.sources.opml import parse_opml
from bot.workers import WorkerFailed, Workers
from storage.errors import StorageError
from storage.models import Article, NewSource, Source
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

READ_S = 60
HEADING = "Импорт"  # of what names no source itself

Heading = Callable[[str], Awaitable[Source]]
Done = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import brought: articles, known ones too, and a sentence for each failure."""

    articles: tuple[Article, ...]
    new: int
    failures: tuple[str, ...]


class Importing:
    """Takes texts from outside the polled sources."""

    def __init__(
        self,
        *,
        store: Store,
        filing: Filing,
        fulltext: FullText,
        fetcher: Fetcher,
        workers: Workers,
        heading: Heading,
    ) -> None:
        self._store = store
        self._filing = filing
        self._fulltext = fulltext
        self._fetcher = fetcher
        self._workers = workers
        self._heading = heading

    async def take(
        self,
        what: Sequence[str],
        *,
        source: str | None = None,
        pages: bool = False,
        on_done: Done | None = None,
    ) -> Taken:
        """Import paths and addresses; `pages` fetches the full text of local feeds' entries.

        What cannot be read is told in `failures`; the rest goes on.
        """
        articles: list[Article] = []
        failures: list[str] = []
        new = 0
        for one in await asyncio.to_thread(_flat, what):
            try:
                items = await self._items(one)
                found, added = await self.file(items, source=source, pages=pages)
            except (SourceError, WorkerFailed, MemoryError) as e:
                failures.append(_failure(one, str(e) or "there is too much of it"))
            except StorageError:
                raise
            except Exception as e:  # a mistake of ours or of a parser: it costs this one only
                log.exception("«%s» could not be imported", one)
                failures.append(_failure(one, f"it could not be read ({type(e).__name__}: {e})"))
            else:
                articles += found
                new += added
            if on_done is not None:
                on_done(one)
        return Taken(articles=tuple(articles), new=new, failures=tuple(failures))

    async def document(
        self, body: bytes, name: str, *, source: str | None = None, heading: str = HEADING
    ) -> tuple[list[Article], int]:
        """File what a document of that name holds, as `file` does. Raises BadFile, WorkerFailed."""
        items = await self._workers.run(items_in, body, name, timeout_s=READ_S)
        return await self.file(items, source=source, heading=heading)

    async def listed(self, body: bytes) -> list[NewSource]:
        """The sources that an OPML document lists. Raises BadFile, WorkerFailed."""
        return await self._workers.run(parse_opml, body, timeout_s=READ_S)

    async def file(
        self,
        items: Sequence[Item],
        *,
        source: str | None = None,
        pages: bool = False,
        heading: str = HEADING,
    ) -> tuple[list[Article], int]:
        """Store items under their headings; their articles in order, and how many are new.

        `source` is the heading of all of them, `heading` of those that name none themselves.
        """
        new = 0
        groups: defaultdict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[source or item.source or _host(item) or heading].append(item)
        articles: list[Article] = []
        for title, group in groups.items():
            under = await self._heading(title)
            pieces = [Piece(entry=i.entry, text=i.text, headings=i.headings) for i in group]
            if pages:
                pieces = list((await self._fulltext.complete(under, pieces)).pieces)
            new += len(await self._filing.file(under, pieces))
            for piece in pieces:
                key, url = piece.entry.key, piece.entry.url
                stored = await self._store.articles.find(
                    under.id, key=key, url=url, also_at=addresses(url)
                )
                if stored is not None:
                    articles.append(stored)
        return articles, new

    async def page(self, url: str) -> Item | None:
        """The article at an address, not yet filed; None when a feed is there.

        Raises SourceError, WorkerFailed.
        """
        items, feed = await self._fetched(url)
        return None if feed else items[0]

    async def channel_post(self, address: str) -> Item | None:
        """One post of a public channel, `https://t.me/name/123`; None if its preview lacks it.

        Raises SourceError, WorkerFailed.
        """
        answer = await self._fetcher.get(address.replace("https://t.me/", "https://t.me/s/"))
        return await self._workers.run(
            post_item, answer.body, answer.content_type, answer.url, address, timeout_s=READ_S
        )

    async def _items(self, what: str) -> list[Item]:
        if is_url(what):
            items, _ = await self._fetched(what)
            return items
        return await self._workers.run(read_file, what, timeout_s=READ_S)

    async def _fetched(self, url: str) -> tuple[list[Item], bool]:
        """An address is a feed (True), with all its entries, or else one page."""
        answer = await self._fetcher.get(url)
        try:
            items = await self._workers.run(
                feed_items, answer.body, answer.content_type, answer.url, timeout_s=READ_S
            )
        except NotAFeed:
            page = await self._fulltext.pages.read(answer)
            return [page_item(page, canonical(answer.url))], False
        return items, True


def _failure(what: str, said: str) -> str:
    """One sentence that names the file or address, as the error itself may do already."""
    return f"{said}." if what in said else f"{what}: {said}."


def is_url(text: str) -> bool:
    return urlsplit(text).scheme in ("http", "https")


def _flat(what: Sequence[str]) -> list[str]:
    """Folders give way to the files in them."""
    return [file for one in what for file in ([one] if is_url(one) else find_files(one))]


def _host(item: Item) -> str | None:
    return host_of(item.entry.url) if item.entry.url else None
