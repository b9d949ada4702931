"""Pages that list news, and pages that are for a video: both have a title and some text, too."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sources.page import noticewords as words
from bot.sources.page.meta import Meta
from bot.sources.page.shape import CARDS, FEW, SHORT, SHORTEST, Shape

RUBRIC = 3  # words; a headline has more
ABOUT = 250  # characters that a list says of itself
TOLD_OF_VIDEO = 300  # characters beside a video that a page is for
_LISTS = ("CollectionPage", "SearchResultsPage", "ItemList", "Blog", "ProfilePage")
_OF_ARTICLE = re.compile(r"\d{3}|-[^-]+-|_[^_]+_")  # in the last part of an article's path


def names_of(shape: Shape) -> Iterator[str]:
    """The titles, whole and without what a site adds to them."""
    for title in shape.titles:
        line = " ".join(title.split())
        yield line
        for separator in (" — ", " – ", " - ", " | ", " :: ", " » ", " / ", " • ", " · "):
            head, found, tail = line.partition(separator)
            if found:
                yield head.strip()
                yield tail.strip()


def is_list(shape: Shape, meta: Meta, size: int) -> bool:
    if size < SHORTEST:
        return False
    if shape.signs.archive or _is_front(shape, meta) or _is_rubric(shape, meta, size):
        return True
    if not meta.describes_article and _is_named_list(shape):
        return True
    if shape.cards < CARDS:
        return False
    if meta.kind in _LISTS or any(map(words.LISTING.fullmatch, names_of(shape))):
        return size < max(SHORT, shape.told_by_cards)
    if not shape.dated and size < 2 * ABOUT and any(map(words.OF_NEWS.search, shape.titles)):
        return True
    if not shape.dated and size < ABOUT and 2 * size < shape.told_by_cards:
        return True  # even if it calls itself an article, as archives of WordPress do
    if meta.says_article or shape.dated:
        return False
    named = max((len(name.split()) for name in shape.titles[:2]), default=0)
    return size < (SHORT if named <= RUBRIC else ABOUT)


def _is_named_list(shape: Shape) -> bool:
    """«Материалы с меткой», whatever follows; «Новости» at an address that is no article's."""
    called = " ".join((shape.heading or next(iter(shape.titles), "")).split())
    if words.LABELLED.fullmatch(called):
        return True
    asked = urlsplit(shape.url)
    last = asked.path.rstrip("/").rpartition("/")[2]
    placed = asked.scheme.startswith("http") and not asked.query and not _OF_ARTICLE.search(last)
    return placed and bool(words.LISTING.fullmatch(called))


def _is_front(shape: Shape, meta: Meta) -> bool:
    """A site's first page with teasers, or one of who writes for it."""
    if shape.has_day or meta.says_article:
        return False
    asked = urlsplit(shape.url)
    root = bool(asked.hostname) and asked.path in ("", "/") and not asked.query
    return (root and shape.cards >= FEW) or meta.kind == "ProfilePage"


def _is_rubric(shape: Shape, meta: Meta, size: int) -> bool:
    """A rubric's name, no day, and far more in a few teasers than what it says of itself."""
    if shape.has_day or meta.describes_article or shape.cards < FEW or shape.heading is None:
        return False
    named = len(shape.heading.split()) <= RUBRIC
    return named and size < min(ABOUT, shape.told_by_cards)


def is_video(shape: Shape, meta: Meta, size: int) -> bool:
    if meta.says_video:
        return size < TOLD_OF_VIDEO
    released = any(map(words.RELEASE.search, shape.titles))
    if shape.players and released and size < TOLD_OF_VIDEO / 2:
        return True  # a caption, though it may describe itself as an article
    shown = shape.players > 0 and not meta.describes_article
    if shown and any(map(words.EPISODE.fullmatch, shape.titles)):
        return size < SHORT  # with what it says of the whole programme
    if shown and released:
        return size < TOLD_OF_VIDEO
    named = any(map(words.VIDEO.search, [*shape.titles, urlsplit(shape.url).path]))
    return shown and size < TOLD_OF_VIDEO / 2 and named
