"""What the bot may learn about a chat, and leaving one."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.members import chat_member, member_update
from bot.sandbox.world import LEFT, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


async def get_chat(box: "Sandbox", p: Json) -> Json:
    """ChatFullInfo, with the fields that are always there."""
    chat = box.world.readable(p["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    full = {
        **chat.as_chat(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    if chat.username:
        full["active_usernames"] = [chat.username]
    return full


async def get_chat_member(box: "Sandbox", p: Json) -> Json:
    chat = box.world.readable(p["chat_id"])
    user = box.world.user(p["user_id"])
    if user is None:
        raise bad_request("user not found")
    if user["id"] != box.bot["id"]:
        chat = box.world.editable(p["chat_id"])
    return chat_member(user, chat.member(user["id"]), chat)


async def get_chat_administrators(box: "Sandbox", p: Json) -> list[Json]:
    chat = box.world.editable(p["chat_id"])
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    shown = []
    for user_id, member in chat.members.items():
        user = box.world.user(user_id)
        if member.admin and user and (not user["is_bot"] or p.get("return_bots")):
            shown.append(chat_member(user, member, chat))
    return shown


async def get_chat_member_count(box: "Sandbox", p: Json) -> int:
    chat = box.world.editable(p["chat_id"])
    if chat.kind == "private":
        return 2
    return sum(1 for member in chat.members.values() if member.present)


async def leave_chat(box: "Sandbox", p: Json) -> bool:
    """The bot hears of its own leaving, as it does in Telegram."""
    chat = box.world.editable(p["chat_id"])
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    bot = box.world.user(box.bot["id"]) or {}
    old, chat.members[bot["id"]] = chat.member(bot["id"]), LEFT
    update = member_update(chat=chat, by=bot, user=bot, old=old, new=LEFT, date=box.now_s())
    box.updates.put("my_chat_member", update)
    box.events.add("member", {"chat_id": chat.id, "member": update["new_chat_member"]})
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
