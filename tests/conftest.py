"""What every test may ask for: a fixed instant, a real store, a real web server on loopback."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, settings

from bot.loop import loop_factory
from bot.sources.http import Fetcher
from bot.sources.wire.manners import Manners
from storage.connect import open_store
from storage.ports import Store
from storage.sqlite.file.database import prepare

# The same examples on every machine, however slow. `--hypothesis-profile=default` finds new ones.
settings.register_profile(
    "svodka", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("svodka")

# Hypothesis also draws constants that it finds in our own modules, derandomised or not: an edit of
# any of them would change what every test is given. The names are private: a version may lack them.
with suppress(ImportError, AttributeError):
    from hypothesis.internal.conjecture import providers

    found, nothing = providers._get_local_constants, providers.Constants()

    def constants_of_ours() -> Any:
        return nothing if settings().derandomize else found()

    providers._get_local_constants = constants_of_ours

LONGEST = ("test_page_walk", "test_bot", "test_chaos")  # files, the longest first


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file that takes minutes must not be begun last, when the other workers have all done."""
    order = {stem: place for place, stem in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


ON_BOTH_LOOPS = ("test_workers", "test_web", "test_http", "test_database")
Loops = Mapping[str, Callable[[], asyncio.AbstractEventLoop]]


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Loops:
    """What touches sockets, threads and processes is tried on the bot's own loop, too."""
    loops: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    if item.path.stem.startswith(ON_BOTH_LOOPS) and (ours := loop_factory()):
        loops["uvloop"] = ours
    return loops


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning: 08:00 in Novokuznetsk, 04:00 in Minsk."""
    return datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store: every migration has been run on it, once for all tests."""
    file = tmp_path_factory.mktemp("blank") / "svodka.db"
    prepare(file)
    return file


@asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[Store]:
    """The store, closed whatever happens: the thread of one left open never lets pytest end."""
    store = await open_store(database_url)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def store(tmp_path: Path, blank: Path) -> AsyncIterator[Store]:
    """An empty store, closed after the test."""
    file = copyfile(blank, tmp_path / "svodka.db")
    async with opened(f"sqlite:///{file}") as store:
        yield store


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Answers by path; remembers what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, Answer | web.Response | bytes | str] = {}
        self.requests: list[web.Request] = []
        self.closing = asyncio.Event()  # what a handler that never answers waits for

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        if isinstance(answer, str):
            return web.Response(text=answer, content_type="text/html")
        if isinstance(answer, web.Response):
            return web.Response(status=answer.status, headers=answer.headers, body=answer.body)
        return await answer(request)

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    made.url = server.name.removesuffix("/")
    yield made
    made.closing.set()
    await runner.cleanup()


@pytest.fixture
def refusing_port() -> Iterator[int]:
    """A port that refuses all: taken, so that nobody else gets it, and not listened on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    at_once = Manners(monotonic=time.monotonic, between_s=0)  # tests wait for nothing
    made = Fetcher("Svodka/test", allow_private=True, manners=at_once)
    yield made
    await made.close()
