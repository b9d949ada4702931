"""What a bot says about itself: commands per scope and language, descriptions, menu button."""

import re
from collections.abc import Iterator, Sequence

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Chat, Json

COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}


class Profile:
    """Texts by language (empty: every other one), commands by scope and language."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self.menu_button: Json = {"type": "commands"}

    def set_commands(self, scope: str, language: str, commands: Sequence[Json]) -> None:
        """Replace the commands of a scope (see scope_key) in a language. Raises ApiError."""
        if len(commands) > COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.match(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        key = scope, checked_language(language)
        self._commands.pop(key, None)
        if commands:
            self._commands[key] = [dict(command) for command in commands]

    def commands(self, scope: str, language: str) -> list[Json]:
        """Exactly the commands set for this scope and language."""
        return self._commands.get((scope, checked_language(language)), [])

    def shown_commands(self, chat: Chat, user_id: int, language: str | None) -> list[Json]:
        """The menu a person sees in a chat: the narrowest scope that has commands."""
        for scope in _scopes(chat, user_id):
            for code in (language or "", ""):
                if found := self._commands.get((scope, code)):
                    return found
        return []

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Set the name, description or short_description; empty goes back to the default."""
        if len(text) > _LIMITS[kind]:
            raise bad_request(f"BOT_{kind.upper()}_TOO_LONG")
        key = kind, checked_language(language)
        self._texts.pop(key, None)
        if text:
            self._texts[key] = text

    def text(self, kind: str, language: str) -> str:
        """The text for a language, else for every other one, else nothing."""
        checked_language(language)
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")


def checked_language(code: str) -> str:
    """A two-letter code or nothing; raises ApiError."""
    if code and not _LANGUAGE.match(code):
        raise bad_request("invalid language code specified")
    return code


def scope_key(kind: str, chat_id: int | None = None, user_id: int | None = None) -> str:
    """A scope as one word."""
    return ":".join(str(part) for part in (kind, chat_id, user_id) if part is not None)


def _scopes(chat: Chat, user_id: int) -> Iterator[str]:
    """The scopes that reach this person in this chat, narrowest first, in Telegram's order."""
    if chat.kind == "private":
        yield scope_key("chat", chat.id)
        yield "all_private_chats"
    elif chat.kind != "channel":
        admin = chat.member(user_id).admin
        yield scope_key("chat_member", chat.id, user_id)
        if admin:
            yield scope_key("chat_administrators", chat.id)
        yield scope_key("chat", chat.id)
        if admin:
            yield "all_chat_administrators"
        yield "all_group_chats"
    yield "default"
