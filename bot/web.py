"""One small web server: health, metrics, what hubs push, and whatever routes bot.app hands it."""

import asyncio
import errno
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.jobs.gathering.pushes import Push, Pushes
from bot.jobs.gathering.websub import WebSub

# name → help; docs/operations.md lists them, and a test holds it to that.
METRICS = {
    "svodka_articles": "Articles stored.",
    "svodka_articles_to_index": "Articles understood by an older version's rules or other topics.",
    "svodka_stories": "Stories stored.",
    "svodka_sources": "Sources, by state: on, off, failing.",
    "svodka_subscriptions": "Subscriptions stored.",
    "svodka_deliveries": "Deliveries, by state.",
    "svodka_hubs": "WebSub subscriptions, by state: asked, active, refused.",
    "svodka_pushes": "What hubs pushed since the start, by what became of it.",
}

PUSH_BYTES = 10 << 20  # of one document
PUSH_S = 60  # in which it must have come
READ_AT_ONCE = 4
PUSH_STATUS = {Push.UNKNOWN: 410, Push.BUSY: 503}  # the rest is acknowledged, also when ignored

Figures = Mapping[str, float | Mapping[str, float]]  # metric → value, or state → value


class WebError(Exception):
    """The server cannot listen; str() says why and what to do."""


class Server:
    """A running server; `port` is the real one, also when 0 was asked for."""

    def __init__(self, runner: web.AppRunner, port: int) -> None:
        self._runner = runner
        self.port = port

    async def close(self) -> None:
        await self._runner.cleanup()


async def serve(
    routes: Iterable[web.AbstractRouteDef], *, host: str, port: int, max_bytes: int = 1 << 20
) -> Server:
    """Listen on host:port until closed; requests up to `max_bytes`.

    Raises WebError when that cannot be had.
    """
    app = web.Application(client_max_size=max_bytes)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
    except OSError as e:
        await runner.cleanup()
        raise WebError(_why(e, host, port)) from e
    return Server(runner, runner.addresses[0][1])


def _why(e: OSError, host: str, port: int) -> str:
    if e.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken; stop the other program (another Svodka?) "
            "or set HTTP_PORT to a free port."
        )
    if e.errno == errno.EACCES:
        return f"Port {port} needs root rights; set HTTP_PORT to a port from 1024 on."
    return f"Cannot listen on {host}:{port} ({e.strerror or e}); correct HTTP_HOST and HTTP_PORT."


def house_routes(
    healthy: Callable[[], Awaitable[Mapping[str, object]]],
    figures: Callable[[], Awaitable[Figures]],
) -> list[web.RouteDef]:
    """/health (JSON; 503 unless its `ok` is true) and /metrics (Prometheus text)."""

    async def health(_: web.Request) -> web.Response:
        said = await healthy()
        text = json.dumps(said, ensure_ascii=False, default=str)
        return web.json_response(text=text, status=200 if said["ok"] else 503)

    async def metrics(_: web.Request) -> web.Response:
        body = exposition(await figures())
        return web.Response(body=body, content_type="text/plain", charset="utf-8")

    return [web.get("/health", health), web.get("/metrics", metrics)]


def push_routes(websub: WebSub, pushes: Pushes) -> list[web.RouteDef]:
    """/websub/<token>: a hub verifies what we asked of it, and pushes (www.w3.org/TR/websub)."""
    reading = asyncio.Semaphore(READ_AT_ONCE)

    async def verify(request: web.Request) -> web.Response:
        said = await websub.verify(request.match_info["token"], request.query)
        if said is None:
            return web.Response(status=404)
        # What we echo is theirs: never to be taken for a page.
        return web.Response(text=said, headers={"X-Content-Type-Options": "nosniff"})

    async def push(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if not await pushes.expects(token):
            return web.Response(status=PUSH_STATUS[Push.UNKNOWN])
        if reading.locked():
            return web.Response(status=PUSH_STATUS[Push.BUSY])
        async with reading:
            body = await _read(request)
        if body is None:
            return web.Response(status=413)
        outcome = await pushes.push(
            token,
            body,
            content_type=request.headers.get("Content-Type"),
            signature=request.headers.get("X-Hub-Signature"),
        )
        return web.Response(status=PUSH_STATUS.get(outcome, 202))

    path = "/websub/{token:[A-Za-z0-9_-]{1,64}}"
    return [web.get(path, verify), web.post(path, push)]


async def _read(request: web.Request) -> bytes | None:
    """The body, chunk by chunk; None when it is too long, or takes too long."""
    body = bytearray()
    try:
        async with asyncio.timeout(PUSH_S):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > PUSH_BYTES:
                    return None
    except TimeoutError:
        return None
    return bytes(body)


def exposition(figures: Figures) -> bytes:
    """The figures in Prometheus' text format; a mapping becomes one sample per `state`."""
    registry = CollectorRegistry()
    for name, value in figures.items():
        if isinstance(value, Mapping):
            gauge = Gauge(name, METRICS[name], ["state"], registry=registry)
            for state, count in value.items():
                gauge.labels(state).set(count)
        else:
            Gauge(name, METRICS[name], registry=registry).set(value)
    return generate_latest(registry)
