"""The library the bot is made of takes the sandbox for Telegram."""

import bot.telegram  # isort: skip  -- first: it imports aiogram the quick way

import io
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    MessageOriginChannel,
)

from bot.sandbox.sandbox import CHANNEL_ID, Sandbox
from bot.sandbox.server import start_sandbox


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Bot]:
    async with start_sandbox(box) as url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        async with Bot(box.token, session=session).context() as bot:
            yield bot


async def test_a_talk_of_every_kind_goes_through(bot: Bot, box: Sandbox, reader: int) -> None:
    me = await bot.me()
    assert me.username == "svodka_sandbox_bot"
    await bot.set_my_commands(
        [BotCommand(command="latest", description="Новое")],
        scope=BotCommandScopeAllPrivateChats(),
        language_code="ru",
    )
    [start] = await bot.get_updates(timeout=50)
    assert start.message is not None
    assert start.message.entities is not None
    assert start.message.entities[0].type == "bot_command"
    more = InlineKeyboardButton(text="Ещё", callback_data="1:more")
    sent = await bot.send_message(
        reader,
        "Сводка за утро",
        entities=[MessageEntity(type="bold", offset=0, length=6)],
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[more]]),
    )
    box.acts.press(sent.message_id, "1:more")
    pressed = (await bot.get_updates(offset=start.update_id + 1))[0].callback_query
    assert pressed is not None
    assert isinstance(pressed.message, Message)
    assert pressed.message.message_id == sent.message_id
    assert await bot.answer_callback_query(pressed.id, "Готово")
    edited = await bot.edit_message_text(
        "<b>Дальше</b>", chat_id=reader, message_id=sent.message_id, parse_mode="HTML"
    )
    assert isinstance(edited, Message)
    assert edited.html_text == "<b>Дальше</b>"


async def test_channels_forwards_files_and_inline_queries_are_understood(
    bot: Bot, box: Sandbox, reader: int
) -> None:
    box.acts.promote()
    post = box.acts.post("новость")
    box.acts.forward(from_chat_id=CHANNEL_ID, message_id=post["message_id"])
    box.acts.send_document("a.txt", b"text", mime_type="text/plain")
    query = box.acts.ask_inline("рейс")
    updates = await bot.get_updates(offset=-5)
    promoted, posted, forwarded, document, inline = updates
    assert promoted.my_chat_member is not None
    assert isinstance(promoted.my_chat_member.new_chat_member, ChatMemberAdministrator)
    assert promoted.my_chat_member.new_chat_member.can_post_messages is True
    assert posted.channel_post is not None
    assert forwarded.message is not None
    assert isinstance(forwarded.message.forward_origin, MessageOriginChannel)
    assert document.message is not None
    assert document.message.document is not None
    body = await bot.download(document.message.document)
    assert isinstance(body, io.BytesIO)
    assert body.read() == b"text"
    assert inline.inline_query is not None
    content = InputTextMessageContent(message_text="<i>x</i>", parse_mode="HTML")
    article = InlineQueryResultArticle(id="1", title="x", input_message_content=content)
    assert await bot.answer_inline_query(query.id, [article])
    sent = await bot.send_document(reader, BufferedInputFile(b"chart", "chart.csv"))
    assert sent.document is not None
    assert sent.document.file_name == "chart.csv"
    assert (await bot.get_chat("@my_channel_sandbox")).title == "Мой канал"
    assert len(await bot.get_chat_administrators(CHANNEL_ID, return_bots=True)) == 2


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("429", TelegramRetryAfter),
        ("500", TelegramServerError),
        ("blocked", TelegramForbiddenError),
        ("chat_not_found", TelegramBadRequest),
        ("migrated", TelegramMigrateToChat),
        ("reset_after", TelegramNetworkError),
    ],
)
async def test_faults_come_out_as_the_librarys_errors(
    bot: Bot, box: Sandbox, reader: int, kind: str, raised: type[Exception]
) -> None:
    box.faults.add(kind, new_id=-100_500)
    with pytest.raises(raised):
        await bot.send_message(reader, "x")


async def test_a_wrong_token_is_unauthorized(bot: Bot) -> None:
    async with Bot("1:wrong", session=bot.session).context(auto_close=False) as other:
        with pytest.raises(TelegramUnauthorizedError):
            await other.get_me()


async def test_a_conflict_is_the_librarys_conflict(bot: Bot, box: Sandbox) -> None:
    await box.webhook.set("http://127.0.0.1:9/", secret=None, max_connections=1)
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()


def test_every_method_of_the_sandbox_is_the_librarys(box: Sandbox) -> None:
    from bot.sandbox.methods import METHODS

    known = {method.__api_method__ for method in _leaves(TelegramMethod)}
    assert set(METHODS) <= known


def _leaves(kind: type) -> list[type]:
    return [k for sub in kind.__subclasses__() for k in (_leaves(sub) or [sub])]
