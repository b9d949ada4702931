"""What is no article, however much text it has: each is told by its own sentence.

A word alone decides nothing, as news are written of logins, errors and subscriptions too: what a
page calls itself counts when the whole title says it, and what it asks of its reader when little
else is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from bot.sources.errors import NeedsLogin, NoText
from bot.sources.page import noticewords as words
from bot.sources.page.blocks import HEADINGS, Block
from bot.sources.page.meta import Meta
from bot.sources.page.phrases import speaks_of_cookies

SHORTEST = 60  # characters of an article; less is a caption, a notice or a cookie line
WALL = 4000  # characters; a wall before a page lists those it sells to
SHORT = 900  # characters; a notice is never longer, beside what it offers instead
TEASER = 500  # characters that are shown of an article that is paid for
RUBRIC = 3  # words; a headline has more
ABOUT = 250  # characters that a list says of itself
TOLD_OF_VIDEO = 300  # characters beside a video that a page is for
SMALL = 40  # blocks of a page that is a notice or a login
BARE = 12  # blocks of a page on which scripts are yet to write
CARDS = 6  # teasers of other articles: a page with so many and little else is a list

COOKIES = "the page asks for leave to set cookies, and shows no article"
LOST = "the page says that there is no such page (an error notice)"
SCRIPTS = "the page is written by its scripts only, there is no text in it"
LOGIN = "the page is a login, not an article"
ROBOT = "the site wants to know first whether a person is reading"
_ARCHIVES = frozenset({"archive", "blog", "search-results", "search-no-results", "error404"})
_SINGLE = frozenset({"single", "singular", "page", "page-template"})
_LISTS = ("CollectionPage", "SearchResultsPage", "ItemList", "Blog", "ProfilePage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What only some pages have among their elements."""

    asks_password: bool = False
    guarded: bool = False  # by a challenge to prove that one is no robot
    paywall: bool = False  # an element is named so
    needs_script: bool = False
    archive: bool = False  # WordPress says so of its lists, whatever the rest of the page says


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a page is made of, beside its text."""

    url: str
    titles: Sequence[str]  # as the page calls itself: its heading, og:title, <title>
    paragraphs: Sequence[str]
    blocks: int
    players: int  # videos and frames
    cards: int  # teasers of other articles
    told_by_cards: int  # characters of prose in them
    cookies: bool  # asked for, in what could have been its text
    dated: bool  # it says when it was published
    entered: bool = False  # a line of it is a login's heading
    gated: bool = False  # somewhere it says that only who is registered may read on
    signs: Signs = Signs()  # looked for in short pages only

    @property
    def size(self) -> int:
        return sum(map(len, self.paragraphs))

    @property
    def seems_none(self) -> bool:
        """Whether so much speaks against an article that text found in other ways is none."""
        return self.cards >= CARDS or self.players > 0 or any(astuple(self.signs))


def check(shape: Shape, meta: Meta) -> None:
    """Raise NoText, or NeedsLogin, if it is no article."""
    size = sum(map(len, shape.paragraphs))
    for named, error, said in _KINDS:
        if not meta.describes_article and any(map(named.fullmatch, _names(shape))):
            raise error(said)
    if _is_shell(shape, meta, size):
        raise NoText(SCRIPTS)
    if shape.signs.guarded and size < SHORT and not meta.says_article:
        raise NoText(ROBOT)
    if _is_paid(shape, meta, size):
        raise NeedsLogin("the article is for the site's subscribers only")
    if _is_login(shape, meta, size):
        raise NeedsLogin(LOGIN)
    if not meta.describes_article and _about_cookies(shape.paragraphs, size):
        raise NoText(COOKIES)
    if not meta.describes_article and size < SHORT and _is_lost(shape.paragraphs):
        raise NoText(LOST)
    if _is_small(shape, meta, size) and words.CLOSED.search(" ".join(shape.paragraphs)[:200]):
        raise NoText("the site is closed for the time being (a notice)")
    if shape.gated and size < TEASER:
        raise NeedsLogin("the article is for those who are registered on the site")
    if _is_list(shape, meta, size):
        raise NoText("the page is a list of news, not an article")
    if size < SHORTEST or _is_video(shape, meta, size):
        raise NoText(_why_empty(shape))


_KINDS: tuple[tuple[re.Pattern[str], type[NoText], str], ...] = (
    (words.FAULT, NoText, LOST),
    (words.SHUT, NoText, "the site refuses access to the page (a notice)"),
    (words.LOGIN, NeedsLogin, LOGIN),
    (words.ROBOT, NoText, ROBOT),
)


def signs_in(root: Any) -> Signs:
    named = " ".join(root.xpath("//div/@class | //div/@id | //section/@class | //form/@id"))
    told = "".join(element.text_content() for element in root.xpath("//noscript")[:5])
    kinds = {*" ".join(root.xpath("//body/@class")).split()}
    frames = " ".join(root.xpath("//script/@src | //iframe/@src"))
    return Signs(
        asks_password=bool(root.xpath("//input[@type='password']")),
        guarded=bool(words.GUARDS.search(named) or words.GUARDS.search(frames)),
        paywall="paywall" in named.lower(),
        needs_script=bool(words.SCRIPT.search(told[:5000])),
        archive=bool(kinds & _ARCHIVES) and not kinds & _SINGLE,
    )


def _names(shape: Shape) -> Iterator[str]:
    """The titles, whole and without what a site adds to them."""
    for title in shape.titles:
        line = " ".join(title.split())
        yield line
        for separator in (" — ", " – ", " - ", " | ", " :: ", " » ", " / ", " • ", " · "):
            head, found, tail = line.partition(separator)
            if found:
                yield head.strip()
                yield tail.strip()


def _is_paid(shape: Shape, meta: Meta, size: int) -> bool:
    if size >= WALL:
        return False
    stubs = [one for one in shape.paragraphs if len(one) < 400 and _speaks_of_paying(one)]
    rest = size - sum(map(len, stubs))
    if len(stubs) > 1:  # below the wall is what a subscription costs
        rest = sum(map(len, takewhile(lambda one: one not in stubs, shape.paragraphs)))
    if meta.for_free is False and rest < TEASER:
        return True
    if shape.signs.paywall and rest < TEASER and (stubs or rest < SHORTEST):
        return True
    return len(stubs) >= (1 if rest < SHORTEST else 2) and rest < TEASER


def _speaks_of_paying(text: str) -> bool:
    low = text.casefold()
    return any(word in low for word in words.OF_PAYING) and bool(words.PAYING.search(low))


def _is_login(shape: Shape, meta: Meta, size: int) -> bool:
    if shape.entered and shape.signs.asks_password and _is_small(shape, meta, size):
        return True
    asked = any(words.ENTERING.search(one) for one in shape.paragraphs)
    if meta.says_article or size >= SHORT:
        return False
    return asked and (shape.signs.asks_password or size < 300)


def _about_cookies(paragraphs: Sequence[str], size: int) -> bool:
    about = sum(len(one) for one in paragraphs if speaks_of_cookies(one))
    return 0 < size < WALL and 2 * about > size


def _is_shell(shape: Shape, meta: Meta, size: int) -> bool:
    """Whether scripts are yet to write the page: little on it, and nothing of an article's."""
    bare = shape.blocks < BARE and not (shape.dated or meta.says_article)
    return shape.signs.needs_script and bare and size < SHORT / 2


def names_login(block: Block) -> bool:
    return (
        len(block.text) < 30 and block.tag in HEADINGS and bool(words.LOGIN.fullmatch(block.text))
    )


def speaks_of_gate(text: str) -> bool:
    """«Войдите, чтобы читать дальше», somewhere on a page whose text is short."""
    if len(text) >= 400:
        return False
    low = text.casefold()
    return any(word in low for word in words.OF_GATES) and bool(words.GATE.search(text))


def _is_small(shape: Shape, meta: Meta, size: int) -> bool:
    """Whether there is little but it on the page, and nothing that articles have."""
    plain = not (shape.dated or meta.says_article or shape.told_by_cards)
    return size < SHORT and plain and shape.blocks < SMALL


def _is_lost(paragraphs: Sequence[str]) -> bool:
    """Whether it begins with the loss of a page, and sends its reader elsewhere."""
    said = " ".join(paragraphs[:3])[:600]
    lost = bool(words.GONE.search(said[:300]))
    return lost and bool(words.BACK.search(said) or words.SOUGHT.search(said[:300]))


def _is_list(shape: Shape, meta: Meta, size: int) -> bool:
    if size < SHORTEST:
        return False
    if shape.signs.archive:
        return True
    if shape.cards < CARDS:
        return False
    if meta.kind in _LISTS or any(map(words.LISTING.fullmatch, _names(shape))):
        return size < max(SHORT, shape.told_by_cards)
    if not shape.dated and size < 2 * ABOUT and any(map(words.OF_NEWS.search, shape.titles)):
        return True
    if not shape.dated and size < ABOUT and 2 * size < shape.told_by_cards:
        return True  # even if it calls itself an article, as archives of WordPress do
    if meta.says_article or shape.dated:
        return False
    named = max((len(name.split()) for name in shape.titles[:2]), default=0)
    return size < (SHORT if named <= RUBRIC else ABOUT)


def _is_video(shape: Shape, meta: Meta, size: int) -> bool:
    if meta.says_video:
        return size < TOLD_OF_VIDEO
    named = any(map(words.VIDEO.search, [*shape.titles, urlsplit(shape.url).path]))
    return shape.players > 0 and size < TOLD_OF_VIDEO / 2 and named and not meta.describes_article


def _why_empty(shape: Shape) -> str:
    if shape.players:
        return "the page has a video and no text"
    if shape.cards >= CARDS:
        return "the page is a list of news, not an article"
    if shape.signs.needs_script:
        return SCRIPTS
    if shape.cookies:
        return COOKIES
    return "the page has no article in it"
