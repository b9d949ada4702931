"""Reply markup as Telegram takes it; an inline keyboard is part of the message, others are not."""

from bot.sandbox.errors import bad_request
from bot.sandbox.links import BadLink, mentioned_user, normal_link
from bot.sandbox.world import Chat, Json

DATA_BYTES = 64
COPIED = 256  # characters
BUTTONS = 100
ACTIONS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]


def inline_keyboard(markup: Json | None, bot: Json) -> Json | None:
    """The inline keyboard to keep with a message; None when there is none. Raises ApiError.

    Only a bot whose inline mode is on may ask for inline queries.
    """
    if not markup or not markup.get("inline_keyboard"):
        return None
    rows = [[_button(button, bot) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def under_field(markup: Json | None, chat: Chat) -> Json | None:
    """A reply keyboard, its removal or a forced reply; raises ApiError in a channel."""
    if not markup or "inline_keyboard" in markup:
        return None
    if chat.kind == "channel":
        raise bad_request("inline keyboard expected")
    for row in markup.get("keyboard", []):
        if any(not button["text"].strip() for button in row):
            raise bad_request("keyboard button text must be non-empty")
    return markup


def _button(button: Json, bot: Json) -> Json:
    text = button["text"].strip()
    if not text:
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in ACTIONS if name in button and _given(name, button)), None)
    if action is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    value = button[action]
    if action == "callback_data" and len(value.encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text" and not 1 <= len(value["text"]) <= COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action.startswith("switch_inline_query") and not bot["supports_inline_queries"]:
        raise bad_request("BUTTON_TYPE_INVALID")
    if action == "url":
        value = _url(value)
    kept = {"text": text, action: value}
    return kept | {k: button[k] for k in ("icon_custom_emoji_id", "style") if k in button}


def _given(name: str, button: Json) -> bool:
    """`switch_inline_query` may be empty; a link or data may not."""
    return button[name] != "" or name.startswith("switch_inline_query")


def _url(url: str) -> str:
    if mentioned_user(url) is not None:
        return url
    try:
        return normal_link(url)
    except BadLink as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None
