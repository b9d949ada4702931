"""How updates reach the bot: polls, offsets, conflicts, and the webhook."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.sandbox import Sandbox

HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def poller_waits(box: Sandbox) -> None:
    """Give the server its turns until somebody is polling."""
    async with asyncio.timeout(120):
        while not box.updates.polling:
            await asyncio.sleep(0)


async def test_updates_stay_until_a_higher_offset_confirms_them(api: Any, box: Sandbox) -> None:
    box.acts.send("/start")
    box.acts.send("раз")
    first, second = await api.ok("getUpdates")
    assert [u["message"]["text"] for u in (first, second)] == ["/start", "раз"]
    assert second["update_id"] == first["update_id"] + 1
    assert await api.ok("getUpdates", limit=1) == [first]
    assert await api.ok("getUpdates", offset=second["update_id"]) == [second]
    assert await api.ok("getUpdates", offset=second["update_id"] + 1) == []
    assert await api.ok("getUpdates") == []


async def test_a_negative_offset_keeps_only_the_newest(api: Any, box: Sandbox) -> None:
    for text in ("раз", "два", "три"):
        box.acts.send(text)
    assert [u["message"]["text"] for u in await api.ok("getUpdates", offset=-1)] == ["три"]
    assert len(await api.ok("getUpdates")) == 1


async def test_updates_older_than_a_day_are_gone(api: Any, box: Sandbox, clock: Any) -> None:
    box.acts.send("старое")
    clock.turn(hours=25)
    box.acts.send("новое")
    assert [u["message"]["text"] for u in await api.ok("getUpdates")] == ["новое"]


async def test_a_long_poll_is_answered_as_soon_as_something_comes(api: Any, box: Sandbox) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await poller_waits(box)
    box.acts.send("/start")
    assert [u["message"]["text"] for u in await poll] == ["/start"]


async def test_a_second_poller_ousts_the_first(api: Any, box: Sandbox) -> None:
    first = asyncio.create_task(api.refused("getUpdates", timeout=50))
    await poller_waits(box)
    assert await api.ok("getUpdates") == []
    assert (await first).startswith("409 Conflict: terminated by other getUpdates request")


async def test_only_wanted_kinds_come(api: Any, box: Sandbox, reader: int) -> None:
    await api.ok("getUpdates", offset=-1, allowed_updates=["my_chat_member"])
    box.acts.send("не это")
    box.acts.block()
    assert [set(u) - {"update_id"} for u in (await api.ok("getUpdates"))[1:]] == [
        {"my_chat_member"}
    ]


class Bot:
    """A bot that takes webhooks; it refuses the first update once."""

    def __init__(self) -> None:
        self.seen: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()
        self.refusals = 1
        self.answer: dict[str, Any] = {}
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        await self.seen.put((request.headers.get(HEADER), await request.json()))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        return web.json_response(self.answer)


@pytest.fixture
async def hooked() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield bot
    await runner.cleanup()


async def test_a_webhook_gets_each_update_with_its_secret_until_it_takes_it(
    api: Any, box: Sandbox, hooked: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.webhook.FIRST_PAUSE_S", 0)
    await api.ok("setWebhook", url=hooked.url, secret_token="s3cret")
    chat_id = box.acts.send("/start")["chat"]["id"]
    async with asyncio.timeout(120):
        refused, taken = await hooked.seen.get(), await hooked.seen.get()
    assert refused == taken
    assert taken[0] == "s3cret"
    assert taken[1]["message"]["text"] == "/start"
    hooked.answer = {"method": "sendMessage", "chat_id": chat_id, "text": "Здравствуйте"}
    box.acts.send("ещё")
    async with asyncio.timeout(120):
        await hooked.seen.get()
        while not box.sent():
            await asyncio.sleep(0)
    assert box.sent()[0]["text"] == "Здравствуйте"


async def test_polling_and_a_webhook_exclude_each_other(
    api: Any, box: Sandbox, hooked: Bot
) -> None:
    first = asyncio.create_task(api.refused("getUpdates", timeout=50))
    await poller_waits(box)
    await api.ok("setWebhook", url=hooked.url)
    assert await first == "409 Conflict: terminated by setWebhook request"
    refused = await api.refused("getUpdates")
    assert refused.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    assert (await api.ok("getWebhookInfo"))["url"] == hooked.url
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.ok("getUpdates") == []


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://example.com/hook", "An HTTPS URL must be provided"),
        ("https://example.com:8080/hook", "only on ports 80, 88, 443 or 8443"),
        ("nonsense", "invalid url specified"),
    ],
)
async def test_webhooks_telegram_would_not_call_are_refused(
    api: Any, url: str, refusal: str
) -> None:
    assert refusal in await api.refused("setWebhook", url=url)
