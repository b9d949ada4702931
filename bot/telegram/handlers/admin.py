"""What admins bring in private: pasted or forwarded texts. Links and files have their own rooms."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.news.topics.scores import Topics
from bot.telegram.bringing.brought import address_in, is_news, item_of, origin_of, words_of
from bot.telegram.bringing.filed import file
from bot.telegram.bringing.pieces import Pieces
from bot.telegram.bringing.regrets import FAILURES, regret
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer
from bot.telegram.handlers import documents, links
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Texts


def router() -> Router:
    """Stands before whatever takes a text for a question."""
    made = Router(name="admin")
    made.message.filter(FromAdmin(), F.chat.type == "private")  # aiogram runs F here in a thread
    made.callback_query.filter(FromAdmin())
    made.message.register(documents.document, documents.BringsDocument())
    made.message.register(news, BringsNews())
    made.message.register(links.link, links.BringsLink())
    made.message.register(rest_of_album, F.media_group_id, ~F.caption)
    made.callback_query.register(links.add_source, cb.AddSource.filter())
    made.callback_query.register(links.switch_on, cb.SwitchOn.filter())
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
        return is_news(said) and address_in(message) is None


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
            drawn = post(f.Text(regret(reader.text, e, "")))
        await answer(message, drawn)

    if message.forward_origin is not None:
        await take(words_of(message))
    else:
        await pieces.add(message.chat.id, words_of(message), take)
