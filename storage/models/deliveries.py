"""Posts and their deliveries: each with a state, sent once; edits of what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.models.chats import Layout
from storage.models.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a post: exactly one of `data`, `url`, `copy` and `inline`."""

    text: str
    data: str | None = None  # at most 64 bytes
    url: str | None = None
    copy: str | None = None  # text for the clipboard, at most 256 characters
    inline: str | None = None  # a question to us, to be asked in a chat that is chosen then


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a post tells a story; UTF-16 units, as entities are counted."""

    story_id: int
    offset: int
    length: int
    amendment_id: int = 0  # the newest of the story when it was told; 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Rendered text within Telegram's limits. `entities` is JSON: a list of MessageEntity.

    `rich` is JSON too: the same as a rich message, for chats that want it, a list of
    [number of the span that is told, or -1, [InputRichBlock, …]]. The text is for when it is
    refused.
    """

    text: str
    entities: str = "[]"
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview_url: str | None = None  # None: link previews off
    silent: bool = False
    spans: tuple[Span, ...] = ()  # of its stories, in order; with them how it is read:
    language: str | None = None
    zone: str | None = None
    layout: Layout = Layout.STANDARD  # how its stories are told
    rich: str | None = None
    after: int | None = None  # a story: the post replies to the message that told it before


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
    reply_to: int | None = None  # a message of ours in that chat, to which this one is a reply
    error: str | None = None
    created_at: datetime
    changed_at: datetime


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
class StoryEdits:
    """How far the messages that tell a story are with its newest amendment."""

    counts: Mapping[EditState, int]  # PLANNED: also those of which the bot does not know yet
    reasons: Mapping[str, int]  # why some stay as they are, the most frequent first


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A message to edit: that of `delivery`, into the post which that has now."""

    delivery: Delivery
    post_id: int  # while the delivery has this one; a newer one is another edit
    attempts: int = 0
