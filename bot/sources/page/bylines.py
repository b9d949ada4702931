"""What stands around an article for people to read: who wrote it, when, and the first picture.

It is asked last, where the page says nothing of itself for machines.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from bot.sources.addresses import link
from bot.sources.dates import parse_date
from bot.sources.markup import tidy
from bot.sources.page.blocks import Block, Document, ancestors
from bot.sources.page.hints import Hint, hints
from bot.sources.page.meta import is_name, is_picture
from bot.sources.page.parts import Part
from bot.sources.page.phrases import BYLINE, SAYING, SIGNED, STAMP

LAST = 8  # blocks of a text, the last, where it may be signed
BEFORE, AFTER = 8, 8  # blocks around the title, where date and author stand
LINE = 120  # characters of such a line
NEAR_DAY = timedelta(days=2)  # between a page's date and the day in its address
SHORT_LINE = 60  # characters of one with a date that names no year
SMALL = 150  # pixels: a smaller picture is an icon

_WRITER = re.compile(
    r"(?:^|[\s|·•,])(?i:авторы?(?: (?:текста|статьи|материала|публикации))?|текст|"
    r"беседовал[аи]?|(?:материал )?подготовил[аи]?|записал[аи]?|корреспондент|журналист|"
    r"опубликовал[аи]?|аўтар|тэкст|гутарыў|гутарыла|падрыхтава[ўл]а?)\s*:?\s+"
    r"(?P<name>[А-ЯЁЎІA-Z](?:[^\W\d]|['’-])+(?:\s+[А-ЯЁЎІA-Z](?:[^\W\d]|[.'’-])+){1,2})(?=$|[\s,.;|/·•\d])"
)
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")  # of a line; not that of «Иванов И.»
_LABEL = re.compile(
    r"(?:авторы?(?: (?:текста|статьи|материала))?|текст|беседовал[аи]?|подготовил[аи]?|аўтар|"
    r"тэкст)\s*:?",
    re.I,
)
_LABELLED = re.compile(rf"{_LABEL.pattern}\s+", re.I)
_DATED_TAIL = re.compile(r"[\s,|•·]+\d{1,2}[\s./-].*")
_NAMED = re.compile(r"auth|avtor|autor|byline|writer|journalist", re.I)  # costs less to ask
_AUTHORS_PAGE = re.compile(r"/(?:authors?|avtory?|writers?|journalists?|users?)/[\w-]")
_STAMPED = re.compile(rf"(?:{STAMP.pattern})[\s,.|·•—-]+(?=\D)", re.I)
_NAME = re.compile(r"[А-ЯЁЎІA-Z][\w'’-]+(?:\s+[А-ЯЁЎІA-Z][\w.'’-]+){1,2}")
_DATED = re.compile(
    r"(?:опубликован\w*|размещен\w*|размещён\w*|добавлен\w*|дата(?: публикации)?|создан\w*|"
    r"апублікавана|published|posted)\b[^\d]{0,20}(?P<date>\d.{5,40})",
    re.I,
)
_RECENT = re.compile(
    r"\b(?:сегодня|вчера|сёння|учора)(?:,| в| у|)\s+\d{1,2}:\d\d|"
    r"\b\d{1,2}\s+(?:мин|час|дн|гадз)\w*\s+(?:назад|таму)\b|"
    r"(?<!\d)\d{1,2}\s+(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*(?:,| в)?"
    r"\s+\d\d:\d\d",
    re.I,
)
_YEAR = re.compile(r"20\d\d(?: г(?:ода|\.)?)?")
_IN_PATH = re.compile(r"/(20\d\d)[/-]([01]\d)[/-]([0-3]\d)(?=[/_-]|$)")
_DAY = re.compile(  # «2-14-14» is a telephone
    r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./](?:20)?\d\d|\d{1,2}-\d{1,2}-20\d\d|20\d\d-\d\d-\d\d|"
    r"\d{1,2}\s+[a-zа-яёіў]{3,9}\.?,?\s+20\d\d|[a-z]{3,9}\.?\s+\d{1,2},?\s+20\d\d)(?!\d)",
    re.I,
)


def find_author(document: Document, around: Sequence[int]) -> str | None:
    """A name after «Автор:», «Текст:» and the like, or in what is named as the author's."""
    lines = [document.blocks[at] for at in around]
    for at, block, following in zip(around, lines, [*lines[1:], None], strict=True):
        if len(block.text) > LINE:
            continue
        if document.nodes[block.node].hint & Hint.AUTHOR and _NAME.fullmatch(block.text):
            return block.text
        if (found := _WRITER.search(block.text)) and is_name(found["name"]):
            return _FULL_STOP.sub("", found["name"])
        if (found := BYLINE.fullmatch(block.text)) and not _lists(document, at):
            return found["by"] or found["who"]
        if following and _LABEL.fullmatch(block.text) and _NAME.fullmatch(following.text):
            return following.text
    return _named_author(document, lines)


def _named_author(document: Document, lines: Sequence[Block]) -> str | None:
    """Nothing but a name in an element that the site names as the author's, or in a link to all
    that one wrote; a label and a date may stand in it, too."""
    near = {block.node: None for block in lines if len(block.text) <= LINE}
    for at in near:
        for element in document.nodes[at].element.iter("a", "span", "p", "div", "h3", "h4"):
            if _is_authors(element):
                text = _LABELLED.sub("", _DATED_TAIL.sub("", tidy(element.text_content()))).strip()
                if _NAME.fullmatch(text) and is_name(text):
                    return text
    return None


def _is_authors(element: Any) -> bool:
    name = element.get("class")
    if name and _NAMED.search(name) and hints(element) & Hint.AUTHOR:
        return True
    return element.tag == "a" and bool(_AUTHORS_PAGE.search(element.get("href") or ""))


def drop_bylines(parts: Sequence[Part]) -> None:
    """Those right before what is told and right after it; people in a list have trades, too."""
    left = [part for part in parts if not part.gone]
    told = [at for at, part in enumerate(left) if part.prose and not _is_byline(part)]
    if not told:
        return
    for part in left[: told[0]]:
        part.gone = _is_byline(part)
    if not left[told[-1]].text.endswith(":"):
        for part in takewhile(_is_byline, left[told[-1] + 1 :]):
            part.gone = True


def _is_byline(part: Part) -> bool:
    line = part.tag not in ("li", "td") and not part.heading and len(part.text) <= LINE
    if not line or SAYING.search(part.text):
        return False
    text = part.text
    if (dated := _STAMPED.match(text)) and SIGNED.fullmatch(text[dated.end() :]):
        return True  # the day, and who wrote it
    return bool(BYLINE.fullmatch(text))


def _lists(document: Document, at: int) -> bool:
    """Whether it is one of several lines that a colon announces, or an item of a list."""
    above = (document.blocks[one].text for one in range(at - 1, -1, -1))
    before = next((line for line in above if not BYLINE.fullmatch(line)), "")
    return document.blocks[at].tag in ("li", "td") or before.endswith(":")


def find_date(
    document: Document, around: Sequence[int], zone: str | None, url: str
) -> datetime | None:
    """The first whole date beside the title that the address, if it has a day, does not gainsay;
    that day; else a date that says it is of publication."""
    day = parse_date("-".join(dated.groups()), zone) if (dated := _IN_PATH.search(url)) else None
    for at in around:
        text = _with_year(document, at)
        begins = _DAY.search(text) if len(text) <= LINE else None
        found = parse_date(text[begins.start() :], zone) if begins else None
        if found and (day is None or abs(found - day) <= NEAR_DAY):
            return found
    if day:
        return day
    for block in document.blocks:
        labelled = _DATED.search(block.text) if len(block.text) <= LINE else None
        if labelled and (found := parse_date(labelled["date"], zone)):
            return found
    return None


def _with_year(document: Document, at: int) -> str:
    """A line, and a year that only a line break parts from it."""
    text = document.blocks[at].text
    below = document.blocks[at + 1] if at + 1 < len(document.blocks) else None
    year = below is not None and below.joined and _YEAR.fullmatch(below.text)
    return f"{text} {below.text}" if below is not None and year else text


def is_recent(document: Document, around: Sequence[int]) -> bool:
    """Whether «сегодня, 09:14», «2 часа назад» or «16 ноября, 12:00» stands by the title."""
    lines = (document.blocks[at].text for at in around[:3])
    return any(len(line) <= SHORT_LINE and _RECENT.search(line) for line in lines)


def around_title(document: Document, title_at: int | None, body: Sequence[int]) -> list[int]:
    """Blocks after the title, then before it, then those that end the text; the nearest first."""
    blocks = document.blocks
    first, last = (body[0], body[-1]) if body else (0, -1)
    if title_at is None:
        return list(range(max(0, first - BEFORE), min(len(blocks), first + 3)))
    after = range(title_at + 1, min(len(blocks), max(title_at + 1 + AFTER, first + 2)))
    before = range(title_at - 1, max(-1, title_at - 1 - BEFORE), -1)
    ends = range(last + 1, min(len(blocks), last + 1 + AFTER)) if last >= 0 else ()
    return [*after, *before, *body[-LAST:], *ends]


def find_picture(
    document: Document, title_at: int | None, body: Sequence[int], url: str
) -> str | None:
    """The first picture between the title and the end of the text."""
    if not body:
        return None
    start, end = body[0], body[-1] + 1
    if title_at is not None and title_at < start:
        start = title_at
    for at, node, element in document.images:
        if start <= at <= end and not _is_small(element) and not _in_furniture(document, node):
            said = element.get("data-src") or element.get("data-original") or element.get("src")
            found = link(url, said)
            if found and is_picture(found):
                return found
    return None


def _in_furniture(document: Document, node: int) -> bool:
    unwanted = Hint.FURNITURE | Hint.HIDDEN
    return any(document.nodes[at].hint & unwanted for at in list(ancestors(document, node))[:3])


def _is_small(element: Any) -> bool:
    sizes = (element.get(side) or "" for side in ("width", "height"))
    return any(size.isdigit() and int(size) < SMALL for size in sizes)
