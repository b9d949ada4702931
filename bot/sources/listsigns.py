"""Signs that a page with links to news is no list of them: an article, a notice, a login."""

import re
from collections.abc import Sequence
from typing import Any

from bot.sources.listlinks import Link, beside, names_one_article

_NOTICE = re.compile(
    r"\W*(?:ошибка|error|40[1345]\b|50[0-4]\b|(?:страница|запись|материал)?\s*не найден|not found|"
    r"page not|доступ (?:запрещ|огранич|закрыт)|access denied|forbidden|вход\b|войти|авторизация|log ?in\b|"
    r"sign in\b|just a moment|проверка браузера|вы не робот|captcha|капча)",
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
    prose = _prose(root, _around(best))
    return prose >= (_ENOUGH_PROSE if names_one_article(url) else _LONG_PROSE)


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


def _around(best: Sequence[Link]) -> Any:
    """The smallest element that holds the whole list."""
    common = list(best[0].element.iterancestors())
    for one in best[1:]:
        above = set(one.element.iterancestors())
        common = [element for element in common if element in above]
    return common[0]


def _prose(root: Any, around: Any) -> int:
    """Characters of running text outside of the list, menus, comments and the like."""
    total = 0
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element is around or element.tag in _UNREAD or element.tag == "a" or beside(element):
            continue
        texts = [element.text, *(child.tail for child in element)]
        total += sum(len(text) for text in texts if text and len(text.strip()) >= _PROSE)
        waiting.extend(child for child in element if isinstance(child.tag, str))
    return total
