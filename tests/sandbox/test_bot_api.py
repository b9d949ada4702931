"""The Bot API of the sandbox: what it takes, what it refuses, and in which words."""

import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.sandbox import CHANNEL_ID, Sandbox

BUTTON = {"inline_keyboard": [[{"text": "Ещё", "callback_data": "more"}]]}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")


async def test_get_me_tells_who_the_bot_is(api: Any) -> None:
    me = await api.ok("getMe")
    assert (me["id"], me["is_bot"], me["supports_inline_queries"]) == (1, True, True)


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME"])
async def test_a_methods_case_does_not_matter(api: Any, name: str) -> None:
    assert (await api.ok(name))["id"] == 1


async def test_wrong_tokens_and_unknown_methods_are_told_apart(api: Any) -> None:
    assert await api.refused("nonsense") == "404 Not Found: method not found"
    assert "does not implement sendPoll" in await api.refused("sendPoll")
    api.token = "1:other"
    assert await api.refused("getMe") == "401 Unauthorized"
    api.token = "nonsense"
    assert await api.refused("getMe") == "404 Not Found"


async def test_parameters_come_in_any_encoding(api: Any, reader: int) -> None:
    address = f"{api.url}/bot{api.token}/sendMessage"
    given = {"chat_id": str(reader), "text": "<b>ё</b>", "parse_mode": "hTmL"}
    given["reply_markup"] = json.dumps(BUTTON)
    form = aiohttp.FormData(given)
    form.add_field("unknown", b"x", filename="x.bin")
    ways = [
        api.session.get(address, params=given),
        api.session.post(address, data=given),
        api.session.post(address, data=form),
        api.session.post(address, json=given),
    ]
    for way in ways:
        async with way as response:
            message = (await response.json())["result"]
            assert message["text"] == "ё"
            assert message["entities"] == [{"offset": 0, "length": 1, "type": "bold"}]
            assert message["reply_markup"] == BUTTON


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "x", "chat_id": 77}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody_here"}, "chat not found"),
        ({"text": "x", "chat_id": {}}, 'field "chat_id" must be of type Number'),
        ({"text": "x", "disable_notification": "maybe"}, 'field "disable_notification" must be'),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
            'field "inline_keyboard" must be',
        ),
        ({"text": "x", "entities": [{"type": "bold"}]}, 'can\'t find field "offset"'),
    ],
)
async def test_missing_and_mistyped_parameters_are_refused(
    api: Any, reader: int, params: dict[str, Any], refusal: str
) -> None:
    if set(params) - {"text", "chat_id"}:
        params = {"chat_id": reader, **params}
    assert (await api.refused("sendMessage", **params)).startswith(f"400 Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<b></b>", "message text is empty"),
        ("<b> </b>\u200b", "text must be non-empty"),
        ("a</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("ё<p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 2'),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("я" * 4097, "message is too long"),
        ("я" * 16385, "text is too long"),
    ],
)
async def test_texts_telegram_refuses_are_refused(
    api: Any, reader: int, text: str, refusal: str
) -> None:
    given = {"chat_id": reader, "text": text, "parse_mode": "HTML"}
    assert await api.refused("sendMessage", **given) == f"400 Bad Request: {refusal}"


async def test_a_text_of_4096_letters_passes_whatever_its_markup(api: Any, reader: int) -> None:
    text = f'<a href="https://example.com/">{"😀" * 4096}</a>'
    sent = await api.ok("sendMessage", chat_id=reader, text=text, parse_mode="HTML")
    assert sent["entities"][0]["length"] == 8192


async def test_text_is_trimmed_and_cleaned_and_keeps_its_entities(api: Any, reader: int) -> None:
    text = " \n a\tb\r <b>c </b>&nbsp;<i>d</i> \n"
    sent = await api.ok("sendMessage", chat_id=reader, text=text, parse_mode="HTML")
    assert sent["text"] == "a b c &nbsp;d"
    assert sent["entities"] == [
        {"offset": 4, "length": 2, "type": "bold"},
        {"offset": 12, "length": 1, "type": "italic"},
    ]


async def test_given_entities_are_checked_and_put_in_order(api: Any, reader: int) -> None:
    def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
        return {"type": kind, "offset": offset, "length": length, **more}

    async def send(*entities: dict[str, Any]) -> Any:
        given = {"chat_id": reader, "text": "😀 сводка", "entities": list(entities)}
        status, answer = await api.raw("sendMessage", **given)
        return answer["result"].get("entities") if status == 200 else answer["description"]

    link = entity("text_link", 3, 6, url="example.com")
    kept = await send(entity("italic", 3, 6), link, entity("bold", 0, 9), entity("url", 0, 2))
    assert [(e["type"], e["offset"], e["length"]) for e in kept] == [
        ("bold", 0, 3),
        ("text_link", 3, 6),
        ("bold", 3, 6),
        ("italic", 3, 6),
    ]
    assert kept[1]["url"] == "http://example.com/"
    assert await send(entity("text_link", 3, 6, url="http://localhost/")) is None
    assert "ends after the end of the text" in await send(entity("bold", 3, 7))
    assert "middle of a UTF-16 symbol" in await send(entity("bold", 1, 2))
    assert "Unsupported type specified" in await send(entity("rainbow", 0, 2))
    assert "incorrect offset -1" in await send(entity("bold", -1, 2))


async def test_links_tags_and_commands_are_found_in_text(api: Any, reader: int) -> None:
    text = "/flights@svodka_sandbox_bot example.com, @reader #рейсы https://a.by/x?y=1."
    sent = await api.ok("sendMessage", chat_id=reader, text=text)
    found = {text[e["offset"] :][: e["length"]]: e["type"] for e in sent["entities"]}
    assert found == {
        "/flights@svodka_sandbox_bot": "bot_command",
        "example.com": "url",
        "@reader": "mention",
        "#рейсы": "hashtag",
        "https://a.by/x?y=1": "url",
    }


async def test_half_a_letter_is_refused(api: Any, reader: int) -> None:
    refused = await api.refused("sendMessage", chat_id=reader, text="x\ud83d")
    assert refused == "400 Bad Request: strings must be encoded in UTF-8"


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(api: Any, body: bytes) -> None:
    address = f"{api.url}/bot{api.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with api.session.post(address, data=body, headers=headers) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong"),
        ({"callback_data": "x"}, 'can\'t find field "text"'),
    ],
)
async def test_buttons_telegram_refuses_are_refused(
    api: Any, reader: int, button: dict[str, str], refusal: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    refused = await api.refused("sendMessage", chat_id=reader, text="x", reply_markup=markup)
    assert refused.startswith(f"400 Bad Request: {refusal}")


async def test_callback_data_may_have_64_bytes(api: Any, reader: int) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "я" * 32}]]}
    sent = await api.ok("sendMessage", chat_id=reader, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup


async def test_an_edit_changes_text_and_keyboard_but_not_into_the_same(
    api: Any, reader: int
) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="раз", reply_markup=BUTTON)
    where = {"chat_id": reader, "message_id": sent["message_id"]}
    same = await api.refused("editMessageText", **where, text=" раз ", reply_markup=BUTTON)
    assert same.startswith("400 Bad Request: message is not modified")
    edited = await api.ok("editMessageText", **where, text="<b>два</b>", parse_mode="HTML")
    assert (edited["text"], edited["entities"][0]["type"]) == ("два", "bold")
    assert "reply_markup" not in edited
    plain = await api.ok("editMessageText", **where, text="два", reply_markup=BUTTON)
    assert "entities" not in plain
    bare = await api.ok("editMessageReplyMarkup", **where)
    assert "reply_markup" not in bare


async def test_only_the_bots_own_messages_can_be_edited(
    api: Any, box: Sandbox, reader: int
) -> None:
    theirs = box.acts.send("моё")["message_id"]
    edit = {"chat_id": reader, "text": "x"}
    refused = await api.refused("editMessageText", **edit, message_id=theirs)
    assert refused == "400 Bad Request: message can't be edited"
    refused = await api.refused("editMessageText", **edit, message_id=999)
    assert refused == "400 Bad Request: message to edit not found"
    refused = await api.refused("editMessageText", text="x")
    assert refused == "400 Bad Request: message identifier is not specified"


async def test_a_message_is_deleted_once(api: Any, box: Sandbox, reader: int) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x")
    where = {"chat_id": reader, "message_id": sent["message_id"]}
    assert await api.ok("deleteMessage", **where) is True
    refused = await api.refused("deleteMessage", **where)
    assert refused == "400 Bad Request: message to delete not found"
    assert box.sent() == []


async def test_an_old_message_is_not_deleted(api: Any, clock: Any, reader: int) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x")
    clock.turn(hours=49)
    refused = await api.refused("deleteMessage", chat_id=reader, message_id=sent["message_id"])
    assert refused == "400 Bad Request: message can't be deleted"


async def test_stop_poll_tells_whether_a_message_is_there(api: Any, reader: int) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x")
    ask = {"chat_id": reader, "message_id": sent["message_id"]}
    assert await api.refused("stopPoll", **ask) == "400 Bad Request: message is not a poll"
    ask["message_id"] += 1
    gone = "400 Bad Request: message with poll to stop not found"
    assert await api.refused("stopPoll", **ask) == gone


async def test_private_chats_and_groups_share_a_counter_and_channels_have_their_own(
    api: Any, box: Sandbox, reader: int
) -> None:
    group = box.acts.add_group("Двор").id
    supergroup = box.acts.add_group("Район", supergroup=True).id
    box.acts.promote()

    async def sent(chat_id: int) -> int:
        return int((await api.ok("sendMessage", chat_id=chat_id, text="x"))["message_id"])

    # 1 is /start, 2 tells that the bot was added to the group
    assert [await sent(reader), await sent(group)] == [3, 4]
    assert box.acts.send("и я")["message_id"] == 5
    assert [await sent(CHANNEL_ID), await sent(CHANNEL_ID), await sent(supergroup)] == [1, 2, 2]
    assert await sent(reader) == 6


async def test_a_reply_keyboard_is_refused_in_a_channel(api: Any, box: Sandbox) -> None:
    box.acts.promote()
    keyboard = {"keyboard": [[{"text": "x"}]]}
    refused = await api.refused("sendMessage", chat_id=CHANNEL_ID, text="x", reply_markup=keyboard)
    assert refused == "400 Bad Request: inline keyboard expected"


async def test_replies_are_to_messages_of_the_chat(api: Any, reader: int) -> None:
    reply = {"chat_id": reader, "text": "x", "reply_parameters": {"message_id": 1}}
    assert (await api.ok("sendMessage", **reply))["reply_to_message"]["text"] == "/start"
    reply["reply_parameters"] = {"message_id": 99}
    refused = await api.refused("sendMessage", **reply)
    assert refused == "400 Bad Request: message to be replied not found"
    reply["reply_parameters"]["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await api.ok("sendMessage", **reply)


async def test_commands_are_kept_by_scope_and_language(api: Any, box: Sandbox, reader: int) -> None:
    def named(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "Что она делает"}]

    chat = {"type": "chat", "chat_id": reader}
    private = {"type": "all_private_chats"}
    await api.ok("setMyCommands", commands=named("help"))
    await api.ok("setMyCommands", commands=named("help_ru"), language_code="ru")
    await api.ok("setMyCommands", commands=named("latest"), scope=private)
    mine = box.world.chats[reader]
    assert box.profile.shown_commands(mine, reader, "ru") == named("latest")
    await api.ok("setMyCommands", commands=named("admin"), scope=chat, language_code="ru")
    assert box.profile.shown_commands(mine, reader, "ru") == named("admin")
    assert box.profile.shown_commands(mine, reader, "be") == named("latest")
    assert await api.ok("getMyCommands", language_code="ru") == named("help_ru")
    await api.ok("deleteMyCommands", scope=chat, language_code="ru")
    assert await api.ok("getMyCommands", scope=chat, language_code="ru") == []


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"commands": [{"command": "Big", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x"}]}, 'can\'t find field "description"'),
        ({"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "rus"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "nowhere"}}, "unsupported type specified"),
    ],
)
async def test_commands_telegram_refuses_are_refused(
    api: Any, params: dict[str, Any], refusal: str
) -> None:
    assert await api.refused("setMyCommands", **params) == f"400 Bad Request: {refusal}"


async def test_a_bot_describes_itself_by_language(api: Any) -> None:
    await api.ok("setMyDescription", description="Новости", language_code="ru")
    assert await api.ok("getMyDescription", language_code="ru") == {"description": "Новости"}
    assert await api.ok("getMyDescription", language_code="be") == {"description": ""}
    assert await api.ok("getMyName") == {"name": "Сводка"}
    assert "400" in await api.refused("setMyShortDescription", short_description="я" * 121)
    assert await api.ok("getChatMenuButton") == {"type": "commands"}


async def test_a_photo_and_a_document_are_kept_and_can_be_downloaded(api: Any, reader: int) -> None:
    async def send(method: str, field: str, name: str, body: bytes) -> Any:
        form = aiohttp.FormData({"chat_id": str(reader), "caption": "<i>подпись</i>"})
        form.add_field("parse_mode", "HTML")
        form.add_field(field, "attach://file")
        form.add_field("file", body, filename=name)
        address = f"{api.url}/bot{api.token}/{method}"
        async with api.session.post(address, data=form) as response:
            return await response.json()

    photo = (await send("sendPhoto", "photo", "chart.png", PNG))["result"]
    assert (photo["photo"][0]["width"], photo["photo"][0]["height"]) == (640, 480)
    assert photo["caption_entities"] == [{"offset": 0, "length": 7, "type": "italic"}]
    assert (await send("sendPhoto", "photo", "x.png", b"no"))["description"].endswith("FAILED")
    document = (await send("sendDocument", "document", "note.txt", b"text"))["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("note.txt", 4)
    file = await api.ok("getFile", file_id=document["file_id"])
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert await response.read() == b"text"
    again = await api.ok("sendDocument", chat_id=reader, document=document["file_id"])
    assert again["document"]["file_id"] == document["file_id"]
    assert "wrong file_id" in await api.refused("getFile", file_id="x")


async def test_the_log_keeps_what_was_asked_and_whether_it_was_accepted(
    api: Any, box: Sandbox, reader: int
) -> None:
    await api.ok("sendMessage", chat_id=reader, text="x")
    await api.refused("sendMessage", chat_id=reader, text="<b>", parse_mode="HTML")
    assert [(call.method, call.accepted, call.status) for call in box.log] == [
        ("sendMessage", True, 200),
        ("sendMessage", False, 400),
    ]
    assert box.log[0].message_id == box.sent(reader)[0]["message_id"]
