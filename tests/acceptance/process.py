"""The bot as a process of its own: its settings, its log, and the hand on its clock."""

import asyncio
import os
import random
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import now as present

MINSK = ZoneInfo("Europe/Minsk")
PATIENCE_S = 300  # the machine may be slow, or stand still for a while


class Bot:
    """`sources` is the text of its sources file; `settings` are those of the environment."""

    def __init__(self, folder: Path, *, sources: str = "", **settings: str) -> None:
        self.database_url = f"sqlite:///{folder}/svodka.db"
        self._offset = folder / "offset"
        self._offset.write_text("0 0")
        self._set = self._passed = timedelta(0)
        listed = folder / "sources.toml"
        listed.write_text(sources, encoding="utf-8")
        self._log = folder / "log"
        self.settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
            "DATABASE_URL": self.database_url,
            "SOURCES_FILE": str(listed),
            "HTTP_PORT": "0",
            **settings,
        }

    def move_to(self, instant: datetime) -> None:
        """The clock is set: from now on it is this instant, and time goes on from there."""
        self._set = instant - present() - self._passed
        self._shift()

    def let_pass(self, time: timedelta) -> None:
        """So much time passes, by the clock and by the ticks that nobody can set."""
        self._passed += time
        self._shift()

    def _shift(self) -> None:
        ahead = self._offset.with_name("ahead")
        ahead.write_text(f"{self._set.total_seconds()} {self._passed.total_seconds()}")
        ahead.replace(self._offset)  # at once: the bot may be reading it

    @asynccontextmanager
    async def running(self, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """The process, given these words too; the block's end is its own, by SIGTERM."""
        script = Path(__file__).with_name("shifted.py")
        with self._log.open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                str(script),
                str(self._offset),
                *words,
                env=self.settings,
                stderr=log,
            )
        try:
            yield child
        finally:
            if child.returncode is None:
                child.terminate()
            await child.wait()

    async def command(self, *words: str) -> str:
        """What a command beside the running bot prints."""
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            env=self.settings,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await child.communicate()
        assert child.returncode == 0, out
        return out.decode()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")


async def happens(
    ready: Callable[[], Awaitable[Any]], bot: Bot, *, seconds: float = PATIENCE_S
) -> Any:
    """What `ready` gives as soon as it is true."""
    for _ in range(int(seconds / 0.05)):
        if found := await ready():
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"it did not happen; the log says:\n{bot.log}")


async def until(ready: Callable[[], Any], bot: Bot) -> Any:
    async def soon() -> Any:
        return ready()

    return await happens(soon, bot)


def free_port() -> int:
    """A port nobody listens on, to listen on later, and again after a kill.

    Of those below the ones that systems give to who asks for any: a port of theirs may be given to
    a neighbour before it is bound here.
    """
    for port in random.SystemRandom().sample(range(20_000, 32_768), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports are taken")


def next_eight() -> datetime:
    """The next 08:00 in Minsk."""
    local = present().astimezone(MINSK)
    eight = local.replace(hour=8, minute=0, second=0, microsecond=0)
    return eight if eight > local else eight + timedelta(days=1)
