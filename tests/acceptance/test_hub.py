"""A feed's hub pushes to the running bot, and what it pushes becomes an article (WebSub)."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.clock import now as present
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox
from storage.models import HubState
from storage.ports import Store
from tests.acceptance.process import Bot, free_port, happens
from tests.conftest import Site
from tests.jobs.newsroom import feed, item


@pytest.fixture
async def api_url() -> AsyncIterator[str]:
    async with start_sandbox(Sandbox(present, token="1:x", limits=False)) as url:
        yield url


async def test_what_a_hub_pushes_is_filed_without_a_poll(
    site: Site, store: Store, tmp_path: Path, api_url: str
) -> None:
    forms: list[dict[str, str]] = []

    async def asked(request: web.Request) -> web.Response:
        forms.append({key: str(value) for key, value in (await request.post()).items()})
        return web.Response(status=202)

    hub = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='{site.url}/hub'/>"
    site.answers |= {"/rss": feed(item(1, link=""), about=hub), "/hub": asked}
    port = free_port()
    bot = Bot(
        tmp_path,
        BOT_TOKEN="1:x",  # alive, so that no samples have to be understood first
        TELEGRAM_API_URL=api_url,
        sources=f'[[source]]\nurl = "{site.url}/rss"\ntitle = "Вести"\n',
        HTTP_PORT=str(port),
        ALLOW_PRIVATE_HOSTS="true",
    )

    async def titles() -> list[str]:
        return [article.title for article in await store.articles.latest(limit=9)]

    async with bot.running():
        await happens(titles, bot)
        await happens(store.hubs.all, bot)
    assert await titles() == ["Открыли мост номер 1"]
    bot.settings["PUBLIC_URL"] = f"http://127.0.0.1:{port}"  # from now on a hub may be asked
    async with bot.running(), aiohttp.ClientSession() as http:

        async def called() -> bool:
            return bool(forms)

        await happens(called, bot)
        [form] = forms
        query = {"hub.mode": "subscribe", "hub.topic": f"{site.url}/rss", "hub.challenge": "c"}
        async with http.get(form["hub.callback"], params=query) as answer:
            assert (answer.status, await answer.text()) == (200, "c")
        [subscription] = await store.hubs.all()
        assert subscription.state is HubState.ACTIVE
        asked_before = len(site.paths())
        body = feed(item(1, link=""), item(2, link="")).body
        assert isinstance(body, bytes)
        digest = hmac.new(form["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"sha256={digest}"}
        async with http.post(form["hub.callback"], data=body, headers=headers) as answer:
            assert answer.status == 202

        async def filed() -> bool:
            return len(await titles()) == 2

        await happens(filed, bot)
        assert "/rss" not in site.paths()[asked_before:]
        async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
            text = await answer.text()
        assert 'svodka_hubs{state="active"} 1.0' in text
        assert 'svodka_pushes{state="taken"} 1.0' in text
