"""Who and what is in the sandbox: persons, chats, their members and messages, and the counters.

Telegram numbers messages with one counter per channel and per supergroup, and with one counter of
the bot's own over all its private chats and basic groups, incoming messages included. What is
unknown about a send can be asked about only because of that, so it is kept to the letter.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, forbidden, migrated

Json = dict[str, Any]

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",  # since Bot API 10.3; aiogram 3.31 refuses an admin without it
)
CHANNEL_RIGHTS = (*RIGHTS, "can_post_messages", "can_edit_messages")
GROUP_RIGHTS = (*RIGHTS, "can_pin_messages")
ABSENT = ("left", "kicked")
KEPT_MESSAGES = 50_000  # per chat
OWN_COUNTER = ("channel", "supergroup")


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with a Telegram account who is not our bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    met: bool = False  # the bot has had an update from them
    started: bool = False  # they opened the private chat; a bot cannot write first
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> Json:
        """The Bot API's User."""
        user = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in user.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A standing in a chat: creator, administrator, member, restricted, left or kicked."""

    status: str
    rights: frozenset[str] = frozenset()  # of an administrator; of one restricted: can_send_…

    @property
    def present(self) -> bool:
        """Whether they are in the chat."""
        return self.status not in ABSENT

    @property
    def admin(self) -> bool:
        """Whether they administer the chat."""
        return self.status in ("creator", "administrator")


LEFT = Member(status="left")


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat with its members and messages; a message is the Bot API's Message."""

    id: int
    kind: str  # private, group, supergroup, channel
    title: str | None = None
    username: str | None = None
    person: Person | None = None  # of a private chat
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    authors: dict[int, int] = field(default_factory=dict)  # message → who wrote it
    last_id: int = 0  # of its own counter, when it has one
    migrated_to: int | None = None
    keyboard: Json | None = None  # the reply keyboard shown under the input field
    menu_button: Json | None = None

    def as_chat(self) -> Json:
        """The Bot API's Chat."""
        chat: Json = {"id": self.id, "type": self.kind}
        if self.person is not None:
            user = self.person.as_user()
            chat |= {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        else:
            chat["title"] = self.title
            if self.username:
                chat["username"] = self.username
        return chat

    def keep(self, message: Json, author_id: int) -> None:
        """Put a new message in; past the limit the oldest one goes."""
        self.messages[message["message_id"]] = message
        self.authors[message["message_id"]] = author_id
        if len(self.messages) > KEPT_MESSAGES:
            oldest = next(iter(self.messages))
            del self.messages[oldest], self.authors[oldest]

    def written_by(self, user_id: int) -> list[Json]:
        """The messages of this author that stand, also those in a channel's name."""
        return [m for id_, m in self.messages.items() if self.authors[id_] == user_id]

    def member(self, user_id: int) -> Member:
        """The user's standing; strangers are `left`."""
        return self.members.get(user_id, LEFT)


class World:
    """Persons, chats and the counters that number messages."""

    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.persons: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self._ids: dict[str, int] = {}  # @username → chat
        self.last_id = 0  # the counter over private chats and basic groups

    def add_person(self, person: Person) -> Person:
        """A person, with the private chat they may open with the bot."""
        self.persons[person.id] = person
        self.chats[person.id] = Chat(id=person.id, kind="private", person=person)
        return person

    def add_chat(self, chat: Chat) -> Chat:
        """A group, supergroup or channel; it comes with its members."""
        self.chats[chat.id] = chat
        if chat.username:
            self._ids[f"@{chat.username.lower()}"] = chat.id
        return chat

    def next_id(self, chat: Chat) -> int:
        """The number of the chat's next message, by the counter that Telegram would use."""
        if chat.kind in OWN_COUNTER:
            chat.last_id += 1
            return chat.last_id
        self.last_id += 1
        return self.last_id

    def find(self, word: int | str) -> Chat:
        """The chat by id or @username; raises ApiError 400 `chat not found`."""
        if isinstance(word, str):
            word = self._ids.get(word.lower(), 0)
        if word not in self.chats:
            raise bad_request("chat not found")
        return self.chats[word]

    def user(self, user_id: int) -> Json | None:
        """The User of that id: a person or the bot."""
        if user_id == self.bot["id"]:
            return {k: self.bot[k] for k in ("id", "is_bot", "first_name", "username")}
        person = self.persons.get(user_id)
        return person.as_user() if person else None

    def readable(self, word: int | str) -> Chat:
        """The chat, when the bot may know of it."""
        chat = self.find(word)
        if chat.person is not None:
            if not chat.person.met:
                raise bad_request("chat not found")
            return chat
        status = chat.member(self.bot["id"]).status
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if status == "left" and not chat.username:
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def editable(self, word: int | str) -> Chat:
        """The chat, when the bot may touch what is in it."""
        chat = self.readable(word)
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.person is None and not chat.member(self.bot["id"]).present:
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def writable(self, word: int | str) -> Chat:
        """The chat, unless it is one that nothing new can come to."""
        found = self.find(word)
        if found.migrated_to is not None:
            raise migrated(found.migrated_to)
        return self.editable(word)

    def sendable(self, word: int | str) -> Chat:
        """The chat, when the bot may send there; else the error Telegram gives for the reason."""
        chat = self.writable(word)
        refused = _unwritable(chat, chat.member(self.bot["id"]))
        if refused:
            raise refused
        return chat


def _unwritable(chat: Chat, bot: Member) -> ApiError | None:
    """Why the bot, though it is in the chat, may not write there."""
    if chat.person is not None:
        if not chat.person.started:
            return forbidden("bot can't initiate conversation with a user")
        return forbidden("bot was blocked by the user") if chat.person.blocked else None
    if chat.kind == "channel" and "can_post_messages" not in bot.rights:
        return bad_request("need administrator rights in the channel chat")
    if bot.status == "restricted" and "can_send_messages" not in bot.rights:
        return bad_request("not enough rights to send text messages to the chat")
    return None
