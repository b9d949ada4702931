"""What persons write and press in the sandbox, and the bot hears.

Tests and the chat page use the same functions. Without `by`, the reader does it.
"""

from typing import Any

from bot.sandbox import posting
from bot.sandbox.chat_acts import ActRefused, ChatActs
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.queries import Query
from bot.sandbox.text import caption_text, pieces, typed_text
from bot.sandbox.world import Chat, Json, Person


class Acts(ChatActs):
    """The hands of the sandbox's persons."""

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
        """Write in the private chat, a group or (as its admin) a channel; the Message.

        The app makes several messages of a long text; the last of them comes back.
        """
        person, chat = self._person(by), self._chat(chat_id, by)
        self._may_write(person, chat, text)
        *before, text = pieces(text)
        for piece in before:
            content = posting.shown(self._box, typed_text(piece)) | body
            self._say(person, chat, content)
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
        keyboard = inline_keyboard(result.get("reply_markup"), box.bot)
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
