"""Links of a page that may be its news: where they stand, what they say, what their addresses look
like.

What is compared are shapes, not names: sites are made by a dozen systems and by hand.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from bot.sources.addresses import link
from bot.sources.lists.shapes import may_be_article, site_of
from bot.sources.markup import one_line

MAX_LINKS = 3000  # looked at on one page
_HEADLINE = range(20, 301)  # characters
_PARTS_OF_CARD = 100  # elements looked at within a link
_LABEL = 15  # characters of an hour, a counter, a rubric
_NAME = range(8, 301)  # of what stands where headlines do
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "select", "menu", "noscript", "template"})
# Words within class names and ids of what stands beside a page's own matter.
_ASIDE = """
    nav navbar navigation menu submenu topmenu mainmenu breadcrumb breadcrumbs crumbs speedbar
    footer pagination pager paging paginator tags tagcloud tag rubrics rubricator categories share
    comments comment lastcomm banner banners adv ads advert promo reclama login auth cookie popup
    modal sidebar aside partner partners related similar recommended recommend popular
"""
_ASIDE_WORDS = frozenset(_ASIDE.split())
_TITLE_WORDS = frozenset({"title", "headline", "caption", "name", "heading", "header", "head"})
_NO_TITLE_WORDS = frozenset({"date", "time", "views", "counter", "comments", "rubric", "category"})
_UNREAD = frozenset({"script", "style", "noscript", "template", "time", "svg"})
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_CLOCK = re.compile(r"(?:\d\d?\.\d\d\.\d{2,4},?\s+)?(?:\d\d?:\d\d\s+)?[|•·—–-]?\s*")
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
    def named(self) -> bool:
        return len(self.title) in _NAME and not self.title[0].isdigit()

    @property
    def headline(self) -> bool:
        return len(self.title) in _HEADLINE and " " in self.title


def links(root: Any, url: str, *, anywhere: bool = False) -> list[Link]:
    """The links to pages of the same site that may be articles, or all; in the page's order."""
    base = url
    for tag in root.iterfind(".//base[@href]"):
        base = link(url, tag.get("href")) or url
    own = site_of(url)
    this = link(url, url)
    known: dict[Any, bool] = {}
    found = []
    for element in list(root.iter("a"))[:MAX_LINKS]:
        address = link(base, element.get("href"))
        if not address or address == this:
            continue
        if anywhere or (site_of(address) == own and may_be_article(address)):
            title, heading = title_of(element)
            found.append(
                Link(element, address, title, heading, _place(element), _is_aside(element, known))
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
    said = _named(element) or _longest(element) or _text(element)
    said = said[m.end() :] if (m := _CLOCK.match(said)) else said
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


def _longest(element: Any) -> str:
    """Of a link that holds a whole card, or a headline between an hour and an arrow."""
    if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
        return ""
    said = sorted(map(_text, element.iterchildren("*")), key=len) or [""]
    if len(said[-1]) < _HEADLINE.stop:
        alone = all(len(text) < _LABEL for text in said[:-1])
        return said[-1] if alone and len(said[-1]) in _HEADLINE else ""
    inner = map(_text, islice(element.iterdescendants("*"), _PARTS_OF_CARD))
    return max((text for text in inner if len(text) in _HEADLINE), key=len, default="")


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


def _place(element: Any) -> str:
    """From the root; of the classes the first that is no item's own (post-123)."""
    chain = [_step(element), *map(_step, element.iterancestors())]
    return "/".join(reversed(chain))


def _step(element: Any) -> str:
    classes = (element.get("class") or "").split()
    kept = next((one for one in classes if not any(map(str.isdigit, one))), "")
    return f"{element.tag}.{kept}" if kept else str(element.tag)


def _is_aside(element: Any, known: dict[Any, bool]) -> bool:
    """Whether anything around it stands beside the page's own matter."""
    unknown = []
    found = False
    for above in element.iterancestors():
        if above in known:
            found = known[above]
            break
        unknown.append(above)
    for above in reversed(unknown):
        found = known[above] = found or beside(above)
    return found


def beside(element: Any) -> bool:
    """Whether an element says of itself that it is not the page's own matter."""
    if element.tag in ("body", "html", "main"):
        return False
    words = _words(element)
    if element.tag == "article" or "hentry" in words:  # WordPress names an article's tags there
        words -= {"tag"}
    if element.tag in _ASIDE_TAGS:
        return True
    # What holds the page's heading is around the whole of it, such as page-with-menu.
    return not words.isdisjoint(_ASIDE_WORDS) and element.find(".//h1") is None


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
