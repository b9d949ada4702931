"""Updates pushed to the bot's own address, one at a time, until it takes them."""

import asyncio
import ipaddress
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.sandbox.errors import bad_request
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.world import Json

PORTS = (80, 88, 443, 8443)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
ANSWER_S = 60.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")

Reply = Callable[[str, Json], Awaitable[Any]]  # a method the bot put into its HTTP answer


class Webhook:
    """Where updates are pushed; no url: they wait for getUpdates."""

    def __init__(self, updates: UpdateQueue, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._secret: str | None = None
        self._error: tuple[int, str] | None = None
        self.url = ""
        self.max_connections = 40
        self.on_reply: Reply | None = None

    def info(self) -> Json:
        """The Bot API's WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = self.max_connections
            if self._error:
                info["last_error_date"], info["last_error_message"] = self._error
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    async def set(self, url: str, *, secret: str | None, max_connections: int) -> None:
        """Push to `url` from now on; empty: stop pushing. Raises ApiError for a bad address."""
        if url:
            check_address(url)
        if secret is not None and not _SECRET.match(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self._secret, self._error = url, secret, None
        self.max_connections = max(1, min(max_connections, 100))
        if url:
            self._task = asyncio.create_task(self._push())

    async def stop(self) -> None:
        """End the pushing; what waits goes on waiting."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _push(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_S)
        pause_s = FIRST_PAUSE_S
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._updates.arrived.wait()
                update = self._updates.oldest()
                if update is None:
                    self._updates.confirm(0)
                    continue
                if await self._post(session, update):
                    self._updates.confirm(update["update_id"] + 1)
                    pause_s = FIRST_PAUSE_S
                else:
                    await asyncio.sleep(pause_s)
                    pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        """Whether the bot took the update: any 2xx."""
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                body = await response.read()
                if response.status // 100 == 2:
                    await self._carry_out(response.content_type, body)
                    return True
                why = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            why = f"Connection failed: {type(error).__name__}"
        self._error = int(self._clock().timestamp()), why
        return False

    async def _carry_out(self, content_type: str, body: bytes) -> None:
        """An answer may be a method call itself; nobody hears how it went."""
        if not body or content_type != "application/json" or self.on_reply is None:
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self.on_reply(call.pop("method"), call)


def check_address(url: str) -> None:
    """HTTPS and Telegram's ports; plain HTTP to this very machine too, which Telegram refuses."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("bad webhook: invalid url specified")
    if _loopback(parts.hostname):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
