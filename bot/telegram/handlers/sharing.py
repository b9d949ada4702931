"""t.me/…?start=s_12: the story that somebody shared, opened in a chat with the bot."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.telegram.answers import answer, say
from bot.telegram.posts import post
from bot.telegram.sharing import share_buttons, shared_story, started_id
from bot.telegram.stories import Reader, story_text
from storage.ports import Store


def router() -> Router:
    """Stands before whatever else takes /start."""
    made = Router(name="sharing")
    named = CommandStart(ignore_case=True, magic=F.args.func(_names_story))
    made.message.register(open_shared, named)
    return made


def _names_story(args: str | None) -> bool:
    return started_id(args or "") is not None


async def open_shared(
    message: Message,
    command: CommandObject,
    bot: Bot,
    store: Store,
    reader: Reader,
    now: datetime,
) -> None:
    story = await shared_story(store, started_id(command.args or "") or 0)
    if story is None:
        await say(message, reader.text("share-gone"))
        return
    me = await bot.me()
    row = share_buttons(
        reader.text, story, me.username or "", inline=bool(me.supports_inline_queries)
    )
    told = story_text(reader, story, now=now)
    await answer(message, post(told, (row,), preview_url=story.url))
