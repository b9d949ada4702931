"""Which entry is which: by guid, else address, else content; in one part of a feed or in many."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.sources.links import canonical
from storage.models import Entry

_LONGEST = 300  # characters of a key; a longer one is hashed


def with_keys(
    entries: Iterable[Entry],
    *,
    shared_guids: Collection[str] = (),
    shared_urls: Collection[str | None] = (),
) -> Iterable[Entry]:
    """Each entry once. Their keys so far are guids, or nothing; their addresses may be passages.

    A guid or an address that several entries share names none of them; those shared with entries
    in other parts of the feed are given. Passages of one page keep their fragments.
    """
    distinct = {(e.key, e.url, e.title): e for e in _told_once(entries)}.values()
    guids = Counter(e.key for e in distinct)
    pages = Counter(_page(e.url) for e in distinct)
    passages = Counter(e.url for e in distinct)
    seen = set()
    for entry in distinct:
        url = _page(entry.url)
        if url and (pages[url] > 1 or url in shared_urls):
            url = entry.url if url != entry.url and passages[entry.url] == 1 else None
        guid = entry.key if guids[entry.key] == 1 and entry.key not in shared_guids else ""
        key = guid or url or content_key(entry.title, entry.html)
        if len(key) > _LONGEST:
            key = content_key(key)
        if key not in seen:
            seen.add(key)
            yield replace(entry, key=key, url=url)


def _told_once(entries: Iterable[Entry]) -> Iterable[Entry]:
    """One text at one address is one entry, under however many guids; the first of them names it.

    What says nothing but its title may be of several, as a forecast of each day is.
    """
    told: set[tuple[str, str, str]] = set()
    for entry in entries:
        said = (entry.url or "", entry.title, entry.html)
        if not (all(said) and said in told):
            told.add(said)
            yield entry


def _page(url: str | None) -> str | None:
    return canonical(url) if url and "#" in url else url


def content_key(*parts: str) -> str:
    """The identity of what has neither guid nor address."""
    return "sha256:" + hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
