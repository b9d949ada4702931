"""Pictures of scenes: the chat page at a phone's width, in light, as few bytes as show it well."""

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PIL import Image
from playwright.async_api import Browser, ViewportSize, async_playwright

from bench.gallery.newsroom import NOW
from bench.gallery.stage import ZONE, Stage

PHONE = ViewportSize(width=360, height=800)
COLOURS = 64
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
# Only what was said, all of it, on a plain ground: a wallpaper costs more bytes than the words.
STYLE = """
header.banner, nav, .chat > :not(.feed), .to-end, .feed::before { display: none !important; }
.feed { background: #d6e3ee !important; flex: none !important; height: auto !important; }
.scroller { position: static !important; overflow: visible !important; }
.messages { min-height: 0 !important; }
.day { position: static !important; }
* { animation: none !important; transition: none !important; }
"""


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """The Chromium that is there, or playwright's own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        await opened.close()


async def picture(of: Browser, stage: Stage) -> bytes:
    """What the reader of the stage sees, as a PNG."""
    reader_id, chats = stage.box.reader.id, stage.box.world.chats
    for other in chats.keys() - {reader_id, stage.chat_id}:
        del chats[other]  # the page has room for one chat beside the reader's
    context = await of.new_context(
        viewport=PHONE,
        locale=stage.text.language,
        timezone_id=ZONE,
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    try:
        page = await context.new_page()
        await page.clock.set_fixed_time(NOW)
        await page.goto(stage.url)
        await page.locator("body.ready").wait_for(state="attached")
        if stage.chat_id != reader_id:
            await page.locator(f'nav [data-chat="{stage.chat_id}"]').click()
        await page.add_style_tag(content=STYLE)
        shown = page.locator(".chat.turned .messages")
        await page.evaluate("document.fonts.ready")
        return small(await shown.screenshot(animations="disabled"))
    finally:
        await context.close()


def small(png: bytes) -> bytes:
    """The picture in few colours."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
