"""Chats that go and come back, on the strict server through the real dispatcher and outbox."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram import Dispatcher

from bot.config import Settings
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.news.topics.scores import Topics
from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.writing.texts import Texts
from storage.models import Chat, DeliveryKind, DeliveryState, NewDelivery, Post, Schedule
from storage.ports import Store


class Stage:
    """The bot and the world around it; nothing is waited for."""

    def __init__(self, box: Sandbox, store: Store, now: datetime) -> None:
        self.box, self.store, self.now = box, store, now
        self.dispatcher: Dispatcher
        self.outbound: Outbound
        self.bot: Any
        self.planned = 0

    async def hear(self) -> None:
        """Take every update there is."""
        offset = None
        while updates := await self.bot.get_updates(offset=offset, timeout=0):
            for update in updates:
                await self.dispatcher.feed_update(self.bot, update)
            offset = updates[-1].update_id + 1

    async def subscribed(self, chat_id: int) -> None:
        """The chat has a digest every day, due in an hour."""
        await self.store.subscriptions.add(
            chat_id=chat_id,
            topics=(),
            schedule=Schedule(),
            next_run_at=self.now + timedelta(hours=1),
            now=self.now,
        )

    async def deliver(self, chat_id: int, kind: DeliveryKind = DeliveryKind.DIGEST) -> None:
        """Plan a post for the chat and send what is due."""
        self.planned += 1
        post = Post(text=f"post {self.planned}")
        delivery = NewDelivery(key=post.text, chat_id=chat_id, kind=kind, post=post)
        await self.store.outbox.add(delivery, now=self.now)
        self.outbound.bell.set()
        await self.outbound.drain()

    async def newest(self) -> tuple[DeliveryState, str | None]:
        """What became of the newest post, and why."""
        [delivery] = [
            d for d in await self.store.outbox.list(limit=9) if d.key == f"post {self.planned}"
        ]
        return delivery.state, delivery.error

    async def chat(self, chat_id: int) -> Chat:
        found = await self.store.chats.get(chat_id)
        assert found is not None
        return found

    async def asleep(self, chat_id: int) -> str | None:
        """Why it sleeps; its subscription is there in any case, and due while it is awake."""
        why = (await self.chat(chat_id)).asleep
        assert len(await self.store.subscriptions.of_chat(chat_id)) == 1
        due = await self.store.subscriptions.due(now=self.now + timedelta(hours=2), limit=9)
        assert len(due) == (why is None)
        return why

    def texts(self, chat_id: int) -> list[str]:
        return [m["text"] for m in self.box.sent(chat_id) if m["text"].startswith("post ")]


@pytest.fixture
async def stage(
    store: Store, texts: Texts, topics: Topics, render: Render, now: datetime
) -> AsyncIterator[Stage]:
    box = Sandbox(lambda: now, limits=False)
    made = Stage(box, store, now)
    pacer = Pacer(1e9, monotonic=Skipping())
    async with start_sandbox(box) as url:
        made.bot = build_bot(box.token, pacer=pacer, api_url=url, noted=store.outbox.saw_message)
        made.dispatcher = build_dispatcher(
            store=store,
            texts=texts,
            topics=topics,
            render=render,
            settings=Settings(),
            clock=lambda: made.now,
            ring=lambda: None,
        )
        sender = TelegramSender(made.bot)
        made.outbound = Outbound(
            store, sender, pacer, owner="t", clock=lambda: made.now, renderer=render
        )
        box.acts.send("/start")
        await made.hear()
        yield made
        await made.bot.session.close()


class Skipping:
    """A monotonic clock that is a minute farther at each look, so that no chat has to rest."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        self.at += 60
        return self.at


async def test_who_blocked_the_bot_sleeps_and_wakes_with_start(stage: Stage) -> None:
    await stage.subscribed(READER_ID)
    stage.box.reader.blocked = True  # the update of it was lost
    await stage.deliver(READER_ID)
    assert await stage.newest() == (DeliveryState.DEAD, "Forbidden: bot was blocked by the user")
    assert await stage.asleep(READER_ID) == "Forbidden: bot was blocked by the user"
    stage.box.acts.send("/start")
    await stage.hear()
    assert await stage.asleep(READER_ID) is None
    await stage.deliver(READER_ID)
    assert stage.texts(READER_ID) == ["post 2"]


async def test_who_blocks_and_unblocks_sleeps_and_wakes_by_that_alone(stage: Stage) -> None:
    await stage.subscribed(READER_ID)
    stage.box.acts.block()
    await stage.hear()
    assert await stage.asleep(READER_ID) == "blocked"
    await stage.deliver(READER_ID)
    assert stage.texts(READER_ID) == []
    stage.box.acts.unblock()
    await stage.hear()
    assert await stage.asleep(READER_ID) is None


async def test_who_deleted_the_account_sleeps(stage: Stage) -> None:
    await stage.subscribed(READER_ID)
    stage.box.reader.deactivated = True
    await stage.deliver(READER_ID)
    assert await stage.asleep(READER_ID) == "Forbidden: user is deactivated"


async def test_a_chat_that_is_not_found_sleeps_until_it_speaks(stage: Stage) -> None:
    await stage.subscribed(READER_ID)
    stage.box.faults.add("chat_not_found", method="sendMessage")
    await stage.deliver(READER_ID)
    assert await stage.asleep(READER_ID) == "Bad Request: chat not found"
    stage.box.acts.send("/help")
    await stage.hear()
    assert await stage.asleep(READER_ID) is None


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("supergroup", [True, False])
async def test_a_group_that_removes_the_bot_sleeps_until_it_is_back(
    stage: Stage, supergroup: bool, told: bool
) -> None:
    group = stage.box.acts.add_group("Соседи", supergroup=supergroup)
    await stage.hear()
    await stage.subscribed(group.id)
    stage.box.acts.remove(group.id)
    if told:
        await stage.hear()
    else:
        stage.box.updates.drop()
    await stage.deliver(group.id)
    why = "kicked" if told else f"Forbidden: bot was kicked from the {group.kind} chat"
    assert await stage.asleep(group.id) == why
    stage.box.acts.demote(group.id)  # a plain member
    await stage.hear()
    assert await stage.asleep(group.id) is None
    await stage.deliver(group.id)
    assert stage.texts(group.id)[-1] == "post 2"


async def test_a_group_where_the_bot_may_not_write_sleeps_until_it_may(stage: Stage) -> None:
    group = stage.box.acts.add_group("Соседи", supergroup=True)
    await stage.hear()
    await stage.subscribed(group.id)
    stage.box.acts.restrict(group.id)
    stage.box.updates.drop()
    await stage.deliver(group.id)
    why = await stage.asleep(group.id)
    assert why == "Bad Request: not enough rights to send text messages to the chat"
    stage.box.acts.demote(group.id)
    await stage.hear()
    assert await stage.asleep(group.id) is None


async def test_a_group_that_fell_asleep_by_mistake_wakes_with_start(stage: Stage) -> None:
    group = stage.box.acts.add_group("Соседи")
    await stage.hear()
    await stage.subscribed(group.id)
    stage.box.faults.add("chat_not_found", method="sendMessage")
    await stage.deliver(group.id)
    assert await stage.asleep(group.id) == "Bad Request: chat not found"
    stage.box.acts.send("/start", chat_id=group.id)
    await stage.hear()
    assert await stage.asleep(group.id) is None


@pytest.mark.parametrize("told", [True, False])
async def test_a_channel_that_takes_the_rights_sleeps_until_they_are_back(
    stage: Stage, told: bool
) -> None:
    channel_id = stage.box.channel.id
    stage.box.acts.promote()
    await stage.hear()
    await stage.subscribed(channel_id)
    stage.box.acts.promote(without=("can_post_messages",))
    if told:
        await stage.hear()
    else:
        stage.box.updates.drop()
    await stage.deliver(channel_id, DeliveryKind.CHANNEL)
    why = "may not post" if told else "Bad Request: need administrator rights in the channel chat"
    assert await stage.asleep(channel_id) == why
    await stage.outbound.drain()
    stage.outbound.bell.set()
    await stage.outbound.drain()
    assert sum("Мой канал" in m["text"] for m in stage.box.sent(READER_ID)) == 2  # and the hello
    stage.box.acts.promote()
    await stage.hear()
    assert await stage.asleep(channel_id) is None
    await stage.deliver(channel_id, DeliveryKind.CHANNEL)
    assert stage.texts(channel_id)[-1] == "post 2"


@pytest.mark.parametrize("told", ["before", "after", "never"])
async def test_a_group_that_became_a_supergroup_is_delivered_to_there(
    stage: Stage, told: str
) -> None:
    group = stage.box.acts.add_group("Соседи")
    await stage.hear()
    await stage.subscribed(group.id)
    new = stage.box.acts.migrate(group.id)
    if told == "never":
        stage.box.updates.drop()
    if told == "before":
        await stage.hear()
        group = new
    await stage.deliver(group.id)
    stage.outbound.bell.set()
    await stage.outbound.drain()
    await stage.hear()
    assert stage.texts(new.id) == ["post 1"]
    assert await stage.newest() == (DeliveryState.SENT, None)
    assert await stage.asleep(new.id) is None


ANSWERED: list[tuple[str, Callable[[Stage, int], object], str]] = [
    (
        "restricted",
        lambda stage, group: stage.box.acts.restrict(group),
        "Bad Request: not enough rights to send text messages to the chat",
    ),
    (
        "gone",
        lambda stage, _: stage.box.faults.add("chat_not_found", method="sendMessage"),
        "Bad Request: chat not found",
    ),
    (
        "kicked",
        lambda stage, _: stage.box.faults.add("kicked", method="sendMessage"),
        "Forbidden: bot was kicked from the supergroup chat",
    ),
]


@pytest.mark.parametrize(("name", "happens", "why"), ANSWERED, ids=[a[0] for a in ANSWERED])
async def test_an_answer_that_cannot_arrive_puts_the_chat_to_sleep(
    stage: Stage,
    caplog: pytest.LogCaptureFixture,
    name: str,
    happens: Callable[[Stage, int], object],
    why: str,
) -> None:
    group = stage.box.acts.add_group("Соседи", supergroup=True)
    await stage.hear()
    await stage.subscribed(group.id)
    happens(stage, group.id)
    stage.box.updates.drop()
    stage.box.acts.send("/help", chat_id=group.id)
    await stage.hear()
    assert await stage.asleep(group.id) == why
    assert "an update failed" not in caplog.text


async def test_an_answer_to_a_group_that_moved_moves_everything(stage: Stage) -> None:
    group = stage.box.acts.add_group("Соседи")
    await stage.hear()
    await stage.subscribed(group.id)
    stage.box.acts.send("/help", chat_id=group.id)
    new = stage.box.acts.migrate(group.id)
    # The answer to /help fails before the word of the migration is heard.
    await stage.hear()
    assert await stage.asleep(new.id) is None
    assert await stage.store.chats.get(group.id) is None


async def test_trouble_with_another_chat_puts_nobody_to_sleep(stage: Stage) -> None:
    """/subscribe of a channel asks about the channel; the person is all right."""
    await stage.subscribed(READER_ID)
    stage.box.faults.add("kicked", method="getChatMember", times=None)
    stage.box.acts.promote()
    await stage.hear()
    stage.box.acts.send(f"/subscribe {stage.box.channel.id}")
    await stage.hear()
    assert await stage.asleep(READER_ID) is None
