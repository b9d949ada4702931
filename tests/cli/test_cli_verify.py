"""`svodka verify-telegram` against the strict server: what it tries, says, and leaves."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.methods import METHODS
from bot.sandbox.sandbox import CHANNEL_ID, READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from tests.cli.conftest import Said, Shell


@pytest.fixture
def box() -> Sandbox:
    made = Sandbox(lambda: datetime(2026, 11, 18, 1, 0, tzinfo=UTC), "1:x", limits=False)
    made.acts.send("/start")
    made.acts.promote()
    return made


@pytest.fixture
async def api(box: Sandbox) -> AsyncIterator[str]:
    async with start_sandbox(box) as url:
        yield url


async def verify(shell: Shell, api: str, *words: str) -> Said:
    return await asyncio.to_thread(
        shell, "verify-telegram", *words, BOT_TOKEN="1:x", TELEGRAM_API_URL=api
    )


@pytest.mark.parametrize("chat_id", [READER_ID, CHANNEL_ID])
async def test_it_prints_what_it_saw_and_leaves_nothing(
    shell: Shell, box: Sandbox, api: str, chat_id: int
) -> None:
    said = await verify(shell, api, "--chat", str(chat_id))
    assert (said.status, said.err) == (0, "")
    assert [line[:2] for line in said.out.splitlines()[:-1]] == [
        "--",
        "--",
        "ok",
        "ok",
        "ok",
        "--",
        "ok",
        "ok",
        "--",
    ]
    assert "which is there: Bad Request: message is not a poll" in said.out
    assert "never sent: Bad Request: message with poll to stop not found" in said.out
    assert "RECONCILE=on can be trusted" in said.out.splitlines()[-1]
    assert box.sent(chat_id) == []


async def test_json_says_the_same(shell: Shell, box: Sandbox, api: str) -> None:
    said = await verify(shell, api, "--chat", "@my_channel_sandbox", "--json")
    assert said.json["ok"] is True
    assert {"tried", "got", "assumed", "ok"} == set(said.json["seen"][0])
    assert sum(line["assumed"] is not None for line in said.json["seen"]) == 5


async def test_another_wording_is_found_out(
    shell: Shell, box: Sandbox, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped(box: Sandbox, params: dict[str, Any]) -> dict[str, Any]:
        return {"id": "1", "question": "?", "options": [], "total_voter_count": 0}

    monkeypatch.setitem(METHODS, "stopPoll", stopped)
    said = await verify(shell, api, "--chat", str(READER_ID))
    assert said.status == 1
    assert "NO  stopPoll on message" in said.out
    assert "set RECONCILE=off" in said.err
    assert box.sent(READER_ID) == []


async def test_numbers_with_gaps_are_found_out(
    shell: Shell, box: Sandbox, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one = box.world.next_id
    monkeypatch.setattr(box.world, "next_id", lambda chat: by_one(chat) + by_one(chat))
    said = await verify(shell, api, "--chat", str(READER_ID))
    assert said.status == 1
    assert "NO  two messages, one after the other" in said.out
    assert box.sent(READER_ID) == []


async def test_somebody_elses_message_in_between_is_no_gap(
    shell: Shell, box: Sandbox, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one, between = box.world.next_id, iter([False, True, False, False])

    def next_id(chat: Any) -> int:
        if next(between):
            by_one(chat)
        return by_one(chat)

    monkeypatch.setattr(box.world, "next_id", next_id)
    assert (await verify(shell, api, "--chat", str(READER_ID))).status == 0


async def test_a_failure_on_the_way_deletes_what_was_sent(
    shell: Shell, box: Sandbox, api: str
) -> None:
    box.faults.add("blocked", method="sendMessage", skip=1)
    said = await verify(shell, api, "--chat", str(READER_ID))
    assert said.status == 1
    assert "svodka: sendMessage: Forbidden: bot was blocked by the user" in said.err
    assert box.sent(READER_ID) == []


async def test_a_chat_that_cannot_be_reached_is_said(shell: Shell, box: Sandbox, api: str) -> None:
    said = await verify(shell, api, "--chat", "-1009999999999")
    assert (said.status, said.err) == (1, "svodka: getChat: Bad Request: chat not found.\n")


def test_without_a_token_there_is_nothing_to_ask(shell: Shell) -> None:
    said = shell("verify-telegram", "--chat", "1")
    assert said.status == 1
    assert "no BOT_TOKEN" in said.err


def test_a_chat_must_be_named(shell: Shell) -> None:
    assert shell("verify-telegram").status == 2
    said = shell("verify-telegram", "--chat", "мой канал")
    assert said.status == 2
    assert "its @name" in said.err


async def test_ids_it_used_are_known_to_the_bot(
    shell: Shell, box: Sandbox, api: str, store: Any
) -> None:
    await verify(shell, api, "--chat", str(READER_ID))
    assert await store.outbox.floor(READER_ID) == box.world.last_id
