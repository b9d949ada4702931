"""What can go wrong with the store.

StorageError
├── SchemaTooNew    the database was written by a newer Svodka
├── StoreBusy       another process owns the database, or holds it too long
│   └── OwnerLost   another process took the database over: this one must end
├── StoreUnusable   the file cannot be opened, read or written (rights, disk, damage)
└── BadUrl          DATABASE_URL names no backend we have
"""


class StorageError(Exception):
    """Any failure of the store; str() is one sentence for the operator, saying what to do."""


class SchemaTooNew(StorageError):
    """The database was written by a newer Svodka; opening it could lose data."""


class StoreBusy(StorageError):
    """Another process owns the database, or holds its write lock longer than we wait."""


class OwnerLost(StoreBusy):
    """Another process took the database over while this one was silent; nothing was written."""


class StoreUnusable(StorageError):
    """The database cannot be opened, read or written: rights, a full disk, damage."""


class BadUrl(StorageError):
    """DATABASE_URL names no backend we have."""
