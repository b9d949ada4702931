"""Taking: what a source lists becomes articles; what it says anew of known ones, edits."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.clock import Clock
from bot.jobs.articles.filing import Filing, Listing, Piece
from bot.jobs.gathering.committing import Committing
from bot.jobs.gathering.fulltext import Completed, FullText
from bot.jobs.gathering.sifting import sift
from bot.sources.errors import SourceError
from bot.sources.markup import Text
from bot.sources.markup import texts as to_texts
from bot.workers import Workers
from storage.models import Article, Entry, PollOutcome, Source, SourceKind, TextFrom
from storage.ports import Store

log = logging.getLogger("svodka.ingest")

TEXTS_S = 30
EDITS = 50  # of one part of a list, read anew; the others are listed again for the next poll
PAGES_OF_EDITS = 5  # the same, where the text is on the entries' own pages
AT_A_TIME = 50  # entries whose pages are read, and filed, together where each has to be
FROM_PAGES = frozenset({SourceKind.PAGE, SourceKind.SITEMAP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A part of what a source lists, as it is to be taken."""

    entries: Sequence[Entry]
    texts: Mapping[str, Text] = field(default_factory=dict)  # by key, where they are known already
    first_time: bool = False
    fresh: Collection[str] | None = None  # keys that may be announced; None: all, by their age
    later: bool = False  # a further part of a first poll: only what is fresh is worth its page


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of it."""

    new: tuple[Article, ...] = ()
    edited: int = 0
    news: bool = False  # there was something to file, even if nothing was stored
    text_from: TextFrom | None = None
    again: bool = False  # some were left out for now: they must be listed once more
    shut: bool = False  # no page can be read any more, for now
    wordless: int = 0  # entries of which neither the list nor their pages gave a text


class Edits(NamedTuple):
    """What became of the entries that say something else than their articles."""

    edited: int = 0
    again: bool = False  # as in Brought


Conclude = Callable[[Brought], PollOutcome]


class Taking:
    """Sifts, completes and files."""

    def __init__(
        self,
        *,
        store: Store,
        workers: Workers,
        filing: Filing,
        fulltext: FullText,
        committing: Committing,
        clock: Clock,
    ) -> None:
        self._store = store
        self._workers = workers
        self._filing = filing
        self._fulltext = fulltext
        self._committing = committing
        self._clock = clock

    async def take(
        self, source: Source, listed: Listed, *, conclude: Conclude | None = None
    ) -> Brought:
        """Store what is new and what has changed.

        `conclude` tells the outcome of the poll of which this is the last part; it is committed
        with the last article, or alone if there is none.
        """
        sifted = await sift(self._store.articles, source, listed.entries, now=self._clock())
        if sifted.unversioned:
            await self._store.articles.note_versions(source.id, sifted.unversioned)
        edits = await self._edit(source, sifted.changed, listed) if sifted.changed else Edits()
        new = [entry for entry in sifted.new if not self._filing.refuses(source, entry.key)]
        brought = Brought(edited=edits.edited, news=bool(new), again=edits.again)
        left = new
        if source.kind in FROM_PAGES:  # a page takes a second or more: they are filed as they come
            while len(left) > AT_A_TIME:
                some, left = left[:AT_A_TIME], left[AT_A_TIME:]
                brought = await self._bring(source, some, listed, brought)
                if brought.shut:
                    left = []
        return await self._bring(source, left, listed, brought, conclude)

    async def _bring(
        self,
        source: Source,
        new: Sequence[Entry],
        listed: Listed,
        before: Brought,
        conclude: Conclude | None = None,
    ) -> Brought:
        """Complete these and store them; with what was brought before them."""
        done, shut = Completed(pieces=()), False
        try:
            done = await self._completed(source, new, listed) if new else done
        except SourceError:
            if not before.new:
                raise
            shut = True  # its pages are shut by now: what is left comes with the next poll
        brought = replace(
            before,
            text_from=done.text_from or before.text_from,
            again=shut or done.again or before.again,
            shut=shut,
            wordless=before.wordless + _left_out(new, done, again=shut or done.again),
        )
        outcome = conclude(brought) if conclude else None
        stored: list[Article] = []
        if done.pieces:
            listing = Listing(versions=_versions(new), fresh=listed.fresh)
            stored = await self._filing.file(source, done.pieces, listing=listing, outcome=outcome)
        elif outcome is not None:
            await self._committing.commit(outcome)
        return replace(brought, new=(*before.new, *stored))

    async def _completed(self, source: Source, new: Sequence[Entry], listed: Listed) -> Completed:
        """With their texts, from their pages where that is where these are."""
        pieces = await self._pieces(new, listed.texts)
        fresh = listed.fresh
        if fresh is None or not listed.later or source.kind in FROM_PAGES:
            return await self._fulltext.complete(source, pieces, first_time=listed.first_time)
        done = await self._fulltext.complete(
            source, [piece for piece in pieces if piece.entry.key in fresh], first_time=True
        )
        others = [piece for piece in pieces if piece.entry.key not in fresh]
        others = list(await self._fulltext.leads(source, others))
        return replace(done, pieces=(*done.pieces, *others))

    async def _edit(self, source: Source, changed: Sequence[Entry], listed: Listed) -> Edits:
        """Take over what reads otherwise than before.

        A lead never replaces a text that its page gave: where there is no more than a lead, the
        edit is one of the lead, and only noted; one whose page does not answer comes again.
        """
        pages = source.kind in FROM_PAGES or (
            source.kind is SourceKind.FEED and source.text_from is not TextFrom.FEED
        )
        chosen = changed[: PAGES_OF_EDITS if pages else EDITS]
        pieces = await self._pieces(chosen, listed.texts)
        done = await self._fulltext.complete(source, pieces)
        listing = Listing(versions=_versions(chosen))
        better = [
            piece for piece in done.pieces if piece.whole or await self._is_lead(source, piece)
        ]
        edited = await self._filing.edit(source, better, listing=listing)
        said = {piece.entry.key for piece in better}
        late = {piece.entry.key for piece in done.pieces if piece.awaited} - said
        if not done.again:
            noted = {key: v for key, v in listing.versions.items() if key not in said | late}
            if noted:
                await self._store.articles.note_versions(source.id, noted)
        return Edits(edited, again=done.again or bool(late) or len(chosen) < len(changed))

    async def _is_lead(self, source: Source, piece: Piece) -> bool:
        """Whether a lead is all that is stored of it."""
        key, url = piece.entry.key, piece.entry.url
        stored = await self._store.articles.find(source.id, key=key, url=url)
        return stored is not None and not stored.whole

    async def _pieces(self, entries: Sequence[Entry], known: Mapping[str, Text]) -> list[Piece]:
        """The entries with their texts, out of their markup."""
        unread = [entry for entry in entries if entry.key not in known and entry.html]
        texts = dict(known)
        if unread:
            read = await self._workers.run(
                to_texts, [entry.html for entry in unread], timeout_s=TEXTS_S
            )
            texts |= {entry.key: text for entry, text in zip(unread, read, strict=True)}
        return [_piece(entry, texts.get(entry.key, Text(text=""))) for entry in entries]


def _left_out(new: Sequence[Entry], done: Completed, *, again: bool) -> int:
    """How many had no text anywhere; as long as some are to be looked at again, nobody knows."""
    return 0 if again else len(new) - len(done.pieces)


def _piece(entry: Entry, text: Text) -> Piece:
    return Piece(entry=entry, text=text.text, headings=text.headings)


def _versions(entries: Sequence[Entry]) -> dict[str, str]:
    return {entry.key: entry.version for entry in entries}
