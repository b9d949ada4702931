"""Opening the store that DATABASE_URL names: the one place that chooses a backend."""

from pathlib import Path

from storage.errors import BadUrl
from storage.ports import Store

SQLITE = "sqlite:///"


async def open_store(url: str) -> Store:
    """Open the store, making its folder and bringing its schema up to date.

    `sqlite:///data/svodka.db` is relative to the working folder, `sqlite:////srv/svodka.db`
    absolute. Raises StorageError; its text is for the operator.
    """
    path = sqlite_path(url)
    from storage.sqlite.store import SqliteStore

    return await SqliteStore.open(path)


def sqlite_path(url: str) -> Path:
    """The file that a sqlite URL names; BadUrl says what is wrong with any other URL."""
    hint = "use sqlite:///data/svodka.db (relative) or sqlite:////srv/svodka.db (absolute)"
    if not url.startswith(SQLITE):
        scheme = url.partition(":")[0] or "an empty address"
        raise BadUrl(f"DATABASE_URL names no database we can open ({scheme}): {hint}.")
    name = url.removeprefix(SQLITE)
    if not name or name.startswith(":memory:") or name.endswith("/"):
        raise BadUrl(f"DATABASE_URL must name a file on disk: {hint}.")
    if "?" in name or "\0" in name:
        raise BadUrl(f"DATABASE_URL takes no options after the file's name: {hint}.")
    return Path(name).absolute()
