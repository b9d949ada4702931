"""What an admin sends to be followed or filed: the address of a site, a page, a channel, a post."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import TypeVar

from aiogram import Bot
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.jobs.gathering.ingest import Ingest, Looked
from bot.news.topics.scores import Topics
from bot.sources import errors, typed
from bot.sources.files import Item
from bot.telegram.bringing.brought import address_in, channel_post_in, is_followed, source_in
from bot.telegram.bringing.filed import file
from bot.telegram.bringing.regrets import FAILURES, regret
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer, redraw, typing
from bot.telegram.conversation.guards import Press
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import source_screens
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import Text
from storage.models import Post
from storage.ports import Store

LOOK_S = 25  # in which a person still waits
READ_S = 60  # of a first poll: in a minute, as was promised

T = TypeVar("T")


class BringsLink(BaseFilter):
    """An address, or a channel's name; gives `url`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        url = address_in(message)
        return {"url": url} if url else False


async def link(
    message: Message,
    url: str,
    bot: Bot,
    ingest: Ingest,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """A page is filed; whatever lists news is offered as a source."""
    try:
        async with typing(bot, message.chat.id):
            match await _in_time(_look(ingest, url), url):
                case Looked() as looked:
                    drawn = _offer(reader, looked, now=now)
                case item:
                    drawn = await file(item, None, ingest, reader, topics, now=now)
    except FAILURES as e:
        drawn = post(f.Text(regret(reader.text, e, url)))
    await answer(message, drawn)


async def add_source(
    query: CallbackQuery,
    bot: Bot,
    store: Store,
    ingest: Ingest,
    reader: Reader,
    text: Text,
    press: Press,
    now: datetime,
) -> None:
    """Add the source and poll it, which may take a while: so first a word."""
    message = query.message
    url = source_in(message.text or "") if isinstance(message, Message) else None
    if url is None or message is None:
        press.words, press.alert = text("error-old-button"), True
        return
    if (source := await store.sources.by_url(url)) is not None:
        await redraw(query, source_screens.known(reader, source, now=now))
        return
    await redraw(query, post(f.Text(text("admin-reading"))))
    try:
        async with typing(bot, message.chat.id):
            report = await ingest.add(url, patience_s=READ_S)
    except errors.SameSource as e:
        same = await store.sources.get(e.source_id)
        title = shorten(same.title if same else url, source_screens.TITLE)
        words = text("admin-same", title=title)
    except FAILURES as e:
        words = regret(text, e, url)
    else:
        title = shorten(report.source.title, source_screens.TITLE)
        if report.goes_on:
            words = text("adding-going-on", title=title)
        elif report.error is None:
            words = source_screens.added(text, title, report.added, wordless=report.wordless)
        else:
            words = text("admin-added-later", title=title)
    await redraw(query, post(f.Text(words)))


async def switch_on(
    query: CallbackQuery,
    callback_data: cb.SwitchOn,
    store: Store,
    text: Text,
    press: Press,
    now: datetime,
) -> None:
    """Poll again a source that was off; the poller takes it up with the next due ones."""
    source = await store.sources.get(callback_data.source)
    if source is None:
        press.words, press.alert = text("error-old-button"), True
        return
    await store.sources.enable(source.id, True, now=now)
    title = shorten(source.title, source_screens.TITLE)
    await redraw(query, post(f.Text(text("admin-switched-on", title=title))))


async def _look(ingest: Ingest, url: str) -> Item | Looked:
    """The article at an address, else what lists news there. Raises SourceError."""
    if address := channel_post_in(url):
        return await ingest.importing.channel_post(address) or await ingest.look(address)
    if is_followed(url):
        return await ingest.look(url)
    try:
        page = await ingest.importing.page(typed.address_in(url))
    except errors.NeedsLogin:
        raise
    except errors.NoText as no_text:
        try:
            return await ingest.look(url)
        except errors.OtherFile:
            raise
        except (errors.NotAFeed, errors.NotASource):
            raise no_text from None
    return page or await ingest.look(url)


async def _in_time(looking: Awaitable[T], url: str) -> T:
    try:
        async with asyncio.timeout(LOOK_S):
            return await looking
    except TimeoutError as e:
        raise errors.TooSlow(f"{url} was not understood in {LOOK_S} s") from e


def _offer(reader: Reader, looked: Looked, *, now: datetime) -> Post:
    if looked.known is not None:
        return source_screens.known(reader, looked.known, now=now)
    found = looked.found
    return source_screens.offer(
        reader,
        url=found.url,
        title=found.feed.title,
        kind=found.kind,
        entries=found.feed.entries,
        wordless=found.feed.wordless,
        interval_s=looked.interval_s,
        foreign=found.warning is not None,
        now=now,
    )
