"""A thousand sites in a process of its own: each host name has a feed, and a validator for it.

python -m bench.feed_server HOSTS ITEMS    prints its port, and serves until it is ended
"""

import asyncio
import html
import random
import sys
from contextlib import suppress
from datetime import timedelta

from aiohttp import web

from bench.texts import sentence
from bot.clock import now

SENTENCES = 9  # of an entry: some 120 words
ETAG = '"as-it-was"'


def feed(number: int, items: int, lines: list[str]) -> bytes:
    """An RSS feed with full texts; sentences of a common stock, drawn anew for each entry."""
    chance = random.Random(number)
    present = now()
    entries = []
    for item in range(items):
        said = [html.escape(one) for one in chance.sample(lines, SENTENCES)]
        url = f"http://site{number}.example/news/{item}"
        at = present - timedelta(minutes=29 * item + number % 29)
        entries.append(
            f"<item><title>{' '.join(said[0].split()[:9])}</title><link>{url}</link>"
            f"<guid isPermaLink='true'>{url}</guid>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
            f"<description><![CDATA[{''.join(f'<p>{one}</p>' for one in said)}]]></description>"
            "</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>Сайт {number}</title><link>http://site{number}.example/</link>"
        f"{''.join(entries)}</channel></rss>"
    ).encode()


async def serve(hosts: int, items: int) -> None:
    chance = random.Random(hosts)
    lines = [sentence(chance) for _ in range(min(4_000, 40 * hosts))]
    bodies = {f"site{n}.example": feed(n, items, lines) for n in range(hosts)}

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == ETAG:
            return web.Response(status=304, headers={"ETag": ETAG})
        body = bodies[request.host.partition(":")[0]]
        headers = {"ETag": ETAG}
        return web.Response(body=body, headers=headers, content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/rss", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"port {runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
