"""What the chat page asks of the sandbox and tells it, as JSON and server-sent events."""

from aiohttp import web

from bot.sandbox.sandbox import Sandbox


def page_routes(sandbox: Sandbox) -> list[web.RouteDef]:
    return []
