"""Sifting: which of the entries a source lists are new, which known, and which say something else.

An entry is known by its key, else by its address, else by what it says. So a guid made anew at
each look, an edited date, another order or the same text posted again are no news.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.sources.links import addresses
from storage.models import Entry, Source
from storage.ports import Articles

REPOSTED = timedelta(days=30)  # a text seen so lately is known, under whatever key and address
TELLING = 200  # characters of markup, from which on a text is not the same by chance


@dataclass(slots=True)
class Sifted:
    """Known ones that are as they were are in none of these."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)  # under the keys they are stored by
    unversioned: dict[str, str] = field(default_factory=dict)  # key → version, none being stored


async def sift(
    articles: Articles, source: Source, entries: Sequence[Entry], *, now: datetime
) -> Sifted:
    """Compare what is listed with what is stored."""
    sifted = Sifted()
    known = await articles.known(source.id, [entry.key for entry in entries])
    unknown = []
    for entry in entries:
        if entry.key in known:
            _compare(sifted, entry, known[entry.key])
        else:
            unknown.append(entry)
    if not unknown:
        return sifted
    places = [addresses(entry.url) for entry in unknown]
    at = await articles.at([url for urls in places for url in urls])
    for entry, urls in zip(unknown, places, strict=True):
        found = next((at[url] for url in urls if url in at), None)
        if found is None:
            sifted.new.append(entry)
            continue
        source_id, key, version = found
        if source_id == source.id:  # the same article under a new guid
            _compare(sifted, replace(entry, key=key), version)
    sifted.new = await _without_reposts(articles, source, sifted.new, now)
    return sifted


def _compare(sifted: Sifted, entry: Entry, stored: str | None) -> None:
    version = entry.version
    if stored is None:
        sifted.unversioned[entry.key] = version
    elif stored != version:
        sifted.changed.append(entry)


async def _without_reposts(
    articles: Articles, source: Source, entries: Sequence[Entry], now: datetime
) -> list[Entry]:
    telling = {at: e.version for at, e in enumerate(entries) if len(e.html) >= TELLING}
    asked = sorted(set(telling.values()))
    known = (
        await articles.known_versions(source.id, asked, since=now - REPOSTED) if asked else set()
    )
    kept = []
    for at, entry in enumerate(entries):
        version = telling.get(at)
        if version in known:
            continue
        if version is not None:
            known.add(version)  # twice in one list
        kept.append(entry)
    return kept
