"""What persons do, what the bot hears of it, and when it may no longer write."""

from typing import Any

import pytest

from bot.sandbox.chat_acts import ActRefused
from bot.sandbox.sandbox import CHANNEL_ID, Sandbox
from bot.sandbox.world import Person

BUTTON = {"inline_keyboard": [[{"text": "Ещё", "callback_data": "more"}]]}


async def heard(api: Any) -> list[tuple[str, Any]]:
    """What came since the last look, by kind."""
    updates = await api.ok("getUpdates")
    if updates:
        await api.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
    return [(kind, u[kind]) for u in updates for kind in set(u) - {"update_id"}]


async def test_a_reader_of_an_earlier_life_can_be_written_to(api: Any, box: Sandbox) -> None:
    box.resume()
    await api.ok("sendMessage", chat_id=box.reader.id, text="x")


async def test_a_bot_cannot_write_first(api: Any, box: Sandbox) -> None:
    write = {"chat_id": box.reader.id, "text": "x"}
    assert await api.refused("sendMessage", **write) == "400 Bad Request: chat not found"
    box.acts.promote()
    refused = await api.refused("sendMessage", **write)
    assert refused == "403 Forbidden: bot can't initiate conversation with a user"
    box.acts.send("/start")
    assert await api.ok("sendMessage", **write)


async def test_a_long_paste_comes_in_several_messages(api: Any, box: Sandbox) -> None:
    text = "\n".join(f"Строка {number} длинной новости" for number in range(400))
    box.acts.send(text)
    parts = [update["text"] for _, update in await heard(api)]
    assert len(parts) == 3
    assert max(map(len, parts)) <= 4096
    assert "\n".join(parts) == text


async def test_blocking_is_told_and_stops_the_bot(api: Any, box: Sandbox, reader: int) -> None:
    await heard(api)
    box.acts.block()
    [(kind, update)] = await heard(api)
    assert kind == "my_chat_member"
    assert update["chat"]["id"] == update["from"]["id"] == reader
    assert update["old_chat_member"]["status"] == "member"
    assert update["new_chat_member"]["status"] == "kicked"
    refused = await api.refused("sendMessage", chat_id=reader, text="x")
    assert refused == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(ActRefused):
        box.acts.send("привет")
    box.acts.send("/start")
    assert [kind for kind, _ in await heard(api)] == ["my_chat_member", "message"]
    assert await api.ok("sendMessage", chat_id=reader, text="x")


async def test_a_channel_is_written_to_only_with_the_right_to_post(api: Any, box: Sandbox) -> None:
    write = {"chat_id": "@My_channel_sandbox", "text": "x"}
    outside = "403 Forbidden: bot is not a member of the channel chat"
    assert await api.refused("sendMessage", **write) == outside
    box.acts.promote()
    posted = await api.ok("sendMessage", **write)
    assert posted["sender_chat"]["id"] == CHANNEL_ID
    assert "from" not in posted
    box.acts.promote(without=("can_post_messages",))
    refused = await api.refused("sendMessage", **write)
    assert refused == "400 Bad Request: need administrator rights in the channel chat"
    box.acts.demote(kick=True)
    refused = await api.refused("sendMessage", **write)
    assert refused == "403 Forbidden: bot was kicked from the channel chat"
    changes = [update["new_chat_member"] for _, update in await heard(api)]
    assert [change["status"] for change in changes] == ["administrator"] * 2 + ["kicked"]
    assert [change.get("can_post_messages") for change in changes] == [True, False, None]


async def test_posts_of_a_channel_reach_the_bot_only_while_it_is_there(
    api: Any, box: Sandbox
) -> None:
    box.acts.post("раньше")
    box.acts.promote()
    post = box.acts.post("новость")
    box.acts.edit(post["message_id"], "новость!", chat_id=CHANNEL_ID)
    kinds = [(kind, update.get("text")) for kind, update in await heard(api)]
    assert kinds == [
        ("my_chat_member", None),
        ("channel_post", "новость"),
        ("edited_channel_post", "новость!"),
    ]


async def test_in_a_group_privacy_mode_is_on(api: Any, box: Sandbox) -> None:
    group = box.acts.add_group("Двор").id
    bots = await api.ok("sendMessage", chat_id=group, text="Я здесь")
    await heard(api)
    box.acts.send("просто разговор", chat_id=group)
    box.acts.send("/latest@another_bot", chat_id=group)
    box.acts.send("/latest", chat_id=group)
    box.acts.send("@svodka_sandbox_bot привет", chat_id=group)
    box.acts.send("отвечаю", chat_id=group, reply_to=bots["message_id"])
    texts = [update["text"] for _, update in await heard(api)]
    assert texts == ["/latest", "@svodka_sandbox_bot привет", "отвечаю"]


async def test_a_group_that_became_a_supergroup_says_its_new_id(api: Any, box: Sandbox) -> None:
    old = box.acts.add_group("Двор").id
    await heard(api)
    new = box.acts.migrate(old).id
    told = [update for _, update in await heard(api)]
    assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (new, old)
    status, answer = await api.raw("sendMessage", chat_id=old, text="x")
    assert status == 400
    assert "group chat was upgraded to a supergroup chat" in answer["description"]
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert await api.ok("sendMessage", chat_id=new, text="x")


async def test_the_bot_learns_who_is_in_a_chat_and_leaves_it(api: Any, box: Sandbox) -> None:
    group = box.acts.add_group("Двор").id
    chat = {"chat_id": group}
    assert (await api.ok("getChat", **chat))["title"] == "Двор"
    assert await api.ok("getChatMemberCount", **chat) == 2
    [owner] = await api.ok("getChatAdministrators", **chat)
    assert (owner["status"], owner["user"]["id"]) == ("creator", box.reader.id)
    me = await api.ok("getChatMember", **chat, user_id=1)
    assert me["status"] == "member"
    await api.ok("leaveChat", **chat)
    refused = await api.refused("sendMessage", **chat, text="x")
    assert refused == "403 Forbidden: bot is not a member of the group chat"
    assert (await heard(api))[-1][1]["new_chat_member"]["status"] == "left"


async def test_a_press_is_answered_once(api: Any, box: Sandbox, reader: int, clock: Any) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x", reply_markup=BUTTON)
    query = box.acts.press(sent["message_id"], "more")
    kind, update = (await heard(api))[-1]
    assert (kind, update["data"], update["message"]) == ("callback_query", "more", sent)
    answer = {"callback_query_id": query.id, "text": "Готово"}
    assert "400" in await api.refused("answerCallbackQuery", **answer | {"text": "я" * 201})
    assert await api.ok("answerCallbackQuery", **answer) is True
    assert (await box.queries.answered(query.id, timeout_s=120))["text"] == "Готово"
    assert "query is too old" in await api.refused("answerCallbackQuery", **answer)
    late = box.acts.press(sent["message_id"], row=0, column=0)
    clock.turn(minutes=2)
    refused = await api.refused("answerCallbackQuery", callback_query_id=late.id)
    assert "query is too old" in refused
    with pytest.raises(ActRefused):
        box.acts.press(sent["message_id"], "other")


async def test_an_inline_result_becomes_a_message_whose_buttons_work(
    api: Any, box: Sandbox, reader: int
) -> None:
    query = box.acts.ask_inline("рейсы")
    kind, update = (await heard(api))[-1]
    assert (kind, update["query"], update["chat_type"]) == ("inline_query", "рейсы", "sender")
    content = {"message_text": "<b>Рейс</b>", "parse_mode": "HTML"}
    article = {"type": "article", "id": "7", "title": "Рейс", "input_message_content": content}
    article["reply_markup"] = BUTTON
    await api.ok("answerInlineQuery", inline_query_id=query.id, results=[article])
    message = box.acts.choose(query.id, "7")
    assert (message["text"], message["via_bot"]["id"]) == ("Рейс", 1)
    box.acts.press(message["message_id"], "more")
    pressed = (await heard(api))[-1][1]
    assert "message" not in pressed
    edit = {"inline_message_id": pressed["inline_message_id"], "text": "Вылетел"}
    assert await api.ok("editMessageText", **edit) is True
    assert box.world.chats[reader].messages[message["message_id"]]["text"] == "Вылетел"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"id": "я" * 33}, "RESULT_ID_INVALID"),
        ({"type": "photo"}, 'does not implement type "photo"'),
        ({"title": None}, 'can\'t find field "title"'),
        ({"input_message_content": {"message_text": ""}}, "message text is empty"),
        ({"thumbnail_url": "javascript:alert(1)"}, "WEBDOCUMENT_URL_INVALID"),
    ],
)
async def test_inline_results_telegram_refuses_are_refused(
    api: Any, box: Sandbox, reader: int, change: dict[str, Any], refusal: str
) -> None:
    query = box.acts.ask_inline("x")
    content = {"message_text": "x"}
    article = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    given = {"inline_query_id": query.id, "results": [article | change]}
    assert refusal in await api.refused("answerInlineQuery", **given)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x"}, "exactly one field"),
        ({"text": " ", "start_parameter": "x"}, "SWITCH_PM_TEXT_EMPTY"),
        ({"text": "x", "start_parameter": "s:1"}, "START_PARAM_INVALID"),
        ({"text": "x", "start_parameter": "x" * 65}, "START_PARAM_INVALID"),
    ],
)
async def test_the_button_above_inline_results_leads_to_the_bot(
    api: Any, box: Sandbox, reader: int, button: dict[str, str], refusal: str
) -> None:
    given = {"inline_query_id": box.acts.ask_inline("x").id, "results": []}
    assert refusal in await api.refused("answerInlineQuery", **given, button=button)
    good = {"text": "Спросить", "start_parameter": "s_1"}
    assert await api.ok("answerInlineQuery", **given, button=good) is True


@pytest.mark.parametrize("copied", ["", "я" * 257])
async def test_a_button_copies_up_to_256_characters(
    api: Any, box: Sandbox, reader: int, copied: str
) -> None:
    def send(words: str) -> dict[str, Any]:
        row = [{"text": "Скопировать", "copy_text": {"text": words}}]
        return {"chat_id": reader, "text": "x", "reply_markup": {"inline_keyboard": [row]}}

    assert "BUTTON_COPY_TEXT_INVALID" in await api.refused("sendMessage", **send(copied))
    sent = await api.ok("sendMessage", **send("я" * 256))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["copy_text"]["text"] == "я" * 256


async def test_only_a_bot_with_inline_mode_has_buttons_for_it(
    api: Any, box: Sandbox, reader: int
) -> None:
    row = [{"text": "Поделиться", "switch_inline_query": "s:1"}]
    message = {"chat_id": reader, "text": "x", "reply_markup": {"inline_keyboard": [row]}}
    assert await api.ok("sendMessage", **message)
    box.bot["supports_inline_queries"] = False
    assert "BUTTON_TYPE_INVALID" in await api.refused("sendMessage", **message)


async def test_an_inline_answer_has_at_most_fifty_different_results(
    api: Any, box: Sandbox, reader: int
) -> None:
    def articles(count: int) -> list[dict[str, Any]]:
        content = {"message_text": "x"}
        article = {"type": "article", "title": "x", "input_message_content": content}
        return [article | {"id": str(number)} for number in range(count)]

    given = {"inline_query_id": box.acts.ask_inline("x").id}
    refused = await api.refused("answerInlineQuery", **given, results=articles(51))
    assert "too many inline query results" in refused
    refused = await api.refused("answerInlineQuery", **given, results=articles(1) * 2)
    assert "RESULT_ID_DUPLICATE" in refused
    assert await api.ok("answerInlineQuery", **given, results=articles(50)) is True


async def test_a_forward_says_where_it_came_from(api: Any, box: Sandbox, reader: int) -> None:
    box.acts.promote()
    post = box.acts.post("новость канала")
    await heard(api)
    box.acts.forward(from_chat_id=CHANNEL_ID, message_id=post["message_id"])
    box.acts.forward("чужая новость", origin="Вести", origin_username="vesti_x")
    own, foreign = [update for _, update in await heard(api)]
    assert own["forward_origin"]["chat"]["id"] == CHANNEL_ID
    assert (own["text"], own["chat"]["id"]) == ("новость канала", reader)
    assert foreign["forward_origin"]["chat"]["username"] == "vesti_x"


async def test_a_document_sent_by_a_person_can_be_downloaded(api: Any, box: Sandbox) -> None:
    box.acts.send_document("news.txt", "новость".encode(), mime_type="text/plain")
    document = (await heard(api))[-1][1]["document"]
    file = await api.ok("getFile", file_id=document["file_id"])
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert (await response.read()).decode() == "новость"


async def test_another_person_has_a_chat_of_their_own(api: Any, box: Sandbox) -> None:
    other = box.world.add_person(Person(id=6_000_001, first_name="Анна", language_code="be"))
    box.acts.send("/start", by=other.id)
    assert (await heard(api))[0][1]["from"]["language_code"] == "be"
    with pytest.raises(ActRefused):
        box.acts.send("x", chat_id=other.id)
    with pytest.raises(ActRefused):
        box.acts.post("x", by=other.id)
