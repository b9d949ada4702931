"""Broadcasts: all that was planned for one instant, seen and steered as one."""

import builtins
import sqlite3
from datetime import datetime

from storage.models import Broadcast, BroadcastState, DeliveryState
from storage.sqlite.delivery.planning import CANCELLED
from storage.sqlite.delivery.takeback import count_as_not_had
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import instant, micros

SLICE = 1_000  # cancelled in one transaction, so that a sender never waits long

LIST = "SELECT * FROM broadcasts ORDER BY slot DESC LIMIT :limit"
OPEN = "SELECT * FROM broadcasts WHERE state IN ('running', 'paused') ORDER BY slot DESC"
GET = "SELECT * FROM broadcasts WHERE slot = :slot"

COUNTS = """
SELECT state, count(*) AS n FROM deliveries INDEXED BY deliveries_in_turn
WHERE broadcast_id = :id GROUP BY state
"""

SENT_SINCE = """
SELECT count(*) FROM deliveries INDEXED BY deliveries_settled
WHERE state IN ('sent', 'dead') AND changed_at > :since AND state = 'sent' AND broadcast_id = :id
"""

PAUSE = """
UPDATE broadcasts SET state = 'paused', changed_at = :now WHERE id = :id AND state = 'running'
"""

# What is claimed and has not left stays: a sender asks once more before each request.
HOLD = """
UPDATE deliveries SET state = 'planned', owner = NULL, lease_until = NULL, changed_at = :now
WHERE broadcast_id = :id AND state = 'claimed'
"""

RESUME = """
UPDATE broadcasts SET state = 'running', changed_at = :now WHERE id = :id AND state = 'paused'
"""

CANCEL = """
UPDATE broadcasts SET state = 'cancelled', changed_at = :now
WHERE id = :id AND state IN ('running', 'paused')
"""

KILL = """
UPDATE deliveries SET
    state = 'dead', owner = NULL, lease_until = NULL, error = :reason, changed_at = :now
WHERE id IN (
    SELECT d.id FROM broadcasts AS b
        CROSS JOIN deliveries AS d INDEXED BY deliveries_in_turn ON d.broadcast_id = b.id
    WHERE b.state = 'cancelled' AND d.state IN ('claimed', 'retry', 'planned')
    ORDER BY d.state LIMIT :slice)
RETURNING key
"""

FINISH = """
UPDATE broadcasts SET state = 'done', changed_at = :now
WHERE state = 'running' AND NOT EXISTS (
    SELECT 1 FROM deliveries AS d INDEXED BY deliveries_in_turn
    WHERE d.broadcast_id = broadcasts.id
      AND d.state IN ('planned', 'claimed', 'sending', 'retry', 'unknown'))
"""


class SqliteBroadcasts:
    """storage.ports.Broadcasts over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def list(self, *, limit: int) -> builtins.list[Broadcast]:
        def work(c: sqlite3.Connection) -> builtins.list[Broadcast]:
            rows = c.execute(LIST, {"limit": limit}).fetchall()
            listed = {row["id"] for row in rows}
            rows += [row for row in c.execute(OPEN) if row["id"] not in listed]
            return [_broadcast(c, row) for row in rows]

        return await self._db.read(work)

    async def of(self, slot: datetime) -> Broadcast | None:
        def work(c: sqlite3.Connection) -> Broadcast | None:
            row = c.execute(GET, {"slot": micros(slot)}).fetchone()
            return None if row is None else _broadcast(c, row)

        return await self._db.read(work)

    async def sent_since(self, broadcast_id: int, since: datetime) -> int:
        values = {"id": broadcast_id, "since": micros(since)}
        return await self._db.read(lambda c: int(c.execute(SENT_SINCE, values).fetchone()[0]))

    async def pause(self, broadcast_id: int, *, now: datetime) -> bool:
        values = {"id": broadcast_id, "now": micros(now)}

        def work(c: sqlite3.Connection) -> bool:
            if not c.execute(PAUSE, values).rowcount:
                return False
            c.execute(HOLD, values)
            return True

        return await self._db.write(work, durable=True)

    async def resume(self, broadcast_id: int, *, now: datetime) -> bool:
        return await self._steer(RESUME, broadcast_id, now)

    async def cancel(self, broadcast_id: int, *, now: datetime) -> bool:
        return await self._steer(CANCEL, broadcast_id, now)

    async def clear(self, *, now: datetime) -> int:
        values = {"reason": CANCELLED, "now": micros(now), "slice": SLICE}

        def work(c: sqlite3.Connection) -> int:
            keys = [row["key"] for row in c.execute(KILL, values)]
            count_as_not_had(c, {key.rpartition(":")[0] for key in keys})
            return len(keys)

        return await self._db.write(work)

    async def finish(self, *, now: datetime) -> int:
        return await self._db.write(lambda c: c.execute(FINISH, {"now": micros(now)}).rowcount)

    async def _steer(self, sentence: str, broadcast_id: int, now: datetime) -> bool:
        values = {"id": broadcast_id, "now": micros(now)}
        return await self._db.write(
            lambda c: c.execute(sentence, values).rowcount > 0, durable=True
        )


def _broadcast(c: sqlite3.Connection, row: sqlite3.Row) -> Broadcast:
    counted = {each["state"]: each["n"] for each in c.execute(COUNTS, {"id": row["id"]})}
    return Broadcast(
        id=row["id"],
        slot=instant(row["slot"]),
        state=BroadcastState(row["state"]),
        began_at=instant(row["began_at"]),
        changed_at=instant(row["changed_at"]),
        deliveries={state: counted.get(state, 0) for state in DeliveryState},
    )
