"""Two copies with one token: it is said, digests wait, one of them stops and the other goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.methods import DeleteWebhook, GetUpdates, TelegramMethod
from aiogram.types import Update

from bot.telegram.updates.polling import AFTER_CONFLICT_S, poll
from bot.telegram.updates.rivals import (
    ALONE_S,
    GIVES_WAY_S,
    LASTS_S,
    NEW_S,
    OVER_S,
    TAKEN_S,
    AnotherCopy,
    Rivals,
)
from tests.jobs.conftest import FakeTime
from tests.telegram.updates.test_polling import CONFLICT, Scripted, Time, message, polled


class Held:
    """What the pacer was told."""

    def __init__(self) -> None:
        self.now = False

    def __call__(self, held: bool) -> None:
        self.now = held


def rivals_at(time: Time, *, alone: bool = True) -> tuple[Rivals, Held]:
    held = Held()
    return Rivals(time, hold=held, alone=alone), held


def meets(rivals: Rivals, time: Time, *, every_s: float, seconds: float) -> None:
    until = time.now + seconds
    while time.now < until:
        rivals.met()
        time.now += every_s


def test_one_conflict_is_said_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "svodka.telegram")
    time = Time()
    rivals, held = rivals_at(time)
    rivals.met()
    assert not held.now
    assert "Another copy of the bot asks with this token (409)" in caplog.text
    time.now += OVER_S + 1
    rivals.heard(None)
    assert not rivals.near
    assert "any more" in caplog.text


def test_while_a_conflict_goes_on_digests_wait() -> None:
    time = Time()
    rivals, held = rivals_at(time)
    meets(rivals, time, every_s=6, seconds=12)
    rivals.heard(None)  # an update came in between: that says nothing
    assert held.now
    assert rivals.near
    time.now += OVER_S
    rivals.heard(None)
    assert not held.now


def test_a_conflict_that_lasts_stops_a_new_copy_before_an_old_one() -> None:
    time = Time()
    new, _ = rivals_at(time)
    with pytest.raises(AnotherCopy):
        meets(new, time, every_s=6, seconds=100)
    assert LASTS_S <= time.now <= LASTS_S + 6
    time = Time()
    old, _ = rivals_at(time)
    time.now += NEW_S
    began = time.now
    with pytest.raises(AnotherCopy):
        meets(old, time, every_s=6, seconds=100)
    assert time.now - began >= LASTS_S + GIVES_WAY_S


def test_conflicts_far_apart_are_not_one_that_lasts() -> None:
    time = Time()
    rivals, _ = rivals_at(time)
    meets(rivals, time, every_s=OVER_S + 1, seconds=600)


def test_a_copy_that_may_not_be_alone_holds_its_digests_until_that_has_shown() -> None:
    time = Time()
    rivals, held = rivals_at(time, alone=False)
    assert held.now
    time.now += ALONE_S - 1
    rivals.heard(None)
    assert held.now
    time.now += 1
    rivals.heard(None)
    assert not held.now
    assert rivals.alone


def test_only_a_copy_that_was_ever_alone_answers() -> None:
    time = Time()
    new, _ = rivals_at(time, alone=False)
    assert new.careful
    meets(new, time, every_s=6, seconds=12)
    new.heard(None)
    assert not new.alone
    time.now += OVER_S + 1
    new.heard(None)
    assert new.alone
    time.now += NEW_S
    assert not new.careful


def test_what_was_left_and_is_taken_once_alone_is_no_sign() -> None:
    time = Time()
    new, held = rivals_at(time, alone=False)
    for _ in range(ALONE_S + 1):
        new.heard(7)
        time.now += 1
    assert new.alone
    new.heard(8)
    assert not new.near
    assert not held.now


def test_an_update_left_with_telegram_that_is_gone_was_taken_by_another() -> None:
    time = Time()
    new, held = rivals_at(time, alone=False)
    new.heard(7)
    new.heard(7)
    assert not new.near
    new.heard(8)
    assert new.near
    for number in range(9, 9 + LASTS_S + TAKEN_S - 1):
        time.now += 1
        new.heard(number)
    assert held.now
    time.now += 1
    with pytest.raises(AnotherCopy):
        new.heard(100)


class Telegram:
    """getUpdates as Telegram's: the newer request ends the one that waits with 409."""

    def __init__(self, time: Callable[[], float]) -> None:
        self.time = time
        self.queue: list[dict[str, Any]] = []
        self.waiting: asyncio.Future[None] | None = None

    def put(self, update: dict[str, Any]) -> None:
        self.queue.append(update)
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(None)

    async def poll(self, method: GetUpdates, rest: Callable[[float], Any]) -> list[Update]:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(
                TelegramConflictError(method=method, message="Conflict: terminated by other")
            )
        self.waiting = None
        if method.offset is not None:
            self.queue = [u for u in self.queue if u["update_id"] >= method.offset]
        if not self.queue and method.timeout:
            waiting = self.waiting = asyncio.get_running_loop().create_future()
            timer = asyncio.ensure_future(rest(method.timeout))
            try:
                await asyncio.wait([waiting, timer], return_when=asyncio.FIRST_COMPLETED)
            finally:
                timer.cancel()
                if self.waiting is waiting:
                    self.waiting = None
            if waiting.done():
                waiting.result()
        return [Update.model_validate(u) for u in self.queue]


class Line(Scripted):
    """One copy's way to that Telegram."""

    def __init__(self, telegram: Telegram, rest: Callable[[float], Any]) -> None:
        super().__init__()
        self.telegram, self.rest = telegram, rest

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        assert isinstance(method, GetUpdates)
        return await self.telegram.poll(method, self.rest)


@asynccontextmanager
async def copy(
    telegram: Telegram, clock: Any, answered: list[int]
) -> AsyncIterator[tuple[asyncio.Task[None], Held]]:
    async def handle(update: Update) -> None:
        await clock.sleep(0.05)
        answered.append(update.update_id)

    held = Held()
    task = asyncio.create_task(
        poll(
            Bot("1:x", session=Line(telegram, clock.sleep)),
            handle,
            kinds=["message"],
            monotonic=clock.monotonic,
            sleep=clock.sleep,
            rivals=Rivals(clock.monotonic, hold=held, alone=False),
        )
    )
    yield task, held
    task.cancel()
    await asyncio.wait([task])


@pytest.mark.parametrize("head_start_s", [0.0, 1.5, 200.0])
@pytest.mark.parametrize("every_s", [0.7, 4.0, 30.0])
async def test_of_two_copies_one_remains_and_no_update_is_answered_twice(
    head_start_s: float, every_s: float
) -> None:
    clock, answered = FakeTime(), list[int]()
    telegram = Telegram(clock.monotonic)
    told = 0

    async def people_talk() -> None:
        nonlocal told
        while True:
            await clock.sleep(every_s)
            told += 1
            telegram.put(message(told))

    async def live() -> None:
        talk = asyncio.create_task(people_talk())
        async with copy(telegram, clock, answered) as (first, _):
            await clock.sleep(head_start_s)
            async with copy(telegram, clock, answered) as (second, _):
                both = {first, second}
                done, going_on = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                assert len(going_on) == 1
                if head_start_s > NEW_S:
                    assert done == {second}
                with pytest.raises(AnotherCopy, match="stop it, or give this one a token"):
                    done.pop().result()
                await clock.sleep(120)
                assert not going_on.pop().done()
                talk.cancel()
                await clock.sleep(30)

    await clock.run(live(), until=clock.now + 3000)
    assert sorted(answered) == list(range(1, told + 1))
    assert told >= 5


async def test_a_webhook_that_was_left_behind_is_taken_away() -> None:
    active = CONFLICT | {
        "description": "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    }
    session = Scripted(active, True, [message(1)])
    assert await polled(session, Time()) == [1]
    assert [type(method) for method in session.asked][:3] == [GetUpdates, DeleteWebhook, GetUpdates]


def test_who_is_ended_asks_again_before_the_other_thinks_itself_alone() -> None:
    assert AFTER_CONFLICT_S < ALONE_S
