"""The sandbox fails when told to, in every way the real service does; and slows who hurries."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox.api import answer
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import CHANNEL_ID, Sandbox


async def test_429_says_how_long_to_wait(api: Any, box: Sandbox, reader: int) -> None:
    box.faults.add("429", retry_after_s=7)
    status, answer = await api.raw("sendMessage", chat_id=reader, text="x")
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert answer["description"] == "Too Many Requests: retry after 7"
    await api.ok("sendMessage", chat_id=reader, text="x")
    assert len(box.sent()) == 1


@pytest.mark.parametrize(
    ("kind", "begins", "accepted"),
    [
        ("500", "500 Internal Server Error", False),
        ("502", "502 Bad Gateway", False),
        ("500_after", "500 Internal Server Error", True),
        ("blocked", "403 Forbidden: bot was blocked by the user", False),
        ("deactivated", "403 Forbidden: user is deactivated", False),
        ("kicked", "403 Forbidden: bot was kicked from the private chat", False),
        ("chat_not_found", "400 Bad Request: chat not found", False),
        ("migrated", "400 Bad Request: group chat was upgraded", False),
    ],
)
async def test_an_error_leaves_the_message_sent_or_not(
    api: Any, box: Sandbox, reader: int, kind: str, begins: str, accepted: bool
) -> None:
    box.faults.add(kind, new_id=-100500)
    assert (await api.refused("sendMessage", chat_id=reader, text="x")).startswith(begins)
    assert bool(box.sent()) is accepted


@pytest.mark.parametrize(("kind", "accepted"), [("reset_before", False), ("reset_after", True)])
async def test_a_reset_cuts_the_connection_before_or_after_accepting(
    api: Any, box: Sandbox, reader: int, kind: str, accepted: bool
) -> None:
    box.faults.add(kind)
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=reader, text="x")
    assert bool(box.sent()) is accepted
    assert [call.accepted for call in box.log] == [accepted]
    await api.ok("getMe")


async def test_a_truncated_answer_is_no_json(api: Any, box: Sandbox, reader: int) -> None:
    box.faults.add("truncated")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await api.raw("sendMessage", chat_id=reader, text="x")
    assert len(box.sent()) == 1


async def test_a_slow_call_goes_on_after_its_delay(api: Any, box: Sandbox, reader: int) -> None:
    waited: list[float] = []

    async def sleep(delay_s: float) -> None:
        waited.append(delay_s)

    box.sleep = sleep
    box.faults.add("slow", delay_s=20.0)
    box.faults.add("429")
    assert (await api.refused("sendMessage", chat_id=reader, text="x")).startswith("429")
    assert waited == [20.0]


async def test_a_rule_is_for_its_method_its_chat_and_its_turn(
    api: Any, box: Sandbox, reader: int
) -> None:
    box.acts.promote()
    box.faults.add("500", method="send*", chat_id=CHANNEL_ID, skip=1, times=2)
    await api.ok("sendMessage", chat_id=reader, text="x")
    await api.ok("getMe")
    post = {"chat_id": CHANNEL_ID, "text": "x"}
    statuses = [(await api.raw("sendMessage", **post))[0] for _ in range(4)]
    assert statuses == [200, 500, 500, 200]
    assert box.faults.rules == []


async def test_polls_are_spared_unless_they_are_named(api: Any, box: Sandbox) -> None:
    box.faults.add("500", times=None)
    await api.ok("getUpdates")
    box.faults.add("502", method="getUpdates")
    assert (await api.refused("getUpdates")).startswith("502")
    box.faults.clear()
    await api.ok("getMe")


def test_an_unknown_fault_is_refused(box: Sandbox) -> None:
    with pytest.raises(ValueError, match="no such fault: nonsense; one of 429"):
        box.faults.add("nonsense")


async def test_chance_is_repeatable(clock: Any) -> None:
    def taken() -> list[bool]:
        box = Sandbox(clock)
        box.faults.add("500", times=None, chance=0.3)
        return [bool(box.faults.take("sendMessage", {})) for _ in range(50)]

    assert taken() == taken()
    assert 5 < sum(taken()) < 30


def test_one_chat_takes_three_at_once_and_then_one_a_second(clock: Any) -> None:
    limits = Limits(clock.monotonic)
    assert [limits.take(1, group=False) for _ in range(4)] == [0, 0, 0, 1]
    clock.turn(seconds=1)
    assert [limits.take(1, group=False) for _ in range(2)] == [0, 1]


def test_a_group_takes_twenty_a_minute(clock: Any) -> None:
    limits = Limits(clock.monotonic)
    for _ in range(20):
        assert limits.take(-1, group=True) == 0
        clock.turn(seconds=2)
    assert limits.take(-1, group=True) == 20
    clock.turn(seconds=20)
    assert limits.take(-1, group=True) == 0


def test_all_chats_together_take_thirty_a_second(clock: Any) -> None:
    limits = Limits(clock.monotonic)
    assert [limits.take(chat, group=False) for chat in range(31)] == [0] * 30 + [1]
    clock.turn(seconds=1)
    assert limits.take(99, group=False) == 0


async def test_who_hurries_is_told_to_wait(clock: Any) -> None:
    box = Sandbox(clock, monotonic=clock.monotonic)
    box.acts.send("/start")
    given = {"chat_id": box.reader.id, "text": "x"}
    sends = [await answer(box, box.token, "sendMessage", given) for _ in range(4)]
    assert [sent.status for sent in sends] == [200, 200, 200, 429]
    assert sends[-1].retry_after_s == 1
