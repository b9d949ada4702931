"""What the outbox asks of the edge: a Sender that sends one post, and says what became of it.

SendError
├── RetryLater     not sent; again after `retry_after_s`
├── NotSent        not sent: no connection could be made; again with back-off
├── ChatGone       not sent: blocked, kicked, not found, rights lost; the chat sleeps
├── ChatMigrated   not sent: the group became the supergroup `new_id`
├── Refused        not sent: Telegram refuses this very post; our bug
│   └── Uneditable that message is gone, or is not to be edited
├── InDoubt        may have been sent: a reset, a time-out or a 5xx after the request left
└── TokenRefused   nothing can be sent: the token is wrong
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement
from storage.models import Chat, Post, Story, Subscription


class SendError(Exception):
    """A post was not acknowledged; the subclass says what that means."""


class RetryLater(SendError):
    """Not sent (429). Wait `retry_after_s`."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"retry after {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


class NotSent(SendError):
    """Not sent: the connection was never made."""


class ChatGone(SendError):
    """Not sent, and nothing will be until the chat comes back."""


class ChatMigrated(SendError):
    """Not sent: the group is now the supergroup `new_id`."""

    def __init__(self, new_id: int) -> None:
        super().__init__(f"the group became the supergroup {new_id}")
        self.new_id = new_id


class Refused(SendError):
    """Not sent: this very post is refused, today and tomorrow."""


class Uneditable(Refused):
    """The message is not there any more, or may not be edited; no other post would change that."""


class InDoubt(SendError):
    """May have been sent: the request left and no answer settles it."""


class TokenRefused(SendError):
    """Nothing can be sent: Telegram does not know the token."""


class Sender(Protocol):
    """The edge that speaks to Telegram; foreign errors come out as SendError.

    It waits for no turn: its caller has one, and marks the delivery between turn and request.
    """

    async def send(
        self,
        chat_id: int,
        post: Post,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send one post, rich if it is; the message id. Raises SendError.

        `reply_to`: a message of that chat; sent all the same when it is not there any more.
        """

    async def exists(self, chat_id: int, message_id: int) -> bool | None:
        """Whether that message is in that chat; None when Telegram will not tell.

        Raises SendError when it cannot be asked now.
        """


class Editor(Protocol):
    """The same edge, for messages that were sent; it waits for no turn either."""

    async def edit(self, chat_id: int, message_id: int, post: Post) -> None:
        """Have the message be that post; nothing happens if it is. Raises SendError."""


class Amender(Protocol):
    """Draws again what an editor amended."""

    def amended(self, post: Post, stories: Mapping[int, Story], *, now: datetime) -> Post:
        """The post with these stories, by number of their span, as they are told now."""


class Renderer(Protocol):
    """Turns chosen stories into posts in a chat's language and zone."""

    def digest(
        self,
        *,
        chat: Chat,
        subscription: Subscription | None,
        stories: Sequence[Story],
        now: datetime,
        late: bool = False,
        next_run_at: datetime | None = None,
        topics: Sequence[str] = (),
        changes: Mapping[int, Change] = MappingProxyType({}),
        missed_since: datetime | None = None,
        muted: int = 0,
        disputes: Mapping[int, Sequence[Disagreement]] = MappingProxyType({}),
    ) -> list[Post]:
        """The posts of one digest, split by whole stories; with none, the word that says so.

        `subscription` and `chat` stand for all who are given the same: nothing may be drawn that
        is theirs alone (an id, a title). An alert's is `instant`.
        `topics`: those asked for, where no subscription says it.
        `changes`, by story: what is new of those that the chat was told before; they come last.
        `missed_since`: when the chat paused; these are the weightiest since then.
        `muted`: with no stories, how many there would be but for what the chat muted.
        `disputes`, by story: in what its sources disagree.
        """

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        """A short text by its key in the locales."""

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        """To a channel's owner: a post may have arrived or not; shall it be sent again?"""
