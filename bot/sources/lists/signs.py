"""Signs that a page with links to news is no list of them: an article, a notice, a login."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from bot.sources.lists.links import Link, beside
from bot.sources.lists.shapes import names_one_article

_NOTICE = re.compile(
    r"\W*(?:ошибка|error|40[1345]\b|50[0-4]\b|(?:страница|запись|материал)?\s*не найден|not found|"
    r"page not|доступ (?:запрещ|огранич|закрыт)|access denied|forbidden|вход\b|войти|авторизация|"
    r"log ?in\b|sign in\b|just a moment|проверка браузера|вы не робот|captcha|капча)",
    re.I,
)
_ONE_ARTICLE = re.compile(
    r"\"@type\"\s*:\s*\[?\s*\"(?:\w{0,20}NewsArticle|Article|BlogPosting|LiveBlogPosting|VideoObject)\""
)
_MANY = re.compile(r"\"@type\"\s*:\s*\[?\s*\"(?:ItemList|CollectionPage|Blog)\"")
_PROSE = 80  # characters: running text, no label
_ENOUGH_PROSE = 500  # where the address is like an article's
_LONG_PROSE = 2000  # wherever it is
_UNREAD = frozenset({"script", "style", "noscript", "template", "head", "title"})


def is_notice(root: Any) -> bool:
    """By its title and its heading: of an error, a login."""
    said = [root.findtext(".//title") or ""]
    said += ["".join(heading.itertext()) for heading in list(root.iter("h1"))[:1]]
    return any(_NOTICE.match(" ".join(text.split())) for text in said)


def is_article(root: Any, url: str, best: Sequence[Link]) -> bool:
    """Whether the links are only what an article's page shows beside it."""
    if _says_so(root):
        return True
    enough = _ENOUGH_PROSE if names_one_article(url) else _LONG_PROSE
    return _prose(root, {one.element for one in best}) >= enough


def _says_so(root: Any) -> bool:
    """In what it tells to search engines: many list pages call themselves og:type article."""
    for tag in root.iterfind(".//meta[@property]"):
        name, said = tag.get("property").lower(), tag.get("content") or ""
        if name == "article:published_time" or (name == "og:type" and said.startswith("video")):
            return True
    if len(root.xpath("//*[@itemprop='articleBody']")) == 1:
        return True
    data = " ".join(s.text or "" for s in root.iterfind(".//script[@type='application/ld+json']"))
    return len(_ONE_ARTICLE.findall(data)) == 1 and not _MANY.search(data)


def _prose(root: Any, listed: Collection[Any]) -> int:
    """Characters of running text in one stretch between links of the list, where it is longest.

    Menus, comments and the like do not count.
    """
    from lxml import etree

    most = stretch = 0
    inside: Any = None  # what does not count, and all within it
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            stretch = 0 if element in listed else stretch
            if inside is None and (element.tag in _UNREAD or element.tag == "a" or beside(element)):
                inside = element
        elif element is inside:
            inside = None
        text = element.text if event == "start" else element.tail
        if inside is None and text and len(text.strip()) >= _PROSE:
            stretch += len(text.strip())
            most = max(most, stretch)
    return most
