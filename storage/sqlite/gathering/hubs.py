"""Hubs: the WebSub subscriptions by which sources push to us, one a source at most."""

import sqlite3
from datetime import datetime

from storage.models import HubState, HubSubscription
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import instant, instant_or_none, micros

PUT = """
INSERT OR REPLACE INTO hubs (
    source_id, hub, topic, token, secret, state, act_at, lease_until, attempts)
VALUES (
    :source_id, :hub, :topic, :token, :secret, :state, :act_at, :lease_until, :attempts)
"""

GET = "SELECT * FROM hubs WHERE source_id = :source_id"
BY_CALLBACK = "SELECT * FROM hubs WHERE token = :token"

DUE = """
SELECT h.* FROM hubs AS h JOIN sources AS s ON s.id = h.source_id
WHERE h.act_at <= :now AND s.enabled = 1 AND s.removed = 0
ORDER BY h.act_at, h.source_id
LIMIT :limit
"""

ALL = "SELECT * FROM hubs ORDER BY source_id"
DROP = "DELETE FROM hubs WHERE source_id = :source_id"


class SqliteHubs:
    """storage.ports.Hubs over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def put(self, subscription: HubSubscription) -> None:
        values = {
            "source_id": subscription.source_id,
            "hub": subscription.hub,
            "topic": subscription.topic,
            "token": subscription.token,
            "secret": subscription.secret,
            "state": subscription.state,
            "act_at": micros(subscription.act_at),
            "lease_until": micros(subscription.lease_until),
            "attempts": subscription.attempts,
        }
        await self._db.write(lambda c: c.execute(PUT, values))

    async def get(self, source_id: int) -> HubSubscription | None:
        return await self._one(GET, {"source_id": source_id})

    async def by_token(self, token: str) -> HubSubscription | None:
        return await self._one(BY_CALLBACK, {"token": token})

    async def due(self, *, now: datetime, limit: int) -> list[HubSubscription]:
        values = {"now": micros(now), "limit": limit}
        return await self._db.read(lambda c: [hub_of(row) for row in c.execute(DUE, values)])

    async def all(self) -> list[HubSubscription]:
        return await self._db.read(lambda c: [hub_of(row) for row in c.execute(ALL)])

    async def drop(self, source_id: int) -> None:
        await self._db.write(lambda c: c.execute(DROP, {"source_id": source_id}))

    async def _one(self, sentence: str, values: dict[str, object]) -> HubSubscription | None:
        def work(c: sqlite3.Connection) -> HubSubscription | None:
            row = c.execute(sentence, values).fetchone()
            return None if row is None else hub_of(row)

        return await self._db.read(work)


def hub_of(row: sqlite3.Row) -> HubSubscription:
    return HubSubscription(
        source_id=row["source_id"],
        hub=row["hub"],
        topic=row["topic"],
        token=row["token"],
        secret=row["secret"],
        state=HubState(row["state"]),
        act_at=instant(row["act_at"]),
        lease_until=instant_or_none(row["lease_until"]),
        attempts=row["attempts"],
    )
