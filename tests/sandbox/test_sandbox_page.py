"""What the chat page is told and may do; and that no other site may."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.events import Events
from bot.sandbox.sandbox import CHANNEL_ID, Sandbox

BUTTON = {"inline_keyboard": [[{"text": "Ещё", "callback_data": "more"}]]}


async def state(api: Any) -> Any:
    async with api.session.get(f"{api.url}/sandbox/state") as response:
        assert response.status == 200
        return await response.json()


async def stream(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[int, str, Any]]:
    """The events of a stream."""
    fields: dict[str, str] = {}
    async for line in response.content:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "event" in fields:
            yield int(fields["id"]), fields["event"], json.loads(fields["data"])
            fields = {}


async def test_the_state_has_everything_there_is_to_draw(api: Any, box: Sandbox) -> None:
    await api.page("send", text="/start")
    await api.ok("sendMessage", chat_id=box.reader.id, text="Здравствуйте", reply_markup=BUTTON)
    await api.ok("setMyCommands", commands=[{"command": "latest", "description": "Новое"}])
    await api.ok("getUpdates")
    seen = await state(api)
    private, channel = seen["chats"]
    assert [m["text"] for m in private["messages"]] == ["/start", "Здравствуйте"]
    assert private["messages"][1]["reply_markup"] == BUTTON
    assert private["commands"][0]["command"] == "latest"
    assert (channel["title"], channel["bot_here"], channel["can_write"]) == (
        "Мой канал",
        False,
        True,
    )
    assert seen["me"]["id"] == box.reader.id
    assert seen["poller"]["polled_at"] == "2026-11-18T01:00:00+00:00"
    assert seen["poller"]["pending"] == 1
    assert seen["last_event_id"] == box.events.last_id


async def test_events_come_as_they_happen_and_again_after_a_reconnection(
    api: Any, box: Sandbox, reader: int
) -> None:
    address = f"{api.url}/sandbox/events"
    async with asyncio.timeout(120), api.session.get(address, params={"after": "0"}) as response:
        events = stream(response)
        assert (await anext(events))[1:] == ("message", box.world.chats[reader].messages[1])
        sent = await api.ok("sendMessage", chat_id=reader, text="x", reply_markup=BUTTON)
        await api.ok("sendChatAction", chat_id=reader, action="typing")
        edit = {"chat_id": reader, "message_id": sent["message_id"]}
        await api.ok("editMessageText", **edit, text="y")
        await api.ok("deleteMessage", **edit)
        box.acts.promote()
        got = [await anext(events) for _ in range(5)]
    names = ["message", "chat_action", "edited", "deleted", "member"]
    assert [name for _, name, _ in got] == names
    assert (got[2][2]["text"], got[3][2]["message_ids"]) == ("y", [sent["message_id"]])
    again = {"Last-Event-ID": str(got[2][0])}
    async with asyncio.timeout(120), api.session.get(address, headers=again) as response:
        events = stream(response)
        assert [(await anext(events))[0] for _ in range(2)] == [got[3][0], got[4][0]]


async def test_a_listener_who_missed_too_much_is_told_to_start_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.sandbox.events.KEPT", 3)
    events = Events()
    for number in range(5):
        events.add("message", {"number": number})
    first = await anext(events.after(1, idle_s=1))
    assert first is not None
    assert first[1] == "reset"
    newer_server = await anext(Events().after(40, idle_s=1))
    assert newer_server == (0, "reset", {})


async def test_a_quiet_stream_shows_that_it_lives() -> None:
    assert await anext(Events().after(0, idle_s=0)) is None


async def test_the_page_presses_a_button_and_hears_the_answer(
    api: Any, box: Sandbox, reader: int
) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x", reply_markup=BUTTON)
    press = {"chat_id": reader, "message_id": sent["message_id"], "data": "more"}
    status, pressed = await api.page("press", **press)
    assert status == 200
    await api.ok("answerCallbackQuery", **pressed, text="Готово", show_alert=True)
    async with asyncio.timeout(120):
        told = await anext(box.events.after(box.events.last_id - 1, idle_s=120))
    assert told is not None
    assert told[1] == "callback_answer"
    assert told[2] | {"text": "Готово", "show_alert": True} == told[2]
    assert told[2]["callback_query_id"] == pressed["callback_query_id"]


async def test_the_page_asks_inline_and_sends_a_result(api: Any, box: Sandbox, reader: int) -> None:
    asked = asyncio.create_task(api.page("inline", query="рейс"))
    async with asyncio.timeout(120):
        update = (await api.ok("getUpdates", offset=-1, timeout=50))[-1]
        while "inline_query" not in update:
            update = (await api.ok("getUpdates", offset=-1))[-1]
    content = {"message_text": "Рейс отменён"}
    article = {"type": "article", "id": "1", "title": "Рейс", "input_message_content": content}
    query_id = update["inline_query"]["id"]
    await api.ok("answerInlineQuery", inline_query_id=query_id, results=[article])
    status, found = await asked
    assert (status, found["results"][0]["title"]) == (200, "Рейс")
    chosen = {"inline_query_id": query_id, "result_id": "1"}
    status, message = await api.page("inline_choose", **chosen)
    assert (status, message["text"]) == (200, "Рейс отменён")


async def test_a_bot_that_does_not_answer_inline_is_told_of(
    api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.page_api.INLINE_WAIT_S", 0)
    assert await api.page("inline", query="рейс") == (502, {"error": "The bot is not responding"})


async def test_the_page_does_what_a_person_can(api: Any, box: Sandbox) -> None:
    assert (await api.page("promote", without=["can_edit_messages"]))[0] == 200
    assert "can_edit_messages" not in box.channel.members[1].rights
    assert (await api.page("post", text="новость"))[1]["chat"]["id"] == CHANNEL_ID
    message = (await api.page("send", text="/start"))[1]
    await api.page("edit", message_id=message["message_id"], text="/help")
    assert box.world.chats[box.reader.id].messages[1]["text"] == "/help"
    body = base64.b64encode(b"text").decode()
    sent = (await api.page("send", document={"name": "a.txt", "base64": body}))[1]
    assert sent["document"]["file_name"] == "a.txt"
    assert (await api.page("forward", text="чужое", origin="Вести"))[0] == 200
    assert (await api.page("block"))[0] == 200
    assert (await state(api))["blocked"] is True
    assert (await api.page("send", text="x"))[0] == 409
    assert (await api.page("unblock"))[0] == 200
    await api.page("language", language_code="be")
    assert box.reader.language_code == "be"
    group = (await api.page("group", title="Двор"))[1]["chat_id"]
    assert (await api.page("migrate", chat_id=group))[1]["chat_id"] < -1_000_000_000_000


async def test_the_page_sets_and_clears_faults(api: Any, box: Sandbox, reader: int) -> None:
    status, answer = await api.page("faults", kind="429", retry_after_s=3, times=2)
    assert (status, answer["faults"][0]["retry_after_s"]) == (200, 3)
    assert (await api.refused("sendMessage", chat_id=reader, text="x")).startswith("429")
    assert (await state(api))["faults"][0]["times"] == 1
    assert (await api.page("faults", clear=True))[1] == {"faults": []}
    assert (await api.page("faults", kind="nonsense"))[0] == 400


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("send", {}),
        ("send", {"text": 5}),
        ("send", {"text": "x", "chat": {"id": 1}}),
        ("send", {"document": {"name": "a", "base64": "?"}}),
        ("send", {"text": ""}),
        ("press", {"message_id": "1"}),
        ("language", {"message_id": 1}),
    ],
)
async def test_what_the_page_gets_wrong_is_said(
    api: Any, address: str, body: dict[str, Any]
) -> None:
    status, answer = await api.page(address, **body)
    assert status == 400
    assert answer["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example:8080"},
        {"Host": "127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_site_may_neither_read_nor_act(
    api: Any, box: Sandbox, headers: dict[str, str]
) -> None:
    sandbox = f"{api.url}/sandbox"
    async with api.session.get(f"{sandbox}/state", headers=headers) as response:
        assert response.status == 403
    async with api.session.post(f"{sandbox}/send", json={"text": "x"}, headers=headers) as response:
        assert response.status == 403
    assert box.world.chats[box.reader.id].messages == {}


async def test_a_form_of_another_site_is_not_read(api: Any) -> None:
    async with api.session.post(f"{api.url}/sandbox/send", data={"text": "x"}) as response:
        assert response.status == 415


async def test_another_site_may_not_use_the_bot_api_either(api: Any, reader: int) -> None:
    address = f"{api.url}/bot{api.token}/sendMessage"
    given = {"chat_id": str(reader), "text": "x"}
    origin = {"Origin": "https://evil.example"}
    async with api.session.post(address, data=given, headers=origin) as response:
        assert response.status == 403


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
async def test_this_machines_own_names_are_trusted(api: Any, name: str) -> None:
    port = api.url.rpartition(":")[2]
    headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
    async with api.session.get(f"{api.url}/sandbox/state", headers=headers) as response:
        assert response.status == 200
