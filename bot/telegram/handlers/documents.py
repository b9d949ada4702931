"""Files from admins: a text, a page or a feed becomes articles, a list of feeds becomes sources."""

from datetime import datetime

from aiogram import Bot
from aiogram.filters import BaseFilter
from aiogram.types import Document, Message
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.listed import add_listed
from bot.news.topics.scores import Topics
from bot.sources import errors
from bot.telegram.bringing.brought import is_news, origin_of, words_of
from bot.telegram.bringing.documents import MAX_BYTES, download, is_list, name_of
from bot.telegram.bringing.filed import taken
from bot.telegram.bringing.regrets import FAILURES
from bot.telegram.conversation.answers import typing
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.posts import edit_kwargs, post, shorten
from bot.telegram.writing.texts import Text, Texts
from storage.models import Post
from storage.ports import Store

NAME = 80


class BringsDocument(BaseFilter):
    """A file; one that we cannot read counts for nothing beside a caption that is news."""

    async def __call__(self, message: Message) -> bool | dict[str, Document]:
        found = message.document
        if found is None or (name_of(found) is None and is_news(words_of(message))):
            return False
        return {"document": found}


async def document(
    message: Message,
    document: Document,
    bot: Bot,
    store: Store,
    ingest: Ingest,
    reader: Reader,
    texts: Texts,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    """First a word that it is being read, which then gives way to what came of it."""
    text = reader.text
    name = name_of(document)
    if name is None:
        await message.answer(text("admin-file-kind"), parse_mode=None)
        return
    waiting = await message.answer(text("admin-file-reading"), parse_mode=None)
    heading = origin_of(message).title or texts.get(settings.default_language)("admin-source")
    try:
        async with typing(bot, message.chat.id):
            body = await download(bot, document)
            if is_list(body, name):
                drawn = await _sources(store, ingest, text, body, name, now=now)
            else:
                drawn = await _articles(ingest, reader, topics, body, name, heading, now=now)
    except FAILURES as e:
        drawn = post(f.Text(_regret(text, e, name)))
    await waiting.edit_text(**edit_kwargs(drawn))


async def _sources(
    store: Store, ingest: Ingest, text: Text, body: bytes, name: str, *, now: datetime
) -> Post:
    done = await add_listed(store, await ingest.importing.listed(body), now=now)
    short, new, known = shorten(name, NAME), len(done.new), len(done.known)
    return post(f.Text(text("admin-list-taken", name=short, new=new, known=known)))


async def _articles(
    ingest: Ingest,
    reader: Reader,
    topics: Topics,
    body: bytes,
    name: str,
    heading: str,
    *,
    now: datetime,
) -> Post:
    articles, new = await ingest.importing.document(body, name, heading=heading)
    if len(articles) == 1:
        return taken(reader, articles[0], topics, known=not new, now=now)
    if not articles:
        return post(f.Text(reader.text("admin-not-read")))
    n, short = len(articles), shorten(name, NAME)
    return post(f.Text(reader.text("admin-file-taken", name=short, n=n, new=new)))


def _regret(text: Text, e: BaseException, name: str) -> str:
    match e:
        case errors.TooBig():
            return text("admin-file-big", n=MAX_BYTES >> 20)
        case errors.FetchError():
            return text("admin-file-lost")
        case errors.BadFile():
            return text("admin-file-bad", name=shorten(name, NAME))
        case _:
            return text("admin-not-read")
