"""On air: the web server and the way to Telegram, or to a sandbox of our own."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot import __version__
from bot.app.house import CannotStart, House
from bot.clock import Clock, Ticks
from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.pushes import Push, Pushes
from bot.jobs.gathering.websub import WebSub
from bot.jobs.life import upkeep
from bot.jobs.life.startup import load_samples
from bot.web import Figures, WebError, house_routes, push_routes, serve

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox
    from bot.telegram.updates.life import Telegram

log = logging.getLogger("svodka")


@asynccontextmanager
async def on_air(
    house: House,
    ingest: Ingest,
    ring: asyncio.Event,
    clock: Clock,
    *,
    monotonic: Ticks,
    websub: WebSub | None,
    pushes: Pushes,
    alone: bool,
) -> AsyncIterator["Telegram"]:
    """The web server and the way to Telegram, or to a sandbox of our own, until the block ends.

    `alone`: no other copy can be there, since this one was the last.
    """
    from bot.telegram.updates.life import (
        Telegram,  # seconds and 70 MB: only the bot itself pays for it
    )

    given = house.settings
    async with AsyncExitStack() as stack:
        sandbox, routes, max_bytes = _sandbox(clock) if given.sandbox else (None, [], 1 << 20)

        async def hook(request: web.Request) -> web.StreamResponse:
            return await telegram.hook(request)

        if given.webhook_url:
            routes.append(web.post(urlsplit(given.webhook_url).path or "/", hook))
        if websub is not None:
            routes += push_routes(websub, pushes)
        routes += house_routes(lambda: _health(house, telegram), lambda: _figures(house, pushes))
        try:
            server = await serve(
                routes, host=given.http_host, port=given.http_port, max_bytes=max_bytes
            )
        except WebError as e:
            raise CannotStart(str(e)) from e
        stack.push_async_callback(server.close)
        here = f"http://{_reachable(given.http_host)}:{server.port}"
        if sandbox:
            stack.push_async_callback(sandbox.close)
        telegram = Telegram(
            store=house.store,
            settings=given if sandbox is None else _with_admin(given, sandbox.reader.id),
            topics=house.topics,
            ingest=ingest,
            ring=ring.set,
            clock=clock,
            monotonic=monotonic,
            token=sandbox.token if sandbox else given.bot_token,
            api_url=here if sandbox else given.telegram_api_url,
            alone=alone or sandbox is not None,
        )
        stack.push_async_callback(telegram.close)
        if sandbox:
            log.info("No BOT_TOKEN, so this is the sandbox: open %s", here)
            await load_samples(house.store, ingest.filing, _sample_files(), now=clock())
            if await house.store.chats.get(sandbox.reader.id):
                sandbox.resume()
        yield telegram


def _sandbox(clock: Clock) -> tuple["Sandbox", list[web.RouteDef], int]:
    """A sandbox, what it serves, and how large a request to it may be."""
    from bot.sandbox.sandbox import Sandbox
    from bot.sandbox.server import BODY_BYTES, routes

    sandbox = Sandbox(clock)
    return sandbox, routes(sandbox), BODY_BYTES


def _with_admin(given: Settings, person_id: int) -> Settings:
    """In the sandbox the person at the chat page may do all that an admin may."""
    return replace(given, admin_ids=given.admin_ids | {person_id})


def _sample_files() -> dict[str, str]:
    """The texts of bot/samples/*.toml, by name."""
    shipped = files("bot.samples").iterdir()
    return {f.name: f.read_text("utf-8") for f in shipped if f.name.endswith(".toml")}


async def _health(house: House, telegram: "Telegram") -> dict[str, object]:
    return {
        "ok": True,
        "version": __version__,
        "mode": "sandbox" if house.settings.sandbox else "live",
        "telegram": "online" if telegram.online else "waiting",
        "articles": await house.store.articles.count(),
    }


async def _figures(house: House, pushes: Pushes) -> Figures:
    counted = await upkeep.counts(house.store)
    return {
        "svodka_articles": counted.articles,
        "svodka_articles_to_index": (await house.reindexing.progress()).left,
        "svodka_stories": counted.stories,
        "svodka_subscriptions": counted.subscriptions,
        "svodka_sources": counted.sources,
        "svodka_deliveries": {state.value: n for state, n in counted.deliveries.items()},
        "svodka_hubs": counted.hubs,
        "svodka_pushes": {push.value: pushes.counted[push] for push in Push},
    }


def _reachable(host: str) -> str:
    """An address by which this machine reaches a server that listens on `host`."""
    if host in ("0.0.0.0", "", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
