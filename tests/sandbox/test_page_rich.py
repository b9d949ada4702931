"""A rich message on the chat page, in a real Chromium: headings, and details that unfold."""

import pytest

from bot.sandbox.sandbox import READER_ID
from tests.chromium import expect
from tests.sandbox.stage import Stage, bubble

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LINK = {"type": "url", "text": {"type": "bold", "text": "целиком"}, "url": "https://example.com/a"}
MOMENT = {
    "type": "date_time",
    "text": "18:40",
    "unix_time": 1_794_963_600,
    "date_time_format": "t",
}
BLOCKS = [
    {"type": "heading", "text": "Сводка", "size": 2},
    {
        "type": "details",
        "summary": ["1. ", {"type": "bold", "text": "<b>Рейс</b>"}],
        "blocks": [{"type": "paragraph", "text": ["Вылет в ", MOMENT, ", читать ", LINK]}],
    },
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "пункт"}]}]},
    {"type": "divider"},
    {"type": "footer", "text": {"type": "italic", "text": "Это всё"}},
]


async def test_a_rich_message_is_drawn_and_unfolds(stage: Stage):
    page = await stage.begun()
    await stage.bot("sendRichMessage", chat_id=READER_ID, rich_message={"blocks": BLOCKS})
    words = bubble(page, "Сводка").locator(".words")
    await expect(words.get_by_role("heading", name="Сводка")).to_be_visible()
    inside = words.get_by_text("Вылет в")
    await expect(inside).to_be_hidden()
    await words.locator("summary").press("Enter")
    await expect(inside).to_have_text("Вылет в 08:00, читать целиком")
    await expect(words.get_by_role("link", name="целиком")).to_have_attribute(
        "href", "https://example.com/a"
    )
    await expect(words.locator("summary strong")).to_have_text("<b>Рейс</b>")
    await expect(words.locator("ul li")).to_have_text("пункт")
    await expect(words.locator(".foot em")).to_have_text("Это всё")


async def test_a_reply_to_a_rich_message_quotes_its_words(stage: Stage):
    page = await stage.begun()
    sent = await stage.bot("sendRichMessage", chat_id=READER_ID, rich_message={"blocks": BLOCKS})
    await stage.say("ещё", reply_parameters={"message_id": sent["message_id"]})
    await expect(bubble(page, "ещё").locator(".replied")).to_contain_text("Сводка 1. <b>Рейс</b>")
