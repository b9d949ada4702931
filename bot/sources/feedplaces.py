"""Where a site's feed may be: named in a page's head, linked in its body, usual for its engine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.sources.addresses import host_of, resolve
from bot.sources.charset import decode
from bot.sources.markup import one_line, parse_html

NAMED = 4
LINKED = 2
LINKS = 3_000  # of a page that are looked at

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_MINOR = re.compile(r"comment|categor|/tag|author|rubric|search|podcast", re.I)
_LINKED = re.compile(r"(?<![a-z])(?:rss2?|feeds?|atom)(?![a-z])", re.I)
# What an engine writes into its pages, and where it keeps its feed.
_ENGINES = (
    ("wp-content", ("/feed/", "/?feed=rss2")),
    ("datalife engine", ("/engine/rss.php", "/rss.xml")),
    ("/bitrix/", ("/rss/", "/news/rss/", "/bitrix/rss.php")),
    ("joomla", ("/?format=feed&type=rss",)),
    ("drupal", ("/rss.xml",)),
    ("ucoz", ("/news/rss/",)),
    ("blogger.com", ("/feeds/posts/default",)),
    ("wixstatic", ("/blog-feed.xml",)),
)
_USUAL = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/engine/rss.php",
    "/feed.xml",
    "/rss/all",
    "/rss/news",
    "/news/rss/",
    "/atom.xml",
    "/index.xml",
)
_LOGIN = re.compile(
    r"\b(?:log[ -]?in|sign[ -]?in|вход|войти|войдите|авторизация|авторизуйтесь|увайсці|уваход)\b",
    re.I,
)
_LOGIN_PATH = re.compile(r"/(?:wp-)?(?:log-?in|sign-?in|auth|account/login)(?:\.\w+)?/?$", re.I)
_FEW_LINKS = 15
_REFRESH = re.compile(r"\d?(?:\.\d*)?\s*[;,]\s*url\s*=\s*(.{1,2000})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """`feeds` are said or linked to be, `usual` are where such a site may have one."""

    feeds: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    login: bool = False  # the page is nothing but a door
    leads_to: str | None = None  # another address that a browser would go on to by itself


def find_places(body: bytes, content_type: str | None, url: str) -> Places:
    """What a page gives away of its feed. CPU work: for a worker."""
    text = decode(body, content_type)
    root = parse_html(text)
    if root is None:
        return Places()
    feeds = [*_named(root, url)[:NAMED], *_linked(root, url)[:LINKED]]
    return Places(
        feeds=tuple(dict.fromkeys(feeds)),
        usual=tuple(_usual(text[:300_000].lower(), url)),
        login=not feeds and _is_login(root, url),
        leads_to=None if feeds else _leads_to(root, url),
    )


def _named(root: Any, url: str) -> list[str]:
    """<link rel=alternate>, feeds of comments and sections last (RSS Autodiscovery 1.0)."""
    found = [
        address
        for tag in islice(root.iter("link"), LINKS)
        if (tag.get("type") or "").strip().lower() in _KINDS
        and "alternate" in (tag.get("rel") or "").lower()
        and (address := resolve(url, tag.get("href")))
    ]
    return sorted(dict.fromkeys(found), key=_rank)


def _rank(address: str) -> int:
    """What belongs to a part of a site comes after what belongs to all of it."""
    return 2 if "comment" in address.lower() else int(bool(_MINOR.search(address)))


def _linked(root: Any, url: str) -> list[str]:
    """<a> to something called RSS, on the same site."""
    found = [
        address
        for tag in islice(root.iter("a"), LINKS)
        if _LINKED.search(tag.get("href") or "")
        and (address := resolve(url, tag.get("href")))
        and host_of(address) == host_of(url)
        and _LINKED.search(urlsplit(address).path + "?" + urlsplit(address).query)
    ]
    return sorted(dict.fromkeys(found), key=_rank)


def _usual(page: str, url: str) -> Iterator[str]:
    likely = [path for mark, paths in _ENGINES if mark in page for path in paths]
    return (urljoin(url, path) for path in dict.fromkeys([*likely, *_USUAL]))


def _leads_to(root: Any, url: str) -> str | None:
    """<meta http-equiv=refresh> with a short wait; one that only reloads the page leads nowhere."""
    for tag in islice(root.iter("meta"), LINKS):
        said = _REFRESH.fullmatch((tag.get("content") or "").strip())
        if (tag.get("http-equiv") or "").strip().lower() == "refresh" and said:
            to = resolve(url, said[1].strip(" '\""))
            return to if to != resolve(url, url) else None
    return None


def _is_login(root: Any, url: str) -> bool:
    """A password is asked for, and there is little else; a front page may ask in passing."""
    if not any((tag.get("type") or "").lower() == "password" for tag in root.iter("input")):
        return False
    title = one_line(next((tag.text_content() for tag in root.iter("title")), ""))
    if _LOGIN.search(title) or _LOGIN_PATH.search(urlsplit(url).path):
        return True
    return sum(1 for _ in root.iter("a")) < _FEW_LINKS
