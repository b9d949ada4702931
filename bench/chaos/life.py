"""One life of the bot, from its start to its end, which is seldom its own choice.

The parts are those that `svodka run` joins, as it joins them: store, outbox, pacer, sender,
reconciliation, edits, polling and dispatcher. Only the clock, the pace of doubts and the waits for
a locked database and for handlers are the trial's.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from aiogram import Bot
from aiogram.methods import GetMe, GetUpdates, SendMessage, TelegramMethod
from aiogram.types import Update
from aiohttp import ClientSession, TraceConfig, TraceRequestStartParams

from bench.chaos.doubts import WAYS
from bench.chaos.server import LEFT
from bench.chaos.stage import TOKEN, Stage
from bot import logs
from bot.config import Settings
from bot.jobs.delivery.editing import Editing
from bot.jobs.delivery.hearing import Hearing
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.news.topics.scores import parse_topics
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.amending import Amend
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.updates.ears import Ears
from bot.telegram.updates.polling import HANDLED_WITHIN_S, poll
from bot.telegram.writing.texts import Texts
from storage.connect import open_store
from storage.errors import StorageError
from storage.ports import Store
from storage.sqlite.file import database

log = logging.getLogger("svodka")

DOUBTS_S = AMEND_S = 5.0
ZONE = "Asia/Novokuznetsk"

# Read here, before a process is forked for each life: what a start costs is not what is tried.
TOPICS = parse_topics(
    (files("bot.news.topics") / "topics.toml").read_text(encoding="utf-8"), name="topics.toml"
)
TEXTS = Texts("ru")


def _warm_up() -> None:
    """Have aiogram's models build themselves."""
    person = {"id": 1, "type": "private", "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": person, "from": person, "text": "x"}
    update = {"update_id": 1, "message": message}
    made = build_bot(TOKEN, pacer=Pacer(1, monotonic=float))
    answers: list[tuple[TelegramMethod[Any], object]] = [
        (GetMe(), person),
        (GetUpdates(), [update]),
        (SendMessage(chat_id=1, text="x"), message),
    ]
    for method, result in answers:
        method.model_dump()
        body = json.dumps({"ok": True, "result": result})
        made.session.check_response(made, method, 200, body)


_warm_up()


def live(stage: Stage) -> None:
    """Be the bot until killed."""
    logging.raiseExceptions = False  # a full disk is full for the log, too
    sys.stderr = stage.log.open("a", encoding="utf-8")
    logs.set_up(level="INFO", form="json", secrets=())
    database.BUSY_TIMEOUT_MS = int(stage.time.real(database.BUSY_TIMEOUT_MS))
    try:
        stage.time.run(_live(stage))
    except* StorageError as e:
        log.error("The bot stops: %s", e.exceptions)


async def _live(stage: Stage) -> None:
    store = await open_store(stage.database_url)
    try:
        store.own()
        await _work(stage, store)
    finally:
        await store.close()


async def _work(stage: Stage, store: Store) -> None:
    monotonic, clock = stage.time.monotonic, stage.time.set_wrong(stage.ahead)
    given = Settings()
    render = Render(TEXTS, TOPICS, default_zone=ZONE, default_language="ru")
    pacer = Pacer(given.send_rate, monotonic=monotonic)
    made = build_bot(
        TOKEN, pacer=pacer, api_url=stage.address.read_text(), noted=store.outbox.saw_message
    )
    await _stamp(made, monotonic)
    sender = TelegramSender(made)
    owner = f"chaos:{os.getpid()}"
    outbound = Outbound(
        store,
        sender,
        pacer,
        owner=owner,
        clock=clock,
        renderer=render,
        ask=stage.retry == "ask",
        monotonic=monotonic,
        hearing=(hearing := Hearing(monotonic)),
    )
    editing = Editing(
        store,
        sender,
        Amend(TEXTS, default_zone=ZONE),
        pacer,
        clock=clock,
        network=outbound.network,
        renderer=render,
    )
    dispatcher = build_dispatcher(
        store=store,
        texts=TEXTS,
        topics=TOPICS,
        render=render,
        settings=given,
        clock=clock,
        ring=outbound.bell.set,
    )

    async def settle() -> None:
        await WAYS[stage.retry](outbound, store, clock())

    async def handle(update: Update) -> None:
        await dispatcher.feed_update(made, update)

    # A hiccup of the machine is no handler that hangs, however many seconds of the trial it takes.
    patience_s = HANDLED_WITHIN_S * stage.time.scale
    kinds = dispatcher.resolve_used_update_types()
    async with asyncio.TaskGroup() as all_of_it:
        all_of_it.create_task(outbound.run())
        all_of_it.create_task(
            poll(
                made,
                handle,
                kinds=kinds,
                monotonic=monotonic,
                handled_within_s=patience_s,
                heard=Ears(store.outbox, hearing).heard,
            )
        )
        all_of_it.create_task(_every(DOUBTS_S, settle))
        all_of_it.create_task(editing.run())
        all_of_it.create_task(_every(AMEND_S, editing.amend))


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except StorageError as e:
            log.error("It is tried again later: %s", e)
        await asyncio.sleep(seconds)


async def _stamp(made: Bot, monotonic: Callable[[], float]) -> None:
    """Let every request say when it left."""
    stamps = TraceConfig()
    stamps.on_request_start.append(partial(_stamped, monotonic))
    stamps.freeze()
    http: ClientSession = await made.session.create_session()  # type: ignore[attr-defined]
    http.trace_configs.append(stamps)


async def _stamped(
    monotonic: Callable[[], float],
    http: ClientSession,
    about: SimpleNamespace,
    request: TraceRequestStartParams,
) -> None:
    request.headers[LEFT] = f"{monotonic():.6f}"
