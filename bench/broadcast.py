"""A minute within a broadcast of 100,000 messages, at SEND_RATE=30 against the strict server.

How evenly they leave, whether Telegram would have refused any, and how long a person who sends a
command meanwhile waits for the answer. Store, outbox, pacer, polling and dispatcher are those of
the bot; the server is in the same process, so that the answer's arrival is seen at once.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import asyncio
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files

from aiogram import Bot
from aiogram.types import Update

from bench.figures import Figure, Size, p99
from bench.processes import own_peak
from bot.clock import now as present
from bot.config import Settings
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.news.topics.scores import parse_topics
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Person
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.updates.life import spare_the_collector
from bot.telegram.updates.polling import poll
from bot.telegram.writing.texts import Texts
from storage.connect import open_store
from storage.models import Chat, ChatKind, DeliveryKind, NewDelivery, NewDigest, Post
from storage.ports import Store

MESSAGES, QUICK_MESSAGES = 100_000, 300
LASTS_S, QUICK_LASTS_S = 60, 3
SETTLES_S = 2.0  # the first burst of the strict server's bucket, and of ours
COMMAND_EVERY_S = 0.5
ASKING = range(101, 121)  # people who send commands, in turn
READING_FROM = 10_000  # people whom the broadcast is for
RATE = 30.0
TOKEN = "1:sandbox"
ZONE = "Asia/Novokuznetsk"


async def measure(size: Size) -> list[Figure]:
    messages = size.of(MESSAGES, QUICK_MESSAGES)
    lasts_s = size.of(LASTS_S, QUICK_LASTS_S)
    rates: list[float] = []
    refused: list[float] = []
    waits: list[float] = []
    for _ in range(size.runs):
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            store = await open_store(f"sqlite:///{folder}/broadcast.db")
            try:
                calls, waited = await _minute(store, messages, lasts_s)
            finally:
                await store.close()
        sent = [call for call in calls if call.accepted]
        rates.append(len(sent) / lasts_s)
        refused.append(len(calls) - len(sent))
        waits.append(p99(waited))
    return [
        Figure(name="left in a second, at 30", unit="/s", runs=tuple(rates), at_least=29.5),
        Figure(name="the same, at most", unit="/s", runs=tuple(rates), at_most=30.0),
        Figure(name="refused (429)", unit="", runs=tuple(refused), at_most=0),
        Figure(name="a command meanwhile, p99", unit="ms", runs=tuple(waits), at_most=300),
        own_peak(),
    ]


async def _minute(
    store: Store, messages: int, lasts_s: float
) -> tuple[list[Call], Sequence[float]]:
    """What was asked of Telegram in that time, and how many ms each command took."""
    box = Sandbox(present, TOKEN)
    _people(box, messages)
    await store.outbox.plan(await _broadcast(store, messages))
    async with start_sandbox(box) as url:
        pacer = Pacer(RATE, monotonic=time.monotonic)
        made = build_bot(TOKEN, pacer=pacer, api_url=url, noted=store.outbox.saw_message)
        sender = TelegramSender(made)
        outbound = Outbound(store, sender, pacer, owner="bench", clock=present)
        working = [
            asyncio.create_task(outbound.run()),
            asyncio.create_task(_listen(made, store, outbound)),
        ]
        try:
            spare_the_collector()
            await asyncio.sleep(SETTLES_S)
            began = time.monotonic()
            waited = await _ask(box, began + lasts_s)
        finally:
            for task in working:
                task.cancel()
            await asyncio.wait(working)
            await made.session.close()
    for task in working:
        with suppress(asyncio.CancelledError):
            task.result()
    calls = [call for call in box.log if call.method == "sendMessage"]
    return [call for call in calls if began <= call.at_s < began + lasts_s], waited


async def _listen(made: Bot, store: Store, outbound: Outbound) -> None:
    toml = (files("bot.news.topics") / "topics.toml").read_text(encoding="utf-8")
    topics, texts = parse_topics(toml, name="topics.toml"), Texts("ru")
    dispatcher = build_dispatcher(
        store=store,
        texts=texts,
        topics=topics,
        render=Render(texts, topics, default_zone=ZONE, default_language="ru"),
        settings=Settings(),
        clock=present,
        ring=outbound.bell.set,
    )

    async def handle(update: Update) -> None:
        await dispatcher.feed_update(made, update)

    kinds = dispatcher.resolve_used_update_types()
    await poll(made, handle, kinds=kinds, monotonic=time.monotonic)


async def _ask(box: Sandbox, until: float) -> list[float]:
    """Send a command every half second until then; how many ms each took to be answered."""
    asking: list[asyncio.Task[float]] = []
    number = 0
    while time.monotonic() < until:
        person = ASKING[number % len(ASKING)]
        asking.append(asyncio.create_task(_answered(box, person)))
        number += 1
        await asyncio.sleep(COMMAND_EVERY_S)
    return list(await asyncio.gather(*asking))


async def _answered(box: Sandbox, person: int) -> float:
    before = len(box.sent(person))
    began = time.perf_counter()
    box.acts.send("/help", by=person)
    while len(box.sent(person)) == before:
        await asyncio.sleep(0.002)
    return 1000 * (time.perf_counter() - began)


def _people(box: Sandbox, messages: int) -> None:
    reading = range(READING_FROM, READING_FROM + messages)
    for id_ in (*ASKING, *reading):
        box.world.add_person(Person(id=id_, first_name="Читатель", met=True, started=True))


async def _broadcast(store: Store, messages: int) -> NewDigest:
    now = present()
    for person in ASKING:
        await store.chats.see(Chat(id=person, kind=ChatKind.PRIVATE, title="Читатель"), now=now)
    post = Post(text="🗞 Дневная сводка\n\nСегодня открыли новый рейс в Минск.")
    deliveries = tuple(
        NewDelivery(key=f"b:{n}", chat_id=READING_FROM + n, kind=DeliveryKind.DIGEST, post=post)
        for n in range(messages)
    )
    return NewDigest(chat_id=READING_FROM, key="b", stories=(), deliveries=deliveries, at=now)
