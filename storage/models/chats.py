"""Chats, what they subscribed to and what they would rather read."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class InterestKind(StrEnum):
    TOPIC = "topic"  # its value is a slug
    SOURCE = "source"  # a source's id
    NAME = "name"  # a person, organisation or place: folded words, as in the index
    WORD = "word"  # folded lemmas, as in the index


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Something to read of, or not. Two are the same when kind and value are."""

    kind: InterestKind
    value: str
    label: str = field(default="", compare=False)  # as people see it


class Verdict(StrEnum):
    MUTE = "mute"  # never
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What a chat said of an interest; one verdict on each."""

    interest: Interest
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When a chat wants no alert: minutes after local midnight, the end not among them.

    An end before the start is on the next day; start and end alike are no quiet hours at all.
    """

    start: int
    end: int


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
    tastes: tuple[Taste, ...] = ()  # in the order in which they were told
    quiet: QuietHours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When digests are due, in the chat's zone: minutes after local midnight, on ISO weekdays."""

    minutes: tuple[int, ...] = (8 * 60,)  # sorted, each 0–1439
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)  # 1 is Monday


class Layout(StrEnum):
    """How a digest looks."""

    BRIEF = "brief"  # headlines
    STANDARD = "standard"  # headline, sentence, sources, age; the rest to unfold
    RICH = "rich"  # a rich message, which older clients show blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat, what it wants and when. `slot` is the newest instant already planned."""

    id: int
    chat_id: int
    thread_id: int | None = None  # a forum topic
    topics: tuple[str, ...] = ()  # slugs
    follows: tuple[Interest, ...] = ()  # any of them or of the topics; neither: everything
    schedule: Schedule = Schedule()
    max_stories: int = 10
    reading_s: int | None = None  # what its digests may take to read; None: however long
    layout: Layout = Layout.STANDARD
    silent: bool = False  # no sound
    instant: bool = False  # alerts: due when something comes, whatever the schedule says
    paused_until: datetime | None = None  # nothing comes before, and then what was missed
    active: bool = True
    created_at: datetime
    next_run_at: datetime | None = None  # None: never again (not active, or no times)
    slot: datetime | None = None
