"""The command menu that Telegram shows: per language, and per kind of chat."""

import logging
from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.news.topics.scores import Topics
from bot.telegram.rendering.render import Render
from bot.telegram.writing.texts import LANGUAGES, Text, Texts
from storage.ports import Store

log = logging.getLogger("svodka.telegram")

READING = ("latest", "topics", "digest", "search", "week", "ahead", "pulse")
CHOOSING = ("subscribe", "unsubscribe", "follow", "mute", "unmute", "pause", "settings")
KNOWING = ("sources", "help", "about")
OWN = ("privacy", "mydata", "forgetme")
PRIVATE = ("start", *READING, "saved", *CHOOSING, *KNOWING, *OWN)
GROUP = (*READING, *KNOWING)
ADMINS = (*READING, *CHOOSING, *KNOWING, *OWN)  # of groups
STEERING = ("deliveries", "edits")  # for the bot's own admins, in private
MOST = 100  # Telegram's limit


def commands(text: Text, names: Sequence[str], topics: Topics) -> list[BotCommand]:
    """Our commands, then one per topic."""
    ours = [BotCommand(command=name, description=text(f"command-{name}")) for name in names]
    each = [
        BotCommand(command=t.slug, description=f"{t.emoji} {t.titles[text.language]}")
        for t in topics.all
    ]
    return [*ours, *each][:MOST]


async def set_menus(bot: Bot, texts: Texts, topics: Topics) -> None:
    """The menus of all chats, in each language and in the default one for any other."""
    scopes = (
        (BotCommandScopeAllPrivateChats(), PRIVATE),
        (BotCommandScopeAllGroupChats(), GROUP),
        (BotCommandScopeAllChatAdministrators(), ADMINS),
    )
    for scope, names in scopes:
        for code in (None, *LANGUAGES):
            listed = commands(texts.get(code), names, topics)
            await bot.set_my_commands(listed, scope=scope, language_code=code)


async def set_profile(bot: Bot, texts: Texts) -> None:
    """What people read before they press Start, in each language."""
    for code in (None, *LANGUAGES):
        text = texts.get(code)
        await bot.set_my_description(text("profile-description"), language_code=code)
        await bot.set_my_short_description(text("profile-short"), language_code=code)


async def set_menu_of_chat(
    bot: Bot, chat_id: int, text: Text, topics: Topics, *, admin: bool
) -> None:
    """The menu of one private chat, in the language chosen there, whatever the client's is.

    `admin`: it is one of the bot's admins.
    """
    names = (*PRIVATE, *STEERING) if admin else PRIVATE
    scope = BotCommandScopeChat(chat_id=chat_id)
    await bot.set_my_commands(commands(text, names, topics), scope=scope)


async def set_menus_of_admins(
    bot: Bot, admin_ids: Sequence[int], store: Store, render: Render, topics: Topics
) -> None:
    """Those of the bot's admins who have begun; the others get theirs with /start."""
    for admin_id in admin_ids:
        chat = await store.chats.get(admin_id)
        if chat is None:
            continue
        try:
            text = render.reader(chat).text
            await set_menu_of_chat(bot, admin_id, text, topics, admin=True)
        except (TelegramAPIError, ClientDecodeError) as e:
            log.warning("Telegram did not take the menu of an admin: %s", e)


async def forget_menu_of_chat(bot: Bot, chat_id: int) -> None:
    """The menu goes by the client's language again."""
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat_id))
