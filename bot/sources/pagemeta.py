"""What a page says of itself, in JSON-LD, Open Graph and its head: title, author, time, picture."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sources.addresses import link
from bot.sources.dates import parse_date
from bot.sources.markup import one_line

_ARTICLES = ("Article", "Posting", "Report")  # ends of schema.org's types: NewsArticle, BlogPosting
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "mediator_published_time",
    "datepublished",
    "pubdate",
    "publish_date",
    "publishdate",
    "dc.date",
    "dcterms.created",
    "date",
)
_AUTHORS = ("author", "article:author", "mediator_author", "dc.creator")
_ITEMPROP = ".//*[@itemprop='datePublished']"
_JSON_MAX = 500_000  # characters of one script


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    title: str | None
    author: str | None
    published_at: datetime | None
    image_url: str | None
    canonical_url: str | None
    site_name: str | None
    language: str | None


def read_meta(root: Any, url: str, zone: str | None = None) -> Meta:
    """All that the page says; None where it says nothing."""
    tags = _tags(root)
    data = next(_articles(root), {})
    site_name = one_line(tags.get("og:site_name", "")) or None
    return Meta(
        title=_title(root, tags, data, site_name),
        author=_author(tags, data),
        published_at=_published(root, tags, data, zone),
        image_url=link(url, tags.get("og:image") or _address(data.get("image"))),
        canonical_url=_canonical(root, tags, url),
        site_name=site_name,
        language=((root.get("lang") or "")[:2].lower() or None),
    )


def _tags(root: Any) -> dict[str, str]:
    """<meta> by name, property or itemprop, in lower case; the first of each."""
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if content:
            tags.setdefault(name.lower(), content)
    return tags


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that are articles."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        text = script.text or ""
        try:
            found = json.loads(text, strict=False) if len(text) < _JSON_MAX else None
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            kinds = thing.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and kind.endswith(_ARTICLES):
                    yield thing


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top, in lists, and in @graph."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            if isinstance(graph, list):
                yield from (thing for thing in graph if isinstance(thing, dict))


def _title(
    root: Any, tags: dict[str, str], data: dict[str, Any], site_name: str | None
) -> str | None:
    headings = [one_line("".join(h1.itertext())) for h1 in root.iter("h1")]
    said = [tags.get("og:title", ""), data.get("headline"), root.findtext(".//title")]
    titles = [_without_site(one_line(t), site_name) for t in said if isinstance(t, str)]
    for heading in headings:  # the page's own heading, if the title agrees with it
        if heading and any(title and title.startswith(heading) for title in titles):
            return heading
    return next(filter(None, [*titles, *headings]), None)


def _without_site(title: str, site_name: str | None) -> str:
    """`Headline — Site` is `Headline`."""
    if site_name and title.endswith(site_name) and title != site_name:
        return title.removesuffix(site_name).rstrip(" -–—|·•:/«") or title
    return title


def _author(tags: dict[str, str], data: dict[str, Any]) -> str | None:
    found = data.get("author")
    for one in found if isinstance(found, list) else [found]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and (name := one_line(name)) and _is_name(name):
            return name
    names = (one_line(tags.get(tag, "")) for tag in _AUTHORS)
    return next(filter(_is_name, names), None)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 100 and "://" not in text and "@" not in text


def _published(
    root: Any, tags: dict[str, str], data: dict[str, Any], zone: str | None
) -> datetime | None:
    said = [data.get("datePublished"), *(tags.get(tag) for tag in _PUBLISHED)]
    said += [e.get("datetime") or e.get("content") for e in root.iterfind(_ITEMPROP)]
    said += [e.get("datetime") for e in root.iterfind(".//time[@datetime]")][:1]
    dates = (parse_date(text, zone) for text in said if isinstance(text, str))
    return next(filter(None, dates), None)


def _canonical(root: Any, tags: dict[str, str], url: str) -> str | None:
    for tag in root.iterfind(".//link[@rel='canonical']"):
        if found := link(url, tag.get("href")):
            return found
    return link(url, tags.get("og:url"))


def _address(image: Any) -> str | None:
    """schema.org's image is an address, an ImageObject or a list of them."""
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url")
    return image if isinstance(image, str) else None
