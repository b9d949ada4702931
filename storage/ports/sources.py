"""What may be asked of a store about sources and the hubs that push them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from storage.models import HubSubscription, Learned, NewSource, PollOutcome, Source, SourceStats


class Sources(Protocol):
    """The feeds we poll and the headings that imports stand under."""

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """Store a source, due at once; the stored one if its url is already known."""

    async def get(self, source_id: int) -> Source | None: ...

    async def all(self) -> list[Source]: ...

    async def titles(self) -> list[str]:
        """Of all of them."""

    async def remove(self, source_id: int) -> bool:
        """Forget a source: it is polled and listed no more; its articles stay, with its title."""

    async def enable(self, source_id: int, enabled: bool, *, now: datetime) -> bool:
        """Switch a source on (due at once, its failures forgotten) or off.

        False if there is none.
        """

    async def move(self, source_id: int, url: str) -> bool:
        """Poll it at another address from now on; False if that address is a source already."""

    async def claim_due(self, *, now: datetime, limit: int, lease_s: int) -> list[Source]:
        """Polled kinds, switched on, whose next_poll_at has come, longest due first.

        Their next_poll_at moves to now + lease_s, so that a crash delays them, no more.
        """

    async def failed(self, outcome: PollOutcome) -> None:
        """Commit an outcome that brought no articles (an error, a 304, nothing new)."""

    async def failed_all(self, outcomes: Sequence[PollOutcome]) -> None:
        """Commit many such outcomes in one transaction."""

    async def by_url(self, url: str) -> Source | None:
        """The source of that very url; None if there is none, or it was removed."""

    async def stats(self, *, since: datetime) -> dict[int, SourceStats]:
        """By source id, of the articles seen since; sources that gave none are left out."""

    async def learned(self, source_id: int) -> Learned:
        """What recurs in the source's texts; empty before anything was learned."""

    async def learn(self, source_id: int, learned: Learned) -> None:
        """Replace what is learned of a source."""

    async def refused(self, source_id: int, pages: Sequence[str], *, now: datetime) -> set[str]:
        """Those of the pages (any strings that tell them apart) that are not to be asked for."""

    async def refuse(
        self, source_id: int, pages: Collection[str], *, now: datetime, until: datetime
    ) -> None:
        """Do not ask for these until then. The newest 5,000 of a source are remembered."""


class Hubs(Protocol):
    """WebSub subscriptions, one a source at most."""

    async def put(self, subscription: HubSubscription) -> None:
        """Store it in place of the source's former one."""

    async def get(self, source_id: int) -> HubSubscription | None: ...

    async def by_token(self, token: str) -> HubSubscription | None: ...

    async def due(self, *, now: datetime, limit: int) -> list[HubSubscription]:
        """Those whose act_at has come, of sources that are on, longest due first."""

    async def all(self) -> list[HubSubscription]: ...

    async def drop(self, source_id: int) -> None: ...
