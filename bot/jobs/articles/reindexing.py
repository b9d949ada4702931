"""Re-indexing: articles that were understood by other rules are understood by today's.

Topics, names, facts, summaries, search words and what stories are found by are renewed; title and
text stay, and nothing moves to another story. Newest first, some at a time, each batch a
transaction, while search goes on; how far it came is a note, so that a restart goes on from there.
What is stored meanwhile is by today's rules already.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.jobs.articles.telling import retell
from bot.jobs.articles.understood import understood
from bot.news.indexing import rules, stored
from bot.workers import WorkerFailed, Workers
from storage.models import Article, Renewed
from storage.ports import Store

log = logging.getLogger("svodka.index")

NOTE = "index"  # {"rules": by which all is understood or will be, "below": ids still to do}
PART = 20  # articles a worker has at a time
AT_ONCE = 2  # parts, unless gently
SAY = 1000  # articles between two words about progress
WAITS, WAIT_S = 40, 0.25  # how long it waits at most for a moment in which a worker is free

Renew = Callable[[Sequence[Renewed]], Awaitable[list[Article]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the archive is by today's rules: articles to do of all."""

    left: int
    articles: int

    @property
    def done(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexing:
    """The archive by the rules of today, these topics among them.

    `gently`: beside other work, which goes first; else with all workers at once.
    """

    store: Store
    topics_toml: str
    zone: str = "UTC"  # in which days begin for sources that say none
    gently: bool = True

    async def progress(self) -> Progress:
        """What is still understood by other rules."""
        articles = await self.store.articles.count()
        below = await self._below()
        left = articles if below is None else await self.store.articles.count(below=below)
        return Progress(left=left, articles=articles)

    async def begin(self) -> None:
        """Note of a store without articles that all it will have is by today's rules."""
        if await self.store.notes.get(NOTE) is None and not await self.store.articles.count():
            await self._note(0)

    async def begin_anew(self) -> None:
        """Let every article be understood again, whatever the rules it was understood by."""
        await self._note(await self._above_all())

    async def run(
        self,
        workers: Workers,
        *,
        renew: Renew | None = None,
        step: Callable[[int], None] = lambda articles: None,
    ) -> int:
        """Understand what was understood by other rules; how many articles were looked at.

        `renew` stores them, in place of the store's own; `step` is told how many at a time.
        """
        if (below := await self._below()) is None:
            await self._note(below := await self._above_all())
        total, done = await self.store.articles.count(below=below), 0
        zones = {one.id: one.zone or self.zone for one in await self.store.sources.all()}
        while batch := await self._next(below):
            began = time.monotonic()
            renewed = await self._understood(workers, batch, zones)
            changed = await (renew or self.store.articles.renew)(renewed)
            await retell(self.store.stories, changed, joined=False)
            await self._note(below := batch[-1].id)
            done += len(batch)
            step(len(batch))
            if done % SAY < len(batch):
                log.info("indexing anew", extra={"articles": done, "of": total})
            if self.gently:
                await asyncio.sleep(time.monotonic() - began)  # half of the time is for others
        if done:
            await self._note(0)
            log.info("indexed anew", extra={"articles": done, "rules": await self._rules()})
        return done

    async def _next(self, below: int) -> list[Article]:
        limit = PART if self.gently else PART * AT_ONCE
        return await self.store.articles.before(below, limit=limit) if below else []

    async def _understood(
        self, workers: Workers, batch: Sequence[Article], zones: Mapping[int, str]
    ) -> list[Renewed]:
        for _ in range(WAITS if self.gently else 0):
            if not workers.busy:
                break
            await asyncio.sleep(WAIT_S)
        raws = [stored(article, zones.get(article.source_id, self.zone)) for article in batch]
        parts = [raws[at : at + PART] for at in range(0, len(raws), PART)]
        found = await asyncio.gather(
            *(understood(workers, part, self.topics_toml) for part in parts)
        )
        renewed = [
            Renewed(article_id=article.id, understanding=one, edited_at=article.edited_at)
            for article, one in zip(batch, chain.from_iterable(found), strict=True)
            if one is not None
        ]
        if len(batch) > 1 and not renewed:
            raise WorkerFailed("No text can be understood anew; it is tried again later.")
        return renewed

    async def _below(self) -> int | None:
        """Articles with a lower id are still to do; None: nobody began by today's rules."""
        note = json.loads(await self.store.notes.get(NOTE) or "{}")
        return int(note["below"]) if note.get("rules") == await self._rules() else None

    async def _note(self, below: int) -> None:
        note = {"rules": await self._rules(), "below": below}
        await self.store.notes.set(NOTE, json.dumps(note))

    async def _rules(self) -> str:
        """All our rules are read for it, the first time: that is not for the loop to do."""
        return await asyncio.to_thread(rules, self.topics_toml)

    async def _above_all(self) -> int:
        newest = await self.store.articles.before(None, limit=1)
        return newest[0].id + 1 if newest else 0
