"""Chats and what they subscribed to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
