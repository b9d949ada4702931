"""Polling survives what the network and Telegram do, and stops for what only a person can mend."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.types import Update

from bot.jobs.delivery.sending import TokenRefused
from bot.telegram.updates.lanes import Lanes, lane_of
from bot.telegram.updates.polling import meet, poll
from bot.telegram.updates.rivals import AnotherCopy
from storage.errors import StoreBusy

ME = {"id": 1, "is_bot": True, "first_name": "Svodka", "username": "svodka_bot"}
REFUSED = {"ok": False, "error_code": 401, "description": "Unauthorized"}
CONFLICT = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other"}


def message(update_id: int, chat_id: int = 7, text: str = "да") -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Анна"}
    chat = {"id": chat_id, "type": "private", "first_name": "Анна"}
    body = {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": body}


class Scripted(BaseSession):
    """Telegram as a list of answers; what is asked is kept. At the end of the list it hangs."""

    def __init__(self, *answers: object) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[TelegramMethod[Any]] = []
        self.dry = asyncio.Event()

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        self.asked.append(method)
        if not self.answers:
            self.dry.set()
            if isinstance(method, GetUpdates) and method.timeout == 0:
                return []
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise TelegramNetworkError(method=method, message=answer)
        if not isinstance(answer, dict):
            answer = {"ok": True, "result": answer}
        status = int(answer.get("error_code", 200))
        return self.check_response(bot, method, status, json.dumps(answer)).result

    async def close(self) -> None: ...

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


class Time:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def polled(session: Scripted, time: Time) -> list[int]:
    """The ids of the updates handled until the script ends."""
    seen: list[int] = []

    async def handle(update: Update) -> None:
        seen.append(update.update_id)
        if update.message and update.message.text == "беда":
            raise RuntimeError("a handler's mistake")

    bot = Bot("1:x", session=session)
    task = asyncio.create_task(
        poll(bot, handle, kinds=["message"], monotonic=time, sleep=time.sleep)
    )
    dry = asyncio.create_task(session.dry.wait())
    await asyncio.wait([task, dry], return_when=asyncio.FIRST_COMPLETED)
    dry.cancel()
    if task.done():
        task.result()
    task.cancel()
    await asyncio.wait([task])
    return seen


async def test_confirms_what_was_handled() -> None:
    session = Scripted([message(10), message(11)], [message(12)])
    assert await polled(session, Time()) == [10, 11, 12]
    offsets = [ask.offset for ask in session.asked if isinstance(ask, GetUpdates)]
    assert offsets == [None, 12, 13, 13]  # the last one tells Telegram as we leave


async def test_says_what_has_come_before_it_is_handled_and_whether_that_is_all() -> None:
    session, time, came = Scripted([message(1), message(2)], []), Time(), list[object]()

    async def heard(updates: Sequence[Update], *, all_of_them: bool) -> None:
        came.append(([update.update_id for update in updates], all_of_them))

    async def handle(update: Update) -> None:
        came.append(update.update_id)

    made = Bot("1:x", session=session)
    asking = poll(made, handle, kinds=["message"], monotonic=time, sleep=time.sleep, heard=heard)
    task = asyncio.create_task(asking)
    await session.dry.wait()
    task.cancel()
    await asyncio.wait([task])
    assert came == [([1, 2], True), 1, 2, ([], True)]


async def test_an_update_that_cannot_be_read_costs_only_itself() -> None:
    broken = {"update_id": 2, "message": {"message_id": "?"}}
    assert await polled(Scripted([message(1), broken, message(3)]), Time()) == [1, 3]


async def test_a_handler_that_fails_costs_only_its_update() -> None:
    session = Scripted([message(1, text="беда"), message(2)])
    assert await polled(session, Time()) == [1, 2]


async def test_an_update_is_confirmed_when_its_handler_has_ended() -> None:
    time, release, handled = Time(), asyncio.Event(), []

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await release.wait()
        handled.append(update.update_id)

    lanes = Lanes(handle, monotonic=time, sleep=time.sleep)
    updates = [Update.model_validate(message(id_, chat_id=id_)) for id_ in (1, 2)]
    await lanes.put(updates, wait_s=0)
    await asyncio.sleep(0)
    assert (handled, lanes.unhandled(within_s=30)) == ([2], 1)
    await lanes.put(updates, wait_s=0)  # Telegram gives both again
    time.now = 31
    assert lanes.unhandled(within_s=30) is None  # one that hangs does not hold up the rest
    release.set()
    await lanes.finish(wait_s=5)
    assert handled == [2, 1]


async def test_a_store_that_is_locked_for_a_while_costs_no_update() -> None:
    time, tried = Time(), []

    async def handle(update: Update) -> None:
        tried.append(time.now)
        if time.now < 5:
            raise StoreBusy("held by another process")

    lanes = Lanes(handle, monotonic=time, sleep=time.sleep)
    await lanes.put([Update.model_validate(message(1))], wait_s=5)
    assert tried == [0, 1, 3, 6]
    assert lanes.unhandled(within_s=30) is None


async def test_no_network_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "svodka.telegram")
    session = Scripted("no route", "no route", "no route", [message(1)])
    assert await polled(session, Time()) == [1]
    warnings = [r for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "answers again" in caplog.text


async def test_waits_as_long_as_telegram_asks() -> None:
    time = Time()
    flood = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await polled(Scripted(flood, [message(1)]), time)
    assert time.now == 7


async def test_a_conflict_that_passes_is_waited_out() -> None:
    assert await polled(Scripted(CONFLICT, CONFLICT, [message(1)]), Time()) == [1]


async def test_a_conflict_that_lasts_stops_this_copy() -> None:
    with pytest.raises(AnotherCopy, match="Another copy"):
        await polled(Scripted(*[CONFLICT] * 20), Time())


async def test_a_wrong_token_stops_the_bot() -> None:
    with pytest.raises(TokenRefused, match="BOT_TOKEN"):
        await polled(Scripted(REFUSED), Time())


async def test_meets_telegram_as_soon_as_it_can() -> None:
    time = Time()
    bot = Bot("1:x", session=Scripted("down", "down", {"ok": True, "result": ME}))
    assert (await meet(bot, sleep=time.sleep)).username == "svodka_bot"
    assert time.now == 3  # one second, then two


async def test_a_lane_is_a_chat() -> None:
    assert lane_of(Update.model_validate(message(1, chat_id=5))) == 5
