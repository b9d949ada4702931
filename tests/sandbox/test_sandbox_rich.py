"""The sandbox takes of rich messages what Telegram would, within its limits."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.rich import MAX_BLOCKS, MAX_LETTERS, rich_message

WORDS = {"type": "paragraph", "text": "слово"}


def nested(depth: int) -> dict[str, Any]:
    block: dict[str, Any] = WORDS
    for _ in range(depth):
        block = {"type": "details", "summary": "ещё", "blocks": [block]}
    return block


def test_blocks_come_back_as_they_will_be_shown() -> None:
    moment = {"type": "date_time", "text": "08:00", "unix_time": 1, "date_time_format": "t"}
    link = {"type": "url", "text": {"type": "bold", "text": "Рейс"}, "url": "https://example.org/a"}
    blocks = [
        {"type": "heading", "text": "Сводка", "size": 2},
        {"type": "details", "summary": [link, " · ", moment], "blocks": [WORDS], "is_open": True},
        {"type": "footer", "text": "Это всё"},
    ]
    assert rich_message({"blocks": blocks}) == {"blocks": blocks}


def test_items_of_a_list_get_their_labels() -> None:
    given = {"type": "list", "items": [{"blocks": [WORDS]}, {"blocks": [WORDS]}]}
    [shown] = rich_message({"blocks": [given]})["blocks"]
    assert [item["label"] for item in shown["items"]] == ["•", "•"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"html": "<p>x</p>", "blocks": [WORDS]},
        {"html": "<p>x</p>"},
        {"blocks": []},
        {"blocks": ["слово"]},
        {"blocks": [{"type": "divider"}]},
        {"blocks": [{"type": "photo"}]},
        {"blocks": [{"type": "paragraph"}]},
        {"blocks": [{"type": "heading", "text": "x", "size": 7}]},
        {"blocks": [{"type": "list", "items": []}]},
        {"blocks": [{"type": "details", "blocks": [WORDS]}]},
        {"blocks": [{"type": "paragraph", "text": {"type": "rainbow", "text": "x"}}]},
        {"blocks": [{"type": "paragraph", "text": {"type": "url", "text": "x", "url": "ftp:x"}}]},
        {"blocks": [{"type": "paragraph", "text": {"type": "date_time", "text": "x"}}]},
        {"blocks": [{"type": "paragraph", "text": "я" * (MAX_LETTERS + 1)}]},
        {"blocks": [WORDS] * (MAX_BLOCKS + 1)},
        {"blocks": [nested(16)]},
    ],
)
def test_what_telegram_would_refuse_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        rich_message(given)
    assert refused.value.code == 400


async def test_a_text_becomes_a_rich_message_and_a_text_again(api: Any, reader: int) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="сводка")
    where = {"chat_id": reader, "message_id": sent["message_id"]}
    rich = await api.ok("editMessageText", **where, rich_message={"blocks": [WORDS]})
    assert rich["rich_message"]["blocks"] == [WORDS]
    assert "text" not in rich
    same = await api.refused("editMessageText", **where, rich_message={"blocks": [WORDS]})
    assert "message is not modified" in same
    text = await api.ok("editMessageText", **where, text="снова текст")
    assert "rich_message" not in text
