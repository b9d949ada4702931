"""The chat page as a browser fetches it: `/` and `/page/…`, under a strict content policy."""

from importlib.resources import files

from aiohttp import web

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
# No inline script or style, nothing from elsewhere: what a message says can do nothing.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def file_routes() -> list[web.RouteDef]:
    """Routes of the page's files, read once."""
    shipped = {
        item.name: item.read_bytes()
        for item in files("bot.sandbox.page").iterdir()
        if suffix(item.name) in TYPES
    }

    async def index(_: web.Request) -> web.Response:
        return _file("index.html", shipped["index.html"])

    async def part(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in shipped:
            raise web.HTTPNotFound
        return _file(name, shipped[name])

    return [web.get("/", index), web.get("/page/{name}", part)]


def suffix(name: str) -> str:
    """The ending with its dot; empty when there is none."""
    return name[name.rfind(".") :] if "." in name else ""


def _file(name: str, body: bytes) -> web.Response:
    return web.Response(
        body=body, content_type=TYPES[suffix(name)], charset="utf-8", headers=HEADERS
    )
