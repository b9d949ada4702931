"""The chat page in a real Chromium, over a real sandbox; the test plays the bot, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from tests.chromium import DESKTOP, PATIENCE_MS, Browser, Locator, Page, chromium, expect

# What the page shows for some seconds stays for minutes: a machine that stood still sees it, too.
UNHURRIED = """
    const set = window.setTimeout;
    window.setTimeout = (work, ms, ...given) => set(work, ms < 4000 ? ms : ms * 60, ...given);
"""
NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # 08:00 in Novokuznetsk, where the viewer sits


@dataclass
class Stage:
    """A sandbox, its page in a browser, and the bot's side of it."""

    desk: Page  # one for all tests that need no other: to open one takes half a second
    box: Sandbox
    url: str
    session: aiohttp.ClientSession
    stack: AsyncExitStack
    complaints: list[str] = field(default_factory=list)  # of the page's console

    async def open(self, size: Any = DESKTOP, **options: Any) -> Page:
        """The page as a person opens it, complaining of nothing on its console."""
        page = self.desk
        if size != DESKTOP or options:
            page = await self.stack.enter_async_context(visit(self.desk, size, **options))
        page.on("pageerror", self._failed)
        page.on("console", self._heard)
        self.stack.push_async_callback(self._leave, page)
        await page.goto(self.url)
        await expect(page.locator("body.ready")).to_be_attached()
        return page

    async def begun(self, size: Any = DESKTOP, **options: Any) -> Page:
        """The page of a reader who has pressed start, which the bot has heard of."""
        self.box.acts.send("/start")
        await self.heard("message")
        return await self.open(size, **options)

    async def bot(self, method: str, **params: Any) -> Any:
        address = f"{self.url}/bot{self.box.token}/{method}"
        async with self.session.post(address, json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, text: str, **params: Any) -> Any:
        """The bot writes to the reader, in HTML."""
        params = {"chat_id": READER_ID, "parse_mode": "HTML", **params}
        return await self.bot("sendMessage", text=text, **params)

    async def heard(self, kind: str) -> Any:
        """The next update, which must be of this kind."""
        updates: list[Any] = []
        async with asyncio.timeout(120):
            while not updates:
                updates = await self.bot("getUpdates", timeout=50, limit=1)
        await self.bot("getUpdates", offset=updates[0]["update_id"] + 1, limit=1, timeout=0)
        assert kind in updates[0], updates
        return updates[0][kind]

    async def _leave(self, page: Page) -> None:
        page.remove_listener("pageerror", self._failed)
        page.remove_listener("console", self._heard)
        await page.goto("about:blank")

    def _failed(self, error: Any) -> None:
        self.complaints.append(str(error))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@asynccontextmanager
async def visit(of: Browser | Page, size: Any, **options: Any) -> AsyncIterator[Page]:
    """A page in a context of its own, in the viewer's zone, at a fixed instant."""
    browser = of if isinstance(of, Browser) else of.context.browser
    assert browser is not None
    zone = {"locale": "ru-RU", "timezone_id": "Asia/Novokuznetsk"}
    context = await browser.new_context(viewport=size, **zone, **options)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.clock.set_fixed_time(NOW)
    await page.add_init_script(UNHURRIED)
    yield page
    await context.close()


@asynccontextmanager
async def opened() -> AsyncIterator[Page]:
    """The page that most tests share."""
    async with chromium() as browser, visit(browser, DESKTOP) as page:
        yield page


@asynccontextmanager
async def set_up(desk: Page) -> AsyncIterator[Stage]:
    """A stage on a sandbox of its own, whose page must have complained of nothing."""
    box = Sandbox(lambda: NOW, limits=False)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(start_sandbox(box))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        stage = Stage(desk, box, url, session, stack)
        yield stage
        assert stage.complaints == []


def chat(page: Page, name: str = "Сводка") -> Locator:
    return page.get_by_role("region", name=name)


def bubble(page: Page, words: str) -> Locator:
    return page.locator(".message").filter(has_text=words).last


def field_of(page: Page) -> Locator:
    return chat(page).get_by_role("textbox", name="Сообщение")


async def width_of(page: Page) -> tuple[int, int]:
    shown: int = await page.evaluate("document.documentElement.clientWidth")
    needed: int = await page.evaluate("document.documentElement.scrollWidth")
    return shown, needed


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(text: str, data: str) -> dict[str, Any]:
    return {"text": text, "callback_data": data}
