"""Sending, editing, deleting."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import inline_keyboard, under_field
from bot.sandbox.rich import rich_message
from bot.sandbox.text import message_text
from bot.sandbox.world import Chat, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETABLE = timedelta(hours=48)
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


async def send_message(box: "Sandbox", p: Json) -> Json:
    text = message_text(p["text"], p.get("parse_mode"), p.get("entities"))
    body = posting.shown(box, text) | _preview(p)
    return send(box, p, body)


async def send_rich_message(box: "Sandbox", p: Json) -> Json:
    return send(box, p, {"rich_message": rich_message(p["rich_message"])})


async def edit_message_text(box: "Sandbox", p: Json) -> Json | bool:
    if "rich_message" in p:
        before = dict.fromkeys(("text", "entities", "link_preview_options"))
        return edit(box, p, before | {"rich_message": rich_message(p["rich_message"])}, text=True)
    if not p.get("text"):
        raise bad_request("message text is empty")
    text = message_text(p["text"], p.get("parse_mode"), p.get("entities"))
    body = {"rich_message": None, "entities": None, "link_preview_options": None}
    return edit(box, p, body | posting.shown(box, text) | _preview(p), text=True)


async def edit_message_reply_markup(box: "Sandbox", p: Json) -> Json | bool:
    return edit(box, p, {}, text=False)


async def delete_message(box: "Sandbox", p: Json) -> bool:
    chat = box.world.writable(p["chat_id"])
    message = _message(chat, p["message_id"], "message to delete")
    own = chat.authors[p["message_id"]] == box.bot["id"]
    old = box.now_s() - message["date"] > DELETABLE.total_seconds()
    admin = "can_delete_messages" in chat.member(box.bot["id"]).rights
    if not admin and (old or not (own or chat.kind == "private")):
        raise bad_request("message can't be deleted")
    posting.delete(box, chat, [p["message_id"]])
    return True


async def stop_poll(box: "Sandbox", p: Json) -> Json:
    """There are no polls here; the refusals tell whether a message is there."""
    chat = box.world.editable(p["chat_id"])
    _message(chat, p["message_id"], "message with poll to stop")
    raise bad_request("message is not a poll")


async def send_chat_action(box: "Sandbox", p: Json) -> bool:
    if p["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = box.world.sendable(p["chat_id"])
    box.events.add("chat_action", {"chat_id": chat.id, "action": p["action"]})
    return True


def send(box: "Sandbox", p: Json, body: Json) -> Json:
    """Put the bot's message into the chat, if it may write there."""
    keyboard = inline_keyboard(p.get("reply_markup"), box.bot)
    chat = box.world.sendable(p["chat_id"])
    under = under_field(p.get("reply_markup"), chat)
    body = body | _reply(chat, p.get("reply_parameters"))
    if keyboard:
        body["reply_markup"] = keyboard
    if p.get("protect_content"):
        body["has_protected_content"] = True
    _pace(box, chat, paid=bool(p.get("allow_paid_broadcast")))
    if under:
        chat.keyboard = under if "keyboard" in under else None
        box.events.add("keyboard", {"chat_id": chat.id, "keyboard": under})
    return posting.post(box, chat, box.bot["id"], body)


def _pace(box: "Sandbox", chat: Chat, *, paid: bool) -> None:
    wait_s = box.limits.take(chat.id, group=chat.kind != "private", paid=paid)
    if wait_s:
        text = f"Too Many Requests: retry after {wait_s}"
        raise ApiError(429, text, {"retry_after": wait_s})


def _reply(chat: Chat, given: Json | None) -> Json:
    """The message replied to; only one in the same chat can be."""
    if not given:
        return {}
    replied = chat.messages.get(given["message_id"])
    elsewhere = given.get("chat_id") not in (None, chat.id)
    if replied is None or elsewhere:
        if given.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    original = {name: value for name, value in replied.items() if name != "reply_to_message"}
    return {"reply_to_message": original}


def edit(box: "Sandbox", p: Json, body: Json, *, text: bool) -> Json | bool:
    """Change a message of the bot's, or one sent through it inline."""
    keyboard = inline_keyboard(p.get("reply_markup"), box.bot)
    inline = "chat_id" not in p and "message_id" not in p
    if inline:
        chat, message_id = _inline(box, p)
    else:
        if "chat_id" not in p:
            raise bad_request("chat_id is empty")
        chat, message_id = box.world.editable(p["chat_id"]), p.get("message_id", 0)
    message = _message(chat, message_id, "message to edit")
    if not inline and not _may_edit(box, chat, message_id):
        raise bad_request("message can't be edited")
    if text and "text" not in message and "rich_message" not in message:
        raise bad_request("there is no text in the message to edit")
    body = {**body, "reply_markup": keyboard}
    if all(message.get(name) == value for name, value in body.items()):
        raise bad_request(NOT_MODIFIED)
    changed = posting.change(box, chat, message_id, body)
    return True if inline else changed


def _inline(box: "Sandbox", p: Json) -> tuple[Chat, int]:
    wanted = p.get("inline_message_id")
    if not wanted:
        raise bad_request("message identifier is not specified")
    for (chat_id, message_id), inline_id in box.inline_ids.items():
        if inline_id == wanted:
            return box.world.chats[chat_id], message_id
    raise bad_request("MESSAGE_ID_INVALID")


def _may_edit(box: "Sandbox", chat: Chat, message_id: int) -> bool:
    if chat.authors[message_id] == box.bot["id"]:
        return True
    return chat.kind == "channel" and "can_edit_messages" in chat.member(box.bot["id"]).rights


def _message(chat: Chat, message_id: int, what: str) -> Json:
    if message_id not in chat.messages:
        raise bad_request(f"{what} not found")
    return chat.messages[message_id]


def _preview(p: Json) -> Json:
    options = p.get("link_preview_options")
    return {"link_preview_options": options} if options else {}


METHODS = {
    "sendMessage": send_message,
    "sendRichMessage": send_rich_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "stopPoll": stop_poll,
    "sendChatAction": send_chat_action,
}
