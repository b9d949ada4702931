"""Digests, each for one chat or shared by many, and the broadcasts they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.models.chats import Chat, Subscription
from storage.models.deliveries import DeliveryKind, DeliveryState, NewDelivery, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """The stories chosen for somebody who asked, with the posts that carry them."""

    chat_id: int
    key: str  # digest:asked:<chat>:<update or press>
    stories: tuple[int, ...]  # story ids, in order; they count as had by the chat
    upto: int = 0  # the highest id of an article that they were told by
    deliveries: tuple[NewDelivery, ...]  # at least one
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The stories that a digest gave, as they were then."""

    stories: frozenset[int]
    upto: int  # articles with a higher id joined them since


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a subscription stands among those that are due."""

    due_at: datetime
    slot: datetime  # of its newest digest; the beginning of time if it had none
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """Subscriptions whose time has come and whose digests would be the same.

    They want the same at the same times, had the same, and their chats read alike: in kind,
    language, zone, header, tastes, quiet hours and what is said when there is no news.
    """

    ids: tuple[int, ...]
    subscription: Subscription  # one of them, which stands for all
    chat: Chat  # of that one
    minute: int  # of the window over which the digests of a slot leave
    had: frozenset[int]  # choices of stories that the chats have had
    last: Place  # of them


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDigest:
    """One digest of a slot for many subscriptions.

    The keys of its deliveries are digest:<subscription>:<slot>:<part>.
    """

    to: tuple[int, ...]  # subscription ids
    slot: datetime
    next_run_at: datetime | None
    stories: tuple[int, ...]  # as in NewDigest
    upto: int = 0
    posts: tuple[Post, ...]  # may be empty: silent chats with no news
    kind: DeliveryKind


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
