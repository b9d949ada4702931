"""Posts of channels that the bot is an admin of: articles, where a channel is read as a source."""

import logging
from collections import OrderedDict

from aiogram import Bot, Router
from aiogram.types import Message, MessageOriginUser

from bot.jobs.gathering.ingest import Ingest
from bot.telegram.bringing.brought import words_of
from bot.telegram.bringing.reading import is_read
from bot.telegram.bringing.regrets import FAILURES
from storage.ports import Store

log = logging.getLogger("svodka.telegram")

ALBUMS = 1000  # remembered


def router() -> Router:
    """What it takes needs no answer; nor do other posts, whose ids were noted on their way here."""
    made = Router(name="channel posts")
    made.channel_post.register(take)
    made.edited_channel_post.register(take)
    return made


class Albums:
    """Of an album, the first message that has words tells; it is remembered which that was."""

    def __init__(self) -> None:
        self._first: OrderedDict[tuple[int, str], int] = OrderedDict()  # → message id

    def tells(self, post: Message) -> bool:
        """False for the further messages of an album, also when they are edited."""
        if post.media_group_id is None:
            return True
        album = (post.chat.id, post.media_group_id)
        first = self._first.setdefault(album, post.message_id)
        while len(self._first) > ALBUMS:
            self._first.popitem(last=False)
        return first == post.message_id


async def take(
    post: Message, bot: Bot, store: Store, ingest: Ingest | None, albums: Albums
) -> None:
    said = words_of(post)
    if ingest is None or not said or _is_own(post, bot) or not albums.tells(post):
        return
    if not await is_read(store, post.chat.id):
        return
    try:
        await ingest.take_post(
            title=post.chat.title or "",
            username=post.chat.username,
            chat_id=post.chat.id,
            message_id=post.message_id,
            text=said,
            at=post.date,
        )
    except FAILURES as e:
        log.warning("A post of «%s» could not be taken: %s", post.chat.title, e)


def _is_own(post: Message, bot: Bot) -> bool:
    """Whether the words are the bot's: inserted inline, or forwarded from a chat with it."""
    origin = post.forward_origin
    authors = [post.via_bot, post.from_user]
    if isinstance(origin, MessageOriginUser):
        authors.append(origin.sender_user)
    return any(author is not None and author.id == bot.id for author in authors)
