"""How persons shape the sandbox: admins, groups, blocking, language … and the bot hears of it.

What they write is in bot.sandbox.acts; both are one object, `sandbox.acts`.
"""

from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.members import member_update
from bot.sandbox.world import CHANNEL_RIGHTS, GROUP_RIGHTS, LEFT, Chat, Json, Member, Person

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


class ActRefused(Exception):
    """Telegram's app would not let the person do this; the text says why."""


class ChatActs:
    """What persons do with chats and with the bot's place in them."""

    def __init__(self, box: "Sandbox") -> None:
        self._box = box

    def block(self, *, by: int | None = None) -> None:
        """Stop the bot in the private chat."""
        self._set_blocked(self._person(by), True)

    def unblock(self, *, by: int | None = None) -> None:
        """Let the bot write again."""
        self._set_blocked(self._person(by), False)

    def promote(
        self,
        chat_id: int | None = None,
        *,
        rights: list[str] | None = None,
        without: tuple[str, ...] = (),
        by: int | None = None,
    ) -> None:
        """Make the bot an admin of a channel or group, or change its rights there."""
        chat = self._chat(chat_id or self._box.channel.id, by)
        known = CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS
        chosen = frozenset(known if rights is None else rights) & frozenset(known)
        given = chosen | {"can_manage_chat"}
        self._set_member(chat, Member(status="administrator", rights=given - set(without)), by)

    def demote(
        self, chat_id: int | None = None, *, kick: bool = False, by: int | None = None
    ) -> None:
        """Take the bot's rights: out of a channel, a plain member of a group; or ban it."""
        chat = self._chat(chat_id or self._box.channel.id, by)
        if kick:
            new = Member(status="kicked")
        else:
            new = LEFT if chat.kind == "channel" else Member(status="member")
        self._set_member(chat, new, by)

    def remove(self, chat_id: int, *, by: int | None = None) -> None:
        """Remove the bot from a group."""
        self._set_member(self._chat(chat_id, by), Member(status="kicked"), by)

    def restrict(self, chat_id: int, *, by: int | None = None) -> None:
        """Forbid the bot to write in a supergroup."""
        self._set_member(self._chat(chat_id, by), Member(status="restricted"), by)

    def add_channel(
        self, title: str, *, username: str | None = None, by: int | None = None
    ) -> Chat:
        """Another channel, which the person owns."""
        return self._found("channel", title, username, by)

    def add_group(self, title: str, *, supergroup: bool = False, by: int | None = None) -> Chat:
        """A new group with the bot in it, which hears that it was added."""
        person = self._person(by)
        chat = self._found("supergroup" if supergroup else "group", title, None, by)
        self._set_member(chat, Member(status="member"), by)
        newcomer = {"new_chat_members": [self._box.world.user(self._box.bot["id"])]}
        self._say(person, chat, newcomer)
        return chat

    def migrate(self, chat_id: int, *, by: int | None = None) -> Chat:
        """Turn a basic group into a supergroup, which has another id; the new chat."""
        person, old = self._person(by), self._chat(chat_id, by)
        if old.kind != "group" or old.migrated_to is not None:
            raise ActRefused("only a basic group becomes a supergroup")
        new = self._found("supergroup", old.title or "", None, by)
        new.members = dict(old.members)
        old.migrated_to = new.id
        self._say(person, old, {"migrate_to_chat_id": new.id})
        self._say(person, new, {"migrate_from_chat_id": old.id})
        return new

    def speak(self, language_code: str, *, by: int | None = None) -> None:
        """Change the language of the person's app."""
        self._person(by).language_code = language_code
        self._box.events.add("commands", {})

    def _person(self, by: int | None) -> Person:
        person = self._box.reader if by is None else self._box.world.persons.get(by)
        if person is None:
            raise ActRefused("there is no such person")
        return person

    def _chat(self, chat_id: int | None, by: int | None) -> Chat:
        chat = self._box.world.chats.get(chat_id or self._person(by).id)
        if chat is None:
            raise ActRefused("there is no such chat")
        return chat

    def _message(self, chat: Chat, message_id: int) -> Json:
        if message_id not in chat.messages:
            raise ActRefused("there is no such message")
        return chat.messages[message_id]

    def _say(self, person: Person, chat: Chat, content: Json) -> Json:
        message = posting.post(self._box, chat, person.id, content)
        if self._hears(chat, message):
            self._tell("channel_post" if chat.kind == "channel" else "message", message, person)
        return message

    def _hears(self, chat: Chat, message: Json) -> bool:
        """Whether the message reaches the bot: in groups privacy mode is on, as by default."""
        if chat.person is not None:
            return True
        bot = chat.member(self._box.bot["id"])
        if not bot.present:
            return False
        if bot.admin or not (text := message.get("text")) or "via_bot" in message:
            return True
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        name = "@" + self._box.bot["username"].lower()
        first = text.split(maxsplit=1)[0].lower()
        command = first.startswith("/") and ("@" not in first or first.endswith(name))
        return command or name in text.lower() or replied == self._box.bot["id"]

    def _tell(self, kind: str, body: Json, person: Person) -> None:
        person.met = True
        self._box.updates.put(kind, body)

    def _set_blocked(self, person: Person, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        person.blocked = blocked
        chat = self._box.world.chats[person.id]
        member, kicked = Member(status="member"), Member(status="kicked")
        old, new = (member, kicked) if blocked else (kicked, member)
        self._tell_member(chat, old, new, person)

    def _set_member(self, chat: Chat, new: Member, by: int | None) -> None:
        bot_id, person = self._box.bot["id"], self._person(by)
        if chat.person is not None:
            raise ActRefused("a private chat has no admins")
        if not chat.member(person.id).admin:
            raise ActRefused("only an admin can do this")
        old = chat.member(bot_id)
        chat.members[bot_id] = new
        if old != new:
            self._tell_member(chat, old, new, person)

    def _tell_member(self, chat: Chat, old: Member, new: Member, person: Person) -> None:
        box = self._box
        update = member_update(
            chat=chat,
            by=person.as_user(),
            user=box.world.user(box.bot["id"]) or {},
            old=old,
            new=new,
            date=box.now_s(),
        )
        self._tell("my_chat_member", update, person)
        box.events.add("member", {"chat_id": chat.id, "member": update["new_chat_member"]})

    def _found(self, kind: str, title: str, username: str | None, by: int | None) -> Chat:
        world, person = self._box.world, self._person(by)
        number = 1 + len(world.chats)
        id_ = -4_000_000_000 - number if kind == "group" else -1_002_000_000_000 - number
        rights = CHANNEL_RIGHTS if kind == "channel" else GROUP_RIGHTS
        owner = Member(status="creator", rights=frozenset(rights))
        chat = Chat(id=id_, kind=kind, title=title, username=username, members={person.id: owner})
        self._box.events.add("chat", {"chat_id": id_})
        return world.add_chat(chat)
