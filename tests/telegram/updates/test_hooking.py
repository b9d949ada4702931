"""A webhook that another copy takes away is set again once; then it is said, and this one stops."""

import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot

from bot.jobs.delivery.pacing import Pacer
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox
from bot.telegram.network.session import build_bot
from bot.telegram.updates.hooking import LOOK_S, be_called
from bot.telegram.updates.rivals import AnotherCopy

URL = "https://bot.example/hook"


class Enough(Exception):
    """The test has seen what it wanted."""


class Looks:
    """The time between looks; what others do in each of them."""

    def __init__(self, box: Sandbox, taken: list[bool]) -> None:
        self.box, self.taken = box, taken
        self.found: list[str] = []

    async def __call__(self, seconds: float) -> None:
        assert seconds == LOOK_S
        self.found.append(self.box.webhook.url)
        if not self.taken:
            raise Enough
        if self.taken.pop(0):
            await self.box.webhook.set("", secret=None, max_connections=0)


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(lambda: datetime(2026, 11, 18, 1, 0, tzinfo=UTC))


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Bot]:
    async with start_sandbox(box) as url:
        made = build_bot(box.token, pacer=Pacer(1000, monotonic=time.monotonic), api_url=url)
        yield made
        await made.session.close()


async def test_a_webhook_that_stays_is_left_alone(bot: Bot, box: Sandbox) -> None:
    with pytest.raises(Enough):
        await be_called(bot, URL, secret="s", kinds=["message"], sleep=Looks(box, [False] * 3))
    assert [call.method for call in box.log].count("setWebhook") == 1


async def test_one_that_was_taken_away_once_is_set_again(
    bot: Bot, box: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "svodka.telegram")
    looks = Looks(box, [True, False, True, False])
    with pytest.raises(Enough):
        await be_called(bot, URL, secret="s", kinds=["message"], sleep=looks)
    assert looks.found == [URL] * 5
    assert caplog.text.count("Another copy of the bot took the webhook") == 2


async def test_one_that_is_taken_away_again_stops_this_copy(bot: Bot, box: Sandbox) -> None:
    with pytest.raises(AnotherCopy, match="with this token"):
        await be_called(bot, URL, secret="s", kinds=["message"], sleep=Looks(box, [True, True]))


async def test_telegram_out_of_reach_is_no_other_copy(bot: Bot, box: Sandbox) -> None:
    box.faults.add("500", times=3)
    looks = Looks(box, [False] * 5)
    with pytest.raises(Enough):
        await be_called(bot, URL, secret="s", kinds=["message"], sleep=looks)
    assert looks.found == ["", "", "", URL, URL, URL]
