"""Markup to plain text: paragraphs by a blank line, headings known as such.

lxml is imported where it is used: the bot's own process only passes these functions to workers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

MAX_TEXT = 200_000  # characters of one article; more than that is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Paragraphs by a blank line; each of `headings` is one of those paragraphs."""

    text: str
    headings: tuple[str, ...] = ()


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|div|b|i|a|em|strong|span|img|h\d|ul|li)\b(?:(?!&[lg]t;)[^<>]){0,300}&gt;", re.I
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BLOCKS = """
    address article aside blockquote body center dd details div dl dt fieldset footer form header
    hr li main nav ol p pre section summary table tbody thead tr ul
"""
_SILENT = """
    audio button canvas embed figure head iframe input math noscript object option picture script
    select style svg template textarea video
"""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BORDERS = _HEADINGS | set(_BLOCKS.split())
_UNREAD = frozenset(_SILENT.split())


def to_text(html: str) -> Text:
    """The text of a piece of markup, or of plain text that is none."""
    html = html[: MAX_TEXT * 5]
    if _ESCAPED_TAG.search(html):  # escaped once too often
        html = unescape(html)
    if not _TAG.search(html):
        return Text(text=tidy(unescape(html))[:MAX_TEXT])
    paragraphs: list[str] = []
    headings: list[str] = []
    size = 0
    for is_heading, raw in _paragraphs(html):
        for paragraph in filter(None, (tidy(p) for p in raw.split("\n\n"))):
            size += len(paragraph) + 2
            if size > MAX_TEXT:
                return _text(paragraphs, headings)
            paragraphs.append(paragraph)
            if is_heading:
                headings.append(paragraph)
    return _text(paragraphs, headings)


def _text(paragraphs: list[str], headings: list[str]) -> Text:
    return Text(text="\n\n".join(paragraphs), headings=tuple(headings))


def texts(pieces: list[str]) -> list[Text]:
    """Many at once: work for a worker."""
    return [to_text(piece) for piece in pieces]


def one_line(html: str) -> str:
    """A title: no tags, no entities however often escaped, no control characters, one line."""
    for _ in range(3):
        plain = _TAG.sub(" ", html[:4000])
        plain = unescape(plain)
        if plain == html:
            break
        html = plain
    return " ".join(tidy(html).split())[:1000]


def tidy(text: str) -> str:
    """Without invisible characters, spaces in a row, or more than one blank line."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def parse_html(html: str) -> Any:
    """The root element of a page, or None when there is none to be had."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    html = _UNSEEN.sub("", html)
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)  # lxml refuses a str that declares a charset
    try:
        return document_fromstring(html, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _paragraphs(html: str) -> Iterator[tuple[bool, str]]:
    """Runs of text between block borders, and whether each is a heading."""
    from lxml import etree

    root = parse_html(html)
    if root is None:
        return
    run: list[str] = []
    silent = 0
    heading = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        border = tag in _BORDERS
        if border and run:
            yield heading, "".join(run)
            run = []
        if event == "start":
            silent += tag in _UNREAD
            heading = tag in _HEADINGS if border else heading
            piece = "\n" if tag == "br" else element.text
        else:
            silent -= tag in _UNREAD
            heading = heading and not border
            piece = element.tail
        if piece and not silent:
            run.append(piece if tag == "br" and event == "start" else _flow(piece, element))
        elif tag in ("td", "th"):
            run.append(" ")
    if run:
        yield heading, "".join(run)


def _flow(piece: str, element: Any) -> str:
    """Line ends of the source are spaces, but inside <pre>."""
    return piece if element.tag == "pre" else piece.replace("\n", " ").replace("\r", " ")
