"""The nouns of Svodka, as frozen values. Times are aware and UTC; sizes and waits carry units.

docs/glossary.md says what each word means; the order here is the order in which news flows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    FEED = "feed"  # RSS, Atom; polled
    IMPORT = "import"  # `svodka import`, an admin's paste or forward; never polled
    SAMPLE = "sample"  # bot/samples; never polled, marked wherever it shows


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source before it has a row. `url` identifies it; imports use `import:<title>`."""

    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    site_url: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None  # IANA name for dates that carry none
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, page or public channel we poll, or a heading that imports stand under."""

    id: int
    url: str
    title: str
    kind: SourceKind
    site_url: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None
    enabled: bool = True
    etag: str | None = None
    last_modified: str | None = None
    interval_s: int = 1800
    next_poll_at: datetime | None = None
    last_success_at: datetime | None = None
    failures: int = 0  # in a row; 0 after a success
    last_error: str | None = None
    wait_until: datetime | None = None  # a server's own Retry-After; even `svodka poll` obeys it


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """What a poll taught us about its source; committed with its articles, never before."""

    source_id: int
    at: datetime
    next_poll_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None  # only when it was unknown before
    error: str | None = None  # None: success, `failures` goes back to 0
    wait_until: datetime | None = None
    switch_off: bool = False  # 410 Gone


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    """That an article is about a topic, and how surely (0 < score ≤ 1)."""

    slug: str
    score: float


class EntityKind(StrEnum):
    PERSON = "person"
    ORG = "org"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """A person, organisation or place, by its name in the nominative."""

    kind: EntityKind
    name: str


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
    summary: tuple[str, ...] = ()  # up to two sentences, in the order of the text
    index_title: str = ""
    index_text: str = ""
    terms: Mapping[str, float] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()  # numbers, dates, names: what tells twins apart
    fingerprint: tuple[int, ...] = ()  # MinHash of the text's shingles, 64 × 32 bits


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
    """Articles about one event. The first of `articles` leads: its headline, link and summary."""

    id: int
    headline: str
    summary: tuple[str, ...]
    url: str | None
    topics: tuple[TopicScore, ...]  # the best score of each topic over its articles, best first
    sources: tuple[str, ...]  # titles, the lead's first, each once
    articles: int  # how many
    first_at: datetime
    last_at: datetime
    language: str | None
    sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An understood question. Words are folded lemmas, as in the index; all of them are wanted."""

    raw: str
    terms: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()  # quoted: lemmas in this order
    excluded: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # slugs; any of them
    sources: tuple[str, ...] = ()  # titles; any of them
    since: datetime | None = None
    until: datetime | None = None
    question: bool = False  # asked as a question, so the best sentence is quoted

    @property
    def empty(self) -> bool:
        """True when nothing was understood that could choose articles."""
        return not (self.terms or self.phrases or self.topics or self.sources or self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found; a lower `rank` is a better match (bm25)."""

    article: Article
    rank: float


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where posts go. A private chat is also its reader: language and zone are theirs."""

    id: int  # Telegram's
    kind: ChatKind
    title: str = ""
    username: str | None = None
    language: str | None = None  # ru, be, en; None: not chosen, not told by the client
    zone: str | None = None  # IANA; None: the settings' TIMEZONE
    asleep: str | None = None  # why nothing can be sent now; None: awake
    owner_id: int | None = None  # who made the bot a channel's admin: asked and told in private
    header: str | None = None  # first line of a channel's digests
    say_empty: bool | None = None  # tell when there is no news; None: private yes, others no


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When digests are due, in the chat's zone: minutes after local midnight, on ISO weekdays."""

    minutes: tuple[int, ...] = (8 * 60,)  # sorted, each 0–1439
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)  # 1 is Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat, what it wants and when. `slot` is the newest instant already planned."""

    id: int
    chat_id: int
    thread_id: int | None = None  # a forum topic
    topics: tuple[str, ...] = ()  # slugs; empty: all
    schedule: Schedule = Schedule()
    max_stories: int = 10
    active: bool = True
    created_at: datetime
    next_run_at: datetime | None = None  # None: never again (not active, or no times)
    slot: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a post: exactly one of `data` (≤ 64 bytes) and `url`."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Rendered text within Telegram's limits. `entities` is JSON: a list of MessageEntity."""

    text: str
    entities: str = "[]"
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview_url: str | None = None  # None: link previews off
    silent: bool = False


class DeliveryKind(StrEnum):
    DIGEST = "digest"  # to a person or group, on schedule
    ASKED = "asked"  # a digest asked for with /digest or at the end of /start
    CHANNEL = "channel"  # a digest posted to a channel
    NOTICE = "notice"  # a word to an owner or admin


class DeliveryState(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"  # a sender holds a lease; nothing has left
    SENDING = "sending"  # committed just before the request
    SENT = "sent"
    RETRY = "retry"  # not sent; again at `not_before`
    DEAD = "dead"  # not sent; never will be, see `error`
    UNKNOWN = "unknown"  # may have been sent; reconciliation decides


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A post to be sent once: storing the same `key` twice stores it once."""

    key: str  # digest:<subscription>:<slot>:<part>
    chat_id: int
    kind: DeliveryKind
    post: Post
    thread_id: int | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None  # after this it is no longer worth sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One post for one chat, with a state."""

    id: int
    key: str
    chat_id: int
    kind: DeliveryKind
    post: Post
    state: DeliveryState
    thread_id: int | None = None
    attempts: int = 0
    not_before: datetime | None = None
    expires_at: datetime | None = None
    lease_until: datetime | None = None
    floor: int | None = None  # highest message id known for its counter when the request began
    message_id: int | None = None
    error: str | None = None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """The stories chosen for one subscription and slot, with the posts that carry them."""

    chat_id: int
    key: str  # digest:<subscription>:<slot>, or digest:asked:<chat>:<update or press>
    stories: tuple[int, ...]  # story ids, in order; they count as had by the chat
    deliveries: tuple[NewDelivery, ...]  # may be empty: a silent chat with no news
    subscription_id: int | None = None
    slot: datetime | None = None
    next_run_at: datetime | None = None
    at: datetime
