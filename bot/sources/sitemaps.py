"""Sitemaps: addresses with times (sitemaps.org), and headlines where they list news.

What stands before the root element is dropped, and with it every entity definition; the rest is
read element by element and forgotten, so that 50,000 addresses take no more room than one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.sources.addresses import host_of, link
from bot.sources.charset import decode
from bot.sources.dates import parse_date
from bot.sources.errors import NotAFeed, NotASource
from bot.sources.feed import Feed, language_of
from bot.sources.markup import one_line
from bot.sources.wire.packed import BadPacking, TooMuch, Unpacking
from storage.models import Entry

MAX_BYTES = 10 << 20  # unpacked
PART = 1000  # entries listed at a time, as many as a news sitemap may hold
MOST = 10_000  # entries of one sitemap, the newest: each is a page to be asked for
ALIKE = 1000  # pages of one and the same time: more were all stamped at once, and it tells nothing
LATELY = timedelta(days=7)  # before a sitemap's newest page: what it says nothing but a time of
MARGIN = timedelta(days=1)  # a time of change may be no more than a day, and of any zone
UNDATED_MAPS = 5  # of an index, where it does not say which have changed
MOST_PLACES = 50_000  # sitemaps.org
MOST_MAPS = 5_000
MOST_TAGS = 1_200_000  # a tree of more takes too much memory; 50,000 news with pictures have less
PARTS = 50  # of one place that are looked at

_HEAD = 300_000  # characters in which the root element must begin
_ROOT = re.compile(r"<(?:[\w.-]{1,50}:)?(?:urlset|sitemapindex)(?=[\s>])", re.I)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][\da-fA-F]{1,6});)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NEWS = re.compile(
    r"image|video|categor|tags?\b|author|users?\b|static|product|taxonom|rubric|page", re.I
)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Place:
    """One <url> or <sitemap>, with what <news:news> and <image:image> say in it."""

    loc: str
    lastmod: str = ""
    news: dict[str, str] | None = None
    image: str = ""


def is_sitemap(text: str) -> bool:
    root = _ROOT.search(text, 0, _HEAD)
    return root is not None and "<html" not in text[: root.start()].lower()


def parse_sitemap(
    body: bytes,
    content_type: str | None,
    url: str,
    zone: str | None,
    start: int = 0,
    since: datetime | None = None,
) -> Feed:
    """What a sitemap, perhaps gzipped, lists of late, newest first; the part from `start` on.

    Where it tells news, only those. An index gives no entries, but `maps` to read in its place.
    `since`: the last look, whatever came after it is listed too. Raises NotAFeed, and NotASource
    where nothing says what is new.
    """
    text = decode(_unpacked(body), content_type)
    root = _ROOT.search(text, 0, _HEAD)
    if root is None:
        raise NotAFeed("the address gives something that is not a sitemap")
    if text.count("<") > MOST_TAGS:
        raise NotAFeed("the sitemap holds more elements than a sitemap may")
    text = _AMPERSAND.sub("&amp;", _NO_XML.sub("", _whole(text[root.start() :])))
    if root[0].lower().endswith("sitemapindex"):
        return _feed(url, maps=_maps(islice(_places(text, "sitemap"), MOST_MAPS), url, since))
    places = list(islice(_places(text, "url"), MOST_PLACES))
    told = [place for place in places if place.news]
    found = [(_when(place, zone), place) for place in told or places]
    newest = _newest(found, since, all_of=bool(told))
    if places and not newest:
        raise NotASource("the sitemap gives no dates, so there is no telling what is new in it")
    entries: dict[str, Entry] = {}
    for when, place in islice(newest, MOST):
        if entry := _entry(when, place, url):
            entries.setdefault(entry.key, entry)
    return _feed(
        url,
        entries=tuple(islice(entries.values(), start, start + PART)),
        more=start + PART if len(entries) > start + PART else None,
        news=told[0].news if told else None,
    )


def _feed(
    url: str,
    *,
    entries: tuple[Entry, ...] = (),
    more: int | None = None,
    maps: tuple[str, ...] = (),
    news: dict[str, str] | None = None,
) -> Feed:
    said = news or {}
    return Feed(
        title=one_line(said.get("name", "")) or host_of(url),
        site_url=link(url, urljoin(url, "/")),
        language=language_of(said.get("language", "")),
        entries=entries,
        more=more,
        maps=maps,
    )


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacking = Unpacking(["gzip"], max_bytes=MAX_BYTES)
    try:
        unpacking.feed(body)
    except TooMuch:
        raise NotAFeed(f"the sitemap unpacks to more than {MAX_BYTES >> 20} MB") from None
    except BadPacking as e:
        raise NotAFeed("the sitemap is packed so that it cannot be unpacked") from e
    return bytes(unpacking.body)


def _whole(text: str) -> str:
    """Without what is cut off after the last whole place."""
    end = max(text.rfind("</url>"), text.rfind("</sitemap>"))
    return text[: text.index(">", end) + 1] if end >= 0 else text


def _places(text: str, name: str) -> Iterator[_Place]:
    from lxml import etree

    walk = etree.iterparse(
        BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=f"{{*}}{name}",
        recover=True,
        resolve_entities=False,
        no_network=True,
    )
    try:
        for _, element in walk:
            yield _place(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:  # it breaks off, or is no XML from there on
        return


def _place(element: Any) -> _Place:
    said = {_local(child): child for child in islice(element.iterchildren("*"), PARTS)}
    news, image = said.get("news"), said.get("image")
    return _Place(
        loc=_text(said.get("loc")),
        lastmod=_text(said.get("lastmod")),
        news=None if news is None else _words(news),
        image="" if image is None else _words(image).get("loc", ""),
    )


def _words(element: Any) -> dict[str, str]:
    """What stands in it, by name."""
    return {_local(part): _text(part) for part in islice(element.iterdescendants("*"), PARTS)}


def _when(place: _Place, zone: str | None) -> datetime:
    said = (place.news or {}).get("publication_date") or place.lastmod
    return parse_date(said, zone) or _NEVER


def _newest(
    found: list[tuple[datetime, _Place]], since: datetime | None, *, all_of: bool
) -> list[tuple[datetime, _Place]]:
    """Newest first. Of pages that may be anything, those of the last days."""
    found.sort(key=lambda one: one[0], reverse=True)
    dated = [one for one in found if one[0] > _NEVER]
    if all_of or not dated:
        return found if all_of else []
    # Of many the third: one or two may be dated by a clock that is wrong.
    first = dated[min(2, len(dated) // 10)][0] - LATELY
    if since is not None:
        first = min(first, since - MARGIN)
    stamped: Counter[datetime] = Counter()
    kept = []
    for when, place in dated:
        stamped[when] += 1
        if when >= first and stamped[when] <= ALIKE:
            kept.append((when, place))
    return kept


def _entry(when: datetime, place: _Place, base: str) -> Entry | None:
    url = link(base, place.loc)
    if url is None or url == link(base, "/"):
        return None
    news = place.news or {}
    return Entry(
        key=url,
        title=one_line(news.get("title", "")),
        url=url,
        published_at=when if when > _NEVER else None,
        language=language_of(news.get("language", "")),
        image_url=link(base, place.image),
    )


def _maps(places: Iterable[_Place], base: str, since: datetime | None) -> tuple[str, ...]:
    """Those that are called news, else any that may hold articles, the newest first.

    Of those that say when they changed, the ones that did; the newest always, whatever it says.
    """
    found = {url: parse_date(p.lastmod) for p in places if (url := link(base, p.loc))}
    named = [url for url in found if "news" in url.rpartition("/")[2].lower()]
    likely = named or [url for url in found if not _NO_NEWS.search(url.rpartition("/")[2])]
    likely.sort(key=lambda url: (found[url] or _NEVER, _numbers(url)), reverse=True)
    dated = [(date, url) for url in likely if (date := found[url])]
    undated = [url for url in likely if not found[url]][:UNDATED_MAPS]
    first = _NEVER if not dated else since - MARGIN if since else dated[0][0] - LATELY
    changed = [url for date, url in dated if date >= first] or [url for _, url in dated[:1]]
    return (*changed, *undated)


def _numbers(url: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d{1,9}", urlsplit(url).path)]


def _local(element: Any) -> str:
    """Its name without the namespace, declared or not."""
    return re.split(r"[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext())[:5000].strip() if element is not None else ""
