"""A store as a whole: all that may be asked, who owns it, and its upkeep."""

from datetime import datetime
from typing import Protocol

from storage.models import Holder
from storage.ports.articles import Articles, AwaitedPages
from storage.ports.chats import Chats, Saved, Subscriptions
from storage.ports.deliveries import Broadcasts, Edits, Outbox
from storage.ports.sources import Hubs, Sources
from storage.ports.stories import Corrections, Stories


class Notes(Protocol):
    """Small facts that must outlive the process: offsets, versions, what was said once."""

    async def get(self, name: str) -> str | None: ...

    async def set(self, name: str, value: str) -> None: ...


class Ownership(Protocol):
    """The lease of the one owner, for machines that share a database.

    `own()` of the store comes first: what the machine's own lock tells needs no waiting.
    """

    async def holder(self) -> Holder | None:
        """Who held it last; None: nobody ever did."""

    async def take(
        self, name: str, *, after: Holder | None, now: datetime, until: datetime
    ) -> bool:
        """Hold it, if since `after` was read nobody else took it and no heart beat.

        From then on this store writes only while it is held by `name`: else OwnerLost.
        """

    async def beat(self, name: str, *, now: datetime, until: datetime) -> None:
        """Renew the lease. Raises OwnerLost."""

    async def leave(self, name: str, *, now: datetime) -> None:
        """Let go, so that nobody has to wait. Raises OwnerLost."""


class Store(Protocol):
    """A store, open."""

    @property
    def sources(self) -> Sources: ...
    @property
    def hubs(self) -> Hubs: ...
    @property
    def articles(self) -> Articles: ...
    @property
    def awaited(self) -> AwaitedPages: ...
    @property
    def stories(self) -> Stories: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def saved(self) -> Saved: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def edits(self) -> Edits: ...
    @property
    def broadcasts(self) -> Broadcasts: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def ownership(self) -> Ownership: ...

    def own(self) -> None:
        """Become the one owner of the database until close(), or raise StoreBusy.

        An OS lock on a file beside it: `svodka run` takes it, commands do not.
        """

    async def backup(self, path: str) -> None:
        """A consistent copy at `path`, made while the bot runs."""

    async def check(self) -> list[str]:
        """What is wrong with the database, one sentence each; [] when nothing is."""

    async def tidy(self, *, now: datetime, keep_days: int) -> int:
        """Delete settled deliveries and seen ids older than that; how many rows went."""

    async def close(self) -> None: ...
