"""The sender over real HTTP: against the sandbox, which answers and fails as Telegram does."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.jobs.delivery.pacing import Pacer
from bot.jobs.delivery.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    NotSent,
    Refused,
    RetryLater,
    SendError,
    TokenRefused,
)
from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import Pacing, build_bot, chat_of
from storage.models import Button, Post

POST = Post(text="Здравствуйте, читатель")


class Pauses(Pacer):
    """A pacer whose clock is pushed on by every sleep, and that remembers what it was told."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.told: list[tuple[float, int | str | None]] = []
        self.urgent: list[bool] = []
        super().__init__(1000, monotonic=lambda: self.at, sleep=self.rest)

    async def rest(self, wait_s: float) -> None:
        self.at += wait_s
        await asyncio.sleep(0)

    def pause(self, retry_after_s: float, chat_id: int | str | None = None) -> None:
        self.told.append((retry_after_s, chat_id))
        super().pause(retry_after_s, chat_id)

    async def turn(self, chat_id: int | str | None, *, urgent: bool = False) -> None:
        self.urgent.append(urgent)
        await super().turn(chat_id, urgent=urgent)


@pytest.fixture
def box() -> Sandbox:
    sandbox = Sandbox(lambda: datetime(2026, 11, 18, 1, 0, tzinfo=UTC))
    sandbox.acts.send("/start")
    sandbox.acts.promote(sandbox.channel.id)
    return sandbox


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def noted() -> list[tuple[int, int]]:
    return []


@pytest.fixture
async def bot(box: Sandbox, pauses: Pauses, noted: list[tuple[int, int]]) -> AsyncIterator[Bot]:
    async def note(chat_id: int, message_id: int) -> None:
        noted.append((chat_id, message_id))

    async with start_sandbox(box) as url:
        built = build_bot(box.token, pacer=pauses, api_url=url, noted=note)
        yield built
        await built.session.close()


@pytest.fixture
def sender(bot: Bot) -> TelegramSender:
    return TelegramSender(bot)


async def test_a_post_arrives_as_it_was_stored(sender: TelegramSender, box: Sandbox) -> None:
    post = Post(
        text="Рейс 🛫 в Минск",
        entities='[{"type": "bold", "offset": 0, "length": 4}]',
        buttons=((Button(text="Ещё", data="m:1"), Button(text="Сайт", url="https://a.example/")),),
        silent=True,
    )
    message_id = await sender.send(READER_ID, post)
    (message,) = box.sent(READER_ID)
    assert message["message_id"] == message_id
    assert message["text"] == post.text
    assert [(e["type"], e["offset"], e["length"]) for e in message["entities"]] == [("bold", 0, 4)]
    first, second = message["reply_markup"]["inline_keyboard"][0]
    assert (first["callback_data"], second["url"]) == ("m:1", "https://a.example/")
    params = box.log[-1].params
    assert params["disable_notification"] is True
    assert params["link_preview_options"]["is_disabled"] is True
    assert "parse_mode" not in params


async def test_markup_in_a_text_is_only_text(sender: TelegramSender, box: Sandbox) -> None:
    await sender.send(READER_ID, Post(text='<b>"Цены" & <i>тарифы'))
    assert box.sent(READER_ID)[0]["text"] == '<b>"Цены" & <i>тарифы'


@pytest.mark.parametrize(
    ("kind", "rule", "meaning"),
    [
        ("429", {"retry_after_s": 7}, RetryLater),
        ("blocked", {}, ChatGone),
        ("kicked", {}, ChatGone),
        ("deactivated", {}, ChatGone),
        ("chat_not_found", {}, ChatGone),
        ("migrated", {"new_id": -1009}, ChatMigrated),
        ("500", {}, InDoubt),
        ("502", {}, InDoubt),
        ("500_after", {}, InDoubt),
        ("502_after", {}, InDoubt),
        ("reset_before", {}, InDoubt),
        ("reset_after", {}, InDoubt),
        ("truncated", {}, InDoubt),
    ],
)
async def test_each_failure_has_one_meaning(
    sender: TelegramSender, box: Sandbox, kind: str, rule: dict[str, int], meaning: type[SendError]
) -> None:
    box.faults.add(kind, method="sendMessage", **rule)
    with pytest.raises(meaning) as raised:
        await sender.send(READER_ID, POST)
    if isinstance(raised.value, RetryLater):
        assert raised.value.retry_after_s == 7
    if isinstance(raised.value, ChatMigrated):
        assert raised.value.new_id == -1009


async def test_a_post_telegram_refuses_is_refused(sender: TelegramSender) -> None:
    with pytest.raises(Refused):
        await sender.send(READER_ID, Post(text="а" * 5000))


async def test_a_stored_post_that_cannot_be_read_is_refused_before_it_leaves(
    sender: TelegramSender, box: Sandbox
) -> None:
    with pytest.raises(Refused):
        await sender.send(READER_ID, Post(text="x", entities="[{"))
    assert not [call for call in box.log if call.method == "sendMessage"]


async def test_lost_rights_put_the_channel_to_sleep(sender: TelegramSender, box: Sandbox) -> None:
    box.acts.promote(box.channel.id, without=("can_post_messages",))
    with pytest.raises(ChatGone, match="rights"):
        await sender.send(box.channel.id, POST)
    box.acts.remove(box.channel.id)
    with pytest.raises(ChatGone, match=r"member|kicked"):
        await sender.send(box.channel.id, POST)


async def test_a_wrong_token_is_said_in_one_sentence(box: Sandbox) -> None:
    async with start_sandbox(box) as url:
        bot = build_bot("2:wrong", pacer=Pauses(), api_url=url)
        with pytest.raises(TokenRefused, match="BOT_TOKEN"):
            await TelegramSender(bot).send(READER_ID, POST)
        await bot.session.close()


@pytest.mark.parametrize("proxy", [None, "socks5://127.0.0.1:{port}", "http://127.0.0.1:{port}"])
async def test_a_connection_never_made_proves_nothing_was_sent(
    proxy: str | None, refusing_port: int
) -> None:
    bot = build_bot(
        "1:x",
        pacer=Pauses(),
        api_url=f"http://127.0.0.1:{refusing_port}",
        proxy=proxy and proxy.format(port=refusing_port),
    )
    with pytest.raises(NotSent):
        await TelegramSender(bot).send(READER_ID, POST)
    await bot.session.close()


async def test_a_server_that_never_answers_leaves_it_in_doubt(box: Sandbox, bot: Bot) -> None:
    box.faults.add("slow", method="sendMessage", delay_s=5)
    bot.session.timeout = 0.1
    with pytest.raises(InDoubt):
        await TelegramSender(bot).send(READER_ID, POST)


@pytest.mark.parametrize(("status", "meaning"), [(502, InDoubt), (429, RetryLater), (200, InDoubt)])
async def test_a_gateways_page_is_told_by_its_status(status: int, meaning: type[SendError]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        page = b"<html>busy</html>"
        head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + page)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot = build_bot("1:x", pacer=Pauses(), api_url=f"http://127.0.0.1:{port}")
    with pytest.raises(meaning):
        await TelegramSender(bot).send(READER_ID, POST)
    await bot.session.close()
    server.close()
    await server.wait_closed()


async def test_whether_a_message_is_there_can_be_asked(
    sender: TelegramSender, box: Sandbox, pauses: Pauses
) -> None:
    message_id = await sender.send(READER_ID, POST)
    before = box.sent(READER_ID)
    assert await sender.exists(READER_ID, message_id) is True
    assert await sender.exists(READER_ID, message_id + 1) is False
    assert await sender.exists(box.channel.id, message_id) is False
    box.faults.add("500", method="stopPoll")
    with pytest.raises(InDoubt):
        await sender.exists(READER_ID, message_id)
    assert await sender.exists(-1_009_999_999_999, message_id) is None
    assert box.sent(READER_ID) == before
    assert all(pauses.urgent)


async def test_the_outboxs_posts_have_had_their_turn_and_answers_are_urgent(
    sender: TelegramSender, bot: Bot, pauses: Pauses
) -> None:
    await sender.send(READER_ID, POST)
    assert pauses.urgent == []
    await bot.send_message(READER_ID, "Ответ")
    await bot.get_updates(timeout=0)
    assert pauses.urgent == [True]


async def test_an_answer_waits_a_429_out_and_its_id_is_noted(
    bot: Bot, box: Sandbox, pauses: Pauses, noted: list[tuple[int, int]]
) -> None:
    box.faults.add("429", method="sendMessage", retry_after_s=3, times=2)
    message = await bot.send_message(READER_ID, "Ответ")
    assert pauses.told == [(3, READER_ID), (3, READER_ID)]
    assert pauses.at >= 1006
    assert noted == [(READER_ID, message.message_id)]
    assert len(box.sent(READER_ID)) == 1


async def test_an_answer_does_not_wait_for_ever(bot: Bot, box: Sandbox) -> None:
    box.faults.add("429", method="sendMessage", retry_after_s=25, times=None)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(READER_ID, "Ответ")


async def test_answers_keep_to_telegrams_limits(box: Sandbox) -> None:
    async with start_sandbox(box) as url:
        pacer = Pacer(30, monotonic=time.monotonic)
        bot = build_bot(box.token, pacer=pacer, api_url=url)
        for n in range(4):
            await bot.send_message(READER_ID, str(n))
            await bot.send_message(box.channel.id, str(n))
        await bot.session.close()
    assert {call.status for call in box.log} == {200}


@pytest.mark.parametrize("paid", [False, True])
async def test_messages_are_paid_for_only_when_that_was_allowed(box: Sandbox, paid: bool) -> None:
    async with start_sandbox(box) as url:
        bot = build_bot(box.token, pacer=Pauses(), api_url=url, paid=paid)
        sender = TelegramSender(bot)
        for n in range(2):
            await sender.send(READER_ID, POST)
            await bot.send_message(box.channel.id, str(n))
        await sender.exists(READER_ID, 1)
        await bot.session.close()
    sent = [call.params for call in box.log if call.method == "sendMessage"]
    assert [p.get("allow_paid_broadcast") for p in sent] == [paid or None] * 4
    others = [call.params for call in box.log if call.method != "sendMessage"]
    assert not any("allow_paid_broadcast" in params for params in others)


ALL_METHODS = [m for m in vars(methods).values() if isinstance(m, type)]
CALLS = [m for m in ALL_METHODS if issubclass(m, TelegramMethod) and m is not TelegramMethod]


async def test_every_request_but_that_for_updates_waits_for_its_turn(pauses: Pauses) -> None:
    async def left(bot: Bot, method: TelegramMethod[Any]) -> Any:
        return True

    pacing, bot = Pacing(pauses), Bot("1:x")
    assert len(CALLS) > 100
    for call in CALLS:
        before = len(pauses.urgent)
        await pacing(left, bot, call.model_construct())
        assert len(pauses.urgent) - before == (call is not methods.GetUpdates), call


@pytest.mark.parametrize(
    ("method", "counted"),
    [
        (methods.SendMessage(chat_id=7, text="x"), True),
        (methods.EditMessageText(chat_id=7, message_id=1, text="x"), True),
        (methods.SendDocument(chat_id="@news", document="x"), True),
        (methods.SendChatAction(chat_id=7, action="typing"), False),
        (methods.AnswerCallbackQuery(callback_query_id="1"), False),
        (methods.StopPoll(chat_id=7, message_id=1), False),
        (methods.GetChat(chat_id=7), False),
    ],
)
def test_what_shows_in_a_chat_counts_against_its_own_limit(
    method: TelegramMethod[Any], counted: bool
) -> None:
    assert (chat_of(method) is not None) == counted


RICH = replace(
    POST,
    rich='[[-1, [{"type": "heading", "text": "Сводка", "size": 2}]], [0, [{"type": "divider"}]]]',
)


async def test_a_rich_post_arrives_as_a_rich_message(sender: TelegramSender, box: Sandbox) -> None:
    await sender.send(READER_ID, replace(RICH, silent=True))
    (message,) = box.sent(READER_ID)
    assert message["rich_message"]["blocks"] == [
        {"type": "heading", "text": "Сводка", "size": 2},
        {"type": "divider"},
    ]
    assert box.log[-1].params["disable_notification"] is True


async def test_a_server_that_knows_no_rich_messages_is_asked_once(
    sender: TelegramSender, box: Sandbox
) -> None:
    box.faults.add("no_method", method="sendRichMessage", times=None)
    with pytest.raises(Refused):
        await sender.send(READER_ID, RICH)
    await sender.send(READER_ID, RICH)
    assert [call.method for call in list(box.log)[-2:]] == ["sendRichMessage", "sendMessage"]
    assert [m["text"] for m in box.sent(READER_ID)] == [POST.text]


async def test_a_rich_message_is_edited_as_one(sender: TelegramSender, box: Sandbox) -> None:
    message_id = await sender.send(READER_ID, RICH)
    rich = '[[0, [{"type": "paragraph", "text": ["Так ", {"type": "bold", "text": "вот"}]}]]]'
    await sender.edit(READER_ID, message_id, replace(RICH, rich=rich))
    (message,) = box.sent(READER_ID)
    assert message["rich_message"]["blocks"][0]["text"][1] == {"type": "bold", "text": "вот"}


async def test_a_reply_goes_out_although_its_message_is_gone(
    sender: TelegramSender, box: Sandbox
) -> None:
    first = await sender.send(READER_ID, POST)
    await sender.send(READER_ID, POST, reply_to=first)
    await sender.send(READER_ID, POST, reply_to=999)
    replies = [m.get("reply_to_message", {}).get("message_id") for m in box.sent(READER_ID)]
    assert replies == [None, first, None]
