"""The lock of the one owner: held on a file beside the database, it dies with its process."""

import fcntl
import os
from pathlib import Path

from storage.errors import StoreBusy, StoreUnusable


class OwnerLock:
    """An OS lock on `<database>.lock`. The file stays; only the lock on it means anything."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Hold it until release(); StoreBusy when another process does."""
        if self._descriptor is not None:
            return
        try:
            # Not inheritable (O_CLOEXEC), or a worker that outlives us would keep the lock.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreUnusable(
                f"The lock {self._path} cannot be made ({error.strerror}): give this user the "
                "right to write the database's folder."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise StoreBusy(
                f"Another Svodka is running with the database {self._database}: stop it first, or "
                "choose another DATABASE_URL."
            ) from error
        except OSError as error:
            os.close(descriptor)
            raise StoreUnusable(
                f"The disk under {self._path} knows no locks ({error.strerror}): choose a local "
                "one in DATABASE_URL."
            ) from error
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
