"""Leads: whether what a feed gives of an article is all of it, and what its page adds."""

import re
from dataclasses import replace
from itertools import islice

from bot.jobs.articles.filing import Piece
from bot.sources.pages import Page
from storage.models import TextFrom

LEAD_CHARS = 700  # an article that is all there has more
MORE_CHARS, MORE_SHARE = 200, 0.2  # what the feed has not: a page that says more has both
_RUN = 3  # words in a row by which a paragraph is found again in another text

_WORDS = re.compile(r"\w+")
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:читать|читайте|чытаць) (?:далее|дальше|полностью|далей)"
    r"|подробнее|(?:continue reading|read more)[^.!?\n]{0,80})[\s»→>.]*"
)  # of small letters: what minds no case is looked for at every letter
_ENDING = 120  # characters at the end of a text, where it may be seen to be cut


def is_cut(text: str) -> bool:
    """Whether the text breaks off, with an ellipsis or a «Читать далее»."""
    ending = text.rstrip()[-_ENDING:].lower()
    return any(match.end() == len(ending) for match in _CUT.finditer(ending))


def is_lead(text: str) -> bool:
    """Whether the text seems to go on elsewhere."""
    return is_cut(text) or len(text.rstrip()) < LEAD_CHARS


def says_something(text: str) -> bool:
    """Whether there is a sentence in it: words enough to tell what happened."""
    return len(text) >= 30 and len(list(islice(_WORDS.finditer(text[:500]), 5))) == 5


def says_more(page: str, feed: str) -> bool:
    """Whether a page's text holds much that the feed's does not, under whatever furniture."""
    known = _runs(feed)
    unsaid = sum(len(p) for p in page.split("\n\n") if not _is_known(p, known))
    return unsaid >= MORE_CHARS and unsaid >= MORE_SHARE * len(feed)


def with_page(piece: Piece, page: Page, *, own_title: bool = False) -> Piece:
    """The page's text if it says more; what the feed knew of author, date and picture stays.

    `own_title`: the page knows its title and date better than the list it was found in.
    """
    entry = piece.entry
    entry = replace(
        entry,
        title=_title(entry.title, page.title, own_title),
        url=page.canonical_url or entry.url,
        author=entry.author or page.author,
        published_at=(own_title and page.published_at) or entry.published_at or page.published_at,
        language=entry.language or page.language,
        image_url=entry.image_url or page.image_url,
    )
    if len(page.text) > len(piece.text):
        return Piece(entry=entry, text=page.text, headings=page.headings)
    return replace(piece, entry=entry, whole=not is_cut(piece.text))


def unfetched(piece: Piece, text_from: TextFrom | None) -> Piece:
    """The piece as its feed gave it, marked where there is more of it."""
    if text_from is TextFrom.FEED:
        return replace(piece, whole=not is_cut(piece.text))
    more = piece.entry.url is not None and (text_from is TextFrom.PAGE or is_lead(piece.text))
    return replace(piece, whole=not more)


def _title(said: str, own: str | None, prefer_own: bool) -> str:
    """The feed's, unless it has none or cut it short."""
    if not own or not said or prefer_own:
        return own or said
    head = said.rstrip().removesuffix("…").removesuffix("...").rstrip()
    cut = head != said.rstrip() and own.startswith(head)
    return own if cut else said


def _is_known(paragraph: str, known: set[tuple[str, ...]]) -> bool:
    runs = _runs(paragraph)
    return not runs or 2 * len(runs & known) >= len(runs)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORDS.findall(text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)) if words}
