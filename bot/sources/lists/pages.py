"""A page of news without a feed: its links to articles, found by structure.

Links that stand in one place of the markup are one list; the list with most headlines, dates and
addresses like articles' is the news, and links elsewhere on the page whose addresses have the same
shape (a top story, another block) join it. A CSS selector says it where guessing fails.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from statistics import median
from typing import Any
from urllib.parse import urljoin

from bot.sources.addresses import host_of, link
from bot.sources.charset import decode
from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed, language_of
from bot.sources.lists import cards
from bot.sources.lists.links import Link, links
from bot.sources.lists.shapes import names_one_article, shape
from bot.sources.lists.signs import is_article, is_notice
from bot.sources.markup import one_line, parse_html
from storage.models import Entry

FEWEST = 5  # links; less is no list
LONGEST = 3_000_000  # characters of a page that are looked at
MOST = 500  # entries taken from one page
_NONE_FOUND = "no list of news is found there; name a selector in sources.toml"


def parse_list(
    body: bytes,
    content_type: str | None,
    url: str,
    zone: str | None,
    selector: str | None = None,
    now: datetime | None = None,
) -> Feed:
    """What a page lists, in its order, without texts, or NotAFeed.

    `selector` (CSS) matches the links, or elements that hold one each. With `now`, dates such as
    «сегодня, 14:05» are read too.
    """
    root = parse_html(decode(body, content_type)[:LONGEST])
    if root is None:
        raise NotAFeed("the page is empty")
    every = links(root, url, anywhere=selector is not None)
    found = chosen(root, every, selector) if selector else guessed(root, every, url)
    found = sorted(filter(lambda one: one.title, found[:MOST]), key=every.index)
    return Feed(
        title=_title(root) or host_of(url),
        site_url=link(url, urljoin(url, "/")),
        language=language_of(root.get("lang") or ""),
        entries=tuple(_entries(root, found, every, url, zone, now)),
    )


def guessed(root: Any, every: Sequence[Link], url: str) -> list[Link]:
    """The links that are the page's news, one for each address, or NotAFeed."""
    own = [one for one in every if not one.aside]
    best = max(_lists(one for one in own if one.headline), key=_weight, default=[])
    if is_notice(root) or not best or _weight(best) == 0:
        raise NotAFeed(_NONE_FOUND)
    shapes = {shape(one.url) for one in best if names_one_article(one.url)}
    place = best[0].place
    alike = [
        one
        for one in own
        if (one.headline or (one.place == place and one.named))
        and shape(one.url) in shapes
        and names_one_article(one.url)
    ]
    urls = {one.url for one in (*best, *alike)}
    if len(urls) < FEWEST or is_article(root, url, best):
        raise NotAFeed(_NONE_FOUND)
    return _once(one for one in own if one.url in urls)


def chosen(root: Any, every: Sequence[Link], selector: str) -> list[Link]:
    """The links that the selector names, or NotAFeed that says what is wrong with it."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        elements = CSSSelector(selector, translator="html")(root)
    except (SelectorError, ValueError) as e:
        raise NotAFeed(f"the selector {selector!r} is not one of CSS: {e}") from e
    if not elements:
        raise NotAFeed(f"nothing on the page matches the selector {selector!r}")
    by_element = {one.element: one for one in every}
    found = [one for element in elements for one in _named_in(element, by_element)]
    if not found:
        raise NotAFeed(f"what the selector {selector!r} matches holds no links to articles")
    return _once(found)


def _named_in(element: Any, links: dict[Any, Link]) -> list[Link]:
    """The link that an element is, is within, or holds; all headlines of one that holds a list."""
    above = (one for one in element.iterancestors("a") if one in links)
    inner = [links[one] for one in element.iter("a") if one in links]
    inner = inner or [links[one] for one in above]
    headlines = _once([one for one in inner if one.headline])
    if len(headlines) > 2:
        return headlines
    return sorted(inner, key=_worth, reverse=True)[:1]


def _lists(named: Iterable[Link]) -> list[list[Link]]:
    by_place = sorted(named, key=lambda one: one.place)
    return [list(group) for _, group in groupby(by_place, key=lambda one: one.place)]


def _weight(group: Sequence[Link]) -> float:
    """How much a group of links looks like the news of a page; 0: not at all."""
    addresses = {one.url for one in group}
    articles = sum(map(names_one_article, addresses)) / len(addresses)
    if articles < 0.5:
        return 0
    long = min(median(len(one.title) for one in group) / 50, 1)
    headings = sum(one.heading for one in group) / len(group)
    return min(len(addresses), 40) * articles * long * (1 + headings)


def _once(found: Iterable[Link]) -> list[Link]:
    """Each address once, where the page names it first, by the best of its links."""
    by_url: dict[str, Link] = {}
    for one in found:
        if one.url not in by_url or _worth(one) > _worth(by_url[one.url]):
            by_url[one.url] = one
    return list(by_url.values())


def _worth(one: Link) -> tuple[bool, bool, int]:
    return one.headline, one.heading, len(one.title)


def _entries(
    root: Any,
    found: Sequence[Link],
    every: Sequence[Link],
    url: str,
    zone: str | None,
    now: datetime | None,
) -> Iterator[Entry]:
    urls = {one.url for one in found}
    others = {
        one.element: one.url
        for one in every
        if one.url in urls or (one.headline and names_one_article(one.url))
    }
    around = cards.cards((one.element for one in found), others)
    beside = cards.all_beside(root, [around[one.element] for one in found], zone, now)
    for one in found:
        card = around[one.element]
        said = cards.published(card, one.title, beside[card], zone, now)
        yield Entry(
            key=one.url,
            title=one.title,
            url=one.url,
            published_at=said or cards.date_in_address(one.url, zone),
            image_url=cards.picture_in(card, url),
        )


def _title(root: Any) -> str:
    said = root.find(".//meta[@property='og:site_name']")
    if said is not None and (name := one_line(said.get("content") or "")):
        return name
    return one_line(root.findtext(".//title") or "")
