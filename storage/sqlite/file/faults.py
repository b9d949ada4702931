"""Where SQLite's errors stop: each becomes one of ours, with a sentence that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageError, StoreBusy, StoreUnusable

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise our error for what the operator can mend; a broken rule or sentence of SQL rises."""
    try:
        yield
    except sqlite3.Error as error:
        ours = translation(error, path)
        if ours is None:
            raise
        raise ours from error


def translation(error: sqlite3.Error, path: Path) -> StorageError | None:
    """Our error for SQLite's; None when it is a mistake of our own."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in BUSY:
        return StoreBusy(
            f"The database {path} is held by another process; try again when it has finished."
        )
    if primary in DAMAGED:
        return StoreUnusable(
            f"{path} is not a database or is damaged ({error}): restore a backup, "
            "or move the file away to begin an empty one."
        )
    if primary in READ_ONLY:
        return StoreUnusable(
            f"The database {path} cannot be written ({error}): give this user the right to write "
            "the file and its folder, or choose another DATABASE_URL."
        )
    if primary == sqlite3.SQLITE_FULL:
        return StoreUnusable(
            f"There is no room left for the database {path}: free some disk space and start again."
        )
    if primary == sqlite3.SQLITE_CANTOPEN:
        return StoreUnusable(
            f"The database {path} cannot be opened: see that its folder exists and that this user "
            "may read and write it, or choose another DATABASE_URL."
        )
    if primary == sqlite3.SQLITE_IOERR:
        return StoreUnusable(
            f"The disk under the database {path} failed ({error}): look at the disk and its free "
            "space, then start again."
        )
    return None
