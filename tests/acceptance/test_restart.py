"""Killed while its workers are at work, the bot starts again at once: same port, same database."""

import os
import signal
from pathlib import Path

import aiohttp

from tests.acceptance.process import Bot, free_port, happens, until


def children(pid: int) -> list[int]:
    """The processes it started, as Linux tells."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_starts_at_once_after_a_kill(tmp_path: Path) -> None:
    port = free_port()
    bot = Bot(tmp_path, HTTP_PORT=str(port))

    async def healthy() -> bool:
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.get(f"http://127.0.0.1:{port}/health") as answer,
            ):
                said = await answer.json()
                return bool(said["telegram"] == "online" and said["articles"] > 100)
        except aiohttp.ClientError:
            return False

    async with bot.running() as child:
        await until(lambda: children(child.pid), bot)  # workers, reading the samples
        workers = children(child.pid)
        os.kill(child.pid, signal.SIGKILL)
        await child.wait()
        async with bot.running() as again:
            await happens(healthy, bot)
            await until(lambda: not any(alive(worker) for worker in workers), bot)
        assert again.returncode == 0
