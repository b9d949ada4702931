"""A sandbox on a free port of loopback, with a clock the test turns, and a bare client for it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox

Json = dict[str, Any]


class HandClock:
    """Stands still until it is turned; gives instants and monotonic seconds."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)
        self.seconds += timedelta(**by).total_seconds()


@dataclass
class Client:
    """Calls methods as a bot's library would, over HTTP."""

    url: str
    session: aiohttp.ClientSession
    token: str = "1:sandbox"

    async def raw(self, method: str, /, **params: Any) -> tuple[int, Json]:
        address = f"{self.url}/bot{self.token}/{method}"
        async with self.session.post(address, json=params) as response:
            return response.status, json.loads(await response.read())

    async def ok(self, method: str, /, **params: Any) -> Any:
        status, answer = await self.raw(method, **params)
        assert status == 200, answer
        assert answer["ok"] is True
        return answer["result"]

    async def refused(self, method: str, /, **params: Any) -> str:
        """The description of a refusal, with its code before it."""
        status, answer = await self.raw(method, **params)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return f"{status} {answer['description']}"

    async def page(self, address: str, **body: Any) -> tuple[int, Any]:
        """POST as the chat page does."""
        async with self.session.post(f"{self.url}/sandbox/{address}", json=body) as response:
            return response.status, await response.json()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def box(clock: HandClock) -> Sandbox:
    """A sandbox that lets the bot send as fast as it likes."""
    return Sandbox(clock, limits=False, monotonic=clock.monotonic)


@pytest.fixture
async def api(box: Sandbox) -> AsyncIterator[Client]:
    async with start_sandbox(box) as url, aiohttp.ClientSession() as session:
        yield Client(url, session)


@pytest.fixture
def reader(box: Sandbox) -> int:
    """The private chat of a reader who pressed Start."""
    box.acts.send("/start")
    return box.reader.id


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk() -> AsyncIterator[Any]:
    """A browser's page."""
    from tests.sandbox.stage import opened  # needs a browser, which most of the tests do not

    async with opened() as page:
        yield page


@pytest_asyncio.fixture(loop_scope="module")
async def stage(desk: Any) -> AsyncIterator[Any]:
    """The chat page of a sandbox of its own, and the bot's side of it."""
    from tests.sandbox.stage import set_up

    async with set_up(desk) as made:
        yield made
