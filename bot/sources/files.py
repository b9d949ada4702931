"""Files and folders to pieces of news: text, pages, feeds, JSON, told apart by their endings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.sources.addresses import canonical
from bot.sources.channels import parse_channel
from bot.sources.charset import decode
from bot.sources.dates import parse_date
from bot.sources.errors import BadFile, NotAFeed, NoText
from bot.sources.feeds import content_key, parse_feed
from bot.sources.markup import one_line, to_text
from bot.sources.pages import Page, extract_page
from bot.sources.worddoc import parse_docx
from storage.models import Entry

MAX_BYTES = 50 << 20
TEXTS = (".txt", ".md")
PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom", ".rdf")
WORD = ".docx"
KINDS = (*TEXTS, *PAGES, *FEEDS, ".json", WORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One text of a file. `source` is the heading the file itself names."""

    entry: Entry
    text: str
    headings: tuple[str, ...] = ()
    source: str | None = None


def find_files(path: str) -> list[str]:
    """The file itself, or all files of known kinds below a folder, in order of name."""
    root = Path(path)
    if not root.is_dir():
        return [path]
    found = (file for file in root.rglob("*") if file.suffix.lower() in KINDS and file.is_file())
    return sorted(str(file) for file in found)


def read_file(path: str) -> list[Item]:
    """What a file holds, at least one text. Raises BadFile. CPU work: for a worker."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadFile(f"{path} is larger than {MAX_BYTES >> 20} MB")
        body = file.read_bytes()
    except OSError as e:
        raise BadFile(f"{path} cannot be read: {(e.strerror or str(e)).lower()}") from e
    return items_in(body, path)


def items_in(body: bytes, name: str) -> list[Item]:
    """What a file of that name holds, at least one text. Raises BadFile. For a worker."""
    try:
        items = _items(body, Path(name).suffix.lower())
    except (NotAFeed, NoText) as e:
        raise BadFile(f"{name}: {e}") from e
    if not items:
        raise BadFile(f"{name} holds no text")
    return items


def page_item(page: Page, url: str | None = None) -> Item:
    """A page as a piece of news of its own, known by its address."""
    address = page.canonical_url or url
    entry = Entry(
        key=canonical(address) if address else content_key(page.title or "", page.text),
        title=page.title or "",
        url=address,
        author=page.author,
        published_at=page.published_at,
        language=page.language,
        image_url=page.image_url,
    )
    return Item(entry=entry, text=page.text, headings=page.headings, source=page.site_name)


def text_item(text: str) -> Item:
    """A bare text: which of its lines is the title, cleaning decides."""
    return Item(entry=Entry(key=content_key(text), title=""), text=text)


def feed_items(body: bytes, content_type: str | None, url: str) -> list[Item]:
    """Every entry of a feed with the text it gives. Raises NotAFeed."""
    items: list[Item] = []
    start: int | None = 0
    while start is not None:
        feed = parse_feed(body, content_type, url, None, start)
        start = feed.more
        for entry in feed.entries:
            text = to_text(entry.html)
            source = feed.title or None
            items.append(Item(entry=entry, text=text.text, headings=text.headings, source=source))
    return items


def post_item(body: bytes, content_type: str | None, url: str, key: str) -> Item | None:
    """The post of that key in a channel's preview; None if it is not there. Raises NoPreview."""
    channel = parse_channel(body, content_type, url, None)
    entry = next((entry for entry in channel.entries if entry.key == key), None)
    if entry is None:
        return None
    text = to_text(entry.html)
    return Item(entry=entry, text=text.text, headings=text.headings, source=channel.title)


def _items(body: bytes, suffix: str) -> list[Item]:
    if suffix in PAGES:
        return [page_item(extract_page(body, None, ""))]
    if suffix in FEEDS:
        return feed_items(body, None, "")
    if suffix == WORD:
        written = parse_docx(body)
        return [replace(text_item(written.text), headings=written.headings)]
    text = decode(body)
    if suffix == ".json":
        return _json_items(text, body)
    return [text_item(text)] if text.strip() else []


def _json_items(text: str, body: bytes) -> list[Item]:
    """A JSON Feed, one article, or a list of them, as `svodka latest --json` prints."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise NotAFeed("this is not JSON") from e
    if isinstance(value, dict) and "items" in value:
        return feed_items(body, None, "")
    articles = value if isinstance(value, list) else [value]
    return list(_articles(articles))


def _articles(articles: list[Any]) -> Iterator[Item]:
    for article in articles:
        if not isinstance(article, dict):
            raise NotAFeed("articles are objects with at least text")
        text, title = _word(article, "text"), one_line(_word(article, "title") or "")
        if not text and not title:
            raise NotAFeed("an article has neither title nor text")
        url = _word(article, "url")
        found = to_text(text or "")
        entry = Entry(
            key=canonical(url) if url else content_key(title, text or ""),
            title=title,
            url=url,
            author=_word(article, "author"),
            published_at=parse_date(_word(article, "published_at")),
            language=_word(article, "language"),
            image_url=_word(article, "image_url"),
        )
        yield Item(
            entry=entry,
            text=found.text,
            headings=found.headings,
            source=_word(article, "source"),
        )


def _word(article: dict[str, Any], key: str) -> str | None:
    value = article.get(key)
    return value if isinstance(value, str) and value.strip() else None
