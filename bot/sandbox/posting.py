"""How a message comes to stand in a chat, is changed and goes: numbers and page events.

A message that was handed out never changes: an edit puts another one in its place.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.sandbox.text import Formatted
from bot.sandbox.world import Chat, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def post(box: "Sandbox", chat: Chat, author_id: int, body: Json) -> Json:
    """A new message by a person or the bot."""
    message: Json = {"message_id": box.world.next_id(chat)}
    if chat.kind == "channel":
        message["sender_chat"] = chat.as_chat()
    else:
        message["from"] = box.world.user(author_id)
    message |= {"chat": chat.as_chat(), "date": box.now_s(), **body}
    chat.keep(message, author_id)
    box.events.add("message", message)
    return message


def change(box: "Sandbox", chat: Chat, message_id: int, body: Json) -> Json:
    """Replace what the message says; fields of `body` that are None go away."""
    changed = {**chat.messages[message_id], **body, "edit_date": box.now_s()}
    changed = {name: value for name, value in changed.items() if value is not None}
    chat.messages[message_id] = changed
    box.events.add("edited", changed)
    return changed


def delete(box: "Sandbox", chat: Chat, message_ids: Iterable[int]) -> None:
    """Take messages away; their numbers are not given again."""
    gone = [id_ for id_ in message_ids if chat.messages.pop(id_, None) is not None]
    box.events.add("deleted", {"chat_id": chat.id, "message_ids": gone})


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
