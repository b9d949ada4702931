"""What is no article, however much text it has: each is told by its own sentence.

A word alone decides nothing, as news are written of logins, errors and subscriptions too: what a
page calls itself counts when the whole title says it, and what it asks of its reader when little
else is said.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.sources.errors import NeedsLogin, NoText
from bot.sources.page import noticewords as words
from bot.sources.page.blocks import HEADINGS, Block
from bot.sources.page.listings import ABOUT, RUBRIC, is_list, is_video, names_of
from bot.sources.page.meta import Meta
from bot.sources.page.phrases import speaks_of_cookies
from bot.sources.page.shape import CARDS, FEW, SHORT, SHORTEST, Shape

WALL = 4000  # characters; a wall before a page lists those it sells to
LENGTHY = 2 * SHORT  # characters; a paper that explains its notice to its readers writes no more
TEASER = 500  # characters that are shown of an article that is paid for
TOLD_BARELY = 200  # characters of a page that nothing names
SMALL = 40  # blocks of a page that is a notice or a login
BARE = 12  # blocks of a page on which scripts are yet to write

COOKIES = "the page asks for leave to set cookies, and shows no article"
ADDRESSED = "the page speaks to whoever opens it, and tells no news (a notice)"
STANDING = "the page is one that every site has (contacts, posters, weather), no article"
LOST = "the page says that there is no such page (an error notice)"
SCRIPTS = "the page is written by its scripts only, there is no text in it"
LOGIN = "the page is a login, not an article"
ROBOT = "the site wants to know first whether a person is reading"


def check(shape: Shape, meta: Meta) -> None:
    """Raise NoText, or NeedsLogin, if it is no article."""
    size = sum(map(len, shape.paragraphs))
    for named, error, said in _KINDS:
        claimed = meta.describes_article and size >= TOLD_BARELY  # sites describe these pages, too
        if not claimed and any(map(named.fullmatch, names_of(shape))):
            raise error(said)
    if size < LENGTHY and _is_headed_as_fault(shape):
        raise NoText(LOST)
    if _asks_age(shape.paragraphs, size):
        raise NoText("the site asks its reader's age first")
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
    if not meta.describes_article and size < SHORT and _is_lost(shape):
        raise NoText(LOST)
    if _is_small(shape, meta, size) and words.CLOSED.search(" ".join(shape.paragraphs)[:200]):
        raise NoText("the site is closed for the time being (a notice)")
    if shape.gated and size < TEASER:
        raise NeedsLogin("the article is for those who are registered on the site")
    if _is_addressed(shape, meta, size):
        raise NoText(ADDRESSED)
    if _is_nameless(shape, meta, size):
        raise NoText("the page has neither a headline nor a date, and little is said on it")
    if _is_standing(shape, meta):
        raise NoText(STANDING)
    if shape.awaited and size < ABOUT:
        raise NoText("the page is for a broadcast, and nothing is told yet")
    if shape.offers > 1 and not meta.says_article and (shape.records >= FEW or not shape.dated):
        raise NoText("the page is a list of what is offered, no article")
    if shape.gallery and size < TOLD_BARELY and any(map(words.PICTURES.search, names_of(shape))):
        raise NoText("the page has pictures and no text")
    if is_list(shape, meta, size):
        raise NoText("the page is a list of news, not an article")
    if size < SHORTEST or is_video(shape, meta, size):
        raise NoText(_why_empty(shape))


_KINDS: tuple[tuple[re.Pattern[str], type[NoText], str], ...] = (
    (words.FAULT, NoText, LOST),
    (words.SHUT, NoText, "the site refuses access to the page (a notice)"),
    (words.LOGIN, NeedsLogin, LOGIN),
    (words.ROBOT, NoText, ROBOT),
)


def _is_paid(shape: Shape, meta: Meta, size: int) -> bool:
    if size >= WALL:
        return False
    stubs = [one for one in shape.paragraphs if len(one) < 400 and _speaks_of_paying(one)]
    rest = size - sum(map(len, stubs))
    if len(stubs) > 1:  # below the wall is what a subscription costs
        rest = sum(map(len, takewhile(lambda one: one not in stubs, shape.paragraphs)))
    if meta.for_free is False and (rest < TEASER or (shape.gated and size < SHORT)):
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
    told = sum(len(one) for one in shape.paragraphs if not words.ENTERING.search(one))
    if asked and shape.signs.asks_password and told < SHORTEST:
        return True
    if size >= SHORT or meta.describes_article or (meta.says_article and shape.dated):
        return False
    if not shape.dated and any(words.ENTRY.search(one) for one in shape.paragraphs):
        asked = True
    said = asked or (not shape.dated and _is_said_to_you(shape, size))
    return said and (shape.signs.asks_password or (asked and size < 300))


def _about_cookies(paragraphs: Sequence[str], size: int) -> bool:
    about = sum(len(one) for one in paragraphs if speaks_of_cookies(one))
    return 0 < size < WALL and 2 * about > size


def _is_headed_as_fault(shape: Shape) -> bool:
    """As its reader sees it, whatever it claims to machines; a column may be called «Ошибка»."""
    heading = (shape.heading or "").strip()
    return " " in heading and bool(words.FAULT.fullmatch(heading))


def _asks_age(paragraphs: Sequence[str], size: int) -> bool:
    return 0 < size < SHORT and any(map(words.AGE.search, paragraphs[:2]))


def _is_shell(shape: Shape, meta: Meta, size: int) -> bool:
    """Whether scripts are yet to write the page: little on it, and nothing of an article's."""
    bare = shape.blocks < BARE and not (shape.dated or meta.says_article)
    return shape.signs.needs_script and bare and size < SHORT / 2


def names_login(block: Block) -> bool:
    return (
        len(block.text) < SHORTEST
        and block.tag in HEADINGS
        and bool(words.LOGIN.fullmatch(block.text))
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


def _is_lost(shape: Shape) -> bool:
    """Whether it is named or numbered so, or begins with that and sends its reader elsewhere."""
    if shape.signs.lost or (shape.coded and not shape.dated):
        return True
    said = " ".join(shape.paragraphs[:3])[:600]
    lost = bool(words.GONE.search(said[:300]))
    if not shape.dated and shape.size < ABOUT and words.GONE.match(said):
        return True
    return lost and bool(words.BACK.search(said) or words.SOUGHT.search(said[:300]))


def _is_addressed(shape: Shape, meta: Meta, size: int) -> bool:
    """Whether most of what little it says is said to its reader: «мы проверяем, включите»."""
    if shape.dated or meta.describes_article or size >= SHORT or shape.blocks >= SMALL:
        return False
    return _is_said_to_you(shape, size)


def _is_said_to_you(shape: Shape, size: int) -> bool:
    told = (one for one in shape.paragraphs if not words.SAID.match(one))
    return 2 * sum(len(one) for one in told if words.ADDRESSING.search(one)) > size


def _is_nameless(shape: Shape, meta: Meta, size: int) -> bool:
    """A line or two on a page that is called as the site is, and nothing that articles have."""
    named = max((len(title.split()) for title in shape.titles), default=0)
    unnamed = named <= RUBRIC and shape.heading is None
    return unnamed and SHORTEST <= size < TOLD_BARELY and _is_small(shape, meta, size)


def _is_standing(shape: Shape, meta: Meta) -> bool:
    """Whether its heading is «Контакты», or, on a page without a date, «Погода в Таштаголе»."""
    if shape.heading is None or meta.describes_article:
        return False
    line = " ".join(shape.heading.split()).strip(" .")
    dated = shape.has_day or meta.says_article
    return bool((words.STANDING if dated else words.OF_STANDING).fullmatch(line))


def _why_empty(shape: Shape) -> str:
    if shape.players:
        return "the page has a video and no text"
    if shape.cards >= (FEW if shape.told_by_cards else CARDS):
        return "the page is a list of news, not an article"
    if shape.signs.needs_script:
        return SCRIPTS
    if shape.cookies:
        return COOKIES
    return "the page has no article in it"
