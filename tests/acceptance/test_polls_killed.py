"""Polls killed at any moment: no entry missing, none twice.

The server is the one that peers lose entries with. Who echoes a version's validator claims to have
it: he gets 304, and from then on that version's entries are listed no more. A validator stored
before its entries would lose them for good.
"""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

import bot
from bot.clock import now as present
from storage.models import NewSource
from storage.ports import Store

FEEDS, VERSIONS, NEW = 25, 5, 2  # each version is polled twice at least: 250 polls
KILLS = VERSIONS - 1
CHILD = Path(__file__).with_name("polling.py")
ROOT = Path(bot.__file__).parents[1]


@dataclass
class Paper:
    """A feed whose next version comes as soon as somebody claims to have this one."""

    number: int
    version: int = 1
    read: bool = False  # somebody claims to have the last version

    @property
    def etag(self) -> str:
        return f'"{self.number}-{self.version}"'

    def titles(self, version: int) -> list[str]:
        return [f"Газета {self.number}: новость {version}.{i}" for i in range(NEW)]

    def listed(self) -> list[str]:
        """What is new, and one of the entries before, now at the top and with another date."""
        before = self.titles(self.version - 1)[:1] if self.version > 1 else []
        return before + self.titles(self.version)

    def body(self) -> bytes:
        items = "".join(
            f"<item><guid isPermaLink='false'>{title}</guid><title>{title}</title>"
            f"<pubDate>{present():%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<description>Подробности: {title}. {'Мост открыли в полдень. ' * 20}</description>"
            "</item>"
            for title in self.listed()
        )
        title = f"<title>№ {self.number}</title>"
        return f"<rss version='2.0'><channel>{title}{items}</channel></rss>".encode()

    def claimed(self, printed: int) -> None:
        if self.version < min(printed, VERSIONS):
            self.version += 1
        else:
            self.read = printed > VERSIONS


@dataclass
class Press:
    """The server of all papers, each at a host name of its own; some answers break off."""

    chance: random.Random
    papers: list[Paper] = field(default_factory=lambda: [Paper(n) for n in range(FEEDS)])
    printed: int = 1  # no paper has a later version yet, so each process finds one to take
    answers: Counter[int] = field(default_factory=Counter)
    port: int = 0
    given: asyncio.Condition = field(default_factory=asyncio.Condition)

    def urls(self) -> list[str]:
        return [f"http://127.0.0.{paper.number + 2}:{self.port}/" for paper in self.papers]

    @property
    def claimed(self) -> int:
        """How many versions somebody claims to have."""
        return sum(paper.version - 1 for paper in self.papers)

    @property
    def all_read(self) -> bool:
        return all(paper.read for paper in self.papers)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        paper = self.papers[int(host.rpartition(".")[2]) - 2]
        if request.headers.get("If-None-Match") == paper.etag:
            etag = paper.etag
            paper.claimed(self.printed)
            return await self._counted(web.Response(status=304, headers={"ETag": etag}))
        body, headers = paper.body(), {"ETag": paper.etag, "Content-Type": "application/rss+xml"}
        if self.chance.random() < 0.05:
            return await self._torn(request, body, headers)
        return await self._counted(web.Response(body=body, headers=headers))

    async def _counted(self, response: web.Response) -> web.Response:
        async with self.given:
            self.answers[response.status] += 1
            self.given.notify_all()
        return response

    async def _torn(
        self, request: web.Request, body: bytes, headers: dict[str, str]
    ) -> web.StreamResponse:
        """The head and half of the body, then the line is cut."""
        response = web.StreamResponse(headers=headers | {"Content-Length": str(len(body))})
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        assert request.transport is not None
        request.transport.abort()
        return response


@asynccontextmanager
async def printing(press: Press) -> AsyncIterator[Press]:
    app = web.Application()
    app.router.add_get("/", press.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()  # all of 127.0.0.0/8
    press.port = runner.addresses[0][1]
    yield press
    await runner.cleanup()


@asynccontextmanager
async def polling(database_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process; whatever is left of it at the end is killed."""
    child = await asyncio.create_subprocess_exec(sys.executable, str(CHILD), database_url, cwd=ROOT)
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def kill_in_the_middle(press: Press, child: asyncio.subprocess.Process) -> None:
    """Some of its versions are stored, while others are being read, understood or committed."""
    press.printed += 1
    some = press.claimed + press.chance.randint(1, FEEDS - 5)
    async with asyncio.timeout(300), press.given:
        await press.given.wait_for(lambda: press.claimed >= some)
    await asyncio.sleep(press.chance.uniform(0, 0.05))
    assert child.returncode is None, "the process ended by itself"
    child.kill()
    await child.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8 to be this machine")
async def test_however_often_polls_are_killed_each_entry_is_stored_once(
    store: Store, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/svodka.db"
    async with printing(Press(random.Random(3))) as press:
        for address in press.urls():
            await store.sources.add(NewSource(url=address, title=address), now=present())
        for _ in range(KILLS):
            async with polling(url) as child:
                await kill_in_the_middle(press, child)
        press.printed += 1
        async with polling(url) as child, asyncio.timeout(300), press.given:
            await press.given.wait_for(lambda: press.all_read)
            child.kill()  # who echoed the validator has the entries, from that moment on
    assert press.answers.total() >= 2 * FEEDS * VERSIONS
    stored = Counter(a.title for a in await store.articles.latest(limit=10_000))
    everything = [t for p in press.papers for v in range(1, VERSIONS + 1) for t in p.titles(v)]
    assert stored == Counter(everything)
    assert await store.check() == []
