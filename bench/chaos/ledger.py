"""The log of the server: JSON lines, appended and on disk before anybody is answered.

It is the only truth of a trial: what stands there reached Telegram, and when.
"""

import json
import os
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple


class Entry(NamedTuple):
    """One request, or something that the server did (`event`). Times in seconds of the trial."""

    at: float = 0.0
    event: str = ""  # kill, update, quit, move; a request has none
    left: float = 0.0  # when the bot's request left, by its own word
    method: str = ""
    chat_id: int = 0
    text: str = ""
    status: int = 0  # 0: the connection was cut
    accepted: bool = False
    message_id: int | None = None
    fault: str = ""  # what the seed had drawn for it
    retry_after_s: int = 0
    number: int = 0  # of an update; the new id of a group that moved

    @property
    def key(self) -> str:
        """Of the delivery that was sent."""
        return self.text.partition("\n")[0]


class Ledger:
    """Appends entries; each is on disk when `add` returns."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("ab")

    def add(self, entry: Entry) -> None:
        about: dict[str, Any] = {k: v for k, v in entry._asdict().items() if v}
        self._file.write(json.dumps(about, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def read(path: Path) -> list[Entry]:
    """All of it, in the order in which it happened."""
    lines = path.read_text("utf-8").splitlines()
    return [Entry(**json.loads(line)) for line in lines]
