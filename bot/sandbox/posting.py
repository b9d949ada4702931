"""How a message comes to stand in a chat, is changed and goes: numbers, page events, copies."""

from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from bot.sandbox.text import Formatted
from bot.sandbox.world import Chat, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def post(box: "Sandbox", chat: Chat, author_id: int, body: Json) -> Json:
    """A new message by a person or the bot; a copy, so that later edits do not reach back."""
    message: Json = {"message_id": box.world.next_id(chat)}
    if chat.kind == "channel":
        message["sender_chat"] = chat.as_chat()
    else:
        message["from"] = box.world.user(author_id)
    message |= {"chat": chat.as_chat(), "date": box.now_s(), **body}
    chat.messages[message["message_id"]] = message
    chat.authors[message["message_id"]] = author_id
    box.events.add("message", deepcopy(message))
    return deepcopy(message)


def change(box: "Sandbox", chat: Chat, message_id: int, body: Json) -> Json:
    """Replace what the message says; fields of `body` that are None go away."""
    message = chat.messages[message_id]
    for name, value in body.items():
        if value is None:
            message.pop(name, None)
        else:
            message[name] = value
    message["edit_date"] = box.now_s()
    box.events.add("edited", deepcopy(message))
    return deepcopy(message)


def delete(box: "Sandbox", chat: Chat, message_ids: Iterable[int]) -> None:
    """Take messages away; their numbers are not given again."""
    gone = [id_ for id_ in message_ids if chat.messages.pop(id_, None) is not None]
    box.events.add("deleted", {"chat_id": chat.id, "message_ids": gone})


def copied(message: Json) -> Json:
    """A message to hand out, which later edits do not reach."""
    return deepcopy(message)


def shown(box: "Sandbox", formatted: Formatted, name: str = "text") -> Json:
    """Text and entities as a Message has them; a mention of nobody we know loses its mention."""
    body = formatted.as_json(name)
    field = "entities" if name == "text" else f"{name}_entities"
    kept = []
    for entity in body.get(field, []):
        if entity["type"] == "text_mention":
            user = box.world.user(entity["user"]["id"])
            if user is None:
                continue
            entity["user"] = user
        kept.append(entity)
    body[field] = kept or None
    return {key: value for key, value in body.items() if value is not None}
