"""Full text: where a source gives only leads, the articles' own pages are fetched and read.

Whether it does is found out once, from the pages of its first entries, and again each week; a
source whose feed says all that its pages say has no page asked of it again. What no page tells,
the lead tells; a piece with neither is left out.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.jobs.articles.filing import Piece
from bot.jobs.articles.furnishing import Furniture
from bot.jobs.gathering.leads import (
    is_cut,
    is_lead,
    says_more,
    says_something,
    unfetched,
    with_page,
)
from bot.jobs.gathering.pages import Found, Pages, passes
from bot.sources import errors
from bot.sources.http import Fetcher
from bot.sources.pages import Page
from bot.workers import Workers
from storage.models import Source, SourceKind, TextFrom
from storage.ports import Sources

PAGES_AT_FIRST = 20  # of a feed's backfill; older entries keep their lead, if they have one
MOST_PAGES = 300  # of one poll; what is left comes with the next
VOTES = 3  # pages that decide where a source's text is
REJUDGE = timedelta(days=7)
IN_VAIN = 5  # pages in a row that added nothing: from then on one a poll
SHARED = 3  # articles that name one canonical address name a wrong one

_OWN_TEXT = frozenset({SourceKind.CHANNEL, SourceKind.POSTS, SourceKind.FOLDER, SourceKind.SAMPLE})
_NO_TEXT = frozenset({SourceKind.PAGE, SourceKind.SITEMAP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """Pieces ready to be filed, without those that are no articles."""

    pieces: tuple[Piece, ...]
    text_from: TextFrom | None = None  # decided now; None: as it was
    again: bool = False  # some were left out for now: validators must not be kept


class FullText:
    """Completes leads from their pages; a page that fails leaves the lead as it is."""

    def __init__(
        self, *, sources: Sources, fetcher: Fetcher, workers: Workers, clock: Clock
    ) -> None:
        self.pages = Pages(sources=sources, fetcher=fetcher, workers=workers, clock=clock)
        self._furniture = Furniture(sources)
        self._clock = clock
        self._votes: defaultdict[int, deque[bool]] = defaultdict(lambda: deque(maxlen=VOTES))
        self._vain: Counter[int] = Counter()

    async def complete(
        self, source: Source, pieces: Sequence[Piece], *, first_time: bool = False
    ) -> Completed:
        """The pieces with their whole text and without their source's furniture.

        Raises SourceError when a source that has no text of its own let us read no page at all.
        """
        done = Completed(pieces=tuple(pieces))
        if source.kind in _NO_TEXT:
            done = await self._all_from_pages(source, pieces)
        elif source.kind not in _OWN_TEXT:
            done = await self._from_feed(source, pieces, first_time)
        return replace(done, pieces=await self.without_furniture(source, done.pieces))

    async def leads(self, source: Source, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """The pieces as they were listed, only without their source's furniture."""
        told = [unfetched(piece, source.text_from) for piece in pieces]
        return await self.without_furniture(source, told)

    async def without_furniture(self, source: Source, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """The pieces without the lines that recur in their source's texts."""
        return await self._furniture.without(source, pieces)

    async def _all_from_pages(self, source: Source, pieces: Sequence[Piece]) -> Completed:
        """Of a source that only lists addresses."""
        wanted = await self.pages.not_refused(source, pieces, _with_page(pieces))
        found = await self.pages.fetch(source, pieces, wanted[:MOST_PAGES])
        shut = [one for one in found.values() if passes(one) or isinstance(one, errors.Disallowed)]
        if shut and len(shut) == len(found) and isinstance(shut[0], errors.SourceError):
            raise shut[0]
        kept = [
            with_page(piece, page, own_title=True)
            for at, piece in enumerate(pieces)
            if isinstance(page := found.get(at), Page)
        ]
        again = len(wanted) > MOST_PAGES or any(map(passes, found.values()))
        return Completed(pieces=_at_own_addresses(kept, pieces), again=again)

    async def _from_feed(
        self, source: Source, pieces: Sequence[Piece], first_time: bool
    ) -> Completed:
        """Pages where they are needed, the feed's text elsewhere."""
        at_most = PAGES_AT_FIRST if first_time else MOST_PAGES
        open_ones = await self._open(source, pieces)
        found: dict[int, Found] = {}
        decided: TextFrom | None = None
        if self._is_open(source):
            found = await self.pages.fetch(source, pieces, open_ones[: self._needed(source)])
            decided = self._verdict(source, pieces, found)
        text_from = decided or source.text_from
        wanted = [at for at in open_ones if at not in found and _needs_page(pieces[at], text_from)]
        in_vain = self._vain[source.id] >= IN_VAIN
        most = max(0, (1 if in_vain else at_most) - len(found))
        silent = [at for at in wanted[most:] if not in_vain and not says_something(pieces[at].text)]
        room = max(0, MOST_PAGES - len(found) - most)
        more = await self.pages.fetch(source, pieces, [*wanted[:most], *silent[:room]])
        decided = decided or self._verdict(source, pieces, more)
        found |= more
        late = {at for at, page in found.items() if passes(page)}
        if not first_time and not in_vain:
            late.update(wanted[most:])  # too many for one poll
        done = self._told(source, pieces, found, late, decided)
        return replace(done, again=done.again or len(silent) > room)

    async def _open(self, source: Source, pieces: Sequence[Piece]) -> list[int]:
        """Those whose pages may be asked for, if any of them may be needed."""
        at = _with_page(pieces)
        if self._is_open(source) or any(_needs_page(pieces[i], source.text_from) for i in at):
            return await self.pages.not_refused(source, pieces, at)
        return []

    def _told(
        self,
        source: Source,
        pieces: Sequence[Piece],
        found: dict[int, Found],
        late: Collection[int],
        decided: TextFrom | None,
    ) -> Completed:
        """`late`: places whose pages are to be asked for another time."""
        kept: list[Piece] = []
        again = False
        for at, piece in enumerate(pieces):
            one = found.get(at)
            if isinstance(one, Page):
                kept.append(with_page(piece, one))
            elif _is_all_there_is(piece) or says_something(piece.text):
                told = unfetched(piece, decided or source.text_from)
                kept.append(replace(told, awaited=at in late and not told.whole))
            else:
                again = again or (one is not None and passes(one))
        pieces_ = _at_own_addresses(kept, pieces)
        return Completed(pieces=pieces_, text_from=decided, again=again)

    def _is_open(self, source: Source) -> bool:
        """Whether it must be found out, or found out anew, where a feed's text is."""
        if source.kind is not SourceKind.FEED:
            return False
        judged = source.text_judged_at
        return source.text_from is None or judged is None or self._clock() - judged >= REJUDGE

    def _needed(self, source: Source) -> int:
        if self._vain[source.id] >= IN_VAIN:
            return 1
        return VOTES - len(self._votes[source.id])

    def _verdict(
        self, source: Source, pieces: Sequence[Piece], found: dict[int, Found]
    ) -> TextFrom | None:
        """What the pages read so far say of the source, once they are enough."""
        votes = self._votes[source.id]
        for at, page in found.items():
            more = isinstance(page, Page) and says_more(page.text, pieces[at].text)
            if isinstance(page, Page):
                votes.append(more)
            if not passes(page):
                self._vain[source.id] = 0 if more else self._vain[source.id] + 1
        verdict = self._counted(source, votes)
        if verdict is not None:
            votes.clear()
        return verdict

    def _counted(self, source: Source, votes: Collection[bool]) -> TextFrom | None:
        """One page that says more is enough to ask for pages: a needless one costs less than a
        text. Out of turn, before a week is over, all of them must."""
        if len(votes) < VOTES or source.kind is not SourceKind.FEED:
            return None
        if self._is_open(source):
            return TextFrom.PAGE if any(votes) else TextFrom.FEED
        return TextFrom.PAGE if source.text_from is TextFrom.FEED and all(votes) else None


def _is_all_there_is(piece: Piece) -> bool:
    """Whether no page could tell more, and there is a word at all."""
    return piece.entry.url is None and any(map(str.isalnum, piece.entry.title + piece.text))


def _with_page(pieces: Sequence[Piece]) -> list[int]:
    """Those that have an address, newest first; undated ones in the order they are listed."""
    found = [at for at, piece in enumerate(pieces) if piece.entry.url]
    if all(pieces[at].entry.published_at for at in found):
        found.sort(key=lambda at: str(pieces[at].entry.published_at), reverse=True)
    return found


def _needs_page(piece: Piece, text_from: TextFrom | None) -> bool:
    if text_from is TextFrom.PAGE:
        return True
    if text_from is TextFrom.FEED:
        return is_cut(piece.text) or not says_something(piece.text)
    return is_lead(piece.text)


def _at_own_addresses(kept: Sequence[Piece], given: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pages that all give one canonical address give none: each keeps the one it was listed by."""
    listed = {piece.entry.key: piece.entry.url for piece in given}
    shared = Counter(piece.entry.url for piece in kept)
    return tuple(
        replace(piece, entry=replace(piece.entry, url=listed[piece.entry.key]))
        if shared[piece.entry.url] >= SHARED
        else piece
        for piece in kept
    )
