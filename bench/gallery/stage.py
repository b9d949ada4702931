"""A reader and the real bot, over a sandbox of their own, at a frozen instant."""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.filters.callback_data import CallbackData

from bench.gallery.newsroom import NOW, HereAndNow, copy_news, topics_toml
from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.planning.plan import plan_due
from bot.news.topics.scores import Topics, parse_topics
from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Json
from bot.sources.http import Fetcher
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.writing.texts import Text, Texts
from storage.connect import open_store
from storage.models import (
    Chat,
    ChatKind,
    DeliveryKind,
    NewDelivery,
    Post,
    Schedule,
    Story,
    Subscription,
)
from storage.ports import Store

ZONE = "Asia/Novokuznetsk"
LATER = timedelta(days=1)


@dataclass
class Stage:
    """What a scene is played on. Its reader has one private chat, and a channel."""

    box: Sandbox
    url: str
    store: Store
    bot: Bot
    dispatcher: Dispatcher
    render: Render
    text: Text
    topics: Topics
    chat_id: int = READER_ID  # where the reader is
    planned: int = 0

    async def hear(self) -> None:
        """The bot takes what it was told, and sends what it then has to send."""
        while update := self.box.updates.oldest():
            self.box.updates.confirm(update["update_id"] + 1)
            await self.dispatcher.feed_raw_update(self.bot, update)
        await self.send()

    async def send(self) -> None:
        pacer = Pacer(1e6, monotonic=count(step=10.0).__next__)
        outbound = Outbound(
            self.store,
            TelegramSender(self.bot),
            pacer,
            owner="gallery",
            clock=self.box.clock,
            renderer=self.render,
            monotonic=lambda: 0.0,  # which stands still too
        )
        await outbound.drain()

    async def says(self, *words: str, **how: Any) -> None:
        """Write one message after another."""
        for text in words:
            self.box.acts.send(text, chat_id=self.chat_id, **how)
            await self.hear()

    async def presses(self, *buttons: CallbackData | type[CallbackData] | str) -> None:
        """Press the newest button that says so: all of it, of its kind, or with that text's key."""
        for wanted in buttons:
            message_id, data = self._button(wanted)
            self.box.acts.press(message_id, data, chat_id=self.chat_id)
            await self.hear()

    def _button(self, wanted: CallbackData | type[CallbackData] | str) -> tuple[int, str]:
        for message in reversed(self.messages):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in (one for row in rows for one in row):
                data = button.get("callback_data")
                if data and _is(wanted, button["text"], data, self.text):
                    return message["message_id"], data
        raise LookupError(f"there is no button {wanted!r}")

    @property
    def messages(self) -> list[Json]:
        return list(self.box.world.chats[self.chat_id].messages.values())

    def clear(self) -> None:
        """What was said so far is not in the picture."""
        chat = self.box.world.chats[self.chat_id]
        chat.messages.clear()
        chat.authors.clear()

    async def subscribes(self, **wishes: Any) -> Subscription:
        """Have a subscription that is due now."""
        changes = {k: wishes.pop(k) for k in ("layout", "silent") if k in wishes}
        made = await self.store.subscriptions.add(
            chat_id=self.chat_id,
            topics=wishes.pop("topics", ("flights", "trade", "transport")),
            schedule=Schedule(),
            next_run_at=NOW,
            now=NOW - LATER,
            **wishes,
        )
        changed = await self.store.subscriptions.change(made.id, **changes) if changes else made
        assert changed is not None
        return changed

    async def is_due(self) -> None:
        """Digests that are due come."""
        await plan_due(self.store, self.render, now=NOW, default_zone=ZONE)
        await self.send()

    async def gets(self, posts: Sequence[Post], kind: DeliveryKind = DeliveryKind.NOTICE) -> None:
        """Posts arrive as the outbox sends them."""
        for post in posts:
            self.planned += 1
            delivery = NewDelivery(
                key=f"gallery:{self.planned}", chat_id=self.chat_id, kind=kind, post=post
            )
            await self.store.outbox.add(delivery, now=NOW)
        await self.send()

    async def chat(self) -> Chat:
        found = await self.store.chats.get(self.chat_id)
        assert found is not None
        return found

    async def stories(self, *words: str) -> list[Story]:
        """The stories whose headlines have these words."""
        latest = await self.store.stories.latest(limit=200)
        return [next(s for s in latest if word in s.headline) for word in words]


def _is(wanted: CallbackData | type[CallbackData] | str, label: str, data: str, text: Text) -> bool:
    if isinstance(wanted, str):
        return label == text(wanted)
    if isinstance(wanted, CallbackData):
        return data == wanted.pack()
    return data.partition(":")[0] == wanted.__prefix__


@asynccontextmanager
async def stage(
    printed: Path, folder: Path, language: str, *, known: bool = True, admin: bool = False
) -> AsyncIterator[Stage]:
    """A stage with the news; its reader is new to the bot unless `known`."""
    topics, texts = _topics(), _texts()
    box = Sandbox(lambda: NOW, limits=False, language_code=language)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(start_sandbox(box))
        store = await open_store(copy_news(printed, folder / f"{id(box)}.db"))
        stack.push_async_callback(store.close)
        pacer = Pacer(1e6, monotonic=count(step=10.0).__next__)
        bot = build_bot(box.token, pacer=pacer, api_url=url, noted=store.outbox.saw_message)
        stack.push_async_callback(bot.session.close)
        render = Render(texts, topics, default_zone=ZONE, default_language=language)
        ring = asyncio.Event()
        dispatcher = build_dispatcher(
            store=store,
            texts=texts,
            topics=topics,
            render=render,
            settings=Settings(admin_ids=frozenset({READER_ID} if admin else ())),
            clock=lambda: NOW,
            ring=ring.set,
            ingest=await stack.enter_async_context(_newsroom(store)) if admin else None,
        )
        made = Stage(box, url, store, bot, dispatcher, render, texts.get(language), topics)
        if known:
            await _introduce(made, language)
        yield made


@asynccontextmanager
async def _newsroom(store: Store) -> AsyncIterator[Ingest]:
    """Where admins' news go; it fetches nothing, since nobody sends an address."""
    fetcher, workers = Fetcher("Svodka/gallery"), HereAndNow()
    ingest = Ingest(
        store=store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=topics_toml(),
        clock=lambda: NOW,
    )
    yield ingest
    await ingest.close()
    await fetcher.close()


@cache
def _topics() -> Topics:
    return parse_topics(topics_toml(), name="topics.toml")


@cache
def _texts() -> Texts:
    return Texts()


async def _introduce(made: Stage, language: str) -> None:
    """The reader has been through the first steps."""
    made.box.reader.met = made.box.reader.started = True
    chat = Chat(id=READER_ID, kind=ChatKind.PRIVATE, title="Анна", language=language, zone=ZONE)
    await made.store.chats.see(chat, now=NOW)
    await made.store.chats.choose(READER_ID, language=language, zone=ZONE)
