"""What the processes of one trial share: its seed, its time, and the files between them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.chaos.cast import Cast, cast
from bench.chaos.timescale import Time

TOKEN = "1:sandbox"


@dataclass(frozen=True)
class Stage:
    """`retry`: what is done with deliveries in doubt, see bench.chaos.doubts."""

    seed: int
    deliveries: int
    retry: str
    time: Time
    folder: Path

    @cached_property
    def cast(self) -> Cast:
        return cast(self.seed, self.deliveries)

    @property
    def database(self) -> Path:
        return self.folder / "svodka.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.jsonl"

    @property
    def address(self) -> Path:
        """Holds the address of the server, once it listens."""
        return self.folder / "address"

    @property
    def pid(self) -> Path:
        """Holds the number of the bot's process: whom the server kills."""
        return self.folder / "pid"

    @property
    def ahead(self) -> Path:
        """Holds by how many seconds the bot's clock is wrong."""
        return self.folder / "ahead"

    @property
    def log(self) -> Path:
        """What the bot said, as lines of JSON."""
        return self.folder / "log"


def put(path: Path, text: str) -> None:
    """Write at once: somebody may be reading it."""
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    part.replace(path)
