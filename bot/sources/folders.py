"""A folder of files as a source: each text in it is an entry, a file that changes is an edit."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sources.errors import BadFile, NotASource
from bot.sources.feeds import content_key
from bot.sources.files import KINDS, MAX_BYTES, PAGES, TEXTS, Item, items_in
from storage.models import Entry

FOLDER_S = 120  # what a part of a folder may take to read
MAX_FILES = 10_000
FILES = 300  # read at a time
BYTES = 100 << 20  # and no more of these
SETTLED = timedelta(seconds=2)  # a file that changed since may be half written
SLACK = timedelta(hours=1)  # a poll takes a while, and clocks of file servers differ


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPart:
    """Some of a folder's texts, and a sentence for each file that cannot be read."""

    items: tuple[Item, ...]
    failures: tuple[str, ...] = ()
    more: int | None = None  # the file at which the next part begins; None: this was the last


def read_folder(
    path: str, now: datetime, since: datetime | None = None, start: int = 0
) -> FolderPart:
    """The texts of its files, in order of name from `start` on.

    A key is the path within the folder; of a file of several texts `#` and the text's own key
    follow. `since` leaves out files that have not changed from long before then. CPU work: for a
    worker. Raises NotASource when there is no such folder.
    """
    root = Path(path)
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "is not there"
        raise NotASource(f"{path} {what}")
    files = _files(root)
    failures = []
    if len(files) > MAX_FILES and start == 0:
        failures.append(f"{path} holds more than {MAX_FILES} files; the rest is not read")
    items: list[Item] = []
    size, at = 0, start
    for name in files[start:MAX_FILES][:FILES]:
        try:
            body = _body(root, name, now, since)
            items += _items(name, body) if body else ()
        except BadFile as e:
            failures.append(str(e))
        else:
            size += len(body)
        at += 1
        if size > BYTES:
            break
    more = at if start < at < min(len(files), MAX_FILES) else None
    return FolderPart(items=tuple(items), failures=tuple(failures), more=more)


def _body(root: Path, name: str, now: datetime, since: datetime | None) -> bytes:
    """What is in the file; nothing while it is being written, or when it is as it was."""
    file = root / name
    try:
        stat = file.stat()
        changed_at = datetime.fromtimestamp(max(stat.st_mtime, stat.st_ctime), UTC)
        if abs(now - changed_at) < SETTLED or (since and changed_at < since - SLACK):
            return b""
        if stat.st_size > MAX_BYTES:
            raise BadFile(f"{name} is larger than {MAX_BYTES >> 20} MB")
        return file.read_bytes()
    except FileNotFoundError:  # deleted since we looked
        return b""
    except OSError as e:
        raise BadFile(f"{name} cannot be read: {(e.strerror or str(e)).lower()}") from e


def _items(name: str, body: bytes) -> Iterator[Item]:
    found = items_in(body, name)
    alone = name.lower().endswith((*TEXTS, *PAGES)) or (
        name.lower().endswith(".json") and len(found) == 1
    )
    for item in found:
        yield replace(item, entry=_entry(item, name if alone else f"{name}#{item.entry.key}"))


def _entry(item: Item, key: str) -> Entry:
    """With the text in it, so that the entry's version is the text's."""
    key = key if len(key) <= 300 else content_key(key)
    return replace(item.entry, key=key, html=item.text)


def _files(root: Path) -> list[str]:
    """Paths within the folder, in order of name."""
    home = root.resolve()
    return sorted(file.relative_to(root).as_posix() for file in _walk(root) if _within(file, home))


def _walk(root: Path) -> Iterator[Path]:
    """Files that files.py can read; those whose name begins with a dot are not meant."""
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(KINDS):
                yield Path(folder, name)


def _within(file: Path, home: Path) -> bool:
    """Not a link that leads out of the folder, nor a pipe that never ends."""
    try:
        return file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(home))
    except OSError:
        return False
