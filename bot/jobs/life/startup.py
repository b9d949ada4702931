"""What a start does first: listed sources and samples are stored, waits are remembered."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.jobs.articles.filing import Filing, Piece
from bot.sources.http import Fetcher
from storage.models import Entry, NewSource, Source, SourceKind
from storage.ports import Store

LISTED = "sources.listed"  # note: addresses that were added from the list, one a line
OUTLETS = "outlets.toml"
STALE = timedelta(hours=12)  # since the newest sample was written

Samples = list[tuple[NewSource, list[Piece]]]


async def sync_sources(store: Store, listed: Sequence[NewSource], *, now: datetime) -> int:
    """Add listed sources that were never added before; how many.

    A source that was removed, or moved to its feed's address, does not come back. One whose kind
    or selector is said anew begins anew.
    """
    before = ((await store.notes.get(LISTED)) or "").splitlines()
    new = [source for source in listed if source.url not in before]
    for source in new:
        await store.sources.add(source, now=now)
    if new:
        await store.notes.set(LISTED, "\n".join([*before, *(source.url for source in new)]))
    for source in listed:
        if source.kind is not SourceKind.FEED and source.url in before:
            await _said_anew(store, source, now=now)
    return len(new)


def remember_waits(sources: Sequence[Source], fetcher: Fetcher, *, now: datetime) -> None:
    """A host that told one of its sources to wait is left alone by all, after a restart too."""
    for source in sources:
        if source.wait_until is not None and source.wait_until > now:
            fetcher.leave_alone(source.url, (source.wait_until - now).total_seconds())


async def _said_anew(store: Store, source: NewSource, *, now: datetime) -> None:
    known = await store.sources.by_url(source.url)
    if known is not None and (known.kind, known.selector) != (source.kind, source.selector):
        await store.sources.remove(known.id)
        await store.sources.add(source, now=now)


async def load_samples(
    store: Store, filing: Filing, files: Mapping[str, str], *, now: datetime
) -> int:
    """Fill a store that holds no other article with the samples; how many were added.

    Samples of yesterday give way to fresh ones, so that a digest finds something new to say.
    """
    held = await store.articles.samples()
    if await store.articles.count() > held:
        return 0
    newest = await store.articles.latest(limit=1)
    if newest and now - newest[0].published_at > STALE:
        await store.articles.drop_samples()
        held = 0
    samples = read_samples(files, now=now)
    if held >= sum(len(pieces) for _, pieces in samples):
        return 0

    async def load(outlet: NewSource, pieces: Sequence[Piece]) -> int:
        source = await store.sources.add(outlet, now=now)
        return len(await filing.file(source, pieces))

    return sum(await asyncio.gather(*(load(outlet, pieces) for outlet, pieces in samples)))


def read_samples(files: Mapping[str, str], *, now: datetime) -> Samples:
    """Each outlet with its articles, from the texts of bot/samples/*.toml by their names."""
    outlets = {outlet["key"]: outlet for outlet in tomllib.loads(files[OUTLETS])["outlet"]}
    pieces: dict[str, list[Piece]] = {key: [] for key in outlets}
    for name in sorted(files):
        for article in tomllib.loads(files[name]).get("article", []):
            key = article["outlet"]
            entry = Entry(
                key=article["path"],
                title=article["title"],
                url=outlets[key]["site"] + article["path"],
                author=article.get("author"),
                published_at=now - timedelta(minutes=article["minutes_ago"]),
                language=outlets[key]["language"],
            )
            pieces[key].append(Piece(entry=entry, text=article["text"].strip()))
    return [(_outlet(outlet), pieces[key]) for key, outlet in outlets.items()]


def _outlet(outlet: Mapping[str, str]) -> NewSource:
    return NewSource(
        url=outlet["site"],
        title=outlet["title"],
        kind=SourceKind.SAMPLE,
        site_url=outlet["site"],
        region=outlet["region"],
        language=outlet["language"],
        zone=outlet["zone"],
    )
