"""What a page is made of, beside its text: by that it is told from what is no article."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from bot.sources.page import noticewords as words

SHORTEST = 60  # characters of an article; less is a caption, a notice or a cookie line
SHORT = 900  # characters; a notice is never longer, beside what it offers instead
FEW = 3  # teasers, where nothing else is told
CARDS = 6  # teasers of other articles: a page with so many and little else is a list

_ARCHIVES = frozenset({"archive", "blog", "search-results", "search-no-results", "error404"})
_SINGLE = frozenset({"single", "singular", "page", "page-template"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What only some pages have among their elements."""

    asks_password: bool = False
    guarded: bool = False  # by a challenge to prove that one is no robot
    paywall: bool = False  # an element is named so
    needs_script: bool = False
    lost: bool = False  # an element around the page is named an error
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
    heading: str | None = None  # its title, where people see it
    has_day: bool = False  # of publication, with the year
    entered: bool = False  # a line of it is a login's heading
    coded: bool = False  # a line of it is «404»
    gated: bool = False  # somewhere it says that only who is registered may read on
    gallery: bool = False  # its pictures are numbered: «4/24»
    offers: int = 0  # lines in its text that only sell, or lead to each of several things
    records: int = 0  # lines in it with the day and the hour of a post
    awaited: bool = False  # a line of it says that the broadcast has not begun
    signs: Signs = Signs()  # looked for in short pages only

    @property
    def size(self) -> int:
        return sum(map(len, self.paragraphs))

    @property
    def seems_none(self) -> bool:
        """Whether so much speaks against an article that text found in other ways is none."""
        listed = self.cards >= (CARDS if self.paragraphs else FEW)
        return listed or self.players > 0 or self.gallery or any(astuple(self.signs))


def signs_in(root: Any) -> Signs:
    named = " ".join(root.xpath("//div/@class | //div/@id | //section/@class | //form/@id"))
    told = "".join(element.text_content() for element in root.xpath("//noscript")[:5])
    kinds = {*" ".join(root.xpath("//body/@class")).split()}
    around = " ".join(root.xpath("//body/@class | //body/@id | //main/@class | //article/@class"))
    frames = " ".join(root.xpath("//script/@src | //iframe/@src"))
    return Signs(
        asks_password=bool(root.xpath("//input[@type='password']")),
        guarded=bool(words.GUARDS.search(named) or words.GUARDS.search(frames)),
        paywall="paywall" in named.lower(),
        needs_script=bool(words.SCRIPT.search(told[:5000])),
        lost=bool(words.ERROR_PAGE.search(around)),
        archive=bool(kinds & _ARCHIVES) and not kinds & _SINGLE,
    )
