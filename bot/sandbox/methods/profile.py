"""Commands, name, descriptions and the menu button."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.profile import scope_key
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Method = Callable[["Sandbox", Json], Awaitable[Json | bool]]


async def set_my_commands(box: "Sandbox", p: Json) -> bool:
    box.profile.set_commands(_scope(box, p), p.get("language_code", ""), p["commands"])
    box.events.add("commands", {})
    return True


async def get_my_commands(box: "Sandbox", p: Json) -> list[Json]:
    return box.profile.commands(_scope(box, p), p.get("language_code", ""))


async def delete_my_commands(box: "Sandbox", p: Json) -> bool:
    box.profile.set_commands(_scope(box, p), p.get("language_code", ""), [])
    box.events.add("commands", {})
    return True


async def set_chat_menu_button(box: "Sandbox", p: Json) -> bool:
    button = p.get("menu_button", {"type": "default"})
    if "chat_id" in p:
        box.world.readable(p["chat_id"]).menu_button = button
    else:
        box.profile.menu_button = button
    box.events.add("commands", {})
    return True


async def get_chat_menu_button(box: "Sandbox", p: Json) -> Json:
    own = box.world.readable(p["chat_id"]).menu_button if "chat_id" in p else None
    return own or box.profile.menu_button


def _scope(box: "Sandbox", p: Json) -> str:
    """The scope as one word; its chat must be one the bot knows."""
    scope = p.get("scope", {"type": "default"})
    if "chat_id" not in scope:
        return scope_key(scope["type"])
    chat = box.world.readable(scope["chat_id"])
    if chat.kind == "channel":
        raise bad_request("can't change commands in channel chats")
    return scope_key(scope["type"], chat.id, scope.get("user_id"))


def _setter(kind: str) -> Method:
    async def set_text(box: "Sandbox", p: Json) -> bool:
        box.profile.set_text(kind, p.get("language_code", ""), p.get(kind, ""))
        box.events.add("profile", {})
        return True

    return set_text


def _getter(kind: str) -> Method:
    async def get_text(box: "Sandbox", p: Json) -> Json:
        text = box.profile.text(kind, p.get("language_code", ""))
        return {kind: text or (box.bot["first_name"] if kind == "name" else "")}

    return get_text


METHODS = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
