"""Doubles: two sources that are one feed under two addresses; one of them is enough.

Known by the address that an answer comes from, by the address a feed gives itself, and by what is
in it: most of the newest entries of each are the other's too. Both ways, since a rubric's entries
are all in the larger feed, and it is a feed of its own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.sources.feed import Feed
from bot.sources.newest import newest
from storage.models import POLLED, Query, Source
from storage.ports import Store

NEWEST = 20  # entries by which two feeds are compared
MOST = 0.7  # of them are the other's too
SAID = 0.5  # the same where the feed itself names the other's address as its own
ENOUGH = 2  # entries that must be shared, lest two feeds with one entry each be one


class Doubles:
    """Finds the source that a feed already is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._arriving: dict[int, frozenset[str]] = {}  # sources in their first poll, their urls

    async def of(self, feed: Feed, urls: Sequence[str], *, but: int | None = None) -> Source | None:
        """The source, switched on, that gives what `feed` gives. `urls`: where it was found.

        `but` is the source that asks.
        """
        for url in urls:
            if (found := await self._other(url, but)) is not None:
                return found
        said = feed.self_url and await self._other(feed.self_url, but)
        listed = [entry.url for entry in feed.entries if entry.url]
        first = [entry.url for entry in newest(feed.entries, NEWEST) if entry.url]
        return await self._arrived(frozenset(listed), but) or await self._stored(
            first, frozenset(listed), said or None, but
        )

    @contextmanager
    def arriving(self, source: Source, feed: Feed) -> Iterator[None]:
        """While a source is polled for the first time: its double may be, at the same moment."""
        self._arriving[source.id] = frozenset(entry.url for entry in feed.entries if entry.url)
        try:
            yield
        finally:
            self._arriving.pop(source.id, None)

    async def _other(self, url: str, but: int | None) -> Source | None:
        found = await self._store.sources.by_url(url)
        return found if found is not None and _counts(found) and found.id != but else None

    async def _arrived(self, listed: frozenset[str], but: int | None) -> Source | None:
        for source_id, theirs in self._arriving.items():
            shared = len(listed & theirs)
            if (but is None or source_id < but) and _most(shared, max(len(listed), len(theirs))):
                return await self._store.sources.get(source_id)
        return None

    async def _stored(
        self, first: Sequence[str], listed: frozenset[str], said: Source | None, but: int | None
    ) -> Source | None:
        shares = await self._store.articles.sharing(first) if first else {}
        shares.pop(but or 0, None)
        if not shares:
            return None
        source_id = max(shares, key=shares.__getitem__)
        other = await self._store.sources.get(source_id)
        if other is None or not _counts(other):
            return None
        named = said is not None and said.id == other.id
        theirs = await self._newest_of(other, len(first))
        both = sum(url in listed for url in theirs)
        ours = _most(shares[source_id], len(first), named=named)
        return other if ours and _most(both, len(theirs), named=named) else None

    async def _newest_of(self, source: Source, count: int) -> list[str]:
        """The addresses of the newest articles that came by this source."""
        query = Query(raw="", source_ids=(source.id,))
        hits = await self._store.articles.search(query, limit=count)
        articles = [hit.article for hit in hits]
        return [a.url for a in articles if a.url and a.source_id == source.id]


def _counts(source: Source) -> bool:
    return source.enabled and source.kind in POLLED


def _most(shared: int, of: int, *, named: bool = False) -> bool:
    """`named`: the feed itself says that it is the other, so that less will do."""
    return shared >= (1 if named else ENOUGH) and shared >= (SAID if named else MOST) * of
