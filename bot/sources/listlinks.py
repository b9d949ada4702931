"""Links of a page that may be its news: where they stand, what they say, what their addresses look
like.

What is compared are shapes, not names: sites are made by a dozen systems and by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bot.sources.addresses import host_of, link
from bot.sources.markup import one_line

MAX_LINKS = 5000  # looked at on one page
_HEADLINE = range(20, 301)  # characters
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "select", "menu", "noscript", "template"})
# Words within class names and ids of what stands beside a page's own matter.
_ASIDE = """
    nav navbar navigation menu submenu topmenu mainmenu breadcrumb breadcrumbs crumbs speedbar
    footer foot bottom pagination pager paging paginator pages tags tagcloud tag rubrics rubricator
    categories share social soc comments comment lastcomm banner banners adv ads advert promo
    reclama login auth cookie popup modal sidebar side aside partner partners related similar
    recommended recommend popular
"""
_ASIDE_WORDS = frozenset(_ASIDE.split())
_TITLE_WORDS = frozenset({"title", "headline", "caption", "name", "heading", "header", "head"})
_NO_TITLE_WORDS = frozenset({"date", "time", "views", "counter", "comments", "rubric", "category"})
_UNREAD = frozenset({"script", "style", "noscript", "template", "time", "svg"})
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
# Where no news are: other people's words, shelves, services.
_ELSEWHERE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|rubrics?|author|users?|profile|login|auth|register|search|forum|"
    r"viewtopic|viewforum|topic|threads?|showthread|page|cart|shop|catalog|product|goods|board|"
    r"feed|rss|print|go|redirect|wp-login|policy|privacy|contacts?|about)(?:\.php|\.html?)?(?:[/?]|$)",
    re.I,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp[34]|xml|apk)$", re.I)
_ENDING = re.compile(r"\.(?:html?|php|aspx?|shtml|phtml)$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[\d._-]*\d[\d._-]*")
_SLUG = re.compile(r"\d{3,}|[-_].+[-_]|.{18,}")
_PAGING = re.compile(r"page|PAGEN_\d+|p(?:age)?d|start|offset|limit|sort", re.I)
_MORE = re.compile(
    r"\W*(?:читать|подробн|далее|комментар|смотреть|узнать|ещ[её]|все новости|чытаць|падрабязн|"
    r"read more|more\b)[^.!?]{0,25}\W*",
    re.I,
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One <a>, whole address and all. `title` is '' where it says nothing that could be one."""

    element: Any
    url: str
    title: str
    heading: bool  # its title is a heading of the page
    place: str  # the chain of tags and classes that leads to it: one list, one place
    aside: bool  # in a menu, a footer, a sidebar

    @property
    def headline(self) -> bool:
        return len(self.title) in _HEADLINE and " " in self.title


@dataclass(frozen=True, slots=True)
class Shape:
    """What addresses of one kind have in common."""

    parts: tuple[str, ...]
    keys: tuple[str, ...]


def links(root: Any, url: str, *, anywhere: bool = False) -> list[Link]:
    """The links to pages of the same site that may be articles, or all; in the page's order."""
    base = url
    for tag in root.iterfind(".//base[@href]"):
        base = link(url, tag.get("href")) or url
    own = _site(url)
    this = link(url, url)
    found = []
    for element in list(root.iter("a"))[:MAX_LINKS]:
        address = link(base, element.get("href"))
        if not address or address == this:
            continue
        if anywhere or (_site(address) == own and _may_be_news(address)):
            title, heading = title_of(element)
            found.append(
                Link(element, address, title, heading, _place(element), _is_aside(element))
            )
    return found


def title_of(element: Any) -> tuple[str, bool]:
    """What a link is called, and whether in a heading: its own text, or what stands for one."""
    for inner in element.iter(*_HEADINGS):
        if said := _text(inner):
            return said, True
    around = element.getparent()
    heading = around is not None and (
        around.tag in _HEADINGS
        or (around.getparent() is not None and around.getparent().tag in _HEADINGS)
    )
    said = _named(element) or _text(element)
    if len(said) > _HEADLINE.stop:
        said = max(_leaves(element), key=len, default=said)
    if _MORE.fullmatch(said):
        said = ""
    whole = one_line(element.get("title") or "")
    if not said or (said.endswith(("…", "...")) and whole.startswith(said.rstrip(".… ")[:40])):
        said = whole or said
    if not said:
        said = next((one_line(i.get("alt") or "") for i in element.iter("img")), "")
    return said, heading


def _named(element: Any) -> str:
    """The part of a link's text whose class calls it the title."""
    for inner in element.iterdescendants():
        called = isinstance(inner.tag, str) and not _words(inner).isdisjoint(_TITLE_WORDS)
        if called and (said := _text(inner)):
            return said
    return ""


def _leaves(element: Any) -> Iterator[str]:
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and len(said := _text(inner)) < _HEADLINE.stop:
            yield said


def _text(element: Any) -> str:
    """What it says, but for dates and counters."""
    return _said(element, _NO_TITLE_WORDS) or _said(element, frozenset())


def _said(element: Any, without: frozenset[str]) -> str:
    pieces: list[str] = []
    waiting: list[Any] = [element]
    while waiting and len(pieces) < 500:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if one is not element:
            waiting.append(one.tail or "")
        if one.tag in _UNREAD or (one is not element and not without.isdisjoint(_words(one))):
            continue
        waiting.extend(reversed(one))
        waiting.append(one.text or "")
    return one_line(" ".join(pieces)[:4000])


def _site(url: str) -> str:
    """The host by its last two names, or three where they are as short as co.uk, msk.ru."""
    names = host_of(url).split(".")
    short = len(names) > 2 and len(names[-2]) <= 3
    return ".".join(names[-3 if short else -2 :])


def _may_be_news(url: str) -> bool:
    parts = urlsplit(url)
    if _ELSEWHERE.search(f"{parts.path}?") or _FILE.search(parts.path):
        return False
    return parts.path != "/" or bool(parts.query)


@lru_cache(maxsize=4096)
def shape(url: str) -> Shape:
    parts = urlsplit(url)
    path = [_kind(_ENDING.sub(".", step)) for step in parts.path.split("/") if step]
    query = sorted(
        f"{key}={_kind(value)}"
        for key, value in parse_qsl(parts.query)
        if not _PAGING.fullmatch(key)
    )
    return Shape(tuple(path), tuple(query))


def _kind(step: str) -> str:
    bare = step.rstrip(".")
    end = "." if step != bare else ""
    if _YEAR.fullmatch(bare):
        return "year"
    return ("number" if _NUMBER.fullmatch(bare) else "word") + end


@lru_cache(maxsize=4096)
def names_one_article(url: str) -> bool:
    """A number, a date or a sentence in the address: what articles have, and rubrics have not."""
    parts = urlsplit(url)
    steps = [_ENDING.sub("", step) for step in parts.path.split("/") if step]
    if any(value.isdigit() for key, value in parse_qsl(parts.query) if not _PAGING.fullmatch(key)):
        return True
    if not steps or (_YEAR.fullmatch(steps[0]) and all(map(str.isdigit, steps)) and len(steps) < 4):
        return False  # a front page; an archive of a year, month or day
    return bool(_NUMBER.fullmatch(steps[-1]) or _SLUG.search(steps[-1])) or any(
        _YEAR.fullmatch(step) for step in steps
    )


def _place(element: Any) -> str:
    """From the root; of the classes the first that is no item's own (post-123)."""
    chain = [_step(element), *map(_step, element.iterancestors())]
    return "/".join(reversed(chain))


def _step(element: Any) -> str:
    classes = (element.get("class") or "").split()
    kept = next((one for one in classes if not any(map(str.isdigit, one))), "")
    return f"{element.tag}.{kept}" if kept else str(element.tag)


def _is_aside(element: Any) -> bool:
    return any(beside(above) for above in element.iterancestors())


def beside(element: Any) -> bool:
    """Whether an element says of itself that it is not the page's own matter."""
    if element.tag in ("body", "html", "main"):
        return False
    words = _words(element)
    if element.tag == "article" or "hentry" in words:  # WordPress names an article's tags there
        words -= {"tag"}
    return element.tag in _ASIDE_TAGS or not words.isdisjoint(_ASIDE_WORDS)


def _words(element: Any) -> frozenset[str]:
    return _words_in(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=4096)
def _words_in(names: str) -> frozenset[str]:
    """Of class names and ids; of those that tell of another element (with-sidebar), none."""
    return frozenset(
        word.lower()
        for token in names.split()
        if not re.match(r"(?:has|with|no|without|is)[-_]", token)
        for word in _PARTS.findall(token)
    )
