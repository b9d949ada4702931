"""Sifting: which of the entries a source lists are new, which known, and which say something else.

An entry is known by its key, else by its address, else by what it says. So a guid made anew at
each look, an edited date, another order or the same text posted again are no news. And a guid that
was another article's before, as where entries are numbered each year or by their place in the list,
makes no edit of what is news; nor does an address that names no article, as «/announcements».
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.sources.links import addresses
from storage.models import Entry, Source, Told
from storage.ports import Articles

REPOSTED = timedelta(days=30)  # a text seen so lately is known, under whatever key and address
TELLING = 200  # characters of markup, from which on a text is not the same by chance
EDITED = 0.3  # of the words of the shorter text: what has fewer in the other is no edit of it
LATER = timedelta(days=7)  # than what had its guid before
NEXT = timedelta(hours=12)  # later than what stood at its address before, as a daily forecast is
FEW = 3  # words, which tell nothing
MOST_COMPARED = 4_000  # characters

# The last step of a path, with a number or of several words, and no script that parameters ask.
_NAMES_ONE = re.compile(
    r"/(?=[^/]*(?:\d|[^/-]+-[^/-]+-))[^/]+(?<!\.php)(?<!\.aspx)(?<!\.asp)/?$", re.I
)
_ID = re.compile(r"(?<!\d)\d{4,}(?!\d)")  # shorter ones may be a title's, in a slug
_ASKED = re.compile(  # a parameter that names an article, whatever its path looks like
    r"(?:^|&)(?:(?:news|article|item|element|post|material|page|doc)?_?id|nid)=\d", re.I
)
_TAG = re.compile(r"<[^<>]*>")
_STEM = re.compile(r"\b[^\W\d_]{5}")  # enough of a word, whatever its ending


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
    own = await _with_own_keys(articles, source, entries, known)
    if own is not entries:
        known |= await articles.known(source.id, [entry.key for entry in own])
        entries = own
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
    found = [next((at[url] for url in urls if url in at), None) for urls in places]
    others = await _others_at_one_address(articles, source, zip(unknown, found, strict=True))
    for entry, was in zip(unknown, found, strict=True):
        if was is None:
            sifted.new.append(entry)
        elif entry.key in others:  # the address is its predecessor's, as one that several share
            sifted.new.append(replace(entry, url=None))
        elif was[0] == source.id:  # the same article under a new guid
            _compare(sifted, replace(entry, key=was[1]), was[2])
    sifted.new = await _without_reposts(articles, source, sifted.new, now, churned=not known)
    return sifted


async def _with_own_keys(
    articles: Articles, source: Source, entries: Sequence[Entry], known: Mapping[str, str | None]
) -> Sequence[Entry]:
    """Those whose guid is another article's are known by their address."""
    changed = [
        entry
        for entry in entries
        if entry.url not in (None, entry.key) and known.get(entry.key) not in (None, entry.version)
    ]
    if not changed:
        return entries
    told = await articles.told(source.id, [entry.key for entry in changed])
    pairs = [(entry, told[entry.key]) for entry in changed if entry.key in told]
    listed = {entry.url: entry.key for entry in entries}
    shifted = any(listed.get(was.url, entry.key) != entry.key for entry, was in pairs)
    others = {entry.key for entry, was in pairs if _is_another(entry, was, shifted=shifted)}
    if not others:
        return entries
    return [
        replace(entry, key=entry.url) if entry.url and entry.key in others else entry
        for entry in entries
    ]


async def _others_at_one_address(
    articles: Articles,
    source: Source,
    found: Iterable[tuple[Entry, tuple[int, str, str | None] | None]],
) -> set[str]:
    """The keys of those that tell of something else than what is stored at their address."""
    doubtful = [
        (entry, was[1])
        for entry, was in found
        if was and was[0] == source.id and was[2] != entry.version and _is_at_a_common_place(entry)
    ]
    if not doubtful:
        return set()
    told = await articles.told(source.id, [key for _, key in doubtful])
    return {
        entry.key for entry, key in doubtful if key in told and _tells_else(entry, told[key], NEXT)
    }


def _is_at_a_common_place(entry: Entry) -> bool:
    """Whether it has a guid of its own, and an address that may be of all that a site announces."""
    url = entry.url
    if url is None or url == entry.key:
        return False
    return not ("?" in url or "#" in url or _NAMES_ONE.search(urlsplit(url).path))


def _is_another(entry: Entry, told: Told, *, shifted: bool) -> bool:
    """Whether an entry tells of something else: elsewhere, of another day or in other words.

    `shifted`: what had one guid is listed under another one, so that none says anything. Nor does
    it where the numbers in the addresses are others: a slug changes with its title, a number not.
    """
    if told.url is None or told.url in addresses(entry.url):
        return False
    ids, before = _ids(entry.url), _ids(told.url)
    moved = bool(ids and before and ids.isdisjoint(before))
    return _tells_else(entry, told, LATER, shifted=shifted or moved)


def _tells_else(entry: Entry, told: Told, later: timedelta, *, shifted: bool = False) -> bool:
    """Whether title and words are others, or the title is and its day, by more than `later`."""
    if entry.title.casefold() == told.title.casefold():  # one that shouts is stored as a sentence
        return False
    if shifted or (entry.published_at and entry.published_at - told.published_at > later):
        return True
    said = _stems(f"{entry.title} {_TAG.sub(' ', entry.html[: 10 * MOST_COMPARED])}")
    before = _stems(f"{told.title} {told.text}")
    fewer = min(len(said), len(before))
    return fewer >= FEW and len(said & before) < EDITED * fewer


def _ids(url: str | None) -> set[str]:
    """The numbers after the host by which an address may name an article."""
    _, _, path, query, _ = urlsplit(url or "")
    return set(_ID.findall(f"{path}?{query}"))


def _stems(text: str) -> set[str]:
    return set(_STEM.findall(text[:MOST_COMPARED].casefold()))


def _compare(sifted: Sifted, entry: Entry, stored: str | None) -> None:
    version = entry.version
    if stored is None:
        sifted.unversioned[entry.key] = version
    elif stored != version:
        sifted.changed.append(entry)


async def _without_reposts(
    articles: Articles,
    source: Source,
    entries: Sequence[Entry],
    now: datetime,
    *,
    churned: bool,
) -> list[Entry]:
    """Of short texts, which may be alike by chance, a re-post is what is at the same place.

    `churned`: not one key is known, so guids say nothing, and a text without an address is what
    it says.
    """
    versions = [entry.version for entry in entries]
    since = now - REPOSTED
    stored = await articles.known_versions(source.id, sorted({*versions}), since=since)
    known = {version: {_place(url) for url in urls} for version, urls in stored.items()}
    kept = []
    for entry, version in zip(entries, versions, strict=True):
        if churned and entry.url is None and version in stored:
            continue
        at, place = known.get(version), _place(entry.url)
        if at is not None and (len(entry.html) >= TELLING or (place and place in at)):
            continue
        known.setdefault(version, set()).add(place)
        kept.append(entry)
    return kept


def _place(url: str | None) -> str:
    """The address without its parameters, where its path, and none of them, names an article."""
    path, _, query = (url or "").partition("?")
    return path if _NAMES_ONE.search(path) and not _ASKED.search(query) else ""
