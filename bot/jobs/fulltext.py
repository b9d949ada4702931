"""Full text: where a source gives only leads, the articles' own pages are fetched and read.

Whether it does is found out once, from the pages of its first entries, and again each week; a
source whose feed says all that its pages say has no page asked of it again. What no page tells,
the lead tells; a piece with neither is left out, and its page is not asked for at each poll.
"""

import asyncio
import logging
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.jobs.filing import Piece
from bot.jobs.leads import is_cut, is_lead, says_more, says_something, unfetched, with_page
from bot.sources import errors
from bot.sources.http import PAGES, Fetcher, Response
from bot.sources.learned import learn, recurring, without
from bot.sources.pages import Page, extract_page
from bot.workers import WorkerFailed, Workers
from storage.models import Source, SourceKind, TextFrom
from storage.ports import Sources

log = logging.getLogger("svodka.ingest")

PAGES_AT_FIRST = 20  # of a feed's backfill; older entries keep their lead
MOST_PAGES = 300  # of one poll; what is left comes with the next
VOTES = 3  # pages that decide where a source's text is
REJUDGE = timedelta(days=7)
IN_VAIN = 5  # pages in a row that added nothing: from then on one a poll
TRIES = 3  # times a page is asked for while this process lives
MOST_REMEMBERED = 20_000  # pages, and texts, remembered so
LEARN_FROM = 60  # texts of one poll
SHARED = 3  # articles that name one canonical address name a wrong one
EXTRACT_S = 20

_OWN_TEXT = frozenset({SourceKind.CHANNEL, SourceKind.POSTS, SourceKind.FOLDER, SourceKind.SAMPLE})
_NO_TEXT = frozenset({SourceKind.PAGE, SourceKind.SITEMAP})
_PASSING = (errors.TooSlow, errors.Unreachable, errors.Broken, errors.ToldToWait)
_PASSING_STATUSES = frozenset({408, 425, 429})

_Found = Page | errors.SourceError | WorkerFailed


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
        self._sources = sources
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._asked = _Remembered()
        self._taught = _Remembered()
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

    async def page(self, url: str, zone: str | None = None) -> Page:
        """Fetch and read one page. Raises SourceError, WorkerFailed."""
        answer = await self._fetcher.get(url, accept=PAGES, robots=True)
        if _is_front(answer.url) and not _is_front(url):
            raise errors.NoText("the address leads to the site's front page")
        return await self.read(answer, zone)

    async def read(self, answer: Response, zone: str | None = None) -> Page:
        """The article in a page that was fetched. Raises NoText, WorkerFailed."""
        return await self._workers.run(
            extract_page, answer.body, answer.content_type, answer.url, zone, timeout_s=EXTRACT_S
        )

    async def _all_from_pages(self, source: Source, pieces: Sequence[Piece]) -> Completed:
        """Of a source that only lists addresses."""
        wanted = [at for at in _with_page(pieces) if not self._is_refused(source, pieces[at])]
        found = await self._fetch(source, pieces, wanted[:MOST_PAGES])
        shut = [one for one in found.values() if _passes(one) or isinstance(one, errors.Disallowed)]
        if shut and len(shut) == len(found) and isinstance(shut[0], errors.SourceError):
            raise shut[0]
        kept = [
            with_page(piece, page, own_title=True)
            for at, piece in enumerate(pieces)
            if isinstance(page := found.get(at), Page)
        ]
        again = len(wanted) > MOST_PAGES or any(map(_passes, found.values()))
        return Completed(pieces=_at_own_addresses(kept, pieces), again=again)

    async def _from_feed(
        self, source: Source, pieces: Sequence[Piece], first_time: bool
    ) -> Completed:
        """Pages where they are needed, the feed's text elsewhere."""
        at_most = PAGES_AT_FIRST if first_time else MOST_PAGES
        open_ones = [at for at in _with_page(pieces) if not self._is_refused(source, pieces[at])]
        found: dict[int, _Found] = {}
        decided: TextFrom | None = None
        if self._is_open(source):
            found = await self._fetch(source, pieces, open_ones[: self._needed(source)])
            decided = self._verdict(source, pieces, found)
        text_from = decided or source.text_from
        wanted = [at for at in open_ones if at not in found and _needs_page(pieces[at], text_from)][
            : max(0, (1 if self._vain[source.id] >= IN_VAIN else at_most) - len(found))
        ]
        more = await self._fetch(source, pieces, wanted)
        decided = decided or self._verdict(source, pieces, more)
        return self._told(source, pieces, found | more, decided)

    def _told(
        self,
        source: Source,
        pieces: Sequence[Piece],
        found: dict[int, _Found],
        decided: TextFrom | None,
    ) -> Completed:
        kept: list[Piece] = []
        again = False
        for at, piece in enumerate(pieces):
            one = found.get(at)
            if isinstance(one, Page):
                kept.append(with_page(piece, one))
            elif piece.entry.url is None or says_something(piece.text):
                kept.append(unfetched(piece, decided or source.text_from))
            else:
                again = again or (one is not None and _passes(one))
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
        self, source: Source, pieces: Sequence[Piece], found: dict[int, _Found]
    ) -> TextFrom | None:
        """What the pages read so far say of the source, once they are enough."""
        votes = self._votes[source.id]
        for at, page in found.items():
            more = isinstance(page, Page) and says_more(page.text, pieces[at].text)
            if isinstance(page, Page):
                votes.append(more)
            if not _passes(page):
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

    async def _fetch(
        self, source: Source, pieces: Sequence[Piece], wanted: Iterable[int]
    ) -> dict[int, _Found]:
        """The pages of these pieces, or why there is none."""
        order = list(wanted)
        found = await asyncio.gather(*(self._one(source, pieces[at]) for at in order))
        return dict(zip(order, found, strict=True))

    async def _one(self, source: Source, piece: Piece) -> _Found:
        url = piece.entry.url
        assert url is not None
        key = _key(source, piece)
        try:
            page = await self.page(url, source.zone)
        except (errors.SourceError, WorkerFailed) as e:
            log.info("The page %s gave no text: %s", url, e)
            if not _passes(e):
                self._asked.count(key, by=1 if isinstance(e, errors.BadAnswer) else TRIES)
            return e
        self._asked.count(key)
        return page

    def _is_refused(self, source: Source, piece: Piece) -> bool:
        return self._asked[_key(source, piece)] >= TRIES

    async def without_furniture(self, source: Source, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Learn from these texts what recurs, and take it out of them; each text teaches once."""
        if source.kind is SourceKind.SAMPLE or not pieces:
            return tuple(pieces)
        learned = await self._sources.learned(source.id)
        fresh = [
            piece.text
            for piece in pieces[:LEARN_FROM]
            if piece.text and self._taught.count((source.id, hash(piece.text))) == 1
        ]
        for one in fresh:
            learned = learn(learned, [one])
            await asyncio.sleep(0)  # a long batch must not hold the loop
        if fresh:
            await self._sources.learn(source.id, learned)
        lines = recurring(learned)
        kept: list[Piece] = []
        for piece in pieces if lines else ():
            text = without(piece.text, piece.headings, lines)
            kept.append(replace(piece, text=text.text, headings=text.headings))
            await asyncio.sleep(0)
        return tuple(kept) if lines else tuple(pieces)


class _Remembered:
    """How often each of the last MOST_REMEMBERED keys was counted."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[int, str | int], int] = OrderedDict()

    def __getitem__(self, key: tuple[int, str | int]) -> int:
        return self._counts.get(key, 0)

    def count(self, key: tuple[int, str | int], by: int = 1) -> int:
        self._counts[key] = self._counts.pop(key, 0) + by
        if len(self._counts) > MOST_REMEMBERED:
            self._counts.popitem(last=False)
        return self._counts[key]


def _key(source: Source, piece: Piece) -> tuple[int, str]:
    """An edited entry's page is another one."""
    return source.id, f"{piece.entry.key}\n{piece.entry.version}"


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


def _passes(found: _Found) -> bool:
    """Whether the failure may be over by the next poll."""
    if isinstance(found, errors.BadAnswer):
        return found.status >= 500 or found.status in _PASSING_STATUSES
    return isinstance(found, _PASSING)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") == "" and not parts.query


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
