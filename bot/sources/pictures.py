"""An entry's picture: what the feed names as one, else the first that its text shows."""

import re
from collections.abc import Iterator
from html import unescape

from bot.sources.links import resolve
from bot.sources.xml.tree import Node

_FIRST = 20_000  # characters of the text in which a picture is looked for
_IMG = re.compile(r"<img\s([^<>]{0,4000})", re.I)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]{1,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")  # what loads late says so
_ENDING = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#&])", re.I)
_URL = re.compile(r"<url[^<>]*>([^<]*)<")
# Counters, share buttons and smileys are no pictures of an article.
_NO_PICTURE = re.compile(
    r"pixel|counter|/smil|emoji|spacer|blank\.|1x1|feedburner\.com/~|doubleclick|mc\.yandex"
    r"|yadro\.ru|/avatar|gravatar|top\.mail|rambler\.ru/top|/ads?/",
    re.I,
)


def picture_of(item: Node, html: str, base: str) -> str | None:
    """Its address, absolute http(s); None when there is none worth showing."""
    return next(filter(None, (resolve(base, said) for said in _named(item))), None) or shown(
        html, base
    )


def shown(html: str, base: str) -> str | None:
    """The first picture that a text shows."""
    for m in _IMG.finditer(html, 0, _FIRST):
        attributes = {
            a[0].lower(): unescape(a[1] or a[2] or a[3]) for a in _ATTRIBUTE.findall(m[1])
        }
        if _tiny(attributes):
            continue
        for name in _SOURCES:
            said = attributes.get(name, "")
            if said and not _NO_PICTURE.search(said) and (found := resolve(base, said)):
                return found
    return None


def _named(item: Node) -> Iterator[str]:
    """What the feed itself names: media, enclosures, a podcast's cover."""
    media = _media(item)
    yield from (node.attributes.get("url", "") for node in sorted(media, key=_size, reverse=True))
    for node in _each(item, "media:thumbnail"):
        yield node.attributes.get("url", "") or node.text
    for node in item.all("enclosure") + item.all("link") + item.all("atom:link"):
        address = node.attributes.get("url") or node.attributes.get("href", "")
        enclosed = node.name == "enclosure" or node.attributes.get("rel") == "enclosure"
        if enclosed and _is_picture(node.attributes.get("type", ""), address):
            yield address
    for node in item.all("itunes:image"):
        yield node.attributes.get("href", "")
    for node in item.all("image"):
        url = _URL.search(node.text)
        yield node.attributes.get("url") or (url[1] if url else node.text)


def _media(item: Node) -> list[Node]:
    return [
        node
        for node in _each(item, "media:content")
        if node.attributes.get("medium", "") == "image"
        or _is_picture(node.attributes.get("type", ""), node.attributes.get("url", ""))
    ]


def _each(item: Node, name: str) -> Iterator[Node]:
    """Nodes of that name in an item, in its groups, and in media within either."""
    for holder in (item, *item.all("media:group")):
        yield from holder.all(name)
        for content in holder.all("media:content"):
            yield from content.all(name)


def _is_picture(kind: str, address: str) -> bool:
    return kind.startswith("image") if kind else bool(_ENDING.search(address))


def _size(node: Node) -> int:
    """Pixels, as far as they are told; the order of the feed decides among equals."""
    return _number(node.attributes.get("width", "")) * _number(node.attributes.get("height", ""))


def _tiny(attributes: dict[str, str]) -> bool:
    """A pixel that counts, a smiley."""
    sizes = [attributes[name] for name in ("width", "height") if name in attributes]
    return any(size.rstrip("px").isdigit() and _number(size) < 40 for size in sizes)


def _number(text: str) -> int:
    text = text.strip().rstrip("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
