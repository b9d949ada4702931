"""Sends per second: the outbox, every post a row marked durably before and after its request,
against a bare `asyncio.gather` of aiogram's `send_message`, and against posts of aiohttp alone,
whose forms are made beforehand. The pace is lifted from all.

The server is the sandbox in another process; as many requests are in flight. With two cores the
server may be what all wait for, so the CPU time of our own process is given beside.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)
from aiohttp import ClientSession

from bench.figures import Figure, Size, ratios
from bench.processes import line_with, module, own_peak
from bench.server import FIRST_PERSON
from bench.texts import paragraphs, title
from bot.clock import now as present
from bot.jobs.delivery.outbox import PLACES, Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from storage.connect import open_store
from storage.models import Button, DeliveryKind, DeliveryState, NewDelivery, NewDigest, Post
from storage.ports import Store

MESSAGES, QUICK_MESSAGES = 1_500, 40  # one for each person
TOKEN = "1:sandbox"


class Took(NamedTuple):
    wall_s: float
    cpu_s: float  # of this process, the threads of the store with it


async def measure(size: Size) -> list[Figure]:
    messages = size.of(MESSAGES, QUICK_MESSAGES)
    ours: list[Took] = []
    bare: list[Took] = []
    raw: list[Took] = []
    with tempfile.TemporaryDirectory(dir=size.folder) as folder:
        async with module("bench.server", str(messages)) as server:
            url = await line_with(server, r"^(http\S+)")
            for run in range(size.runs + 1):  # the first warms the server up
                posts = [_post(random.Random(number)) for number in range(messages)]
                store = await open_store(f"sqlite:///{folder}/sends-{run}.db")
                try:
                    pair = [(ours, _outbox(store, url, posts)), (bare, _gather(url, posts))]
                    for found, work in pair if run % 2 else reversed(pair):
                        found.append(await work)
                    raw.append(await _raw(url, posts))
                finally:
                    await store.close()
    return _figures(messages, ours[1:], bare[1:], raw[1:])


def _figures(
    messages: int, ours: Sequence[Took], bare: Sequence[Took], raw: Sequence[Took]
) -> list[Figure]:
    rate = tuple(messages / took.wall_s for took in ours)
    bare_rate = tuple(messages / took.wall_s for took in bare)
    raw_rate = tuple(messages / took.wall_s for took in raw)
    cpu = tuple(1000 * took.cpu_s / messages for took in ours)
    bare_cpu = tuple(1000 * took.cpu_s / messages for took in bare)
    return [
        Figure(name=f"{messages} posts through the outbox", unit="/s", runs=rate),
        Figure(name="bare gather", unit="/s", runs=bare_rate),
        Figure(name="raw posts of aiohttp", unit="/s", runs=raw_rate),
        Figure(
            name="rate against the bare one", unit="×", runs=ratios(rate, bare_rate), at_least=0.9
        ),
        Figure(name="rate against the raw ones", unit="×", runs=ratios(rate, raw_rate)),
        Figure(name="our CPU time for a post", unit="ms", runs=cpu),
        Figure(name="bare gather's CPU time for a post", unit="ms", runs=bare_cpu),
        own_peak(),
    ]


async def _outbox(store: Store, url: str, posts: Sequence[Post]) -> Took:
    """Rows that are planned already leave through Outbound."""
    await store.outbox.plan(_digest(posts, present()))
    pacer = Pacer(1_000_000, monotonic=time.monotonic)
    made = build_bot(TOKEN, pacer=pacer, api_url=url, noted=store.outbox.saw_message)
    outbound = Outbound(store, TelegramSender(made), pacer, owner="bench", clock=present)
    try:
        took = await _timed(outbound.drain)
    finally:
        await made.session.close()
    counts = await store.outbox.counts()
    assert counts[DeliveryState.SENT] == len(posts), counts
    return took


async def _gather(url: str, posts: Sequence[Post]) -> Took:
    made = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    requests = [_arguments(post) for post in posts]
    places = asyncio.Semaphore(PLACES)

    async def send(number: int) -> None:
        text, entities, markup = requests[number]
        async with places:
            await made.send_message(
                FIRST_PERSON + number,
                text,
                entities=entities,
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

    async def send_all() -> None:
        await asyncio.gather(*(send(number) for number in range(len(posts))))

    try:
        return await _timed(send_all)
    finally:
        await made.session.close()


async def _raw(url: str, posts: Sequence[Post]) -> Took:
    forms = [_form(FIRST_PERSON + number, post) for number, post in enumerate(posts)]
    places = asyncio.Semaphore(PLACES)

    async def send(form: dict[str, str]) -> None:
        async with places, http.post(f"{url}/bot{TOKEN}/sendMessage", data=form) as answer:
            assert (await answer.json())["ok"]

    async def send_all() -> None:
        await asyncio.gather(*(send(form) for form in forms))

    async with ClientSession() as http:
        return await _timed(send_all)


def _form(chat_id: int, post: Post) -> dict[str, str]:
    _, _, markup = _arguments(post)
    return {
        "chat_id": str(chat_id),
        "text": post.text,
        "entities": post.entities,
        "reply_markup": markup.model_dump_json(exclude_none=True),
        "link_preview_options": '{"is_disabled": true}',
    }


async def _timed(work: Callable[[], Awaitable[None]]) -> Took:
    began, cpu = time.perf_counter(), time.process_time()
    await work()
    return Took(time.perf_counter() - began, time.process_time() - cpu)


def _digest(posts: Sequence[Post], now: datetime) -> NewDigest:
    """All posts as the deliveries of one digest, so that planning them is one transaction."""
    key = f"digest:bench:{now.timestamp()}"
    deliveries = tuple(
        NewDelivery(
            key=f"{key}:{number}",
            chat_id=FIRST_PERSON + number,
            kind=DeliveryKind.DIGEST,
            post=post,
        )
        for number, post in enumerate(posts)
    )
    return NewDigest(chat_id=FIRST_PERSON, key=key, stories=(), deliveries=deliveries, at=now)


def _post(chance: random.Random) -> Post:
    """A digest of five stories, each with its headline linked."""
    text, entities = "", []
    for number in range(5):
        headline = title(chance)
        link = f"https://outlet.example/news/{number}"
        place = {"offset": _units(text), "length": _units(headline)}
        entities += [{"type": "text_link", "url": link, **place}, {"type": "bold", **place}]
        text += f"{headline}\n{paragraphs(chance, 5)[0][:150]}\n\n"
    buttons = ((Button(text="Ещё", data="l1::5:5"), Button(text="Темы", data="t1")),)
    return Post(text=text.strip(), entities=json.dumps(entities), buttons=buttons)


def _units(text: str) -> int:
    """As Telegram counts: UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _arguments(post: Post) -> tuple[str, list[MessageEntity], InlineKeyboardMarkup]:
    rows = [
        [InlineKeyboardButton(text=button.text, callback_data=button.data) for button in row]
        for row in post.buttons
    ]
    entities = [MessageEntity.model_validate(one) for one in json.loads(post.entities)]
    return post.text, entities, InlineKeyboardMarkup(inline_keyboard=rows)
