"""Web pages to articles: the site's own marks find the text, what the page says fills the rest.

lxml and trafilatura are imported where they are used: the bot's own process only hands
`extract_page` to workers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.sources.charset import decode
from bot.sources.errors import NoText
from bot.sources.markup import MAX_TEXT, parse_html, tidy
from bot.sources.page import notices
from bot.sources.page import noticewords as words
from bot.sources.page.blocks import HEADINGS, Block, Document
from bot.sources.page.bodies import body_places
from bot.sources.page.boxes import own_places
from bot.sources.page.bylines import around_title, find_author, find_date, find_picture, is_recent
from bot.sources.page.meta import Meta, read_meta
from bot.sources.page.phrases import speaks_of_cookies
from bot.sources.page.reader import read_blocks
from bot.sources.page.remains import Remains
from bot.sources.page.shape import FEW, SHORT, SHORTEST, Shape, Signs, signs_in
from bot.sources.page.titles import find_title
from bot.sources.page.trimming import trimmed

Paragraphs = list[tuple[bool, str]]  # whether each is a heading
LEAST_FALLBACK = 250  # characters that trafilatura must find where we found nothing
MAX_FALLBACK = 3_000  # blocks of a page that trafilatura is given
MAX_TAGS = 200_000
LINE = 120  # characters of a line that says of the page what it is
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?[^>]*>|<!--.{0,500}?-->){0,20}"
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as its own page has it. Paragraphs by a blank line; `headings` are among them."""

    title: str | None
    text: str
    headings: tuple[str, ...] = ()
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    language: str | None = None


def extract_page(body: bytes, content_type: str | None, url: str, zone: str | None = None) -> Page:
    """The article in a page, or NoText. `zone` (IANA) is for dates that name none."""
    _check_kind(body, content_type)
    html = _bounded(decode(body, content_type))
    root = parse_html(html)
    if root is None:
        raise NoText("the page is empty")
    meta = read_meta(root, url, zone)
    document = read_blocks(root)
    title, title_at = find_title(meta, document)
    remains = Remains(document, title_at, says_article=meta.says_article)
    places = own_places(document, body_places(remains), title_at)
    paragraphs = trimmed(document, places, title, remains.carded)
    around = [at for at in around_title(document, title_at, places) if not remains.carded[at]]
    published_at = meta.published_at or find_date(document, around, zone, url)
    dated = published_at is not None or is_recent(document, around)
    shape = _shape(root, url, document, remains, meta, paragraphs, places, dated)
    shape = replace(shape, has_day=published_at is not None)
    if _size(paragraphs) < SHORTEST:
        paragraphs = _otherwise(html, meta, shape, paragraphs)
        shape = replace(shape, paragraphs=[paragraph for _, paragraph in paragraphs])
    notices.check(shape, meta)
    return Page(
        title=title,
        text="\n\n".join(paragraph for _, paragraph in paragraphs)[:MAX_TEXT],
        headings=tuple(paragraph for is_heading, paragraph in paragraphs if is_heading),
        author=meta.author or find_author(document, around),
        published_at=published_at,
        image_url=meta.image_url or find_picture(document, title_at, places, url),
        canonical_url=meta.canonical_url,
        site_name=meta.site_name,
        language=meta.language,
    )


def _bounded(html: str) -> str:
    """No more of it than an article has: every tag costs memory."""
    if html.count("<") <= MAX_TAGS:
        return html
    return "<".join(html.split("<", MAX_TAGS)[:MAX_TAGS])


def _check_kind(body: bytes, content_type: str | None) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if _FEED.match(body[:2000]) or kind == "application/feed+json":
        raise NoText("the address gives a feed, not a page")
    if body.startswith(b"%PDF") or kind == "application/pdf":
        raise NoText("the address gives a PDF, not a page")
    files = ("image/", "video/", "audio/", "font/", "application/zip", "application/msword")
    if kind.startswith((*files, "application/vnd.")) or b"\0\0\0\0" in body[:1000]:
        raise NoText(f"the address gives {kind or 'a file'}, not a page")


def _otherwise(html: str, meta: Meta, shape: Shape, found: Paragraphs) -> Paragraphs:
    """Where nothing was found by marks: the text for search engines, or trafilatura's."""
    said = tidy(meta.body or "")
    if len(said) > max(2 * _size(found), SHORTEST):
        return [(False, one) for line in said.split("\n") if (one := line.strip())]
    if shape.seems_none or shape.blocks > MAX_FALLBACK:
        return found
    other = _bare(html)
    return other if _size(other) > max(2 * _size(found), LEAST_FALLBACK) else found


def _bare(html: str) -> Paragraphs:
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(
            html, fast=True, include_comments=False, include_tables=False
        )
    except Exception:  # its own bugs: there is no naming what a hostile page finds
        return []
    lines = tidy(found.text or "").split("\n") if found else []
    return [(False, line) for line in lines if line]


def _shape(
    root: Any,
    url: str,
    document: Document,
    remains: Remains,
    meta: Meta,
    paragraphs: Paragraphs,
    places: Sequence[int],
    dated: bool,
) -> Shape:
    short = _size(paragraphs) < SHORT
    cards = [document.nodes[at] for at in remains.cards]
    heading = _heading(document, remains.title_at)
    around = document.blocks[places[0] : places[-1] + 2] if places else ()
    return Shape(
        titles=tuple(filter(None, (heading, *meta.titles))),
        paragraphs=[paragraph for _, paragraph in paragraphs],
        url=url,
        blocks=len(document.blocks),
        players=document.players,
        cards=remains.teasers,
        told_by_cards=sum(document.told(node) for node in cards),
        cookies=short and any(speaks_of_cookies(block.text) for block in document.blocks),
        dated=dated,
        heading=heading,
        entered=short and any(map(notices.names_login, document.blocks)),
        coded=short and any(words.CODE.fullmatch(block.text) for block in document.blocks),
        gated=short
        and any(
            notices.speaks_of_gate(block.text)
            for at, block in enumerate(document.blocks)
            if not remains.carded[at]
        ),
        gallery=_count(words.NUMBERED, document.blocks) >= FEW,
        offers=_count(words.OFFER, around),
        records=_count(words.RECORD, around),
        awaited=short and _count(words.AWAITED, document.blocks) > 0,
        signs=signs_in(root) if short else Signs(),
    )


def _heading(document: Document, title_at: int | None) -> str | None:
    """The title where people see it; no link to the first page with the site's name."""
    shown = document.blocks[title_at] if title_at is not None else None
    named = shown is not None and (shown.tag in HEADINGS or 2 * shown.linked <= len(shown.text))
    return shown.text if shown is not None and named else None


def _count(kind: re.Pattern[str], blocks: Sequence[Block]) -> int:
    return sum(len(block.text) <= LINE and bool(kind.fullmatch(block.text)) for block in blocks)


def _size(paragraphs: Paragraphs) -> int:
    return sum(len(paragraph) for _, paragraph in paragraphs)
