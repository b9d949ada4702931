"""What may be asked of a store about deliveries, edits of them and broadcasts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from storage.models import (
    Broadcast,
    Delivery,
    DeliveryState,
    Edit,
    EditState,
    NewDelivery,
    NewDigest,
    OutdatedPost,
    Post,
    SharedDigest,
    StoryEdits,
)


class Outbox(Protocol):
    """The table of deliveries: every post is a row before it is a request."""

    async def plan(self, digest: NewDigest) -> bool:
        """One transaction: digest, deliveries, stories had. False, and nothing changed, if the
        key is already there."""

    async def plan_shared(self, digests: Sequence[SharedDigest], *, now: datetime) -> int:
        """One transaction: the same for many, with the slot and next_run_at of subscriptions.

        For how many subscriptions a digest is new; one that is gone, asleep or has a digest of
        that slot gets none. Deliveries join the broadcast of their slot, and its fate.
        """

    async def merge_into_next(self, subscription_ids: Sequence[int], *, now: datetime) -> int:
        """The newest digests of these die unless some of it was claimed: a newer one is coming.

        Their stories count as not had, and their slots as not planned. How many died.
        """

    async def add(self, delivery: NewDelivery, *, now: datetime) -> bool:
        """Store one delivery; False if its key is already there."""

    async def claim(
        self,
        *,
        owner: str,
        now: datetime,
        limit: int,
        lease_s: int,
        only_asked: bool = False,
    ) -> list[Delivery]:
        """Planned, or retry whose not_before has come, asked for first, then by id; but of the
        others every second one is a channel's while there are any. `only_asked`: no others.

        Awake chats only. Never one whose chat has an earlier delivery that is claimed, sending,
        unknown or waiting to be retried, or a later one that is under way, unless that one is in
        this same claim and before it.
        Those past their expires_at die instead. One whose post goes on with a story replies to the
        newest message that told that chat of it, or of an earlier chapter of its thread.
        """

    async def sending(self, delivery_id: int, *, floor: int | None, now: datetime) -> bool:
        """Commit, durably, that the request is about to leave; False if it was taken back."""

    async def sent(self, delivery_id: int, *, message_id: int, now: datetime) -> None: ...

    async def retry(
        self, delivery_id: int, *, not_before: datetime, error: str, now: datetime
    ) -> None: ...

    async def dead(self, delivery_id: int, *, error: str, now: datetime) -> None: ...

    async def unknown(self, delivery_id: int, *, error: str, now: datetime) -> None: ...

    async def mark(
        self, *, sending: Sequence[int], sent: Mapping[int, int], now: datetime
    ) -> set[int]:
        """Many marks in one durable transaction: `sent` (id → message id), then `sending`.

        Those of `sending` that may leave now; each with the floor of its chat's counter.
        """

    async def release(self, delivery_ids: Sequence[int], *, now: datetime) -> int:
        """Those of them that are claimed are planned again; how many were."""

    async def give_back(self, *, owner: str, now: datetime) -> int:
        """Claimed ones of this owner are planned again (a clean stop)."""

    async def mend(self, *, now: datetime) -> Mapping[str, int]:
        """Mend deliveries in states that cannot be, so that nothing is sent twice.

        What was wrong, in words, and with how many.
        """

    async def recover(self, *, owner: str, now: datetime) -> tuple[int, int]:
        """A new owner at its start takes back what a dead one held.

        claimed → planned, sending → unknown; how many of each. What was unknown before is so from
        now on: how the clock was set while nobody looked cannot be told.
        """

    async def in_doubt(self, *, before: datetime, limit: int) -> list[Delivery]:
        """Unknown since before that instant, oldest first."""

    async def unsend(self, delivery_id: int, *, now: datetime) -> None:
        """Reconciliation found it was not sent: unknown → planned."""

    async def again(self, delivery_id: int, *, chat_id: int, now: datetime) -> bool:
        """Somebody wants a dead one of that chat sent after all; False if it is not dead (now)."""

    async def clock_set(self, by: timedelta, *, now: datetime) -> int:
        """The clock was set forward or back to `now`: what waits for a time to pass waits on.

        How many rows that moved. Instants that were planned for stay.
        """

    async def known_ids(self, chat_id: int, *, above: int) -> set[int]:
        """Message ids above that one which the counter of this chat is known to have used.

        The counter is the chat's own for channels and supergroups, else the bot's own, shared by
        all private chats and basic groups.
        """

    async def saw_message(self, chat_id: int, message_id: int) -> None:
        """Note an id in use: see `saw_messages`."""

    async def saw_messages(self, ids: Sequence[tuple[int, int]]) -> None:
        """Note ids in use (answers of ours, incoming messages), each a chat's and a message's.

        Kept are the newest 1,000, and whatever lies above the floor of a delivery in doubt.
        """

    async def post_of(self, chat_id: int, message_id: int) -> Post | None:
        """What that message of the chat was sent as, while its delivery is remembered."""

    async def key_of(self, chat_id: int, message_id: int) -> str | None:
        """The key of the delivery that message of the chat was, while that is remembered."""

    async def floor(self, chat_id: int) -> int | None:
        """The highest message id known for this chat's counter."""

    async def counts(self) -> Mapping[DeliveryState, int]: ...

    async def letters(self, *, limit: int) -> list[Delivery]:
        """Dead letters, newest first: not those that were cancelled, or merged into another."""

    async def list(
        self, *, state: DeliveryState | None = None, limit: int = 50
    ) -> list[Delivery]: ...

    async def left_since(self, since: datetime, *, limit: int) -> Sequence[tuple[int, datetime]]:
        """Chat and instant of the newest that left since then, in their order; of those in doubt,
        when they became so."""

    async def told_to_wait(self, *, now: datetime, limit: int) -> dict[int, datetime]:
        """The chats of which Telegram said 429, and until when they wait; the longest first."""

    async def next_retry_at(self) -> datetime | None:
        """When the first that waits for its time may be claimed; None: only the bell can tell."""


class Edits(Protocol):
    """Messages that are edited because an editor amended a story which they tell."""

    async def holding(self, story_id: int) -> int:
        """How many messages that left tell the story."""

    async def of_story(self, story_id: int) -> StoryEdits:
        """What becomes of those since its newest amendment; nothing where it never had one."""

    async def outdated(self, *, after_id: int = 0, limit: int) -> list[OutdatedPost]:
        """Posts that tell a story otherwise than its newest amendment has it told, by id."""

    async def replace(self, post_id: int, post: Post, *, now: datetime, limit: int) -> int:
        """Give up to so many deliveries that have the one post the other; how many had it.

        An edit is planned for those that may have left, in awake chats.
        """

    async def due(self, *, now: datetime, limit: int) -> list[Edit]:
        """Planned edits whose time has come, of deliveries that are sent, or dead after all."""

    async def done(self, edit: Edit, *, now: datetime) -> None: ...

    async def put_off(
        self, edit: Edit, *, until: datetime, attempts: int, error: str, now: datetime
    ) -> None:
        """Not before then; so many attempts were made by now."""

    async def dead(self, edit: Edit, *, error: str, now: datetime) -> None: ...

    async def counts(self) -> Mapping[EditState, int]: ...

    async def reasons(self, *, limit: int) -> dict[str, int]:
        """Why messages stay as they are, and how many; the most frequent first."""


class Broadcasts(Protocol):
    """All that was planned for one slot, seen and steered as one."""

    async def list(self, *, limit: int) -> list[Broadcast]:
        """The newest slots first; after them any others that are running or paused."""

    async def of(self, slot: datetime) -> Broadcast | None: ...

    async def sent_since(self, broadcast_id: int, since: datetime) -> int:
        """How many of its deliveries were sent since then."""

    async def pause(self, broadcast_id: int, *, now: datetime) -> bool:
        """No more of it leaves, requests in flight apart; False unless it was running."""

    async def resume(self, broadcast_id: int, *, now: datetime) -> bool:
        """It goes on where it was; False unless it was paused."""

    async def cancel(self, broadcast_id: int, *, now: datetime) -> bool:
        """No more of it will ever leave; False unless it was running or paused.

        Call `clear` until it returns 0: then the deliveries know it too.
        """

    async def clear(self, *, now: datetime) -> int:
        """A slice of cancelled broadcasts' deliveries that have not left die; how many.

        The stories of digests of which nothing left count as not had.
        """

    async def finish(self, *, now: datetime) -> int:
        """Running ones without an open delivery are done; how many."""
