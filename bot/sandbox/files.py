"""Files that were sent: kept in memory, found by file_id, downloaded by path."""

import hashlib
from dataclasses import dataclass

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Json

KEPT_BYTES = 256 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file with the names Telegram gives it."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    body: bytes

    def as_json(self) -> Json:
        """The fields that every file object has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.body),
        }


class Files:
    """The files of the sandbox, the newest of them."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._added = 0

    def add(self, name: str, mime_type: str, body: bytes, *, folder: str) -> StoredFile:
        """Keep a file; the same bytes sent again get an id of their own, as in Telegram."""
        self._added += 1
        number = self._added
        unique = hashlib.sha256(body).hexdigest()[:16]
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(
            file_id=f"sandbox-{folder}-{number}-{unique}",
            unique_id=unique,
            path=f"{folder}/file_{number}.{suffix}",
            name=name,
            mime_type=mime_type,
            body=body,
        )
        self._by_id[file.file_id] = file
        while len(self._by_id) > 1 and sum(len(f.body) for f in self._by_id.values()) > KEPT_BYTES:
            del self._by_id[next(iter(self._by_id))]
        return file

    def get(self, file_id: str) -> StoredFile:
        """The file of that id; raises ApiError 400."""
        if file_id not in self._by_id:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file of that path, when it is small enough to download."""
        for file in self._by_id.values():
            if file.path == path and len(file.body) <= DOWNLOAD_LIMIT:
                return file
        return None
