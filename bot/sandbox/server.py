"""The sandbox over HTTP: the Bot API's addresses, the chat page's, and a server of its own.

A server that takes the routes calls `await sandbox.close()` before it stops, since long polls
and event streams would otherwise hold it.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox import api
from bot.sandbox.errors import ApiError
from bot.sandbox.origin import foreign
from bot.sandbox.page_api import page_routes
from bot.sandbox.page_files import file_routes
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.schema import Upload

BODY_BYTES = 64 * 1024 * 1024


def routes(sandbox: Sandbox) -> list[web.RouteDef]:
    """Everything the sandbox serves: the Bot API, the chat page and what the page asks."""
    bot_api = _BotApi(sandbox)
    return [
        web.route("*", "/bot{token:[^/]*}/{method:[^/]*}", bot_api.answer),
        web.get("/file/bot{token:[^/]*}/{path:.+}", bot_api.download),
        *page_routes(sandbox),
        *file_routes(),
    ]


@asynccontextmanager
async def start_sandbox(
    sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Serve it on loopback; the base URL (no slash at its end). Port 0: a free one."""
    app = web.Application(client_max_size=BODY_BYTES)
    app.add_routes(routes(sandbox))
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await sandbox.close()
        await runner.cleanup()


class _BotApi:
    def __init__(self, box: Sandbox) -> None:
        self._box = box
        box.webhook.on_reply = self._reply

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any method, by GET or POST."""
        if request.method not in ("GET", "POST"):
            return _response(api.refusal(ApiError(405, "Method Not Allowed")))
        if "Origin" in request.headers and (reason := foreign(request)):
            return _response(api.refusal(ApiError(403, f"Forbidden: {reason}")))
        try:
            raw = await _parameters(request)
        except (ValueError, LookupError, RecursionError):
            error = ApiError(400, "Bad Request: can't parse the request's body")
            return _response(api.refusal(error))
        token, method = request.match_info["token"], request.match_info["method"]
        answer = await api.answer(self._box, token, method, raw)
        if answer.cut and request.transport is not None:
            request.transport.abort()
        return _response(answer)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that somebody sent."""
        file = self._box.files.at(request.match_info["path"])
        if request.match_info["token"] != self._box.token or file is None:
            return _response(api.refusal(ApiError(404, "Not Found")))
        return web.Response(body=file.body, content_type="application/octet-stream")

    async def _reply(self, method: str, raw: Mapping[str, Any]) -> None:
        await api.answer(self._box, self._box.token, method, raw)


def _response(answer: api.Answer) -> web.Response:
    response = web.Response(status=answer.status, body=answer.body, content_type="application/json")
    if answer.retry_after_s is not None:
        response.headers["Retry-After"] = str(answer.retry_after_s)
    return response


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Query string and body together, however the body is encoded. Raises ValueError."""
    raw: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        given = json.loads(body) if body.strip() else {}
        if not isinstance(given, dict):
            raise ValueError("an object is expected")
        return raw | given
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            mime_type = value.content_type or "application/octet-stream"
            raw[name] = Upload(name=value.filename, mime_type=mime_type, body=value.file.read())
        elif isinstance(value, (bytes, bytearray)):
            raw[name] = value.decode()
        else:
            raw[name] = value
    return raw
