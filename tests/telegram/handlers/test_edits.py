"""What an editor corrects is corrected where it was sent: real store, real HTTP, strict server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot

from bot.jobs.delivery.amending import amend_posts
from bot.jobs.delivery.editing import ATTEMPTS, Editing
from bot.jobs.delivery.network import Network
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.planning.plan import digest_now
from bot.sandbox.sandbox import CHANNEL_ID, READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Person
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.amending import Amend
from bot.telegram.rendering.render import Render
from bot.telegram.writing.texts import Texts
from storage.models import Chat, ChatKind, DeliveryState, EditState, Post, Story
from storage.ports import Store

ZONE = "Asia/Novokuznetsk"
PEOPLE = (1001, 1002, 1003)
WITHDRAWN = "🚫 Новость отозвана редакцией."


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    async def sleep(self, wait_s: float) -> None:
        self.now += timedelta(seconds=wait_s)
        await asyncio.sleep(0)


class House:
    """A newsroom whose digests have been sent."""

    def __init__(self, store: Store, box: Sandbox, bot: Bot, render: Render, clock: Clock) -> None:
        self.store, self.box, self.clock, self._render = store, box, clock, render
        self._pacer = Pacer(1e6, monotonic=clock.monotonic, sleep=clock.sleep)
        self._sender = TelegramSender(bot)
        self._outbound = Outbound(
            store,
            self._sender,
            self._pacer,
            owner="test",
            clock=clock,
            ask=False,
            monotonic=clock.monotonic,
            sleep=clock.sleep,
        )
        self.editing = self.begin()

    def begin(self) -> Editing:
        """Editing as a process begins it."""
        return Editing(
            self.store,
            self._sender,
            Amend(Texts(), default_zone=ZONE),
            self._pacer,
            clock=self.clock,
            network=Network(),
            renderer=self._render,
            sleep=self.clock.sleep,
        )

    async def plan(self, *chats: int) -> None:
        for chat_id in chats:
            kind = ChatKind.PRIVATE if chat_id > 0 else ChatKind.CHANNEL
            chat = await self.store.chats.see(
                Chat(id=chat_id, kind=kind, language="ru"), now=self.clock()
            )
            await digest_now(
                self.store,
                self._render,
                chat=chat,
                topics=(),
                key=f"digest:asked:{chat_id}:1",
                now=self.clock(),
                default_zone=ZONE,
            )

    async def send(self, *chats: int) -> None:
        await self.plan(*chats)
        await self._outbound.drain()

    async def say(self, chat_id: int, text: str) -> None:
        await self._sender.send(chat_id, Post(text=text))

    async def edit(self) -> None:
        await self.editing.amend()
        await self.editing.drain()

    def texts(self, chat_id: int) -> list[str]:
        return [message["text"] for message in self.box.sent(chat_id)]

    async def counts(self) -> dict[str, int]:
        return {state.value: n for state, n in (await self.store.edits.counts()).items() if n}


@pytest.fixture
async def house(
    store: Store, render: Render, now: datetime, print_news: Callable[..., Any]
) -> AsyncIterator[House]:
    clock = Clock(now + timedelta(minutes=1))
    box = Sandbox(clock, limits=False)
    box.acts.send("/start")
    box.acts.promote(CHANNEL_ID)
    for person_id in PEOPLE:
        box.world.add_person(Person(id=person_id, first_name="Читатель", met=True, started=True))
    await print_news(["Рейс отменён", "Открыта школа"])
    async with start_sandbox(box) as url:
        bot = build_bot(
            box.token,
            pacer=Pacer(1e6, monotonic=clock.monotonic),
            api_url=url,
            noted=store.outbox.saw_message,
        )
        yield House(store, box, bot, render, clock)
        await bot.session.close()


async def story_of(house: House, headline: str) -> int:
    return next(s.id for s in await house.store.stories.latest(limit=9) if s.headline == headline)


async def test_a_withdrawn_story_is_edited_where_it_was_sent(house: House) -> None:
    await house.send(*PEOPLE, CHANNEL_ID)
    before = house.texts(PEOPLE[0])[0]
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason="Рейс не отменяли.", now=house.clock())
    await house.edit()
    for chat in (*PEOPLE, CHANNEL_ID):
        [text] = house.texts(chat)
        assert f"{WITHDRAWN}\nРейс не отменяли." in text
        assert "Рейс отменён" not in text
        assert "Открыта школа" in text
    assert before.split("\n")[0] == house.texts(PEOPLE[0])[0].split("\n")[0]
    assert await house.counts() == {"done": 4}


async def test_buttons_and_links_stay(house: House) -> None:
    await house.send(READER_ID)
    [message] = house.box.sent(READER_ID)
    keyboard = message["reply_markup"]
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.reword(
        story, headline="Рейс будет", summary=None, now=house.clock()
    )
    await house.edit()
    [message] = house.box.sent(READER_ID)
    assert message["reply_markup"] == keyboard
    assert "Рейс будет" in message["text"]
    assert "✏️ исправлено редакцией · 08:01" in message["text"]
    links = [e["url"] for e in message["entities"] if e["type"] == "text_link"]
    assert len(links) == 2


async def test_a_withdrawal_can_be_taken_back(house: House) -> None:
    await house.send(READER_ID)
    before = house.texts(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.edit()
    await house.store.corrections.restore(story, now=house.clock())
    await house.edit()
    assert house.texts(READER_ID) == before


async def test_a_later_digest_says_what_the_editor_said_and_bears_no_mark(house: House) -> None:
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.reword(
        story, headline="Рейс будет", summary=None, now=house.clock()
    )
    await house.send(READER_ID)
    await house.edit()
    [text] = house.texts(READER_ID)
    assert "Рейс будет" in text
    assert "✏️" not in text
    assert await house.counts() == {}


async def test_what_had_not_left_leaves_as_corrected_and_is_edited_no_more(house: House) -> None:
    await house.plan(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.editing.amend()
    await house.send()
    assert WITHDRAWN in house.texts(READER_ID)[0]
    assert await house.counts() == {}


async def test_the_same_edit_again_is_no_failure(house: House) -> None:
    await house.send(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.editing.amend()
    [edit] = await house.store.edits.due(now=house.clock(), limit=9)
    await house.editing.drain()
    await house.store.edits.replace(edit.post_id, edit.delivery.post, now=house.clock(), limit=9)
    assert await house.counts() == {"planned": 1}  # as after a kill before the mark
    await house.begin().drain()
    assert await house.counts() == {"done": 1}
    assert WITHDRAWN in house.texts(READER_ID)[0]


@pytest.mark.parametrize("fault", ["500", "500_after", "502", "reset_before", "reset_after"])
async def test_what_broke_is_tried_again_with_back_off(house: House, fault: str) -> None:
    await house.send(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    house.box.faults.add(fault, method="editMessageText")
    await house.edit()
    assert await house.counts() == {"planned": 1}
    house.clock.now += timedelta(seconds=2)
    await house.editing.drain()
    assert await house.counts() == {"done": 1}
    assert WITHDRAWN in house.texts(READER_ID)[0]


async def test_it_is_given_up_after_so_many_attempts(house: House) -> None:
    await house.send(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    house.box.faults.add("500", method="editMessageText", times=None)
    await house.editing.amend()
    for _ in range(ATTEMPTS):
        assert await house.counts() == {"planned": 1}
        await house.editing.drain()
        house.clock.now += timedelta(minutes=2)
    assert await house.counts() == {"dead": 1}


async def test_telegrams_wait_is_obeyed_and_counts_as_no_attempt(house: House) -> None:
    await house.send(READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    house.box.faults.add("429", method="editMessageText", retry_after_s=40)
    await house.edit()
    due = house.store.edits.due
    assert await due(now=house.clock() + timedelta(seconds=39), limit=9) == []
    [edit] = await due(now=house.clock() + timedelta(seconds=40), limit=9)
    assert edit.attempts == 0


async def test_a_message_that_is_gone_costs_only_itself(house: House) -> None:
    await house.send(*PEOPLE)
    gone = house.box.sent(PEOPLE[0])[0]["message_id"]
    del house.box.world.chats[PEOPLE[0]].messages[gone]
    house.box.faults.add("blocked", method="editMessageText", chat_id=PEOPLE[1], times=None)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.edit()
    assert await house.counts() == {"done": 1, "dead": 2}
    assert set(await house.store.edits.reasons(limit=9)) == {
        "Bad Request: message to edit not found",
        "Forbidden: bot was blocked by the user",
    }
    blocked = await house.store.chats.get(PEOPLE[1])
    assert blocked is not None
    assert blocked.asleep


@pytest.mark.parametrize("planned_before", [False, True])
async def test_what_a_group_got_before_it_moved_is_out_of_reach_and_no_other_message_is_edited(
    house: House, planned_before: bool
) -> None:
    group = house.box.acts.add_group("Соседи")
    await house.send(group.id)
    [digest] = house.box.sent(group.id)
    story = await story_of(house, "Рейс отменён")
    if planned_before:
        await house.store.corrections.withdraw(story, reason=None, now=house.clock())
        await house.editing.amend()
    moved = house.box.acts.migrate(group.id)
    await house.store.chats.migrate(group.id, moved.id, now=house.clock())
    for number in range(digest["message_id"] + 1):  # its number is another message's there
        await house.say(moved.id, f"Слово {number}")
    if not planned_before:
        await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.edit()
    assert all(text.startswith("Слово") for text in house.texts(moved.id))
    assert await house.counts() == {"dead": 1}
    assert await house.store.edits.reasons(limit=9) == {"its group became a supergroup": 1}


async def test_a_digest_in_doubt_is_edited_once_it_is_known_to_be_there(house: House) -> None:
    house.box.faults.add("reset_after", method="sendMessage", chat_id=READER_ID)
    await house.send(READER_ID)
    [doubtful] = await house.store.outbox.list(state=DeliveryState.UNKNOWN)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.edit()
    assert await house.counts() == {"planned": 1}
    there = house.box.sent(READER_ID)[0]["message_id"]
    await house.store.outbox.sent(doubtful.id, message_id=there, now=house.clock())
    await house.editing.drain()
    assert WITHDRAWN in house.texts(READER_ID)[0]


async def test_one_that_never_left_needs_no_edit(house: House) -> None:
    house.box.faults.add("reset_before", method="sendMessage", chat_id=READER_ID)
    await house.send(READER_ID)
    [doubtful] = await house.store.outbox.list(state=DeliveryState.UNKNOWN)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    await house.editing.amend()
    await house.store.outbox.dead(doubtful.id, error="given up", now=house.clock())
    await house.editing.drain()
    assert (await house.store.edits.counts())[EditState.DEAD] == 1


async def test_many_are_planned_in_pieces(house: House) -> None:
    await house.send(*PEOPLE)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    rung: list[bool] = []
    amender = Amend(Texts(), default_zone=ZONE)
    given = await amend_posts(
        house.store,
        amender,
        now=house.clock(),
        undrawn=set(),
        ring=lambda: rung.append(True),
        piece=2,
    )
    assert (given, len(rung)) == (3, 2)
    assert await house.counts() == {"planned": 3}


async def test_a_post_that_cannot_be_drawn_costs_only_itself(house: House) -> None:
    class Broken(Amend):
        def amended(self, post: Post, stories: Mapping[int, Story], *, now: datetime) -> Post:
            if not post.buttons:  # a channel's
                raise ValueError("no such thing")
            return super().amended(post, stories, now=now)

    await house.send(CHANNEL_ID, READER_ID)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    broken, undrawn = Broken(Texts(), default_zone=ZONE), set[int]()
    for given in (1, 0):
        assert given == await amend_posts(house.store, broken, now=house.clock(), undrawn=undrawn)
    [post] = await house.store.edits.outdated(limit=9)
    assert undrawn == {post.id}


async def test_what_nobody_foresaw_costs_one_edit_and_is_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.send(*PEOPLE)
    story = await story_of(house, "Рейс отменён")
    await house.store.corrections.withdraw(story, reason=None, now=house.clock())
    edit = TelegramSender.edit

    async def failing(self: TelegramSender, chat_id: int, message_id: int, post: Post) -> None:
        if chat_id == PEOPLE[0]:
            raise UnicodeDecodeError("utf-8", b"\xd0", 0, 1, "unexpected end of data")
        await edit(self, chat_id, message_id, post)

    with monkeypatch.context() as patch:
        patch.setattr(TelegramSender, "edit", failing)
        await house.edit()
    assert await house.counts() == {"planned": 1, "done": 2}
    house.clock.now += timedelta(seconds=2)
    await house.editing.drain()
    assert await house.counts() == {"done": 3}
