"""Sifting: which of the entries a source lists are new, which known, and which say something else.

An entry is known by its key, else by its address, else by what it says. So a guid made anew at
each look, an edited date, another order or the same text posted again are no news.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.sources.links import addresses
from storage.models import Entry, Source
from storage.ports import Articles

REPOSTED = timedelta(days=30)  # a text seen so lately is known, under whatever key and address
TELLING = 200  # characters of markup, from which on a text is not the same by chance

# The last step of a path, with a number or of several words, and no script that parameters ask.
_NAMES_ONE = re.compile(
    r"/(?=[^/]*(?:\d|[^/-]+-[^/-]+-))[^/]+(?<!\.php)(?<!\.aspx)(?<!\.asp)/?$", re.I
)


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
    """Of short texts, which may be alike by chance, a re-post is what is at the same place."""
    versions = [entry.version for entry in entries]
    since = now - REPOSTED
    stored = await articles.known_versions(source.id, sorted({*versions}), since=since)
    known = {version: {_place(url) for url in urls} for version, urls in stored.items()}
    kept = []
    for entry, version in zip(entries, versions, strict=True):
        at, place = known.get(version), _place(entry.url)
        if at is not None and (len(entry.html) >= TELLING or (place and place in at)):
            continue
        known.setdefault(version, set()).add(place)
        kept.append(entry)
    return kept


def _place(url: str | None) -> str:
    """The address without its parameters, where the path alone names an article; or ''."""
    path, _, _ = (url or "").partition("?")
    return path if _NAMES_ONE.search(path) else ""
