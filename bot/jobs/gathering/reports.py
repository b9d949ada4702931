"""Reports: what one poll brought, summed up over the parts in which a source lists its entries."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime

from bot.jobs.gathering.asking import Part
from bot.jobs.gathering.interval import LATEST
from bot.jobs.gathering.lessons import Seen
from bot.jobs.gathering.taking import Brought
from bot.sources.feed import Feed
from bot.sources.http import Response
from storage.models import Article, Source

KEPT = 1000  # articles in one report


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one poll brought. `error` is a sentence; `source` is as it was before the poll.

    `new` are the articles it stored, a thousand at most; `added` says how many they were.
    """

    source: Source
    new: tuple[Article, ...] = ()
    added: int = 0
    edited: int = 0
    wordless: int = 0  # items that had no text: pictures, videos
    error: str | None = None
    no_network: bool = False
    wait_until: datetime | None = None  # not asked: the server said to wait until then
    goes_on: bool = False  # nobody waited for its end


@dataclass(slots=True)
class Tally:
    """The parts of a list so far. `head` is the first of them."""

    head: Feed
    published: list[datetime] = field(default_factory=list)
    new: list[Article] = field(default_factory=list)
    added: int = 0
    edited: int = 0
    wordless: int = 0
    last: Brought = field(default_factory=Brought)

    def list(self, part: Part) -> None:
        """Another part is at hand."""
        dates = {entry.published_at for entry in part.feed.entries if entry.published_at}
        self.published = heapq.nlargest(LATEST + 1, dates.union(self.published))
        self.wordless += part.feed.wordless
        self.last = self._with(Brought(again=part.answer is not None))

    def bring(self, brought: Brought) -> None:
        """It has been taken."""
        self.new += brought.new[: KEPT - len(self.new)]
        self.added += len(brought.new)
        self.edited += brought.edited
        self.wordless += brought.wordless
        self.last = self._with(brought)

    def seen(self, brought: Brought, answer: Response | None) -> Seen:
        """All of it, when `brought` is what the last part is about to bring."""
        last = self._with(brought)
        return Seen(
            head=self.head,
            answer=answer,
            published=self.published,
            news=last.news,
            text_from=last.text_from,
            again=last.again,
            wordless=self.wordless + brought.wordless,
        )

    def report(self, source: Source) -> PollReport:
        return PollReport(
            source=source,
            new=tuple(self.new),
            added=self.added,
            edited=self.edited,
            wordless=self.wordless,
        )

    def _with(self, brought: Brought) -> Brought:
        return Brought(
            news=self.last.news or brought.news,
            text_from=brought.text_from or self.last.text_from,
            again=self.last.again or brought.again,
        )
