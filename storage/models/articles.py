"""Entries as they come, and articles as they are understood and stored."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a source lists, before we have understood it. `html` may be a lead or the full text."""

    key: str  # identity within the source: guid, else canonical url, else a hash of the content
    title: str
    url: str | None = None
    html: str = ""  # markup or plain text as the source gave it
    author: str | None = None
    published_at: datetime | None = None  # None: the source gave none, or an impossible one
    language: str | None = None
    image_url: str | None = None

    @property
    def version(self) -> str:
        """A hash of title and text as given: another one under the same key means an edit.

        Dates are not in it: an edited date is no news.
        """
        said = f"{self.title}\n{self.html}".encode("utf-8", "replace")
        return hashlib.sha256(said).hexdigest()[:32]


# How what comes from a worker by the dozen is pickled: in half of the time that a frozen dataclass
# with slots takes by itself.
Light = tuple[Callable[..., object], tuple[object, ...]]

NOT_NEWS = "not_news"  # the topic of adverts, horoscopes, lists: given beside others, or alone


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    """That an article is about a topic, and how surely (0 < score ≤ 1)."""

    slug: str
    score: float

    def __reduce__(self) -> Light:
        return _topic_score, (self.slug, self.score)


class EntityKind(StrEnum):
    PERSON = "person"
    ORG = "org"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """A person, organisation or place, by its name in the nominative."""

    kind: EntityKind
    name: str

    def __reduce__(self) -> Light:
        return _entity, (self.kind, self.name)


class FactKind(StrEnum):
    SUM = "sum"  # of money; the unit is its currency
    PERCENT = "percent"
    QUANTITY = "quantity"
    ROUTE = "route"  # the value is «Кемерово — Минск»
    DATE = "date"  # a time that was over, or on, when the text was published
    EVENT = "event"  # a time that was still to come: something is planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a sentence says in figures or times."""

    kind: FactKind
    value: str | None = None  # a number in its plainest form, or a route
    unit: str | None = None  # RUB, BYN, USD, EUR, CNY; %; t, km, people …
    since: datetime | None = None  # of dates and events, [since, until)
    until: datetime | None = None
    sentence: str

    def __reduce__(self) -> Light:
        values = self.kind, self.value, self.unit, self.since, self.until, self.sentence
        return _fact, values


def _topic_score(slug: str, score: float) -> TopicScore:
    return TopicScore(slug=slug, score=score)


def _entity(kind: EntityKind, name: str) -> Entity:
    return Entity(kind=kind, name=name)


def _fact(
    kind: FactKind,
    value: str | None,
    unit: str | None,
    since: datetime | None,
    until: datetime | None,
    sentence: str,
) -> Fact:
    return Fact(kind=kind, value=value, unit=unit, since=since, until=until, sentence=sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What bot.news makes of one text: everything an article needs beside where it came from.

    Paragraphs of `text` are separated by a blank line; each of `headings` is one of those
    paragraphs. `index_title` and `index_text` are the folded lemmas, separated by spaces, exactly
    as the search index is given them. `terms` is the story vector: lemma → weight before IDF.
    """

    title: str
    text: str
    headings: tuple[str, ...] = ()
    author: str | None = None
    photo_credit: str | None = None
    dateline: str | None = None
    language: str | None = None  # ru, be, uk, en; None: none of these
    topics: tuple[TopicScore, ...] = ()  # best first; at least one, `other` being honest
    entities: tuple[Entity, ...] = ()
    entity_keys: tuple[str, ...] = ()  # of each: folded, one for all spellings; the index's words
    facts: tuple[Fact, ...] = ()
    summary: tuple[str, ...] = ()  # up to two sentences, in the order of the text
    index_title: str = ""
    index_text: str = ""
    terms: Mapping[str, float] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()  # numbers, dates, names: what tells twins apart
    fingerprint: tuple[int, ...] = ()  # MinHash of the text's shingles, 64 × 32 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How two articles compared when one of them came. `score` is log-odds; above 0: one event."""

    article_id: int  # the earlier one; in a batch not stored yet, -1 - its position
    score: float
    reasons: tuple[tuple[str, float], ...] = ()  # in words, with what each added to the score
    agreed: tuple[tuple[str, str, float], ...] = ()  # (name, number, day or word, which, weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a stored article tells, by which another one can be told from an edit of it."""

    url: str | None
    title: str
    text: str  # its first few thousand characters
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why an article is in the story it is in."""

    why: str  # in a sentence
    through: Likeness | None = None  # the article it joined its story by
    nearest: Likeness | None = None  # the likest one of another story, and why it is not joined


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article ready to be stored, with the story it was found to belong to."""

    source_id: int
    key: str
    url: str | None
    published_at: datetime  # the entry's own, or `seen_at`
    seen_at: datetime
    dated: bool  # False: published_at is only when we saw it
    understanding: Understanding
    image_url: str | None = None
    story_id: int | None = None  # joins this story; None: see `joins`
    joins: int | None = None  # position in the same batch whose (new) story it joins
    reprint: bool = False  # the same text as an article of that story
    follows: int | None = None  # an article whose story its own carries on; -1 - n: n-th of a batch
    decision: Decision | None = None
    version: str | None = None  # the entry's
    backfill: bool | None = None  # True: stored, never announced; None: by its age
    whole: bool = True  # False: only a lead is known
    also_at: tuple[str, ...] = ()  # other addresses by which it is known if it is stored
    page_at: datetime | None = None  # when its page, which did not answer, is asked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cleaned, understood, stored text."""

    id: int
    source_id: int
    source: str  # the source's title
    sample: bool
    url: str | None
    title: str
    text: str
    headings: tuple[str, ...]
    author: str | None
    photo_credit: str | None
    dateline: str | None
    image_url: str | None
    language: str | None
    published_at: datetime
    seen_at: datetime
    dated: bool
    topics: tuple[TopicScore, ...]
    entities: tuple[Entity, ...]
    story_id: int
    summary: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    whole: bool = True  # False: only a lead is known
    edited_at: datetime | None = None  # when we last saw its title or text changed


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedPage:
    """The page of an article of which only a lead is known: it did not answer."""

    article_id: int
    source_id: int
    key: str  # the article's, within its source
    ask_at: datetime
    tries: int  # how often it was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What an article says is to come, with as much of the article as tells where it is from."""

    fact: Fact
    article_id: int
    story_id: int
    source: str  # the source's title
    sample: bool
    url: str | None
    title: str
    language: str | None
    told_at: datetime  # when we saw it last changed, or first


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """A stored article as it is understood now; its title, text and credits are as stored."""

    article_id: int
    understanding: Understanding
    edited_at: datetime | None  # as it was when its text was read for this


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVersion:
    """What an article said before an edit."""

    title: str
    text: str
    until: datetime  # when we saw that it had changed
