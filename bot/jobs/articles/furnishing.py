"""Furniture: what recurs in a source's texts is learned from them, and taken out of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.jobs.articles.filing import Piece
from bot.jobs.work.bounded import BoundedCounter
from bot.sources.learned import learn, recurring, without
from storage.models import Source, SourceKind
from storage.ports import Sources

LEARN_FROM = 60  # texts of one poll
MOST_TAUGHT = 20_000  # texts that are remembered to have taught


class Furniture:
    """Learns and removes it; each text teaches once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._taught = BoundedCounter(MOST_TAUGHT)

    async def without(self, source: Source, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """The pieces without the lines that recur in their source's texts, in these too."""
        if source.kind is SourceKind.SAMPLE or not pieces:
            return tuple(pieces)
        learned = await self._sources.learned(source.id)
        fresh = [
            piece.text
            for piece in pieces[:LEARN_FROM]
            if piece.text and self._taught.count(hash((source.id, piece.text))) == 1
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
