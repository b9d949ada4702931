"""A temporary store that lives through labelled articles as the bot would have, in order of time.

Texts go through the real Filing, one by one as they arrive; only workers are not other processes.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, TypeVarTuple

from bench.quality.reading import Labelled
from bench.quality.texts import TOPICS
from bot.jobs.articles.filing import Filing, Piece
from bot.workers import Workers
from storage.connect import open_store
from storage.models import Entry, NewSource, Source, SourceKind
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class _Here(Workers):
    """Work done where it is asked for."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        return work(*args)


class Live:
    """The store at one moment of the time that the articles tell of."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = datetime(1970, 1, 1, tzinfo=UTC)
        self.ids: dict[str, int] = {}  # of the file → of the store
        self._sources: dict[str, Source] = {}
        self._filing = Filing(
            store=store, workers=_Here(), topics_toml=TOPICS, clock=lambda: self.now
        )

    async def take(self, article: Labelled) -> None:
        """It arrives, at the moment at which it was published."""
        at = article.at.astimezone(UTC)
        self.now = max(self.now, at)
        entry = Entry(
            key=article.id,
            title=article.title,
            html=article.text,
            published_at=at,
            language=article.language,
        )
        source = await self._source(article.outlet or "?")
        for stored in await self._filing.file(source, [Piece(entry=entry, text=article.text)]):
            self.ids[article.id] = stored.id

    async def stories(self, names: Iterable[str]) -> Mapping[str, int]:
        """Our story of each of these articles that is here, as the store has it by now."""
        found = {}
        for name in self.ids.keys() & set(names):
            stored = await self.store.articles.get(self.ids[name])
            if stored is not None:
                found[name] = stored.story_id
        return found

    async def threads(self, stories: Iterable[int]) -> Mapping[int, int]:
        """The first chapter of the thread of each of our stories that is in one."""
        found = {}
        for story_id in set(stories):
            chapters = await self.store.corrections.chapters(story_id)
            if chapters:
                found[story_id] = chapters[0].id
        return found

    async def _source(self, outlet: str) -> Source:
        if outlet not in self._sources:
            new = NewSource(url=f"import:{outlet}", title=outlet, kind=SourceKind.IMPORT)
            self._sources[outlet] = await self.store.sources.add(new, now=self.now)
        return self._sources[outlet]


@asynccontextmanager
async def living() -> AsyncIterator[Live]:
    with TemporaryDirectory(prefix="svodka-quality-") as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'quality.db'}")
        try:
            yield Live(store)
        finally:
            await store.close()
