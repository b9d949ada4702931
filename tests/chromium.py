"""A real Chromium for the tests that need one; without it, or without playwright, they are skipped.

With CI set that is a failure instead.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

PATH = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
REQUIRED = os.environ.get("CI", "").lower() in ("1", "true")
try:
    from axe_playwright_python.async_playwright import Axe
    from playwright.async_api import Browser, Locator, Page, async_playwright, expect
except ImportError:
    if REQUIRED:
        raise
    missing = "playwright or axe is not installed: pip install playwright axe-playwright-python"
    pytest.skip(missing, allow_module_level=True)
if PATH is None and not REQUIRED:
    pytest.skip("there is no chromium: apt install chromium", allow_module_level=True)

__all__ = [
    "DESKTOP",
    "PATIENCE_MS",
    "PHONE",
    "Browser",
    "Locator",
    "Page",
    "chromium",
    "expect",
    "offences",
]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOK = "(within) => axe.run(within ?? document, { resultTypes: ['violations'] })"
PATIENCE_MS = 90_000  # the machine may have much else to do
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PATH, args=FLAGS)
        yield browser
        await browser.close()


async def offences(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds serious or critical on the page, or within what a selector names."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(Axe().axe_script)
    found = (await page.evaluate(LOOK, within))["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
