"""The lease of the one owner, for machines that share a file: a row, and a fence around writes."""

import os
import platform
import sqlite3
from datetime import datetime
from functools import partial
from pathlib import Path

from storage.errors import OwnerLost
from storage.models import Holder
from storage.sqlite.file.database import Database
from storage.sqlite.file.values import instant, instant_or_none, micros

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # of the kernel: one for all its containers

HOLDER = "SELECT * FROM instance"

TAKE = """
INSERT INTO instance (one, name, place, host, pid, beats, at, until)
VALUES (1, :name, :place, :host, :pid, 0, :now, :until)
ON CONFLICT (one) DO UPDATE SET
    name = excluded.name, place = excluded.place, host = excluded.host, pid = excluded.pid,
    beats = 0, at = excluded.at, until = excluded.until
WHERE name = :after AND beats = :beats
"""

BEAT = "UPDATE instance SET beats = beats + 1, at = :now, until = :until WHERE name = :name"

LEAVE = "UPDATE instance SET at = :now, until = NULL WHERE name = :name"


class SqliteOwnership:
    """storage.ports.Ownership over SQLite."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._place = place_of(database.path)

    async def holder(self) -> Holder | None:
        def work(c: sqlite3.Connection) -> Holder | None:
            row = c.execute(HOLDER).fetchone()
            return None if row is None else self._holder_of(row)

        return await self._db.read(work)

    async def take(
        self, name: str, *, after: Holder | None, now: datetime, until: datetime
    ) -> bool:
        values = {
            "name": name,
            "place": self._place,
            "host": platform.node(),
            "pid": os.getpid(),
            "now": micros(now),
            "until": micros(until),
            "after": after and after.name,
            "beats": after and after.beats,
        }
        taken = await self._db.write(lambda c: c.execute(TAKE, values).rowcount > 0, durable=True)
        if taken:
            self._db.fence = partial(held_by, name)
        return taken

    async def beat(self, name: str, *, now: datetime, until: datetime) -> None:
        values = {"name": name, "now": micros(now), "until": micros(until)}
        await self._db.write(lambda c: c.execute(BEAT, values).rowcount)

    async def leave(self, name: str, *, now: datetime) -> None:
        values = {"name": name, "now": micros(now)}
        await self._db.write(lambda c: c.execute(LEAVE, values).rowcount)

    def _holder_of(self, row: sqlite3.Row) -> Holder:
        return Holder(
            name=row["name"],
            here=row["place"] == self._place,
            host=row["host"],
            pid=row["pid"],
            beats=row["beats"],
            at=instant(row["at"]),
            until=instant_or_none(row["until"]),
        )


def place_of(path: Path) -> str:
    """This file on this machine, until it is started anew; a copy of the file is another place."""
    try:
        machine = BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:  # not Linux
        machine = platform.node()
    file = path.stat()
    return f"{machine}/{file.st_dev}:{file.st_ino}"


def held_by(name: str, c: sqlite3.Connection) -> None:
    """Before anything is written: whoever was thought dead and is not must change nothing."""
    row = c.execute(HOLDER).fetchone()
    if row is None or row["name"] != name:
        by = f"{row['host']} (process {row['pid']})" if row else "nobody"
        raise OwnerLost(
            f"The database is held by {by} now, as this copy was silent for too long: it stops."
        )
