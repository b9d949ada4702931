"""Feeds to entries: RSS, Atom and JSON Feed, however broken, as values.

The structure is read by our own reader (docs/decisions has why), in a worker: the bot's own process
only hands it these functions.
"""

from dataclasses import replace

from bot.sources.charset import decode
from bot.sources.feed import Feed
from bot.sources.feedxml import read_feed
from bot.sources.identity import content_key, with_keys
from bot.sources.jsonfeed import is_json, parse_json_feed
from bot.sources.links import link
from bot.sources.xml.parts import part
from bot.sources.xml.read import tree
from bot.sources.xml.repair import is_cut_off, rooted

__all__ = ["Feed", "content_key", "parse_feed"]


def parse_feed(
    body: bytes, content_type: str | None, url: str, zone: str | None, start: int = 0
) -> Feed:
    """The feed in these bytes, or NotAFeed. `zone` is for dates that name none.

    A long feed comes in parts, in its own order: this one begins at item `start`, the next at
    `more`. Keys are the same whatever part an entry comes in.
    """
    text = decode(body, content_type)
    if is_json(text):
        return parse_json_feed(text, url, zone, start)
    text = rooted(text)
    piece = part(text, start)
    found = read_feed(tree(piece.text), url, zone)
    entries = with_keys(
        found.entries,
        shared_guids=piece.shared_guids,
        shared_urls={shared for href in piece.shared_links if (shared := link(url, href))},
    )
    return replace(found, entries=tuple(entries), more=piece.more, cut_off=is_cut_off(text))
