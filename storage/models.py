"""The nouns of Svodka, as frozen values. Times are aware and UTC; sizes and waits carry units.

docs/glossary.md says what each word means; the order here is the order in which news flows.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    FEED = "feed"  # RSS, Atom, JSON Feed
    PAGE = "page"  # a news page without a feed: its links to articles
    SITEMAP = "sitemap"  # a sitemap that lists news
    CHANNEL = "channel"  # a public Telegram channel, by its web preview
    FOLDER = "folder"  # a folder of files on this machine
    POSTS = "posts"  # a channel whose posts Telegram itself hands us; never polled
    IMPORT = "import"  # `svodka import`, an admin's paste or forward; never polled
    SAMPLE = "sample"  # bot/samples; never polled, marked wherever it shows


POLLED = frozenset(
    {
        SourceKind.FEED,
        SourceKind.PAGE,
        SourceKind.SITEMAP,
        SourceKind.CHANNEL,
        SourceKind.FOLDER,
    }
)


class TextFrom(StrEnum):
    """Where a source's articles get their text."""

    FEED = "feed"  # its entries hold the whole text
    PAGE = "page"  # its entries are leads; the text is at their own addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source before it has a row. `url` identifies it.

    Imports use `import:<title>`, folders `folder:<absolute path>`, posts `posts:<chat id>`,
    channels `https://t.me/s/<name in lower case>`.
    """

    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    site_url: str | None = None
    region: str | None = None
    language: str | None = None
    zone: str | None = None  # IANA name for dates that carry none
    selector: str | None = None  # CSS, of a list page's links, where guessing fails
    enabled: bool = True


class OffReason(StrEnum):
    """Why Svodka switched a source off by itself."""

    GONE = "gone"  # 410: its address is no more, and says so
    FAILING = "failing"  # for long
    SAME = "same"  # it is another source, under another address


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
    selector: str | None = None
    ttl_s: int | None = None  # the feed's own: not asked more often
    skip_hours: frozenset[int] = frozenset()  # of UTC, in which the feed wants to be left alone
    skip_days: frozenset[int] = frozenset()  # ISO weekdays, of UTC
    moved_to: str | None = None  # where the last polls were redirected to for good
    moved_times: int = 0  # in a row
    text_from: TextFrom | None = None  # None: not decided yet
    text_judged_at: datetime | None = None
    failing_since: datetime | None = None  # the first failure in a row
    off_at: datetime | None = None  # when Svodka itself switched it off
    off_because: OffReason | None = None  # why; `last_error` says more
    same_as: int | None = None  # the source that it turned out to be


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStats:
    """What a source gave in a stretch of time."""

    entries: int = 0
    whole: int = 0  # of them, those with their whole text
    edited: int = 0
    median_delay_s: float | None = None  # from publication to our seeing it, of dated ones
    newest_at: datetime | None = None  # when the newest of them was published


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Lines that recur in a source's texts, and how many texts held each."""

    texts: int = 0  # looked at
    lines: Mapping[str, int] = field(default_factory=dict)


class HubState(StrEnum):
    ASKED = "asked"  # a request is made or due, the hub has not confirmed
    ACTIVE = "active"  # the hub pushes until `lease_until`
    REFUSED = "refused"  # it said no; polling goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSubscription:
    """A WebSub subscription of ours to a source's hub (W3C Recommendation WebSub)."""

    source_id: int
    hub: str
    topic: str  # the address that the hub knows the feed by
    token: str  # the last part of our callback's path: secret, and one for each source
    secret: str  # of the signature
    state: HubState = HubState.ASKED
    act_at: datetime  # when the next request to the hub is due: a retry, or the renewal
    lease_until: datetime | None = None
    attempts: int = 0  # requests since it was last active


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
    switch_off: OffReason | None = None  # set with `off_at`; admins are told
    same_as: int | None = None  # with OffReason.SAME
    interval_s: int | None = None  # None: as it was, as with the next three
    ttl_s: int | None = None
    skip_hours: frozenset[int] | None = None
    skip_days: frozenset[int] | None = None
    text_from: TextFrom | None = None  # decided now; None: as it was
    moved_to: str | None = None  # redirected there for good; None: not redirected so


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


NOT_NEWS = "not_news"  # the topic of adverts, horoscopes, lists: given beside others, or alone


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
class Decision:
    """Why an article is in the story it is in."""

    why: str  # in a sentence
    through: Likeness | None = None  # the article it joined its story by
    nearest: Likeness | None = None  # the likest one of another story, and why it is not joined


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
    amendment: Amendment | None = None  # headline and summary of a reworded one are the editor's


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWanted:
    """A name that an article must mention, whatever its case and spelling there.

    `spellings` are folded words, as in `Understanding.entity_keys`: any of them, each in order.
    """

    kinds: frozenset[EntityKind]  # any of these
    spellings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An understood question. Words are folded lemmas, as in the index; all of them are wanted."""

    raw: str
    terms: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()  # quoted: lemmas in this order
    excluded: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # slugs; any of them
    sources: tuple[str, ...] = ()  # titles; any of them
    names: tuple[NameWanted, ...] = ()  # all of them
    since: datetime | None = None
    until: datetime | None = None
    question: bool = False  # asked as a question, so the best sentence is quoted
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by term, others as good

    @property
    def empty(self) -> bool:
        """True when nothing was understood that could choose articles."""
        words = self.terms or self.phrases or self.names
        return not (words or self.topics or self.sources or self.since)


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
class Span:
    """Where a post tells a story; UTF-16 units, as entities are counted."""

    story_id: int
    offset: int
    length: int
    amendment_id: int = 0  # the newest of the story when it was told; 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Rendered text within Telegram's limits. `entities` is JSON: a list of MessageEntity."""

    text: str
    entities: str = "[]"
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview_url: str | None = None  # None: link previews off
    silent: bool = False
    spans: tuple[Span, ...] = ()  # of its stories, in order; with them how it is read:
    language: str | None = None
    zone: str | None = None


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
    """The stories chosen for somebody who asked, with the posts that carry them."""

    chat_id: int
    key: str  # digest:asked:<chat>:<update or press>
    stories: tuple[int, ...]  # story ids, in order; they count as had by the chat
    deliveries: tuple[NewDelivery, ...]  # at least one
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """Subscriptions whose time has come and whose digests would be the same.

    They want the same at the same times, had the same, and their chats read alike: in kind,
    language, zone, header and what is said when there is no news.
    """

    ids: tuple[int, ...]
    subscription: Subscription  # one of them, which stands for all
    chat: Chat  # of that one
    minute: int  # of the window over which the digests of a slot leave
    had: frozenset[int]  # choices of stories that the chats have had
    waits: bool  # nothing of their newest digests has been claimed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDigest:
    """One digest of a slot for many subscriptions.

    The keys of its deliveries are digest:<subscription>:<slot>:<part>.
    """

    to: tuple[int, ...]  # subscription ids
    slot: datetime
    next_run_at: datetime | None
    stories: tuple[int, ...]  # as in NewDigest
    posts: tuple[Post, ...]  # may be empty: silent chats with no news
    kind: DeliveryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdatedPost:
    """A stored post that tells stories otherwise than an editor now has them told."""

    id: int
    post: Post
    stories: Mapping[int, Story]  # by number of the span, as they are now


class EditState(StrEnum):
    PLANNED = "planned"  # the message waits to be edited; also until it is known to be sent
    DONE = "done"
    DEAD = "dead"  # it stays as it is, see `error`


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A message to edit: that of `delivery`, into the post which that has now."""

    delivery: Delivery
    post_id: int  # while the delivery has this one; a newer one is another edit
    attempts: int = 0


class BroadcastState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"  # nothing more of it leaves until it is resumed
    CANCELLED = "cancelled"  # what had not left is dead, and so is what is planned for it later
    DONE = "done"  # every delivery is sent or dead


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """All deliveries that were planned for one slot."""

    id: int
    slot: datetime
    state: BroadcastState
    began_at: datetime
    changed_at: datetime  # when it came into this state
    deliveries: Mapping[DeliveryState, int]  # how many, of every state


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is, or was, the bot over a database; a lease that its heartbeats renew."""

    name: str  # of one life of one process
    here: bool  # held from this machine, since it was started, and this very file
    host: str
    pid: int
    beats: int
    at: datetime  # of the last one, by that machine's clock
    until: datetime | None  # None: it let go
