"""Awaiting: a page that did not answer when its lead was filed is asked for again, a few times.

What it says then takes the lead's place; readers see no edit in that. How often, and when next, are
columns, so that a restart forgets none and hurries none.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.jobs.articles.filing import FIRST_WAIT, UNLISTED, Filing, Piece
from bot.jobs.gathering.fulltext import FullText
from bot.jobs.gathering.leads import with_page
from bot.jobs.gathering.pages import WHOLE_HOST, passes
from bot.sources import errors
from bot.sources.addresses import host_of
from bot.workers import WorkerFailed
from storage.models import Article, AwaitedPage, Entry
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

AT_ONCE = 50  # pages asked for in one go
TRIES = 6  # with the first one: over some thirty hours
LONGER = 3  # times, each wait than the one before


class Awaiting:
    """Completes leads later."""

    def __init__(self, *, store: Store, filing: Filing, fulltext: FullText, clock: Clock) -> None:
        self._store = store
        self._filing = filing
        self._fulltext = fulltext
        self._clock = clock

    async def ask_again(self) -> int:
        """Ask for the pages that are due; how many articles have their whole text now."""
        due = await self._store.awaited.due(now=self._clock(), limit=AT_ONCE)
        articles = await self._store.articles.many([page.article_id for page in due])
        by_id = {article.id: article for article in articles}
        hosts: defaultdict[str, list[tuple[AwaitedPage, Article]]] = defaultdict(list)
        for page in due:
            article = by_id.get(page.article_id)
            if article is None or article.url is None:  # nothing is left to ask for
                await self._store.awaited.drop([page.article_id])
            else:
                hosts[host_of(article.url)].append((page, article))
        return sum(await asyncio.gather(*map(self._of_host, hosts.values())))

    async def _of_host(self, awaited: Sequence[tuple[AwaitedPage, Article]]) -> int:
        done = 0
        left = deque(awaited)
        while left:
            page, article = left.popleft()
            try:
                done += await self._completed(page, article)
            except (errors.SourceError, WorkerFailed) as e:
                log.info("The page %s gave no text: %s", article.url, e)
                alike = [other for other, _ in left] if isinstance(e, WHOLE_HOST) else []
                if alike:
                    left.clear()
                if passes(e):
                    await self._put_off(e, [page, *alike])
                else:
                    await self._store.awaited.drop([page.article_id])
        return done

    async def _completed(self, page: AwaitedPage, article: Article) -> bool:
        """Whether there is a text now. Raises SourceError, WorkerFailed."""
        source = await self._store.sources.get(page.source_id)
        if source is None or article.whole or article.url is None:
            await self._store.awaited.drop([page.article_id])
            return False
        found = await self._fulltext.pages.page(article.url, source.zone)
        piece = with_page(_piece(page, article), found)
        pieces = await self._fulltext.without_furniture(source, [piece])
        await self._filing.edit(source, pieces, listing=UNLISTED)
        await self._store.awaited.drop([page.article_id])
        return True

    async def _put_off(self, e: Exception, pages: Sequence[AwaitedPage]) -> None:
        """Wait longer for each; give up those that were asked for often enough."""
        told_s = e.retry_after_s if isinstance(e, errors.FetchError) else None
        again: list[AwaitedPage] = []
        over: list[int] = []
        for page in pages:
            tries = page.tries + 1
            if tries >= TRIES:
                over.append(page.article_id)
            wait = max(FIRST_WAIT * LONGER**page.tries, timedelta(seconds=min(told_s or 0, 10**7)))
            again.append(replace(page, tries=tries, ask_at=self._clock() + wait))
        await self._store.awaited.put_off(again)
        await self._store.awaited.drop(over)


def _piece(page: AwaitedPage, article: Article) -> Piece:
    """The lead, as its article has it."""
    entry = Entry(
        key=page.key,
        title=article.title,
        url=article.url,
        author=article.author,
        published_at=article.published_at if article.dated else None,
        language=article.language,
        image_url=article.image_url,
    )
    return Piece(entry=entry, text=article.text, headings=article.headings)
