"""Web pages to articles: trafilatura finds the text, what the page says of itself fills the rest.

Both it and lxml are imported where they are used: the bot's own process only hands `extract_page`
to workers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sources.charset import decode
from bot.sources.errors import NoText
from bot.sources.markup import MAX_TEXT, parse_html, tidy
from bot.sources.pagemeta import read_meta

SHORTEST = 120  # characters; less is a caption, a notice or a cookie line
_NOT_ARTICLES = re.compile(
    r"^\W*(?:ошибка|error|40[134]|50[0-4]|(?:страница|запись)?\s*не найден|страница не найдена"
    r"|(?:page )?not found|доступ (?:запрещ|огранич|закрыт)|access denied|forbidden"
    r"|вход\b|войти|авторизация|log ?in\b|sign in\b|just a moment|attention required"
    r"|проверка браузера|подтвердите|вы не робот|are you a (?:robot|human)|captcha|капча)",
    re.I,
)
_LONG_ENOUGH = 1500  # an article may be called "Вход в метро закрыт"; a notice is never so long


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
    root = parse_html(decode(body, content_type))
    if root is None:
        raise NoText("the page is empty")
    meta = read_meta(root, url, zone)
    paragraphs = list(_paragraphs(root))
    if paragraphs and meta.title and _same(paragraphs[0][1], meta.title):
        paragraphs = paragraphs[1:]
    text = "\n\n".join(paragraph for _, paragraph in paragraphs)[:MAX_TEXT]
    if len(text) < SHORTEST:
        raise NoText("the page has no article in it")
    if len(text) < _LONG_ENOUGH and _NOT_ARTICLES.match(meta.title or text):
        raise NoText("the page is a notice or a login, not an article")
    return Page(
        title=meta.title,
        text=text,
        headings=tuple(paragraph for is_heading, paragraph in paragraphs if is_heading),
        author=meta.author,
        published_at=meta.published_at,
        image_url=meta.image_url,
        canonical_url=meta.canonical_url,
        site_name=meta.site_name,
        language=meta.language,
    )


def _check_kind(body: bytes, content_type: str | None) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if body.startswith(b"%PDF") or kind == "application/pdf":
        raise NoText("the address gives a PDF, not a page")
    if kind.startswith(("image/", "video/", "audio/", "font/")) or b"\0\0\0\0" in body[:1000]:
        raise NoText(f"the address gives {kind or 'a file'}, not a page")


def _paragraphs(root: Any) -> Iterator[tuple[bool, str]]:
    """Paragraphs of the article, and whether each is a heading."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            root, fast=True, include_comments=False, include_tables=False, include_formatting=False
        )
    except Exception as e:  # its own bugs: there is no naming what a hostile page finds
        raise NoText("the page is too broken to be read") from e
    body = getattr(found, "body", None)
    for element in body if body is not None else ():
        is_heading = element.tag == "head"
        for part in element if element.tag in ("list", "quote") and len(element) else [element]:
            for line in part.iter("lb"):  # two in a row part paragraphs, as people write them
                line.text = "\n"
            if paragraph := tidy("".join(part.itertext())):
                yield is_heading, paragraph
        if element.tail and (paragraph := tidy(element.tail)):
            yield False, paragraph


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()
