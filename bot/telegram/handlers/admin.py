"""What admins bring in private: a pasted or forwarded text, a link to a page, a feed to follow."""

from datetime import datetime
from urllib.parse import urlsplit

from aiogram import F, Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.jobs.ingest import Ingest
from bot.news.topics import Topics
from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.discover import Found
from bot.sources.files import Item
from bot.telegram import callbacks as cb
from bot.telegram import dates
from bot.telegram.answers import answer, redraw
from bot.telegram.brought import URL, is_news, item_of, link_in, origin_of, words_of
from bot.telegram.guards import Press
from bot.telegram.keyboards import button
from bot.telegram.pieces import Pieces
from bot.telegram.posts import linked, one_line, post, shorten
from bot.telegram.render import topic_heading
from bot.telegram.stories import SENTENCE, Reader, headline, origin
from bot.telegram.texts import Text, Texts
from bot.workers import WorkerFailed
from storage.models import Article, Post
from storage.ports import Store

FAILURES = (errors.SourceError, WorkerFailed, MemoryError)
TOPICS_NAMED = 8


def router() -> Router:
    """Stands before whatever takes a text for a question."""
    made = Router(name="admin")
    made.message.filter(FromAdmin(), F.chat.type == "private")  # aiogram runs F here in a thread
    made.callback_query.filter(FromAdmin())
    made.message.register(news, BringsNews())
    made.message.register(link, BringsLink())
    made.message.register(rest_of_album, F.media_group_id, ~F.caption)
    made.callback_query.register(add_source, cb.AddSource.filter())
    return made


class FromAdmin(BaseFilter):
    async def __call__(
        self, event: Message | CallbackQuery, settings: Settings, ingest: Ingest | None
    ) -> bool:
        known = event.from_user is not None and event.from_user.id in settings.admin_ids
        return known and ingest is not None


class BringsNews(BaseFilter):
    """A text that is no question, or the next piece of one that was cut."""

    async def __call__(self, message: Message, pieces: Pieces) -> bool:
        said = words_of(message)
        if pieces.expects(message.chat.id) and said and not said.startswith("/"):
            return True
        return is_news(said) and link_in(message) is None


class BringsLink(BaseFilter):
    """An address; gives `url`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        url = link_in(message)
        return {"url": url} if url else False


async def rest_of_album(message: Message) -> None:
    """The other pictures of a forwarded post say nothing, and need no answer."""


async def news(
    message: Message,
    pieces: Pieces,
    ingest: Ingest,
    reader: Reader,
    texts: Texts,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    came = origin_of(message)
    source = came.title or texts.get(settings.default_language)("admin-source")

    async def take(said: str) -> None:
        try:
            drawn = await file(item_of(said, came), source, ingest, reader, topics, now=now)
        except FAILURES as e:
            drawn = _sorry(reader.text, e, "")
        await answer(message, drawn)

    if message.forward_origin is not None:
        await take(words_of(message))
    else:
        await pieces.add(message.chat.id, words_of(message), take)


async def link(
    message: Message, url: str, ingest: Ingest, reader: Reader, topics: Topics, now: datetime
) -> None:
    """A page is filed; a feed, or a site that has one, is offered as a source."""
    try:
        match await _look(ingest, url):
            case Found() as found:
                drawn = offer(reader.text, found)
            case page:
                drawn = await file(page, None, ingest, reader, topics, now=now)
    except FAILURES as e:
        drawn = _sorry(reader.text, e, url)
    await answer(message, drawn)


async def _look(ingest: Ingest, url: str) -> Item | Found:
    """The article at an address, else the feed there or named there. Raises SourceError."""
    try:
        page = None if _is_site(url) else await ingest.importing.page(url)
    except errors.NoText as no_text:
        try:
            return await ingest.find(url)
        except FAILURES:
            raise no_text from None
    return page or await ingest.find(url)


def _is_site(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


async def file(
    item: Item,
    source: str | None,
    ingest: Ingest,
    reader: Reader,
    topics: Topics,
    *,
    now: datetime,
) -> Post:
    """Store it, and show what was understood. Raises WorkerFailed."""
    found, new = await ingest.importing.file([item], source=source)
    if not found:
        return post(f.Text(reader.text("admin-not-read")))
    return taken(reader, found[0], topics, known=not new, now=now)


def taken(reader: Reader, article: Article, topics: Topics, *, known: bool, now: datetime) -> Post:
    """What the bot made of the article."""
    text = reader.text
    slugs = [score.slug for score in article.topics[:TOPICS_NAMED]]
    about = " · ".join(dict.fromkeys(topic_heading(topics, slug, text) for slug in slugs))
    when = dates.age(text, article.published_at, now=now, zone=reader.zone)
    summary = [shorten(one_line(sentence), SENTENCE) for sentence in article.summary]
    return post(
        f.as_list(
            text("admin-known" if known else "admin-taken"),
            "",
            linked(headline(text, article.title), article.url),
            *([about] if about else []),
            *([f.BlockQuote(" ".join(summary))] if summary else []),
            origin(text, (article.source,), when, sample=article.sample),
        )
    )


def offer(text: Text, found: Found) -> Post:
    """The feed's address stands in the message, where the button reads it from."""
    title = shorten(found.feed.title or host_of(found.url), 100)
    words = text("admin-feed", title=title, n=len(found.feed.entries))
    yes, no = button(text("button-add-source"), cb.AddSource()), cb.Close()
    body = f.Text(words, "\n", found.url)
    return post(body, ((yes,), (button(text("button-close"), no),)))


async def add_source(
    query: CallbackQuery, store: Store, ingest: Ingest, text: Text, press: Press
) -> None:
    """Add the source and poll it, which may take a while: so first a word."""
    shown = query.message.text if isinstance(query.message, Message) else None
    urls = URL.findall(shown or "")
    if not urls:
        press.words, press.alert = text("error-old-button"), True
        return
    if any(source.url == urls[-1] for source in await store.sources.all()):
        await redraw(query, post(f.Text(text("admin-source-known"))))
        return
    await redraw(query, post(f.Text(text("admin-reading"))))
    try:
        report = await ingest.add(urls[-1])
    except FAILURES as e:
        await redraw(query, _sorry(text, e, urls[-1]))
        return
    title = shorten(report.source.title, 100)
    if report.error is None:
        words = text("admin-added", title=title, n=len(report.new))
    else:
        words = text("admin-added-later", title=title)
    await redraw(query, post(f.Text(words)))


def _sorry(text: Text, e: BaseException, url: str) -> Post:
    """One sentence on why nothing came of it."""
    site = host_of(url)
    match e:
        case errors.BadAddress():
            words = text("admin-bad-address", site=site)
        case errors.BadAnswer():
            words = text("admin-bad-answer", site=site, status=str(e.status))
        case errors.TooSlow():
            words = text("admin-too-slow", site=site)
        case errors.TooBig():
            words = text("admin-too-big", site=site)
        case errors.FetchError():
            words = text("admin-unreachable", site=site)
        case errors.NotAFeed():
            words = text("admin-no-feed", site=site)
        case errors.NoText():
            words = text("admin-no-text", site=site)
        case _:
            words = text("admin-not-read")
    return post(f.Text(words))
