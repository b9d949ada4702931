"""Platforms: where one keeps the feed that it does not name, and which show nothing to visitors."""

import re
from urllib.parse import parse_qs, urlsplit

from bot.sources.addresses import host_of
from bot.sources.errors import Walled

_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com"})
_YOUTUBE_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})(?:/.*)?")
_GOOGLE = re.compile(r"/(?:search|topics/.+)?")

# They show posts to those who log in, or to programs with a key, and gave up their feeds.
_WALLED = {
    "vk.com": "VK",
    "vk.ru": "VK",
    "ok.ru": "Odnoklassniki",
    "dzen.ru": "Dzen",
    "zen.yandex.ru": "Dzen",
    "max.ru": "MAX",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "threads.com": "Threads",
    "threads.net": "Threads",
    "x.com": "X",
    "twitter.com": "X",
    "tiktok.com": "TikTok",
    "linkedin.com": "LinkedIn",
    "whatsapp.com": "WhatsApp",
}


def walled(url: str) -> str | None:
    """The name of the network that would show nothing there; None for any other address."""
    host = host_of(url).lower().rstrip(".")
    parents = (host.split(".", n)[-1] for n in range(host.count(".")))
    return next((_WALLED[one] for one in parents if one in _WALLED), None)


def is_on_platform(url: str) -> bool:
    """Whether it is known what is there before anybody asks."""
    return walled(url) is not None or feed_of(url) != url


def feed_of(url: str) -> str:
    """The address of the feed where its platform is known to have one; else the same address.

    Raises Walled.
    """
    if name := walled(url):
        raise Walled(
            f"{name} shows its posts only to those who log in, and gives no feeds; "
            "give the outlet's site or its Telegram channel"
        )
    parts = urlsplit(url)
    host = host_of(url).lower()
    if host in _YOUTUBE_HOSTS:
        return _youtube(parts.path, parts.query) or url
    if host == "news.google.com" and _GOOGLE.fullmatch(parts.path):
        return parts._replace(path=f"/rss{parts.path.rstrip('/')}").geturl()
    return url


def _youtube(path: str, query: str) -> str | None:
    if m := _YOUTUBE_CHANNEL.fullmatch(path):
        return f"{_YOUTUBE}?channel_id={m[1]}"
    lists = parse_qs(query).get("list", [])
    return f"{_YOUTUBE}?playlist_id={lists[0]}" if path == "/playlist" and lists else None
