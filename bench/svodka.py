"""`svodka run` in the sandbox, as a process: started in an empty folder, spoken to over HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bench.processes import line_with, module

LOOK_EVERY_S = 0.02
PATIENCE_S = 120

Json = dict[str, Any]


class Svodka:
    """A running bot, and the reader's keyboard."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.pid = process.pid
        self._url = url

    async def ask(self, text: str) -> str:
        """Type that, and wait for the bot's first answer."""
        async with aiohttp.ClientSession(self._url) as page:
            sent = await _json(page.post("/sandbox/send", json={"text": text}))
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    state = await _json(page.get("/sandbox/state"))
                    for message in _private(state):
                        if message["message_id"] > sent["message_id"]:
                            return str(message["text"])
                    await asyncio.sleep(LOOK_EVERY_S)


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Svodka]:
    """The bot with its database in that folder; it polls no source."""
    sources = folder / "sources.toml"
    sources.write_text("")
    env = {
        "BOT_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{folder}/svodka.db",
        "SOURCES_FILE": str(sources),
        "HTTP_PORT": "0",
        "LOG_FORMAT": "text",
        "LOG_LEVEL": "INFO",
    }
    async with module("bot", "run", env=env, cwd=folder) as process:
        yield Svodka(process, await line_with(process, r"sandbox: open (http\S+)"))


async def first_answer_s(folder: Path) -> float:
    """From the start of the process until /latest, typed right away, is answered."""
    began = time.perf_counter()
    async with running(folder) as svodka:
        await svodka.ask("/latest")
        return time.perf_counter() - began


async def _json(request: Any) -> Json:
    async with request as response:
        response.raise_for_status()
        found: Json = await response.json()
        return found


def _private(state: Json) -> list[Json]:
    chats = [chat for chat in state["chats"] if chat["type"] == "private"]
    return [message for chat in chats for message in chat["messages"]]
