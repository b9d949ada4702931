"""Re-indexing: articles that were indexed by other rules get today's words, while search goes on.

Newest first, some at a time, each batch a transaction; how far it came is a note, so that a restart
goes on from there. What is stored meanwhile has today's words already.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.news.indexing import index_words, rules
from bot.workers import Workers
from storage.models import Article, IndexWords
from storage.ports import Store

log = logging.getLogger("svodka.index")

NOTE = "index"  # {"rules": by which all is indexed or will be, "below": ids that are still to do}
BATCH = 100
BATCH_S = 120  # seconds a batch may take; far more than it needs
SAY_S = 30.0  # seconds between two words about progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the index is by today's rules: articles to do of all."""

    left: int
    articles: int

    @property
    def done(self) -> bool:
        return self.left == 0


async def progress(store: Store) -> Progress:
    """What is still indexed by other rules."""
    articles = await store.articles.count()
    below = await _below(store)
    left = articles if below is None else await store.articles.count(below=below)
    return Progress(left=left, articles=articles)


async def begin(store: Store) -> None:
    """Note of a store without articles that all it will have is indexed by today's rules."""
    if await store.notes.get(NOTE) is None and not await store.articles.count():
        await _note(store, 0)


async def begin_anew(store: Store) -> None:
    """Let every article be indexed again, whatever the rules it was indexed by."""
    await _note(store, await _above_all(store))


async def reindex(
    store: Store, workers: Workers, *, step: Callable[[int], None] = lambda articles: None
) -> int:
    """Index what was indexed by other rules; how many articles were looked at.

    `step` is told of each batch, how many articles it had.
    """
    below = await _below(store)
    if below == 0:
        return 0
    if below is None:
        await _note(store, below := await _above_all(store))
    total = await store.articles.count(below=below)
    done, said = 0, time.monotonic()
    while batch := await store.articles.before(below, limit=BATCH):
        await _index(store, workers, batch)
        below = batch[-1].id
        await _note(store, below)
        done += len(batch)
        step(len(batch))
        if time.monotonic() - said >= SAY_S:
            said = time.monotonic()
            log.info("indexing anew", extra={"articles": done, "of": total})
    await _note(store, 0)
    if done:
        log.info("indexed anew", extra={"articles": done, "rules": rules()})
    return done


async def _index(store: Store, workers: Workers, batch: list[Article]) -> None:
    texts = [(article.title, article.text, article.language) for article in batch]
    words = await workers.run(index_words, texts, timeout_s=BATCH_S)
    await store.articles.reindex(
        [
            IndexWords(article_id=article.id, title=title, text=text, edited_at=article.edited_at)
            for article, (title, text) in zip(batch, words, strict=True)
        ]
    )


async def _below(store: Store) -> int | None:
    """Articles with a lower id are still to do; None: nobody began by today's rules."""
    note = json.loads(await store.notes.get(NOTE) or "{}")
    return int(note["below"]) if note.get("rules") == rules() else None


async def _note(store: Store, below: int) -> None:
    await store.notes.set(NOTE, json.dumps({"rules": rules(), "below": below}))


async def _above_all(store: Store) -> int:
    newest = await store.articles.before(None, limit=1)
    return newest[0].id + 1 if newest else 0
