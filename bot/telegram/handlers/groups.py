"""Groups: the bot comes and goes; people talk on, and it answers when it is spoken to."""

from contextlib import suppress
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import BaseFilter
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated, Message
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.telegram.conversation.answers import say
from bot.telegram.conversation.questions import Questions
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.texts import Text
from storage.models import Chat
from storage.ports import Store

IN_A_GROUP = F.chat.type.in_(("group", "supergroup"))
AWAY = ("left", "kicked")


def router() -> Router:
    made = Router(name="groups")
    made.my_chat_member.register(changed, IN_A_GROUP)
    return made


def router_of_questions() -> Router:
    """Last of all: what is no command and answers no question of ours."""
    made = Router(name="questions in groups")
    made.message.register(question, IN_A_GROUP, Addressed())
    return made


async def changed(
    event: ChatMemberUpdated, bot: Bot, store: Store, chat: Chat, text: Text, now: datetime
) -> None:
    """Welcomed, silenced, removed: what the group chose waits for the bot to come back."""
    if not speaks(event.new_chat_member):
        await store.chats.sleep(chat.id, reason=str(event.new_chat_member.status), now=now)
        return
    comes = event.old_chat_member.status in AWAY
    if comes:
        await store.chats.see(chat, now=now)
    await store.chats.wake(chat.id, now=now)
    if comes:
        me = await bot.me()
        who = text("group-admins", name=f"@{me.username}")
        hello = text("start-hello-group"), text("start-group"), who
        with suppress(TelegramForbiddenError, TelegramBadRequest):  # it was sent away at once
            await bot.send_message(chat.id, "\n\n".join(hello), parse_mode=None)


def speaks(member: ChatMemberUnion) -> bool:
    """Whether this member may write in the group."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in AWAY


class Addressed(BaseFilter):
    """A text that speaks to the bot: by its @name, or in reply to it; gives the other `words`."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, str]:
        said = message.text or ""
        if not said or said.startswith("/"):
            return False
        me = await bot.me()
        for entity in message.entities or ():
            name = entity.extract_from(said)
            if entity.type == "mention" and name.casefold() == f"@{me.username}".casefold():
                return {"words": " ".join(said.replace(name, " ").split()).strip(" ,:—-")}
        reply = message.reply_to_message
        if reply is not None and reply.from_user is not None and reply.from_user.id == bot.id:
            return {"words": said}
        return False


async def question(
    message: Message, words: str, reader: Reader, questions: Questions, now: datetime
) -> None:
    if words:
        await questions.answer(message, words, reader, now=now)
    else:
        await say(message, reader.text("group-asked", example=reader.text("search-example")))
