"""What Telegram finds in a text by itself: links, addresses, @names, #tags and /commands."""

import re
from collections.abc import Iterator

from bot.sandbox.entities import Entity, utf16

# The commonest top-level domains; anything with an explicit http(s):// is a link regardless.
_TLDS = (
    "ru su by ua kz com net org info biz io me ly co eu uk de fr pl lt lv us tv pro dev app news "
    "media online site gov edu int рф бел рус"
)
_HOST = rf"(?:[\w-]+\.)+(?:{'|'.join(_TLDS.split())})"
_PATH = r"(?::\d{1,5})?(?:[/?#][^\s<>«»\"]*)?"
_PATTERNS = (
    ("url", re.compile(rf"(?<![\w@./-])(?:https?://[\w.-]+\.\w{{2,}}|{_HOST}(?!\w)){_PATH}", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}(?!\w)", re.I | re.A)),
    ("mention", re.compile(r"(?<![\w@/`.-])@[a-z]\w{1,31}(?!\w)", re.I | re.A)),
    ("hashtag", re.compile(r"(?<![\w#@/])#(?=\w*[^\W\d_])\w{1,255}(?!\w)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[a-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])", re.I | re.A),
    ),
)
_TAIL = ".,:;!?'\"()"


def detect(text: str) -> list[Entity]:
    """The entities found, in order; where two overlap, the one that begins first."""
    found: list[Entity] = []
    for begin, end, kind in sorted(_spans(text)):
        offset = utf16(text[:begin])
        if not found or offset >= found[-1].end:
            found.append(Entity(kind=kind, offset=offset, length=utf16(text[begin:end])))
    return found


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            end = match.end()
            if kind == "url":
                end = match.start() + len(match[0].rstrip(_TAIL))
            yield match.start(), end, kind
