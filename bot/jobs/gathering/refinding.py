"""Refinding: a feed that is no more at its address, yet named by its site at another one."""

import logging
from collections.abc import Awaitable
from dataclasses import replace
from typing import Protocol
from urllib.parse import urljoin

from bot.sources import errors
from bot.sources.discover import Found
from bot.workers import WorkerFailed
from storage.models import Source, SourceKind
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

EVERY = 6  # failures in a row: the first time after some fifteen hours, then every few days


class Find(Protocol):
    """`find_source`, with all that it needs at hand."""

    def __call__(
        self,
        text: str,
        *,
        selector: str | None = None,
        folders: bool = False,
        zone: str | None = None,
    ) -> Awaitable[Found]: ...


def may_have_moved(source: Source, e: Exception) -> bool:
    """Whether it is time to look: the address answers, if with something else than its feed."""
    lost = isinstance(e, errors.BadAnswer) and e.status == 404
    other = isinstance(e, errors.NotAFeed) and not isinstance(e, errors.NoPreview)
    return source.kind is SourceKind.FEED and (lost or other) and (source.failures + 1) % EVERY == 0


async def refind(source: Source, *, store: Store, find: Find) -> tuple[Source, Found] | None:
    """The source at its new address, which it is polled at from now on, and what is there.

    A feed counts if it lists what we have of the source, or bears its name.
    """
    try:
        found = await find(urljoin(source.site_url or source.url, "/"), zone=source.zone)
    except (errors.SourceError, WorkerFailed):
        return None
    if found.kind is not SourceKind.FEED or found.url == source.url:
        return None
    urls = [entry.url for entry in found.feed.entries if entry.url]
    shared = (await store.articles.sharing(urls)).get(source.id, 0)
    if not (shared or found.feed.title == source.title):
        return None
    if not await store.sources.move(source.id, found.url):
        return None  # another source has it
    log.warning("«%s» was found again and is polled at %s now.", source.title, found.url)
    return replace(source, url=found.url), found
