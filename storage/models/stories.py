"""Stories, what editors set right about them, and what is asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.models.articles import Article, EntityKind, TopicScore


class CorrectionKind(StrEnum):
    MERGE = "merge"  # the articles came into `story_id` from the story `other_id`
    SPLIT = "split"  # the articles left `other_id` for `story_id`
    APART = "apart"  # story_id and other_id are not one event, nor chapters of one thread
    CHAPTER = "chapter"  # story_id and other_id are chapters of one thread
    REWORD = "reword"  # an editor says what story_id says; here and below other_id is the same
    WITHDRAW = "withdraw"  # story_id is told no more
    RESTORE = "restore"  # story_id is as it was before it was reworded or withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an editor set right. `id` grows, so that others can catch up."""

    id: int
    kind: CorrectionKind
    at: datetime
    story_id: int
    other_id: int
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an editor says of a story that was told: the newest such correction of it."""

    id: int  # of the correction
    kind: CorrectionKind  # REWORD, WITHDRAW or RESTORE
    at: datetime
    reason: str | None = None  # of a withdrawal
    sums_up: bool = False  # the summary is the editor's too


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPoint:
    """One article as the story index needs it; what is read back when the bot starts."""

    article_id: int
    story_id: int
    source_id: int
    published_at: datetime
    terms: Mapping[str, float]
    marks: frozenset[str]
    fingerprint: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event. One of them leads: its headline and link are the story's."""

    id: int
    headline: str
    summary: tuple[str, ...]  # the lead's, or what most of the articles support
    url: str | None
    topics: tuple[TopicScore, ...]  # the best score of each topic over its articles, best first
    sources: tuple[str, ...]  # titles, the lead's first, each once
    articles: int  # how many
    first_at: datetime
    last_at: datetime
    language: str | None
    sample: bool
    image_url: str | None = None  # the lead's
    newest: int = 0  # the highest id of its articles: one that joins it has a higher
    amendment: Amendment | None = None  # headline and summary of a reworded one are the editor's

    @property
    def withdrawn(self) -> bool:
        """True while its editors have it told no more."""
        return self.amendment is not None and self.amendment.kind is CorrectionKind.WITHDRAW

    @property
    def reworded(self) -> bool:
        return self.amendment is not None and self.amendment.kind is CorrectionKind.REWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one article tells of its story."""

    id: int
    source_id: int
    language: str | None
    published_at: datetime
    title: str
    text: str
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """A story of several articles: what they tell, and what it is summed up by so far."""

    story_id: int
    summary: tuple[str, ...]
    articles: tuple[Account, ...]  # the lead first, then by time


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWanted:
    """A name that an article must mention, whatever its case and spelling there.

    `spellings` are folded words, as in `Understanding.entity_keys`: any of them, each in order.
    """

    kinds: frozenset[EntityKind]  # any of these
    spellings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Days to come that a question is about, of the reader's calendar: since ≤ day < until."""

    since: date
    until: date | None  # None: whenever
    words: tuple[str, ...] = ()  # lemmas that name them in articles too («декабрь», not «завтра»)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An understood question. Words are folded lemmas, as in the index; all of them are wanted."""

    raw: str
    terms: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()  # quoted: lemmas in this order
    excluded: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # slugs; any of them
    near: tuple[tuple[str, ...], ...] = ()  # words a few words apart, in any order; all of them
    sources: tuple[str, ...] = ()  # titles; any of them
    source_ids: tuple[int, ...] = ()  # or any of these
    names: tuple[NameWanted, ...] = ()  # all of them
    since: datetime | None = None
    until: datetime | None = None
    ahead: Ahead | None = None  # what is planned is asked for, rather than what was
    newest: bool = False  # by date, whatever matches best
    question: bool = False  # asked as a question, so the best sentence is quoted
    language: str = "ru"  # that it is asked in
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by term, others as good

    @property
    def empty(self) -> bool:
        """True when nothing was understood that could choose articles."""
        words = self.terms or self.phrases or self.near or self.names
        filters = self.topics or self.sources or self.source_ids
        return not (words or filters or self.since or self.ahead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found; a lower `rank` is a better match (bm25)."""

    article: Article
    rank: float
