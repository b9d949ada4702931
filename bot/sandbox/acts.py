"""What persons do in the sandbox: write, press, ask inline, promote, block … and the bot hears.

Tests and the chat page use the same functions. Without `by`, the reader does it.
"""

from typing import TYPE_CHECKING, Any

from bot.sandbox import posting
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.members import member_update
from bot.sandbox.queries import Query
from bot.sandbox.text import caption_text, typed_text
from bot.sandbox.world import (
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    LEFT,
    Chat,
    Json,
    Member,
    Person,
)

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


class ActRefused(Exception):
    """Telegram's app would not let the person do this; the text says why."""


class Acts:
    """The hands of the sandbox's persons."""

    def __init__(self, box: "Sandbox") -> None:
        self._box = box

    def send(
        self,
        text: str,
        *,
        chat_id: int | None = None,
        by: int | None = None,
        reply_to: int | None = None,
        entities: list[Json] | None = None,
        **body: Any,
    ) -> Json:
        """Write in the private chat, a group or (as its admin) a channel; the Message."""
        person, chat = self._person(by), self._chat(chat_id, by)
        self._may_write(person, chat, text)
        content = posting.shown(self._box, typed_text(text, entities or [])) | body
        if reply_to is not None:
            content["reply_to_message"] = self._message(chat, reply_to)
        return self._say(person, chat, content)

    def post(self, text: str, *, chat_id: int | None = None, by: int | None = None) -> Json:
        """Post in a channel as one of its admins; the default is the reader's channel."""
        return self.send(text, chat_id=chat_id or self._box.channel.id, by=by)

    def send_document(
        self,
        name: str,
        body: bytes,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        chat_id: int | None = None,
        by: int | None = None,
    ) -> Json:
        """Send a file, which the bot can then download."""
        person, chat = self._person(by), self._chat(chat_id, by)
        self._may_write(person, chat, caption)
        file = self._box.files.add(name, mime_type, body, folder="documents")
        document = {"file_name": name, "mime_type": mime_type, **file.as_json()}
        content: Json = {"document": document}
        if caption:
            content |= posting.shown(self._box, caption_text(caption), "caption")
        return self._say(person, chat, content)

    def forward(
        self,
        text: str | None = None,
        *,
        from_chat_id: int | None = None,
        message_id: int | None = None,
        origin: str = "Чужой канал",
        origin_username: str | None = None,
        entities: list[Json] | None = None,
        chat_id: int | None = None,
        by: int | None = None,
    ) -> Json:
        """Forward a message of a chat here, or `text` from a channel the bot does not know."""
        box = self._box
        if from_chat_id is not None and message_id is not None:
            source = self._chat(from_chat_id, by)
            original = self._message(source, message_id)
            kept = ("text", "entities", "caption", "caption_entities", "document", "photo")
            content = {name: original[name] for name in kept if name in original}
            content["forward_origin"] = _origin(original)
            person, chat = self._person(by), self._chat(chat_id, by)
            self._may_write(person, chat, "")
            return self._say(person, chat, content)
        channel: Json = {"id": -1_009_000_000_001, "type": "channel", "title": origin}
        if origin_username:
            channel["username"] = origin_username
        came = {"type": "channel", "chat": channel, "message_id": 1, "date": box.now_s()}
        return self.send(text or "", chat_id=chat_id, by=by, entities=entities, forward_origin=came)

    def edit(
        self, message_id: int, text: str, *, chat_id: int | None = None, by: int | None = None
    ) -> Json:
        """Change a message of one's own."""
        person, chat = self._person(by), self._chat(chat_id, by)
        self._message(chat, message_id)
        if chat.authors[message_id] != person.id:
            raise ActRefused("a person can edit only what they wrote")
        body = {"entities": None, **posting.shown(self._box, typed_text(text))}
        message = posting.change(self._box, chat, message_id, body)
        kind = "edited_channel_post" if chat.kind == "channel" else "edited_message"
        if self._hears(chat, message):
            self._tell(kind, message, person)
        return message

    def press(
        self,
        message_id: int,
        data: str | None = None,
        *,
        row: int = 0,
        column: int = 0,
        chat_id: int | None = None,
        by: int | None = None,
    ) -> Query:
        """Press the inline button with this callback data, or the one at a place."""
        person, chat = self._person(by), self._chat(chat_id, by)
        message = self._message(chat, message_id)
        pressed = _button(message, data, row, column)
        query = self._box.queries.ask("callback", person.id)
        query.chat_id, query.message_id = chat.id, message_id
        update: Json = {"id": query.id, "from": person.as_user(), "data": pressed}
        update["chat_instance"] = str(abs(chat.id) * 31 + 7)
        inline_id = self._box.inline_ids.get((chat.id, message_id))
        if inline_id is not None:
            update["inline_message_id"] = inline_id
        else:
            update["message"] = message
        self._tell("callback_query", update, person)
        return query

    def ask_inline(
        self, text: str, *, offset: str = "", chat_id: int | None = None, by: int | None = None
    ) -> Query:
        """Type `@bot text` in a chat; `queries.answered` waits for the results."""
        person, chat = self._person(by), self._chat(chat_id, by)
        query = self._box.queries.ask("inline", person.id, text=text[:256])
        kind = "sender" if chat.kind == "private" else chat.kind
        update = {"id": query.id, "from": person.as_user(), "query": text[:256]}
        self._tell("inline_query", {**update, "offset": offset, "chat_type": kind}, person)
        return query

    def choose(
        self, query_id: str, result_id: str, *, chat_id: int | None = None, by: int | None = None
    ) -> Json:
        """Send one of the results of an inline query; the Message, which is `via_bot`."""
        person, chat, box = self._person(by), self._chat(chat_id, by), self._box
        query = box.queries.get(query_id)
        results = (query.answer or {}).get("results", []) if query else []
        result = next((r for r in results if r["id"] == result_id), None)
        if query is None or result is None:
            raise ActRefused("there is no such result")
        self._may_write(person, chat, "")
        content = {**result["message"], "via_bot": box.world.user(box.bot["id"])}
        keyboard = inline_keyboard(result.get("reply_markup"))
        if keyboard:
            content["reply_markup"] = keyboard
        message = self._say(person, chat, content)
        chosen: Json = {"result_id": result_id, "from": person.as_user(), "query": query.text}
        if keyboard:
            inline_id = f"sandbox-{chat.id}-{message['message_id']}"
            box.inline_ids[chat.id, message["message_id"]] = inline_id
            chosen["inline_message_id"] = inline_id
        if box.inline_feedback:
            self._tell("chosen_inline_result", chosen, person)
        return message

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
        return posting.copied(chat.messages[message_id])

    def _may_write(self, person: Person, chat: Chat, text: str) -> None:
        if chat.person is not None:
            if chat.person is not person:
                raise ActRefused("this private chat is somebody else's")
            if person.blocked and not text.startswith("/start"):
                raise ActRefused("the bot is blocked; unblock it first")
            if person.blocked:
                self._set_blocked(person, False)
            person.started = True
        elif chat.migrated_to is not None:
            raise ActRefused("the group became a supergroup")
        elif chat.kind == "channel" and not chat.member(person.id).admin:
            raise ActRefused("only admins post in a channel")
        elif not chat.member(person.id).present:
            raise ActRefused("not a member of this chat")

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


def _button(message: Json, data: str | None, row: int, column: int) -> str:
    """The callback data of the button pressed."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if data is None and 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        data = rows[row][column].get("callback_data")
    there = any(button.get("callback_data") == data for line in rows for button in line)
    if data is None or not there:
        raise ActRefused("there is no such button")
    return data


def _origin(message: Json) -> Json:
    """Where a forwarded message came from."""
    if "forward_origin" in message:
        kept: Json = message["forward_origin"]
        return kept
    origin: Json = {"date": message["date"]}
    if message["chat"]["type"] == "channel":
        chat = {"chat": message["chat"], "message_id": message["message_id"]}
        return origin | {"type": "channel"} | chat
    return origin | {"type": "user", "sender_user": message["from"]}
