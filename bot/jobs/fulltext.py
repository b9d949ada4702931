"""Full text: where a feed gives only a lead, the article's page is fetched and read."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.jobs.filing import Piece
from bot.jobs.manners import Manners
from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.http import PAGES, Fetcher, Response
from bot.sources.pages import Page, extract_page
from bot.workers import WorkerFailed, Workers

log = logging.getLogger("svodka.ingest")

LEAD_CHARS = 700  # an article that is all there has more
PAGES_AT_FIRST = 20  # of a source's backfill; older entries keep their lead
EXTRACT_S = 20


class FullText:
    """Completes leads from their pages; a page that fails leaves the lead as it is."""

    def __init__(self, *, fetcher: Fetcher, workers: Workers, manners: Manners) -> None:
        self.manners = manners
        self._fetcher = fetcher
        self._workers = workers

    async def complete(self, pieces: Sequence[Piece], *, first_time: bool = False) -> list[Piece]:
        """The same pieces, leads replaced by what their pages say."""
        limit = PAGES_AT_FIRST if first_time else len(pieces)
        wanted = [i for i, piece in enumerate(pieces) if is_lead(piece)][:limit]
        found = await asyncio.gather(*(self._completed(pieces[i]) for i in wanted))
        full = dict(zip(wanted, found, strict=True))
        return [full.get(i, piece) for i, piece in enumerate(pieces)]

    async def page(self, url: str) -> Page:
        """Fetch and read one page. Raises SourceError, WorkerFailed."""
        async with self.manners.turn(host_of(url)):
            answer = await self._fetcher.get(url, accept=PAGES)
        return await self.read(answer)

    async def read(self, answer: Response) -> Page:
        """The article in a page that was fetched. Raises NoText, WorkerFailed."""
        return await self._workers.run(
            extract_page, answer.body, answer.content_type, answer.url, timeout_s=EXTRACT_S
        )

    async def _completed(self, piece: Piece) -> Piece:
        assert piece.entry.url is not None
        try:
            page = await self.page(piece.entry.url)
        except (errors.SourceError, WorkerFailed) as e:
            log.info("The page %s gave no text, the lead is kept: %s", piece.entry.url, e)
            return piece
        return with_page(piece, page)


def is_lead(piece: Piece) -> bool:
    """Whether the text seems to go on at the entry's own address."""
    text = piece.text.rstrip()
    cut = text.endswith(("…", "...", "[…]", "[...]"))
    return piece.entry.url is not None and (cut or len(text) < LEAD_CHARS)


def with_page(piece: Piece, page: Page) -> Piece:
    """The page's text, if it says more; what the feed knew of author, date and picture stays."""
    entry = replace(
        piece.entry,
        title=piece.entry.title or page.title or "",
        author=piece.entry.author or page.author,
        published_at=piece.entry.published_at or page.published_at,
        image_url=piece.entry.image_url or page.image_url,
    )
    if len(page.text) <= len(piece.text):
        return replace(piece, entry=entry)
    return Piece(entry=entry, text=page.text, headings=page.headings)
