"""What addresses of a site's pages look like: which may be articles, which surely are, which alike.

Sites differ in words, not in shapes: /news/2025/4711.html, /view.php?id=4711, /most-zakroyut/.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from bot.sources.addresses import host_of

# Where no news are: other people's words, shelves, services.
_ELSEWHERE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|rubrics?|author|users?|profile|login|auth|register|search|forum|"
    r"viewtopic|viewforum|topic|threads?|showthread|cart|shop|catalog|product|goods|board|feed|rss|"
    r"print|go|redirect|wp-login)(?:\.php|\.html?)?[/?]"
    r"|/page/\d|/(?:policy|privacy|contacts?|about)(?:\.php|\.html?)?/?\?",
    re.I,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp[34]|xml|apk)$", re.I)
_ENDING = re.compile(r"\.(?:html?|php|aspx?|shtml|phtml)$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[\d._-]*\d[\d._-]*")
_SLUG = re.compile(r"\d{3,}|[-_].+[-_]|.{18,}")
_PAGING = re.compile(r"page|PAGEN_\d+|p(?:age)?d|start|offset|limit|sort", re.I)


@dataclass(frozen=True, slots=True)
class Shape:
    """What addresses of one kind have in common."""

    parts: tuple[str, ...]
    keys: tuple[str, ...]


def site_of(url: str) -> str:
    """The host by its last two names, or three where they are as short as co.uk, msk.ru."""
    names = host_of(url).split(".")
    short = len(names) > 2 and len(names[-2]) <= 3
    return ".".join(names[-3 if short else -2 :])


def may_be_article(url: str) -> bool:
    parts = urlsplit(url)
    if _ELSEWHERE.search(f"{parts.path}?") or _FILE.search(parts.path):
        return False
    return parts.path != "/" or bool(parts.query)


@lru_cache(maxsize=4096)
def shape(url: str) -> Shape:
    parts = urlsplit(url)
    path = [_kind(_ENDING.sub(".", step)) for step in parts.path.split("/") if step]
    query = sorted(
        f"{key}={_kind(value)}"
        for key, value in parse_qsl(parts.query)
        if not _PAGING.fullmatch(key)
    )
    return Shape(tuple(path), tuple(query))


def _kind(step: str) -> str:
    bare = step.rstrip(".")
    end = "." if step != bare else ""
    if _YEAR.fullmatch(bare):
        return "year"
    return ("number" if _NUMBER.fullmatch(bare) else "word") + end


@lru_cache(maxsize=4096)
def names_one_article(url: str) -> bool:
    """A number, a date or a sentence in the address: what articles have, and rubrics have not."""
    parts = urlsplit(url)
    steps = [_ENDING.sub("", step) for step in parts.path.split("/") if step]
    if any(value.isdigit() for key, value in parse_qsl(parts.query) if not _PAGING.fullmatch(key)):
        return True
    if not steps or (_YEAR.fullmatch(steps[0]) and all(map(str.isdigit, steps)) and len(steps) < 4):
        return False  # a front page; an archive of a year, month or day
    return bool(_NUMBER.fullmatch(steps[-1]) or _SLUG.search(steps[-1])) or any(
        _YEAR.fullmatch(step) for step in steps
    )
