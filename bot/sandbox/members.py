"""Standings in a chat as the Bot API writes them: ChatMember and ChatMemberUpdated."""

from bot.sandbox.world import CHANNEL_RIGHTS, GROUP_RIGHTS, Chat, Json, Member

SENDING = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def chat_member(user: Json, member: Member, chat: Chat) -> Json:
    """The ChatMember of its status, with every field Telegram always sends."""
    shown: Json = {"user": user, "status": member.status}
    match member.status:
        case "creator":
            shown["is_anonymous"] = False
        case "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False}
            rights = CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS
            shown |= {right: right in member.rights for right in rights}
        case "restricted":
            shown |= {"is_member": True, "until_date": 0}
            shown |= {right: right in member.rights for right in SENDING}
        case "kicked":
            shown["until_date"] = 0
    return shown


def member_update(*, chat: Chat, by: Json, user: Json, old: Member, new: Member, date: int) -> Json:
    """The ChatMemberUpdated that tells of a change."""
    return {
        "chat": chat.as_chat(),
        "from": by,
        "date": date,
        "old_chat_member": chat_member(user, old, chat),
        "new_chat_member": chat_member(user, new, chat),
    }
