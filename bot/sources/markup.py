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
_CONTROLS = re.compile("[\x80-\x9f]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_READ_ON = r"""
    (?:(?:читать|читайте|чытаць|чытайце)\s(?:далее|дальше|полностью|ещё|еще|далей|цалкам)
    |read\smore|continue\sreading|подробнее|падрабязней)
"""
_LAST = re.compile(
    rf"""[\s\[(]*(?:
    {_READ_ON}\b[^.!?]{{0,80}}?[\s.…»→>\])]*
    |the\spost\s.{{0,400}}?\s(?:appeared\sfirst|first\sappeared)\son\s.{{0,200}}
    |(?:сообщение|запись)\s.{{0,400}}?\s(?:появил\w{{1,4}}\sсначала|впервые\sпоявил\w{{1,4}})\s.{{0,200}}
    |запіс\s.{{0,400}}?\sз[’'ʼ]явіўся\s(?:спачатку|ўпершыню)\s.{{0,200}}
    )""",
    re.I | re.X,
)
_MORE = re.compile(rf"(?<=[.!?…\]»])\s*(?:\[…\]\s*)?{_READ_ON}[\s.…»→>\])]*$", re.I | re.X)
_SPACES = re.compile(r"[^\S\n]+")
_BLOCKS = """
    address article aside blockquote body center dd details div dl dt fieldset footer form header
    hr li main nav ol p pre section summary table tbody thead tr ul
"""
_SILENT = """
    audio button canvas embed figure head iframe input math menu noscript object option picture
    script select style svg template textarea video
"""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BORDERS = _HEADINGS | set(_BLOCKS.split())
_UNREAD = frozenset(_SILENT.split())
_INLINE = """
    a abbr acronym b bdi bdo big br cite code del dfn em font i img ins kbd mark nobr noindex q rp
    rt ruby s samp small span strike strong sub sup tt u var wbr td th tfoot html
"""
_NAMES = "|".join([*sorted(_BORDERS), *_UNREAD, *_INLINE.split()])
_NAMED_TAG = re.compile(rf"</?({_NAMES})(?:[\s/][^<>]{{0,2000}})?>", re.I)


def to_text(html: str) -> Text:
    """The text of a piece of markup, or of plain text that is none."""
    html = html[: MAX_TEXT * 5]
    if _ESCAPED_TAG.search(html):  # escaped once too often
        html = unescape(html)
    if not _TAG.search(html):
        return _text(tidy(unescape(html))[:MAX_TEXT].split("\n\n"), [])
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
    """Without what feeds put at the end: «Читать далее», "The post … appeared first on …"."""
    while paragraphs and _LAST.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    if paragraphs:
        paragraphs[-1] = _MORE.sub("", paragraphs[-1])
    kept = frozenset(paragraphs)
    return Text(text="\n\n".join(paragraphs), headings=tuple(h for h in headings if h in kept))


def texts(pieces: list[str]) -> list[Text]:
    """Many at once: work for a worker."""
    return [to_text(piece) for piece in pieces]


def one_line(html: str) -> str:
    """A title: no tags, no entities however often escaped, no control characters, one line.

    What only looks like a tag, such as the «int» of vector<int>, stays.
    """
    html = html[:4000]
    for _ in range(3):
        plain = _NAMED_TAG.sub(_gap, html) if "<" in html else html
        plain = unescape(plain) if "&" in plain else plain
        if plain == html:
            break
        html = plain
    return " ".join(_seen(html).split())[:1000]


def tidy(text: str) -> str:
    """Without invisible characters, spaces in a row, or more than one blank line."""
    text = _seen(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(text: str) -> str:
    """Without what nobody sees; windows-1252's own signs where ISO 8859-1 has control characters.

    Thus browsers read &#151;, a dash of old editors (HTML standard, 13.2.5.80).
    """
    text = _CONTROLS.sub(_windows_1252, text)
    return _UNSEEN.sub("", text)


def _windows_1252(m: re.Match[str]) -> str:
    return m[0].encode("latin-1").decode("cp1252", "ignore")


def _gap(m: re.Match[str]) -> str:
    """What a tag is in a line: nothing, or the gap between two blocks."""
    return " " if m[1].lower() in _BORDERS or m[1].lower() == "br" else ""


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
            silent += _unseen(element)
            heading = tag in _HEADINGS if border else heading
            piece = "\n" if tag == "br" else element.text
        else:
            silent -= _unseen(element)
            heading = heading and not border
            piece = element.tail
        if piece and not silent:
            run.append(piece if tag == "br" and event == "start" else _flow(piece, element))
        elif tag in ("td", "th"):
            run.append(" ")
    if run:
        yield heading, "".join(run)


def _unseen(element: Any) -> bool:
    """Whether a reader would not see it."""
    if element.tag in _UNREAD or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _flow(piece: str, element: Any) -> str:
    """Line ends of the source are spaces, but inside <pre>."""
    return piece if element.tag == "pre" else piece.replace("\n", " ").replace("\r", " ")
