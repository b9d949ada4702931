"""Who is the bot over a database."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is, or was, the bot over a database; a lease that its heartbeats renew."""

    name: str  # of one life of one process
    here: bool  # held from this machine, since it was started, and this very file
    host: str
    pid: int
    beats: int
    at: datetime  # of the last one, by that machine's clock
    until: datetime | None  # None: it let go
