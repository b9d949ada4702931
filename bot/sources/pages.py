"""Pages to articles: the text, its subheadings, and what the page says of itself.

trafilatura finds the text; it is imported where it is used, since the bot's own process only
hands these functions to workers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sources.addresses import link
from bot.sources.charset import decode
from bot.sources.dates import parse_date
from bot.sources.errors import NoText
from bot.sources.markup import MAX_TEXT, one_line, parse_html, tidy

MIN_CHARS = 120  # less than that is a caption, a login form or an error
DATES = (
    "article:published_time",
    "datePublished",
    "pubdate",
    "date",
    "og:published_time",
)
PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as its page gives it; each of `headings` is a paragraph of `text`."""

    title: str | None
    text: str
    headings: tuple[str, ...] = ()
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    language: str | None = None


def extract_page(body: bytes, content_type: str | None, url: str) -> Page:
    """The article in these bytes. Raises NoText when there is none."""
    from trafilatura import bare_extraction

    html = decode(body, content_type)
    root = parse_html(html)
    if root is None:
        raise NoText("the page is empty")
    found: Any = bare_extraction(
        html, url=url or None, fast=True, include_comments=False, include_tables=False
    )
    parts = list(_parts(found.body)) if found is not None else []
    text = "\n\n".join(part for _, part in parts)[:MAX_TEXT]
    if len(text) < MIN_CHARS:
        raise NoText("there is no article in this page")
    return Page(
        title=one_line(found.title or "") or None,
        text=text,
        headings=tuple(part for is_heading, part in parts if is_heading),
        author=one_line(found.author or "") or None,
        published_at=_published(root, html),
        image_url=link(url, found.image),
        canonical_url=_canonical(root, url),
        site_name=one_line(found.sitename or "") or None,
        language=(root.get("lang") or "")[:2].lower() or None,
    )


def _parts(body: Any) -> Iterator[tuple[bool, str]]:
    """Paragraphs in order, and whether each is a heading."""
    for element in body.iter("p", "head", "item", "quote"):
        if element.tag == "quote" and element.find(".//p") is not None:
            continue  # its paragraphs come by themselves
        text = tidy(" ".join("".join(element.itertext()).split()))
        if text:
            yield element.tag == "head", text


def _published(root: Any, html: str) -> datetime | None:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or meta.get("itemprop")) in DATES:
            if found := parse_date(meta.get("content")):
                return found
    for time in root.iter("time"):
        if found := parse_date(time.get("datetime")):
            return found
    written = PUBLISHED.search(html)
    return parse_date(written[1]) if written else None


def _canonical(root: Any, url: str) -> str | None:
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            return link(url, element.get("href"))
    return link("", url)
