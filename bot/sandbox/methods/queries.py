"""Answers to pressed buttons and to inline queries."""

import re
from typing import TYPE_CHECKING

from bot.sandbox import posting, schema
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.text import message_text
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

RESULTS, ID_BYTES, OFFSET_BYTES, NOTE = 50, 64, 64, 200
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def answer_callback_query(box: "Sandbox", p: Json) -> bool:
    if len(p.get("text", "")) > NOTE:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {
        "text": p.get("text", ""),
        "show_alert": p.get("show_alert", False),
        "url": p.get("url"),
    }
    query = box.queries.answer("callback", p["callback_query_id"], answer)
    told = {"callback_query_id": query.id, "chat_id": query.chat_id, **answer}
    box.events.add("callback_answer", {**told, "message_id": query.message_id})
    return True


async def answer_inline_query(box: "Sandbox", p: Json) -> bool:
    given = p["results"]
    if len(given) > RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(box, one) for one in given]
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(p.get("next_offset", "").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = {
        "results": results,
        "next_offset": p.get("next_offset", ""),
        "button": _above(p.get("button")),
        "cache_time": p.get("cache_time", 300),
        "is_personal": p.get("is_personal", False),
    }
    box.queries.answer("inline", p["inline_query_id"], answer)
    return True


def _above(button: Json | None) -> Json | None:
    """The button above the results: it opens a chat with the bot, or a web app."""
    if button is None:
        return None
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("can't parse InlineQueryResultsButton: exactly one field must be used")
    if not button["text"].strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if "web_app" not in button and not _START.fullmatch(button["start_parameter"]):
        raise bad_request("START_PARAM_INVALID")
    return button


def _result(box: "Sandbox", given: Json) -> Json:
    """An article with its message ready to be sent."""
    kind = given.get("type")
    if kind != "article":
        raise bad_request(
            f'can\'t parse inline query result: the sandbox does not implement type "{kind}"'
        )
    try:
        article = schema.of_type("InlineQueryResultArticle", given)
        content = schema.of_type("InputTextMessageContent", article["input_message_content"])
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse inline query result: {reason}") from None
    if not 1 <= len(article["id"].encode()) <= ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not article["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if not article.get("thumbnail_url", "https://").startswith(("http://", "https://")):
        raise bad_request("WEBDOCUMENT_URL_INVALID")
    text = message_text(content["message_text"], content.get("parse_mode"), content.get("entities"))
    message = posting.shown(box, text)
    if content.get("link_preview_options"):
        message["link_preview_options"] = content["link_preview_options"]
    article["reply_markup"] = inline_keyboard(article.get("reply_markup"), box.bot)
    del article["input_message_content"]
    return {**article, "message": message}


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
