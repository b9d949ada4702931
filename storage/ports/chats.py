"""What may be asked of a store about chats and subscriptions."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from storage.models import (
    Chat,
    DueGroup,
    Interest,
    Layout,
    Place,
    QuietHours,
    Schedule,
    Story,
    Subscription,
    Taste,
)


class Chats(Protocol):
    """Where posts go, and what each chat chose."""

    async def get(self, chat_id: int) -> Chat | None: ...

    async def see(self, chat: Chat, *, now: datetime) -> Chat:
        """Store a chat, or refresh title, username and kind of a known one; choices stay.

        A language the client tells is taken only while none is stored.
        """

    async def known(self, chat: Chat, *, now: datetime) -> Chat | None:
        """Refresh a known chat likewise; None, and nothing stored, if it is not known."""

    async def choose(
        self,
        chat_id: int,
        *,
        language: str | None = None,
        zone: str | None = None,
        header: str | None = None,
        say_empty: bool | None = None,
        owner_id: int | None = None,
        quiet: QuietHours | None = None,
    ) -> None:
        """Set what is not None ('' clears a header, hours of no length the quiet ones)."""

    async def taste(self, chat_id: int, taste: Taste) -> None:
        """Remember it, instead of what was told of it before; the oldest of 100 gives way."""

    async def untaste(self, chat_id: int, interest: Interest) -> None:
        """Nothing was told of it."""

    async def sleep(self, chat_id: int, *, reason: str, now: datetime) -> None:
        """Nothing can be sent there: schedules rest, open deliveries die with the reason.

        The newest digest of each subscription, if nothing of it has left, counts as not had.
        """

    async def wake(self, chat_id: int, *, now: datetime) -> bool:
        """Its schedules run again; True if it was asleep."""

    async def migrate(self, old_id: int, new_id: int, *, now: datetime) -> None:
        """Move everything of a group to the supergroup it became, in one transaction."""

    async def forget(self, chat_id: int) -> None:
        """Delete every row about the chat, from the outbox too."""

    async def data(self, chat_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All that is stored about it: the rows of every table that knows chats, by the table.

        Values are such as JSON holds, instants in ISO 8601.
        """

    async def owned_by(self, user_id: int) -> list[Chat]:
        """Channels this person made the bot an admin of."""

    async def by_username(self, username: str) -> Chat | None:
        """Without @, case ignored."""

    async def ask(self, chat_id: int, question: str, *, now: datetime) -> None:
        """Remember the question the bot asked, so that the next text answers it ('' forgets).

        A chat that is not stored is asked, but nothing of it is remembered.
        """

    async def asked(self, chat_id: int, *, now: datetime) -> str | None:
        """The open question, if it is younger than an hour."""


class Saved(Protocol):
    """Stories that somebody keeps to read again."""

    async def add(self, chat_id: int, story_id: int, *, now: datetime) -> bool:
        """Keep it; the oldest of 500 gives way. False if there is no such chat or story."""

    async def remove(self, chat_id: int, story_id: int) -> bool:
        """Keep it no more; False if it was not kept."""

    async def of(self, chat_id: int, *, limit: int, offset: int = 0) -> list[Story]:
        """What was saved last comes first; without those that are withdrawn."""

    async def has(self, chat_id: int, story_id: int) -> bool: ...


class Subscriptions(Protocol):
    """Who wants what, and when."""

    async def add(
        self,
        *,
        chat_id: int,
        topics: Sequence[str],
        schedule: Schedule,
        next_run_at: datetime | None,
        now: datetime,
        thread_id: int | None = None,
        max_stories: int = 10,
        follows: Sequence[Interest] = (),
        instant: bool = False,
    ) -> Subscription:
        """Store one; one of the same chat and thread that wants the same is changed instead.

        Alerts, digests on one day of the week and other digests of the same are three.
        """

    async def get(self, subscription_id: int) -> Subscription | None: ...

    async def of_chat(self, chat_id: int) -> list[Subscription]: ...

    async def change(
        self,
        subscription_id: int,
        *,
        topics: Sequence[str] | None = None,
        schedule: Schedule | None = None,
        next_run_at: datetime | None = None,
        max_stories: int | None = None,
        follows: Sequence[Interest] | None = None,
        reading_s: int | None = None,
        layout: Layout | None = None,
        silent: bool | None = None,
    ) -> Subscription | None:
        """Set what is not None (0 seconds: however long it takes to read)."""

    async def pause(
        self, subscription_id: int, *, until: datetime | None, next_run_at: datetime | None
    ) -> Subscription | None:
        """Nothing comes before `until`; the first digest after it is of what was missed.

        None: as if it had never paused. With `until` now it goes on, and tells what was missed.
        """

    async def remove(self, subscription_id: int) -> bool: ...

    async def due(
        self,
        *,
        now: datetime,
        limit: int,
        had_since: datetime | None = None,
        minutes: int = 1,
        after: Place | None = None,
    ) -> list[DueGroup]:
        """Active ones of awake chats whose next_run_at has come, longest due first, in groups.

        Of those that are due alike, who had no digest for longest goes first.

        `limit` is of subscriptions; those behind `after`. `had` tells of the digests since
        `had_since`, or of all that are remembered. Each chat has its own of so many `minutes`,
        always the same.
        """

    async def waiting(self, *, now: datetime, after: Place | None, limit: int) -> list[Place]:
        """The next of those that are due, in the same order, whose newest digest has not left."""

    async def put_off(self, to: Mapping[int, datetime | None], *, now: datetime) -> None:
        """Set the next run of those that are still due."""

    async def awaited(self) -> tuple[list[Interest], bool]:
        """Each interest that an alert waits for; and whether one waits for anything at all."""

    async def alert(
        self,
        interest: Interest | None,
        *,
        at: datetime,
        now: datetime,
        apart: timedelta,
        after_id: int = 0,
        limit: int = 4_000,
    ) -> int | None:
        """Make the alerts that wait for it (None: for anything) due then, if they are not yet.

        But not within `apart` of the slot before. It is done by slices in the order of their ids:
        the last one's of this slice, to go on after; None when that was all.
        """

    async def next_due_at(self) -> datetime | None:
        """When the earliest of them comes."""

    async def count(self) -> int: ...
