"""One small web server: health, metrics, and whatever routes bot.app hands it."""

import errno
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

# name → help; docs/operations.md lists them, and a test holds it to that.
METRICS = {
    "svodka_articles": "Articles stored.",
    "svodka_stories": "Stories stored.",
    "svodka_sources": "Sources, by state: on, off, failing.",
    "svodka_subscriptions": "Subscriptions stored.",
    "svodka_deliveries": "Deliveries, by state.",
}

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
